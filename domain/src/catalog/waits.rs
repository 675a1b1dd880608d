//! Why a change still waits, in one sentence. `what` is the change by the kind and name of its record, `ago` when the last
//! sync was.

crate::sentences! {
    named(kind: &str, title: &str) { en: "{kind} “{title}”", tr: "{kind} “{title}”" }
    nothing() { en: "nothing waits: the company has every change", tr: "bekleyen yok: her değişiklik şirkette" }
    only_refused(what: &str, reason: &str) { en: "nothing waits to be sent, but the company refused {what}: {reason}", tr: "gönderilmeyi bekleyen yok; ancak şirket reddetti: {what} ({reason})" }
    syncing(what: &str) { en: "{what} waits: a sync is under way", tr: "{what} bekliyor: eşitleme sürüyor" }
    held_back(what: &str, refused: &str, reason: &str) { en: "{what} waits for {refused}, which the company refused: {reason}", tr: "{what} bekliyor: önce reddedilen {refused} düzeltilmeli ({reason})" }
    not_signed_in(what: &str) { en: "{what} waits: nobody is signed in", tr: "{what} bekliyor: oturum açılmamış" }
    device_revoked(what: &str, ago: &str) { en: "{what} waits: at the last sync, {ago}, this device was revoked", tr: "{what} bekliyor: {ago} yapılan son eşitlemede bu cihazın yetkisi kaldırılmıştı" }
    upgrade_required(what: &str, ago: &str) { en: "{what} waits: at the last sync, {ago}, the server wanted a newer version of the app", tr: "{what} bekliyor: {ago} yapılan son eşitlemede sunucu uygulamanın daha yeni bir sürümünü istedi" }
    asked_to_wait(what: &str, span: &str) { en: "{what} waits: the server is busy and wants to be asked in {span}", tr: "{what} bekliyor: sunucu meşgul, {span} sonra gelinmesini istedi" }
    not_tried(what: &str, written: &str) { en: "{what} waits: no sync was begun since it was written down {written}", tr: "{what} bekliyor: {written} yazıldı, o zamandan beri eşitleme başlatılmadı" }
    failed(what: &str, ago: &str, reason: &str) { en: "{what} waits: the last sync, {ago}, failed: {reason}", tr: "{what} bekliyor: {ago} yapılan son eşitleme başarısız oldu: {reason}" }
    clock_unknown(what: &str) { en: "{what} waits: since the phone was restarted the server has not told the time, which changes need", tr: "{what} bekliyor: telefon yeniden başlatıldığından beri sunucudan saat alınamadı; değişiklikler ondan sonra gider" }
    cancelled(what: &str, ago: &str) { en: "{what} waits: the last sync, {ago}, was stopped before its turn", tr: "{what} bekliyor: {ago} yapılan son eşitleme, sırası gelmeden durduruldu" }
    interrupted(what: &str, ago: &str) { en: "{what} waits: the app was closed during the last sync, {ago}", tr: "{what} bekliyor: {ago} yapılan son eşitleme sırasında uygulama kapandı" }
    budget_spent(what: &str, ago: &str) { en: "{what} waits: the last sync, {ago}, ran out of its time or data before its turn", tr: "{what} bekliyor: {ago} yapılan son eşitlemenin süresi ya da veri hakkı, sırası gelmeden bitti" }
    needs_app(what: &str) { en: "{what} waits: this app is too old to understand what the server said of it", tr: "{what} bekliyor: uygulama, sunucunun bu konuda söylediğini anlayamayacak kadar eski" }
    needs_server(what: &str) { en: "{what} waits: the company's server is too old for it", tr: "{what} bekliyor: şirketin sunucusu bunun için eski" }
    parent_unknown(what: &str) { en: "{what} waits: the server does not know a record that it refers to", tr: "{what} bekliyor: sunucu, bağlı olduğu kaydı tanımıyor" }
    need_full(what: &str) { en: "{what} waits: the server asked for the whole record, which goes with the next sync", tr: "{what} bekliyor: sunucu kaydın tamamını istedi; sonraki eşitlemede gider" }
    blocked(what: &str) { en: "{what} waits: the server wants another change of yours first", tr: "{what} bekliyor: sunucu önce başka bir değişikliğinizi istiyor" }
    put_off(what: &str, code: &str) { en: "{what} waits: the server put it off ({code})", tr: "{what} bekliyor: sunucu erteledi ({code})" }
    reason_refused() { en: "the server refused the request", tr: "sunucu isteği reddetti" }
    reason_broken() { en: "the phone could not store or read something", tr: "telefon bir şeyi yazamadı veya okuyamadı" }
}
