//! What the server says to people, in both languages.

saha_domain::sentences! {
    unauthenticated() { en: "please sign in", tr: "lütfen giriş yapın" }
    wrong_credentials() { en: "the name or the password is wrong", tr: "kullanıcı adı veya parola hatalı" }
    too_many_attempts() { en: "too many attempts; wait a few minutes", tr: "çok fazla deneme yapıldı; birkaç dakika bekleyin" }
    device_revoked() { en: "this device was revoked by the office", tr: "bu cihazın yetkisi merkez tarafından kaldırılmış" }
    hand_in() { en: "this device was revoked by the office: what was done on it before is taken in, and then everything on it is erased", tr: "bu cihazın yetkisi merkez tarafından kaldırıldı: önceden yapılanlar teslim alınır, ardından cihazdaki her şey silinir" }
    device_taken() { en: "this device id belongs to another user", tr: "bu cihaz kimliği başka bir kullanıcıya ait" }
    forbidden() { en: "you are not allowed to do this", tr: "bunu yapma yetkiniz yok" }
    too_large() { en: "the request is too large", tr: "istek çok büyük" }
    too_many_changes(max: u32) { en: "a request may hold {max} changes at most", tr: "bir istekte en fazla {max} değişiklik olabilir" }
    stale_request() { en: "the request is too old; it was not processed", tr: "istek çok eski; işlenmedi" }
    not_found() { en: "there is no such thing here", tr: "burada böyle bir şey yok" }
    busy() { en: "the server is busy; try again in a moment", tr: "sunucu meşgul; birazdan yeniden deneyin" }
    internal() { en: "the server failed; send it again later, nothing is done twice", tr: "sunucu hata verdi; daha sonra yeniden gönderin, hiçbir şey iki kez yapılmaz" }
    wrong_offset() { en: "this part of the file is not the next one; ask how much is there", tr: "dosyanın bu parçası sıradaki değil; ne kadarının geldiğini sorun" }
    wrong_hash() { en: "the file is not what its fingerprint says; it was not kept", tr: "dosya parmak izine uymuyor; saklanmadı" }
    bad_part() { en: "it is not clear which part of the file is meant", tr: "dosyanın hangi parçasının istendiği anlaşılamıyor" }
    bad_body() { en: "the request can't be read", tr: "istek okunamıyor" }
    bad_compression() { en: "the compression of the request can't be read (zstd or gzip is expected)", tr: "isteğin sıkıştırması okunamıyor (zstd veya gzip beklenir)" }
    no_sent_at() { en: "the request does not say when it was sent; it was not processed", tr: "istekte gönderilme zamanı yok; işlenmedi" }
    bad_import_kind() { en: "such a file can't be imported; these can: reps, users, customers, products, assignments, targets", tr: "böyle bir dosya içe aktarılamaz; aktarılabilenler: reps, users, customers, products, assignments, targets" }
    not_utf8() { en: "the file is not encoded as UTF-8; nothing was imported. In Excel, save it as \"CSV UTF-8\"", tr: "dosya UTF-8 ile kodlanmamış; hiçbir şey içe aktarılmadı. Excel'de \"CSV UTF-8\" olarak kaydedin" }
    missing_columns(columns: &str) { en: "the header lacks these columns: {columns}; nothing was imported", tr: "başlıkta şu sütunlar eksik: {columns}; hiçbir şey içe aktarılmadı" }
    column_count(found: usize, expected: usize) { en: "{found} columns instead of {expected}", tr: "{expected} yerine {found} sütun var" }
    unterminated_quote() { en: "a quote is opened and never closed; this line and everything after it was not imported", tr: "açılan tırnak kapatılmamış; bu satır ve sonrası içe aktarılmadı" }
    duplicate_in_file(line: u64) { en: "line {line} has the same key; only that one was imported", tr: "{line}. satırda aynı anahtar var; yalnızca o satır içe aktarıldı" }
    unknown_code(kind: &str, code: &str) { en: "there is no {kind} with the code {code}", tr: "{code} kodlu {kind} yok" }
}
