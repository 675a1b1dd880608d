//! Targets.

saha_domain::sentences! {
    legend() { en: "█ the company has it   ▒ waits to be sent   · left to do", tr: "█ şirkette   ▒ gönderilmeyi bekliyor   · kalan" }
    none() { en: "No targets yet. The office gives them; `saha sync` fetches them.", tr: "Henüz hedef yok. Hedefleri merkez verir; `saha sync` getirir." }
    no_records() { en: "No records: nothing was done for this target in its period.", tr: "Kayıt yok: bu dönemde bu hedef için bir şey yapılmadı." }
    no_such_target(number: usize, count: usize) { en: "there is no target {number}; you have {count}", tr: "{number} numaralı hedef yok; {count} hedefiniz var" }
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
