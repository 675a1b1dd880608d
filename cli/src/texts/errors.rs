//! What can't be done, and what to do instead.

saha_domain::sentences! {
    system(reason: &str) { en: "system error: {reason}", tr: "sistem hatası: {reason}" }
    output(reason: &str) { en: "the result could not be written: {reason}", tr: "sonuç yazılamadı: {reason}" }
    nothing_fits(wanted: &str) { en: "nothing on this device fits “{wanted}”", tr: "bu cihazda “{wanted}” ile eşleşen bir şey yok" }
    no_device(wanted: &str) { en: "no device of the company fits “{wanted}”: see `saha devices list`", tr: "şirketin “{wanted}” ile eşleşen bir cihazı yok; bakın: `saha devices list`" }
    many_fit(wanted: &str, count: usize) { en: "“{wanted}” fits {count}; which one?", tr: "“{wanted}” ile {count} kayıt eşleşiyor; hangisi?" }
    and_more(count: usize) { en: "… and {count} more", tr: "… ve {count} tane daha" }
    bad_number(text: &str) { en: "“{text}” is not a number that fits here", tr: "“{text}” burada geçerli bir sayı değil" }
    bad_duration(text: &str) { en: "“{text}” is not a duration: 90s, 3m, 1h5m", tr: "“{text}” bir süre değil: 90sn, 3dk, 1sa5dk" }
    bad_percent(text: &str) { en: "“{text}” is not a percentage from 0 to 100", tr: "“{text}” 0 ile 100 arasında bir yüzde değil" }
    bad_line(text: &str) { en: "“{text}” is not a line of an order: PRODUCT=QUANTITY or PRODUCT=QUANTITY@PRICE", tr: "“{text}” bir sipariş satırı değil: ÜRÜN=MİKTAR veya ÜRÜN=MİKTAR@FİYAT" }
    bad_place(text: &str) { en: "“{text}” is not a place: latitude and longitude in degrees, 40.9932,29.0544", tr: "“{text}” bir yer değil: derece olarak enlem ve boylam, 40.9932,29.0544" }
    bad_field(text: &str) { en: "“{text}” is not a field that can be set here", tr: "“{text}” burada değiştirilebilen bir alan değil" }
    no_line(number: i32, sale: &str) { en: "sale {sale} has no line {number}", tr: "{sale} numaralı satışta {number}. satır yok" }
    no_lines() { en: "a sale needs at least one line: PRODUCT=QUANTITY", tr: "satış için en az bir satır gerekli: ÜRÜN=MİKTAR" }
    no_customer() { en: "with which customer? Code, id or words of the name", tr: "hangi müşteriyle? Kod, kimlik veya adından sözcükler" }
    nothing_to_change() { en: "nothing to change was named", tr: "değiştirilecek bir şey belirtilmedi" }
    no_open_visit() { en: "no visit is open: `saha visit check-in` starts one", tr: "açık ziyaret yok: `saha visit check-in` ile başlatın" }
    no_visit_today() { en: "no visit is open, and you made none today: name one", tr: "açık ziyaret yok, bugün ziyaret de yapmadınız: bir ziyaret belirtin" }
    cannot_fix(kind: &str) { en: "a {kind} can't be corrected here; resend or withdraw the change", tr: "{kind} kaydı burada düzeltilemez; değişikliği yeniden gönderin veya geri çekin" }
    has_dependants(count: i64) { en: "{count} changes hang on it; `--with-dependants` takes them back too", tr: "buna bağlı {count} değişiklik var; `--with-dependants` onları da geri çeker" }
    bad_server(text: &str) { en: "“{text}” is not a server: https, or http to 127.0.0.1", tr: "“{text}” bir sunucu adresi değil: https, ya da 127.0.0.1 için http" }
    no_server(url: &str) { en: "no Saha server answers at {url}; nothing was done there", tr: "{url} adresinde Saha sunucusu yanıt vermiyor; orada hiçbir şey yapılmadı" }
    answer_lost(url: &str) { en: "the answer of {url} was lost; asking again is safe", tr: "{url} sunucusunun yanıtı gelmedi; yeniden istemek güvenlidir" }
    import_answer_lost(url: &str) { en: "the answer of {url} was lost: it is not known whether the file was imported; importing the file again is safe", tr: "{url} sunucusunun yanıtı gelmedi: dosyanın aktarılıp aktarılmadığı bilinmiyor; dosyayı yeniden aktarmak güvenlidir" }
    no_token() { en: "the standard input holds no admin token", tr: "standart girdide yönetici anahtarı yok" }
    nothing_in_the_way() { en: "no other record stands in the way of this change; correct it, resend or withdraw it", tr: "bu değişikliğin önünde başka bir kayıt yok; düzeltin, yeniden gönderin veya geri çekin" }
    incomplete() { en: "something is missing on the command line; see --help", tr: "komut satırında bir şey eksik; bakın: --help" }
    bad_token(message: &str) { en: "the server does not take the admin token: {message}", tr: "sunucu yönetici anahtarını kabul etmiyor: {message}" }
    bad_listen(text: &str) { en: "“{text}” is not an address to listen on, such as 127.0.0.1:8787", tr: "“{text}” dinlenecek bir adres değil; örnek: 127.0.0.1:8787" }
    port_taken(address: &str) { en: "another program listens on {address} already", tr: "{address} adresini başka bir program zaten dinliyor" }
    server_failed(reason: &str) { en: "the server failed: {reason}", tr: "sunucu çalışamadı: {reason}" }
    no_file(path: &str, reason: &str) { en: "can't read {path}: {reason}", tr: "{path} okunamıyor: {reason}" }
    no_files(path: &str) { en: "no file to import in {path}", tr: "{path} içinde aktarılacak dosya yok" }
    no_password() { en: "the password can't be asked for here: use a terminal or --password-stdin", tr: "parola burada sorulamıyor: terminal kullanın veya --password-stdin verin" }
    folder_in_use(path: &str) { en: "{path} is not an empty folder; the demonstration overwrites nothing", tr: "{path} boş bir klasör değil; gösteri hiçbir şeyin üzerine yazmaz" }
    hint_revoked() { en: "What was done on it before is handed in by `saha sync`, for 14 days; then everything on it is erased, and you can sign in anew.", tr: "Önceden yapılanlar 14 gün boyunca `saha sync` ile teslim edilir; ardından cihazdaki her şey silinir ve yeniden oturum açılabilir." }
    hint_foreign() { en: "Each person needs a folder of his own: saha --data DIR login … (or set SAHA_DATA). What is in this one stays for its owner.", tr: "Herkesin kendi klasörü olmalı: saha --data KLASÖR login … (veya SAHA_DATA). Buradakiler sahibi için duruyor." }
    hint_login() { en: "Sign in with: saha login --server URL --user NAME", tr: "Oturum açmak için: saha login --server ADRES --user KULLANICI" }
}
