//! What the core tells the rep when something can't be done.

crate::sentences! {
    not_found(kind: &str, id: &str) { en: "{kind} {id} is not on this device", tr: "{kind} {id} bu cihazda yok" }
    wrong_state(kind: &str, state: &str) { en: "this is not possible any more: the {kind} is {state}", tr: "bu artık mümkün değil: {kind} {state}" }
    busy() { en: "another program is using the database; try again in a moment", tr: "veritabanını başka bir program kullanıyor; birazdan yeniden deneyin" }
    storage_full() { en: "the phone's storage is full: NOT saved. Free some space and try again", tr: "telefonda yer kalmadı: KAYDEDİLMEDİ. Yer açıp yeniden deneyin" }
    storage_locked() { en: "the phone's storage is still locked; unlock it and try again", tr: "telefonun depolama alanı henüz kilitli; kilidi açıp yeniden deneyin" }
    storage_failed(reason: &str) { en: "the phone's storage failed: NOT saved ({reason})", tr: "telefonun depolama alanında hata oluştu: KAYDEDİLMEDİ ({reason})" }
    storage_damaged(reason: &str) { en: "the database is damaged and was left untouched ({reason})", tr: "veritabanı hasarlı; dokunulmadan bırakıldı ({reason})" }
    schema_too_new() { en: "the database was written by a newer version of the app; please update", tr: "veritabanı uygulamanın daha yeni bir sürümüyle yazılmış; lütfen güncelleyin" }
    foreign_database(reason: &str) { en: "this database belongs to someone else ({reason}); it was left untouched", tr: "bu veritabanı başkasına ait ({reason}); dokunulmadan bırakıldı" }
    not_signed_in() { en: "nobody is signed in; your work is saved and is sent after sign-in", tr: "oturum açılmamış; kayıtlarınız saklandı, giriş yapınca gönderilir" }
    wrong_credentials() { en: "the name or the password is wrong", tr: "kullanıcı adı veya parola hatalı" }
    too_many_attempts() { en: "too many attempts; wait a few minutes", tr: "çok fazla deneme yapıldı; birkaç dakika bekleyin" }
    device_revoked() { en: "this device was revoked by the office", tr: "bu cihazın yetkisi merkez tarafından kaldırılmış" }
    not_a_rep() { en: "this account is not a sales rep's", tr: "bu hesap bir satış temsilcisine ait değil" }
    unsent_work(count: i64) { en: "{count} changes have not reached the company yet and would be lost", tr: "{count} değişiklik henüz şirkete ulaşmadı; devam ederseniz kaybolur" }
    offline(reason: &str) { en: "no connection to the server ({reason}); your work is saved and is sent later", tr: "sunucuya bağlanılamadı ({reason}); kayıtlarınız saklandı, sonra gönderilir" }
    server_refused(code: &str) { en: "the server refused the request ({code})", tr: "sunucu isteği reddetti ({code})" }
    upgrade_required() { en: "please update the app", tr: "lütfen uygulamayı güncelleyin" }
    cancelled() { en: "cancelled", tr: "iptal edildi" }
    closed() { en: "the app is closing", tr: "uygulama kapanıyor" }
    internal(reason: &str) { en: "something went wrong inside ({reason}); your saved work is safe", tr: "beklenmeyen bir hata oluştu ({reason}); kayıtlarınız güvende" }
}
