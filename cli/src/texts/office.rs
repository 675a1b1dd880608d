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
    kind_reps() { en: "reps", tr: "temsilciler" }
    kind_users() { en: "users", tr: "kullanıcılar" }
    kind_customers() { en: "customers", tr: "müşteriler" }
    kind_products() { en: "products", tr: "ürünler" }
    kind_assignments() { en: "assignments", tr: "atamalar" }
    kind_targets() { en: "targets", tr: "hedefler" }
}
