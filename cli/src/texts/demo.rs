//! The demonstration.

saha_domain::sentences! {
    title() { en: "Saha: a rep's day, with everything that can go wrong", tr: "Saha: bir temsilcinin günü, ters gidebilecek her şeyle" }
    files(path: &str) { en: "Files: {path}", tr: "Dosyalar: {path}" }
    section_company() { en: "The company's server", tr: "Şirketin sunucusu" }
    server_runs(id: u32, url: &str) { en: "Process {id} serves {url}, with a database of its own.", tr: "{id} numaralı süreç {url} adresinde, kendi veritabanıyla çalışıyor." }
    company_name() { en: "Lodosa Distribution", tr: "Lodosa Dağıtım" }
    section_import() { en: "The company's data, from CSV files", tr: "Şirketin verisi, CSV dosyalarından" }
    import_again() { en: "The same files once more:", tr: "Aynı dosyalar bir kez daha:" }
    again_line(unchanged: u32, created: u32, updated: u32) { en: "{unchanged} unchanged, {created} new, {updated} changed", tr: "{unchanged} aynı, {created} yeni, {updated} değişen" }
    check_import() { en: "every line of the files was taken", tr: "dosyaların her satırı alındı" }
    check_again() { en: "importing again changed nothing", tr: "yeniden aktarmak hiçbir şeyi değiştirmedi" }
    section_first() { en: "A rep signs in on her phone", tr: "Temsilci telefonunda oturum açıyor" }
    first_sync(rep: &str, login: &str) { en: "{rep} ({login}) signed in. After the first sync the phone holds:", tr: "{rep} ({login}) oturum açtı. İlk eşitlemeden sonra telefonda:" }
    first_counts(customers: &str, products: &str, targets: usize) { en: "{customers} customers, {products} products, {targets} targets", tr: "{customers} müşteri, {products} ürün, {targets} hedef" }
    first_cost(requests: i64, kilobytes: i64) { en: "{requests} requests, {kilobytes} kB of answers before compression", tr: "{requests} istek, sıkıştırma öncesi {kilobytes} kB yanıt" }
    check_first() { en: "the phone knows that it is complete", tr: "telefonda eksik veri yok" }
    section_day() { en: "No network: a day's work", tr: "Ağ yok: bir günlük iş" }
    offline_sync() { en: "The network is off. A sync says:", tr: "Ağ kapalı. Eşitleme şunu söylüyor:" }
    check_offline() { en: "without a network nothing is lost and the work goes on", tr: "ağ olmasa da kayıp yok, iş sürüyor" }
    visits_title() { en: "Visits", tr: "Ziyaretler" }
    calls_title() { en: "Calls", tr: "Aramalar" }
    call_line(name: &str, outcome: &str, duration: &str) { en: "{name}: {outcome}, {duration}", tr: "{name}: {outcome}, {duration}" }
    mistakes_title() { en: "Mistakes, corrected", tr: "Düzeltilen hatalar" }
    quantity_fixed(number: &str, wrong: &str, right: &str) { en: "{number}: {wrong} was a slip; {right} is right", tr: "{number}: {wrong} yanlıştı; doğrusu {right}" }
    call_deleted(name: &str) { en: "the call with {name} was logged by mistake: deleted", tr: "{name} araması yanlışlıkla kaydedilmişti: silindi" }
    check_deleted() { en: "the deleted call is gone", tr: "silinen arama yok" }
    prospect_title() { en: "A new prospect", tr: "Yeni aday müşteri" }
    prospect_name() { en: "Moda Kahvecisi", tr: "Moda Kahvecisi" }
    prospect_line(name: &str, tax_no: &str) { en: "{name}, tax number {tax_no}; visited, and sold to:", tr: "{name}, vergi no {tax_no}; ziyaret edildi, satış yapıldı:" }
    section_targets() { en: "Where she stands, still offline", tr: "Hedeflere göre durum, hâlâ çevrimdışı" }
    check_figures() { en: "every figure agrees with a recount of the records", tr: "her rakam kayıtların yeniden sayımıyla aynı" }
    check_waiting() { en: "what the company lacks is shown as waiting", tr: "şirkette olmayan, bekliyor olarak görünüyor" }
    section_crash() { en: "The process is killed while it writes", tr: "Süreç yazarken öldürülüyor" }
    killed(id: u32, count: usize) { en: "Process {id} got SIGKILL after {count} acknowledged records.", tr: "{id} numaralı süreç, kaydedildiği bildirilen {count} kayıttan sonra SIGKILL aldı." }
    reopened(calls: usize, visits: usize) { en: "Reopened: {calls} calls and {visits} visits of it are there.", tr: "Yeniden açıldı: ondan kalan {calls} arama ve {visits} ziyaret yerinde." }
    left_open(name: &str) { en: "The visit at {name} was open when it died; it is ended now.", tr: "Süreç öldüğünde {name} ziyareti açıktı; şimdi bitirildi." }
    check_acknowledged(count: usize) { en: "all {count} acknowledged records are there", tr: "kaydedildiği bildirilen {count} kaydın hepsi yerinde" }
    section_network() { en: "Back online, through a bad network", tr: "Yeniden çevrimiçi, kötü bir ağla" }
    waiting_before(count: i64) { en: "{count} changes wait. On the way home she makes some more calls.", tr: "{count} değişiklik bekliyor. Dönüş yolunda birkaç arama daha yapıyor." }
    syncs(well: u32, gave_up: u32, calls: u32) { en: "{well} syncs ended well, {gave_up} gave up until later; {calls} more calls meanwhile.", tr: "{well} eşitleme tamamlandı, {gave_up} tanesi sonraya kaldı; arada {calls} arama daha." }
    syncing_again(number: u32) { en: "sync {number}, through whatever comes", tr: "{number}. eşitleme, ne çıkarsa çıksın" }
    network_did() { en: "What the network did to the phone's requests:", tr: "Ağın telefonun isteklerine yaptıkları:" }
    fault_requests() { en: "requests of the phone", tr: "telefonun istekleri" }
    fault_reached() { en: "requests that reached the server", tr: "sunucuya ulaşan istekler" }
    fault_passed() { en: "went through", tr: "sorunsuz geçen" }
    fault_delayed() { en: "came late", tr: "geciken" }
    fault_lost_requests() { en: "lost before the server", tr: "sunucuya varmadan kaybolan" }
    fault_lost_answers() { en: "done, but the answer was lost", tr: "yapılan, ama yanıtı kaybolan" }
    fault_doubled() { en: "sent twice", tr: "iki kez gönderilen" }
    fault_cut() { en: "done, but the answer was cut off", tr: "yapılan, ama yanıtı yarıda kesilen" }
    fault_errors() { en: "answered with 500", tr: "500 ile yanıtlanan" }
    fault_busy() { en: "answered with 429, come again", tr: "429 ile “sonra gel” denen" }
    fault_portals() { en: "answered by a hotel's web page", tr: "otel giriş sayfasıyla yanıtlanan" }
    check_faults() { en: "every fault struck, and everything that could go went through", tr: "her arıza oldu, gidebilecek her şey gitti" }
    section_refused() { en: "The company refuses the prospect", tr: "Şirket aday müşteriyi reddediyor" }
    outbox_says() { en: "The outbox:", tr: "Gidenler kutusu:" }
    check_refused(held: usize) { en: "one refusal with its reason; the {held} changes that hang on it wait", tr: "gerekçeli tek bir ret var; ona bağlı {held} değişiklik bekliyor" }
    repair(wrong: &str, right: &str) { en: "Two digits were swapped: {wrong} → {right}. Corrected, and synced:", tr: "İki rakam yer değişmiş: {wrong} → {right}. Düzeltildi ve eşitlendi:" }
    check_repaired() { en: "the prospect, the visit and the sale went through", tr: "aday müşteri, ziyaret ve satış şirkete ulaştı" }
    section_second() { en: "A second phone of the same rep", tr: "Aynı temsilcinin ikinci telefonu" }
    phone_one() { en: "phone 1", tr: "telefon 1" }
    phone_two() { en: "phone 2", tr: "telefon 2" }
    visits_today() { en: "Visits of the day", tr: "Günün ziyaretleri" }
    calls_today() { en: "Calls of the day", tr: "Günün aramaları" }
    sales_today() { en: "Sales of the day", tr: "Günün satışları" }
    check_same_figures(count: usize) { en: "all {count} targets agree in every field", tr: "{count} hedefin hepsi her alanında aynı" }
    check_same_records(count: usize) { en: "the server has exactly the {count} records that were written: none lost, none doubled", tr: "yazılan {count} kaydın her biri sunucuda tam bir kez var: kayıp yok, çift yok" }
    check_stopped() { en: "the server ended in good order", tr: "sunucu düzgün kapandı" }
    summary_good(count: usize, seconds: &str) { en: "All {count} checks hold, in {seconds} s.", tr: "{count} denetimin tümü sağlandı, {seconds} sn." }
    summary_bad(bad: usize, count: usize) { en: "{bad} of {count} checks do NOT hold.", tr: "{count} denetimden {bad} tanesi SAĞLANMADI." }
    go_on() { en: "Go on by hand:", tr: "Elle sürdürmek için:" }
    go_on_phone() { en: "# her phone; no server needed", tr: "# temsilcinin telefonu; sunucu gerekmez" }
    go_on_server() { en: "# the server again, in another terminal", tr: "# sunucu yeniden, başka bir terminalde" }
    go_on_password(password: &str) { en: "# password: {password}", tr: "# parola: {password}" }
    broke_off(reason: &str) { en: "the demonstration broke off: {reason}", tr: "gösteri yarıda kaldı: {reason}" }
}
