//! Signing in, syncing, the outbox.

saha_domain::sentences! {
    ask_password(login: &str) { en: "Password of {login}: ", tr: "{login} için parola: " }
    signed_in(login: &str, server: &str) { en: "Signed in as {login} at {server}", tr: "Oturum açıldı: {server} sunucusunda {login}" }
    fetch_next() { en: "Next: `saha sync` fetches your customers, products and targets.", tr: "Sırada: `saha sync` müşterilerinizi, ürünlerinizi ve hedeflerinizi getirir." }
    signed_out() { en: "Signed out. What is on this device stays for the same user.", tr: "Oturum kapatıldı. Bu cihazdakiler aynı kullanıcı için duruyor." }
    exported(path: &str, records: &str, size: &str) { en: "Your data are in {path}: {records} records, {size}", tr: "Verileriniz {path} dosyasında: {records} kayıt, {size}" }
    first_sync() { en: "fetching everything for the first time", tr: "ilk veriler indiriliyor" }
    first_sync_rows(rows: &str, percent: &str) { en: "fetching everything for the first time: {percent}, {rows} rows saved", tr: "ilk veriler indiriliyor: {percent}, {rows} kayıt alındı" }
    syncing() { en: "syncing", tr: "eşitleniyor" }
    synced(sent: i64, pulled: i64, requests: i64) { en: "Synced: changes taken by the company: {sent}, rows fetched: {pulled}, requests: {requests}.", tr: "Eşitlendi: {sent} değişiklik şirkete ulaştı, {pulled} kayıt alındı ({requests} istek)." }
    budget_spent() { en: "The time or the bytes were used up before all was done: the next sync goes on from there.", tr: "Süre ya da veri hakkı iş bitmeden tükendi: sonraki eşitleme oradan sürer." }
    still_waiting(count: i64) { en: "{count} changes still wait.", tr: "{count} değişiklik hâlâ bekliyor." }
    files(sent: i64, waiting: i64) { en: "Photos: sent {sent}, still waiting {waiting}.", tr: "Fotoğraflar: {sent} gönderildi, {waiting} bekliyor." }
    refused_count(count: i64) { en: "{count} refused changes want your attention: saha outbox", tr: "{count} değişiklik reddedildi; bakın: saha outbox" }
    outbox_empty() { en: "Nothing waits: the company has everything.", tr: "Bekleyen yok: her şey şirkette." }
    fix_with(id: &str) { en: "correct it: saha outbox fix {id} …   or: resend, withdraw", tr: "düzeltmek için: saha outbox fix {id} …   ya da: resend, withdraw" }
    fix_sale_with(id: &str) { en: "correct it: saha outbox fix {id} --price LINE=PRICE --quantity LINE=QUANTITY   or: resend, withdraw", tr: "düzeltmek için: saha outbox fix {id} --price SATIR=FİYAT --quantity SATIR=MİKTAR   ya da: resend, withdraw" }
    use_existing_with(id: &str) { en: "known to the company already? saha outbox use-existing {id}", tr: "şirket onu zaten tanıyor mu? saha outbox use-existing {id}" }
    moved() { en: "The company's own record is used; what hung on yours moved there and goes with the next sync.", tr: "Şirketin kaydı kullanılıyor; sizinkine bağlı işler oraya taşındı, sonraki eşitlemede gönderilecek." }
    refused_line(number: i32) { en: "refused because of line {number}", tr: "{number}. satır yüzünden reddedildi" }
    in_the_way(name: &str) { en: "in the way: {name}", tr: "engel olan kayıt: {name}" }
    overridden(fields: &str) { en: "someone else's later edit holds for: {fields}", tr: "başkasının sonraki düzenlemesi geçerli: {fields}" }
    overridden_title() { en: "overridden by someone else", tr: "başkası tarafından geçersiz kılındı" }
    overridden_field(name: &str, yours: &str, theirs: &str) { en: "{name}: you wrote “{yours}”; “{theirs}” holds", tr: "{name}: siz “{yours}” yazdınız; “{theirs}” geçerli" }
    nothing() { en: "nothing", tr: "boş" }
    dismiss_with(id: &str) { en: "seen it? saha outbox dismiss {id}", tr: "gördünüz mü? saha outbox dismiss {id}" }
    dismissed() { en: "It is not shown again.", tr: "Bir daha gösterilmeyecek." }
    resent() { en: "It goes again with the next sync.", tr: "Sonraki eşitlemede yeniden gönderilecek." }
    withdrawn() { en: "Taken back.", tr: "Geri çekildi." }
    fixed() { en: "Corrected. It goes with the next sync.", tr: "Düzeltildi. Sonraki eşitlemede gönderilecek." }
    status_rep() { en: "Rep", tr: "Temsilci" }
    status_login() { en: "User", tr: "Kullanıcı" }
    status_server() { en: "Server", tr: "Sunucu" }
    status_device() { en: "Device", tr: "Cihaz" }
    status_data() { en: "Data", tr: "Veri" }
    status_waiting() { en: "Waiting", tr: "Bekleyen" }
    status_files() { en: "Photos to send", tr: "Bekleyen fotoğraf" }
    status_refused() { en: "Refused", tr: "Reddedilen" }
    status_figures() { en: "Figures", tr: "Rakamlar" }
    figures_agree() { en: "the same as the company's, apart from what waits", tr: "bekleyenler dışında şirketinkiyle aynı" }
    figures_differ(ago: &str) { en: "not the company's (found {ago}): please tell your office", tr: "şirketinkinden farklı ({ago} fark edildi): lütfen merkeze bildirin" }
    figures_differ_now() { en: "The confirmed figures on this device are not the company's. The company's hold: please tell your office.", tr: "Bu cihazdaki onaylı rakamlar şirketinkinden farklı. Şirketinki geçerli: lütfen merkeze bildirin." }
    figures_not_compared() { en: "not compared with the company's yet", tr: "şirketinkiyle henüz karşılaştırılmadı" }
    status_last() { en: "Last sync", tr: "Son eşitleme" }
    status_nobody() { en: "nobody yet", tr: "henüz kimse yok" }
    status_signed_out() { en: "(signed out)", tr: "(oturum kapalı)" }
    status_revoked() { en: "(this device was revoked by the office)", tr: "(bu cihazın yetkisi merkez tarafından kaldırıldı)" }
    status_unknown() { en: "known after the first sync", tr: "ilk eşitlemeden sonra belli olur" }
    status_never() { en: "never: lists and figures are not complete", tr: "hiç yapılmadı: listeler ve rakamlar eksik" }
    incomplete() { en: "(not complete yet)", tr: "(henüz tam değil)" }
}
