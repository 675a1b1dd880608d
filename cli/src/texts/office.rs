//! The server and imports.

saha_domain::sentences! {
    first_start(company: &str) { en: "New company “{company}”. Its admin token is shown only now; keep it:", tr: "Yeni şirket “{company}”. Yönetici anahtarı yalnızca şimdi gösteriliyor; saklayın:" }
    listening(url: &str) { en: "Listening on {url} (Ctrl-C ends it)", tr: "{url} adresinde dinliyor (durdurmak için Ctrl-C)" }
    stopped() { en: "Stopped; every request under way was answered.", tr: "Durdu; süren her istek yanıtlandı." }
    default_company() { en: "My company", tr: "Şirketim" }
    importing(kind: &str) { en: "importing {kind}", tr: "aktarılıyor: {kind}" }
    created() { en: "new", tr: "yeni" }
    updated() { en: "changed", tr: "değişen" }
    unchanged() { en: "unchanged", tr: "aynı" }
    bad() { en: "bad", tr: "hatalı" }
    bad_line(line: u64, column: &str, message: &str) { en: "line {line}: {column}{message}", tr: "satır {line}: {column}{message}" }
    revoked(name: &str) { en: "Revoked: {name}. It may hand in its work for 14 days, and then erases itself.", tr: "İptal edildi: {name}. İşlerini 14 gün boyunca teslim edebilir, sonra kendini siler." }
    revoked_on(date: &str) { en: "revoked {date}", tr: "{date} iptal edildi" }
    no_devices() { en: "No device has signed in yet.", tr: "Henüz hiçbir cihaz oturum açmadı." }
    last_sign_in(date: &str) { en: "signed in {date}", tr: "{date} oturum açtı" }
    kind_reps() { en: "reps", tr: "temsilciler" }
    kind_users() { en: "users", tr: "kullanıcılar" }
    kind_customers() { en: "customers", tr: "müşteriler" }
    kind_products() { en: "products", tr: "ürünler" }
    kind_assignments() { en: "assignments", tr: "atamalar" }
    kind_call_cycles() { en: "call cycles", tr: "sıklıklar" }
    kind_plan() { en: "plan", tr: "plan" }
    kind_targets() { en: "targets", tr: "hedefler" }
}
