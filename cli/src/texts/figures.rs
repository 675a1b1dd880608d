//! Targets.

saha_domain::sentences! {
    legend() { en: "█ the company has it   ▒ waits to be sent   · left to do", tr: "█ şirkette   ▒ gönderilmeyi bekliyor   · kalan" }
    none() { en: "No targets yet. The office gives them; `saha sync` fetches them.", tr: "Henüz hedef yok. Hedefleri merkez verir; `saha sync` getirir." }
    only_prospects() { en: "prospects", tr: "aday müşteriler" }
    only_active() { en: "active customers", tr: "aktif müşteriler" }
    only_dormant() { en: "dormant customers", tr: "pasif müşteriler" }
    only_lost() { en: "lost customers", tr: "kaybedilen müşteriler" }
    only_some() { en: "only some customers", tr: "yalnızca bazı müşteriler" }
    only_segment(segment: &str) { en: "segment {segment}", tr: "{segment} segmenti" }
    only_outcome(outcome: &str) { en: "outcome “{outcome}”", tr: "sonuç “{outcome}”" }
    only_group(group: &str) { en: "goods “{group}”", tr: "“{group}” ürünleri" }
    no_target() { en: "no target in this period", tr: "bu dönemde hedef yok" }
    waiting(value: &str) { en: "{value} waiting", tr: "{value} bekliyor" }
    refused(value: &str) { en: "{value} refused, not counted", tr: "{value} reddedildi, sayılmadı" }
    pace(percent: &str) { en: "pace {percent}", tr: "tempo {percent}" }
    left_today(value: &str) { en: "{value} left today", tr: "bugün {value} kaldı" }
    today_done() { en: "today's part is done", tr: "bugünün payı tamam" }
    free_day() { en: "free day", tr: "bugün iş günü değil" }
    per_day(value: &str, days: i64) { en: "{value} a day for {days} days", tr: "{days} gün, günde {value}" }
    last_day(value: &str) { en: "{value} on the last day", tr: "son gün {value}" }
    no_days_left(value: &str) { en: "{value} missing, no working day left", tr: "{value} eksik, iş günü kalmadı" }
    reached() { en: "reached", tr: "hedefe ulaşıldı" }
    other_currencies(amounts: &str) { en: "also {amounts}, not converted", tr: "ayrıca {amounts}, çevrilmedi" }
}
