//! Customers, visits, calls and sales.

saha_domain::sentences! {
    no_customers() { en: "No customer fits.", tr: "Eşleşen müşteri yok." }
    more(offset: i64) { en: "More: --offset {offset}", tr: "Devamı: --offset {offset}" }
    no_story() { en: "Nothing happened with this customer yet.", tr: "Bu müşteriyle henüz bir şey olmadı." }
    prospect_added(name: &str, id: &str) { en: "Prospect {name} written down ({id})", tr: "Aday müşteri {name} kaydedildi ({id})" }
    customer_saved(name: &str) { en: "{name} saved", tr: "{name} kaydedildi" }
    checked_in(name: &str, time: &str) { en: "{time}  Checked in at {name}", tr: "{time}  Ziyaret başladı: {name}" }
    forced_end(name: &str) { en: "The open visit at {name} was ended", tr: "Açık kalan ziyaret sonlandırıldı: {name}" }
    checked_out(name: &str, time: &str, outcome: &str) { en: "{time}  Checked out of {name}: {outcome}", tr: "{time}  Ziyaret bitti: {name} — {outcome}" }
    no_stops(date: &str) { en: "Nobody is to be visited on {date}.", tr: "{date} için planlı ziyaret yok." }
    planned(name: &str, date: &str) { en: "Planned for {date}: {name}", tr: "{date} için planlandı: {name}" }
    unplanned(name: &str, date: &str) { en: "Taken out of the plan of {date}: {name}", tr: "{date} planından çıkarıldı: {name}" }
    overdue(days: &str) { en: "due for {days} days", tr: "{days} gün gecikti" }
    due_today() { en: "due today", tr: "bugün" }
    no_visits(date: &str) { en: "No visits on {date}.", tr: "{date} tarihinde ziyaret yok." }
    visit_voided(name: &str) { en: "The visit at {name} no longer counts; it stays visible.", tr: "{name} ziyareti artık sayılmıyor; görünür kalıyor." }
    open_visit() { en: "open", tr: "sürüyor" }
    photo_added(name: &str, purpose: &str, size: &str) { en: "Photo kept for the visit at {name}: {purpose}, {size}. It is sent with a sync.", tr: "Fotoğraf kaydedildi: {name} ziyareti, {purpose}, {size}. Eşitlemeyle gönderilecek." }
    no_photos(name: &str) { en: "No photos of the visit at {name}.", tr: "{name} ziyaretinde fotoğraf yok." }
    not_fetched() { en: "at the company: --fetch brings it", tr: "şirkette; --fetch ile indirin" }
    not_sent() { en: "(waits to be sent)", tr: "(gönderilmeyi bekliyor)" }
    call_logged(name: &str, time: &str, outcome: &str) { en: "{time}  Call with {name} logged: {outcome}", tr: "{time}  Arama kaydedildi: {name} — {outcome}" }
    no_calls(date: &str) { en: "No calls on {date}.", tr: "{date} tarihinde arama yok." }
    call_deleted(name: &str) { en: "The call with {name} is deleted.", tr: "{name} araması silindi." }
    sale_made(number: &str, name: &str) { en: "Sale {number} to {name}", tr: "Satış {number}: {name}" }
    sale_changed(number: &str) { en: "Sale {number} corrected", tr: "Satış {number} düzeltildi" }
    sale_cancelled(number: &str, amount: &str) { en: "Sale {number} cancelled: −{amount} today", tr: "Satış {number} iptal edildi: bugün −{amount}" }
    no_sales(date: &str) { en: "No sales on {date}.", tr: "{date} tarihinde satış yok." }
    discount(percents: &str) { en: "less {percents}", tr: "iskonto {percents}" }
    net() { en: "net", tr: "net" }
    tax() { en: "tax", tr: "KDV" }
    total() { en: "total", tr: "toplam" }
}
