//! The Turkish help: a page for each command and a line for each argument.

/// What is said of a command.
pub(super) struct Page {
    /// In one line.
    pub(super) about: &'static str,
    /// Examples and the like.
    pub(super) after: Option<&'static str>,
}

const fn page_of(about: &'static str) -> Page {
    Page { about, after: None }
}

const fn with(about: &'static str, after: &'static str) -> Page {
    Page { about, after: Some(after) }
}

/// The page of a command; the root's path is empty.
pub(super) fn page(path: &str) -> Option<Page> {
    Some(match path {
        "" => Page {
            about: "Saha cebinizde: ziyaret, arama, satış ve hedefler; çevrimdışı da çalışır",
            after: Some(ROOT_AFTER),
        },
        "customers" => with("Müşteri bul, aday müşteri kaydet, düzelt", CUSTOMERS_AFTER),
        "customers add" => page_of("Aday müşteri kaydet; o andan itibaren sizindir"),
        "customers show" => page_of("Müşteriyi ve onunla olanları göster"),
        "customers edit" => page_of("Müşteriyi düzelt; ret sonrasında reddedilen değişikliği onarır"),
        "plan" => with("Bir günün planı ve ne olduğu; ekle, çıkar", PLAN_AFTER),
        "plan add" => page_of("Kendinize ziyaret planla"),
        "plan remove" => page_of("Planlı ziyareti çıkar"),
        "visit" => with("Ziyareti başlat, bitir, listele, geri al", VISIT_AFTER),
        "visit check-in" => page_of("Ziyareti şimdi başlat; açık olan önce sonlandırılır"),
        "visit check-out" => page_of("Açık ziyareti şimdi bitir"),
        "visit list" => page_of("Bir günün ziyaretlerini göster"),
        "visit photo" => page_of("Açık ziyarete, yoksa son ziyaretinize fotoğraf ekle"),
        "visit photos" => page_of("Ziyaretin fotoğraflarını ve dosyalarının yerini göster"),
        "visit void" => page_of("Ziyareti geri al: artık sayılmaz, görünür kalır"),
        "call" => with("Biten bir aramayı kaydet, listele, sil", CALL_AFTER),
        "call list" => page_of("Bir günün aramalarını göster"),
        "call delete" => page_of("Yanlışlıkla kaydedilen aramayı sil"),
        "sale" => with("Satış yap, düzelt, iptal et, listele", SALE_AFTER),
        "sale edit" => page_of("Bir satırı düzelt; ret sonrasında satışı onarır"),
        "sale cancel" => page_of("Satışı iptal et: bugünün tarihiyle eksi kayıt"),
        "sale list" => page_of("Bir günün satışlarını göster"),
        "targets" => with("Hedeflere göre durumunuz ve dayandığı kayıtlar", TARGETS_AFTER),
        "sync" => with("Bekleyeni gönder, yenilikleri getir", SYNC_AFTER),
        "outbox" => with("Şirkette henüz olmayanlar, reddedilenler ve yapılabilecekler", OUTBOX_AFTER),
        "outbox list" => page_of("Sonuçlanmamış her şeyi göster"),
        "outbox resend" => page_of("Reddedilen değişikliği olduğu gibi yeniden gönder"),
        "outbox withdraw" => page_of("Reddedilen değişikliği geri çek"),
        "outbox use-existing" => page_of("Reddedilen yeni kaydın yerine engel olanı kullan; işler oraya taşınır"),
        "outbox dismiss" => page_of("Başkasının geçersiz kıldığı düzenlemenizi bir daha gösterme"),
        "outbox fix" => page_of("Reddedilen değişikliğin kaydını düzelt; yeniden gider"),
        "status" => page_of("Telefon kimin, durumu ne, bekleyen neden bekliyor"),
        "login" => with("Şirketin sunucusunda oturum aç", LOGIN_AFTER),
        "logout" => page_of("Oturumu kapat; gönderilmemiş işiniz varken kapatılmaz"),
        "export" => with("Kendi verinizi tek JSON belgesi olarak dosyaya yaz", EXPORT_AFTER),
        "serve" => with("Şirketin sunucusunu çalıştır", SERVE_AFTER),
        "import" => with("Şirketin verisini CSV dosyalarından sunucuya aktar", IMPORT_AFTER),
        "devices" => with("Şirketin cihazları: listele, birini iptal et", DEVICES_AFTER),
        "devices list" => page_of("Oturum açmış her cihazı göster"),
        "devices revoke" => page_of("Bir cihazı kalıcı olarak iptal et"),
        "demo" => with("Hepsini iş başında gör: sunucu, telefon, kötü ağ, onarım", DEMO_AFTER),
        "completions" => with("Kabuk için tamamlama betiğini yazdır", COMPLETIONS_AFTER),
        _ => return None,
    })
}

/// The line of an argument.
pub(super) fn argument(path: &str, id: &str) -> Option<&'static str> {
    global(id).or_else(|| special(path, id)).or_else(|| shared(id))
}

fn global(id: &str) -> Option<&'static str> {
    Some(match id {
        "data" => "Verinin klasörü (ya da SAHA_DATA değişkeni)",
        "lang" => "Dil, tr veya en (varsayılan: sistemin dili)",
        "json" => "Metin yerine programlar için tek JSON belgesi",
        _ => return None,
    })
}

/// Arguments whose name means something else elsewhere.
fn special(path: &str, id: &str) -> Option<&'static str> {
    Some(match (path, id) {
        ("customers add" | "customers edit", "note") => "Kapıda bilmeniz gerekenler",
        ("visit check-out", "outcome") => "Sonuç: order, no_need, closed, follow_up… (varsayılan no_need)",
        ("visit photo", "file") => "JPEG, PNG, WebP veya HEIC, en fazla 20 MiB; kopyalanır",
        ("visit photo", "visit") => "Ziyaretin kimliği, ya da başı veya sonu",
        ("visit photos", "visit") => "Kimlik, ya da başı veya sonu (varsayılan açık ya da son ziyaret)",
        ("call", "outcome") => "Ne çıktı: order, follow_up…",
        ("sale edit", "line") => "Kaçıncı satır, 1'den başlar",
        ("sale edit", "price") => "Doğru birim fiyat",
        ("sale edit", "quantity") => "Doğru miktar",
        ("outbox fix", "price") => "Satışın bir satırı ve doğru fiyatı",
        ("outbox fix", "quantity") => "Satışın bir satırı ve doğru miktarı",
        ("login", "server") => "Şirket sunucusunun adresi: https, ya da bu makinede http",
        ("export", "file") => "Dosya; varsa yerine yazılır",
        ("import" | "devices list" | "devices revoke", "server") => {
            "Sunucunun adresi (varsayılan http://127.0.0.1:8787)"
        }
        _ => return None,
    })
}

fn shared(id: &str) -> Option<&'static str> {
    Some(match id {
        "due" => "Ziyaret zamanı gelenler, en çok geciken önce",
        "item" => "Kimlik, ya da başı veya sonu",
        "near" => "Bir yerin yakınındakiler, en yakın önce",
        "records" => "Bu numaralı hedefin arkasındaki kayıtları göster, 1'den başlar",
        "search" => "Ad, ilçe veya koddan sözcükler; boşsa tüm müşteriler",
        "limit" => "Kaç tane gösterilsin (varsayılan 20)",
        "offset" => "Kaç tane atlansın (varsayılan 0)",
        "customer" => "Kod, kimlik veya adından sözcükler",
        "name" => "Tabeladaki ad",
        "tax_no" => "Vergi numarası, 10 veya 11 hane",
        "phone" => "Telefon numarası, alışılmış her yazımla",
        "district" => "İlçe",
        "address" => "Açık adres",
        "note" => "Notunuz",
        "lat" => "Enlem, derece",
        "lon" => "Boylam, derece",
        "accuracy" => "Konum ne kadar sapabilir, metre (varsayılan 10)",
        "date" => "Gün, 2026-11-24 gibi (varsayılan bugün)",
        "visit" => "Kimlik, ya da başı veya sonu",
        "purpose" => "Ne görünüyor: shelf, storefront, signature veya other (varsayılan)",
        "fetch" => "Bu cihazda olmayan dosyaları indir",
        "disposition" => "connected (varsayılan), no-answer, busy, wrong-number, voicemail",
        "duration" => "Ne kadar konuşuldu: 90sn, 3dk, 1sa5dk",
        "incoming" => "Arayan müşteriydi",
        "lines" => "ÜRÜN=MİKTAR[@FİYAT]; ürün: kodu veya adından sözcükler",
        "discount" => "Her satıra iskonto; birkaç tane ise sırayla uygulanır",
        "sale" => "Satışın numarası veya kimliği",
        "op" => "Değişikliğin kimliği, ya da başı veya sonu",
        "with_dependants" => "Buna bağlı olanları da geri çek",
        "set" => "name, tax_no, phone, district, address, note, outcome, duration",
        "max_seconds" => "Bu kadar saniye sonra bitir (varsayılan: bir şey kalmayınca)",
        "max_kib" => "Ağdan bu kadar KiB geçmeden bitir",
        "metered" => "Ağ bayt başına ücretli: bekleyebilen bekler",
        "user" => "Kullanıcı adınız",
        "password_stdin" => "Parolayı sormak yerine standart girdiden oku",
        "listen" => "Dinlenecek adres; port 0 boş olanı seçer (varsayılan 127.0.0.1:8787)",
        "company" => "Şirketin adı; yalnızca ilk başlatmada kullanılır",
        "access_ttl" => "Erişim anahtarının ömrü (varsayılan 900)",
        "kind" => "reps, users, customers, products, assignments, call_cycles, targets, plan veya all",
        "file" => "CSV dosyası; all için dosyaların klasörü",
        "token" => "Yönetici anahtarı; daha iyisi SAHA_ADMIN_TOKEN: komut satırı görünür",
        "token_stdin" => "Yönetici anahtarını standart girdiden oku",
        "device" => "Kimlik, ya da başı veya sonu",
        "call" => "Kimlik, ya da başı veya sonu",
        "shell" => "bash, elvish, fish, powershell veya zsh",
        "keep" => "Dosyaları burada tut: boş veya yeni klasör (varsayılan: geçici)",
        "seed" => "Kötü ağda hangi arıza hangi sırayla (varsayılan 7)",
        _ => return None,
    })
}

const ROOT_AFTER: &str = "\
Yazdığınız anında kalıcıdır, anında sayılır, ağ olunca şirkete ulaşır.

Örnekler:
  saha demo                     hepsini yarım dakikada iş başında görün
  saha login --server https://saha.example.com --user ayse.yilmaz
  saha visit check-in C0024     sonra: saha visit check-out --outcome order
  saha sale C0024 P001=24 P018=2,5@480
  saha targets                  durumunuz, çevrimdışı da
  saha sync

Çıkış kodları:
  0  tamam                           4  şirket reddetti: bkz. `saha outbox`
  1  olmadı, ileti nedenini söyler   5  oturum açık değil
  2  komut satırı veya değer hatalı  6  bulunamadı veya birden çok kayıt uyuyor
  3  çevrimdışı; kayıp yok           7  veriyi veya portu başka süreç kullanıyor";

const CUSTOMERS_AFTER: &str = "\
Örnekler:
  saha customers ihlamur                    Ihlamur Kafe'yi de bulur
  saha customers --near 40.9932,29.0544
  saha customers --due
  saha customers show C0024                 ziyaret, arama ve satışlarıyla
  saha customers add --name \"Çınar Kafe\" --tax-no 4213680077 --district Kadıköy
  saha customers edit C0024 --phone \"0532 555 11 22\"";

const PLAN_AFTER: &str = "\
Örnekler:
  saha plan                                 bugün
  saha plan add C0024 --date 2026-11-24 --note \"yeni katalog\"
  saha plan remove 5f2a91c0";

const VISIT_AFTER: &str = "\
Örnekler:
  saha visit check-in C0024 --lat 40.9932 --lon 29.0544 --accuracy 12
  saha visit check-out --outcome order --note \"bayram siparişi verdi\"
  saha visit photo raf.jpg --purpose shelf
  saha visit list";

const CALL_AFTER: &str = "\
Örnekler:
  saha call C0024 --duration 3dk --outcome follow_up
  saha call \"papatya market\" --disposition no-answer
  saha call list
  saha call delete 5f2a91c0";

const SALE_AFTER: &str = "\
Örnekler:
  saha sale C0024 P001=24 P018=2,5          liste fiyatlarıyla
  saha sale C0024 P001=24@36,90 --discount %5
  saha sale edit A1-000003 1 --quantity 12
  saha sale cancel A1-000003";

const TARGETS_AFTER: &str = "\
Örnekler:
  saha targets
  saha targets --records 2                  ikincisinin rakamları neye dayanıyor";

const OUTBOX_AFTER: &str = "\
Örnekler:
  saha outbox
  saha outbox fix 5f2a --set tax_no=4213680077
  saha outbox fix 81c0 --price 1=38,50
  saha outbox use-existing 5f2a
  saha outbox withdraw 5f2a --with-dependants";

const SYNC_AFTER: &str = "\
Süre ya da bayt tükendiğinde o ana kadarki kayıtlıdır; sonraki eşitleme oradan sürer.

Örnekler:
  saha sync
  saha sync --max-seconds 30 --max-kib 500 --metered";

const LOGIN_AFTER: &str = "\
Veri klasörü (--data) tek kişinindir; başkası kendi klasörüyle oturum açar. Kopyalanan klasör yeni
bir cihaz sayılır: orada yeniden oturum açılır, bekleyen işler iki kez kaydedilmez.

Örnekler:
  saha login --server https://saha.example.com --user ayse.yilmaz
  pass show saha | saha login --server http://127.0.0.1:8787 --user ayse.yilmaz --password-stdin";

const EXPORT_AFTER: &str = "\
Ziyaretleriniz, aramalarınız, satışlarınız, fotoğraflarınız (dosyaları hariç) ve aday müşteriler;
her biri şirkette olup olmadığıyla. Ağ gerekmez. Dosya ya bütünüyle yazılır ya hiç.

Örnekler:
  saha export verilerim.json";

const SERVE_AFTER: &str = "\
İlk başlatma şirketi kurar ve yönetici anahtarını BİR KEZ gösterir: saklayın. Sunucu düz HTTP
konuşur; önüne TLS sonlandıran bir şey koyun ya da yalnızca bu makinede bırakın. Ctrl-C, süren
istekleri yanıtladıktan sonra durdurur.

Örnekler:
  saha serve --company \"Lodosa Dağıtım\"
  saha --data /var/lib/saha serve --listen 127.0.0.1:0 --json";

const IMPORT_AFTER: &str = "\
İyi satırlar aktarılır, hatalılar numarası ve nedeniyle söylenir ve çıkış kodu 1 olur. Aynı dosyayı
yeniden aktarmak hiçbir şeyi değiştirmez.

Örnekler:
  export SAHA_ADMIN_TOKEN=…                 `saha serve` gösterdiği gibi
  saha import customers customers.csv --server http://127.0.0.1:8787
  saha import all veri/                     dosyası olan her tür: reps.csv, …
  pass show saha-admin | saha import all veri/ --token-stdin";

const DEVICES_AFTER: &str = "\
Telefon kayboldu ya da biri ayrıldı: cihazı artık hiçbir şey almaz. Önceden yapılanları 14 gün
boyunca teslim edebilir; sonra kendini siler.

Örnekler:
  export SAHA_ADMIN_TOKEN=…                 `saha serve` gösterdiği gibi
  saha devices list
  saha devices revoke 5f2a91c0";

const DEMO_AFTER: &str = "\
Her şey gerçektir: kendi veritabanıyla bir sunucu süreci, HTTP, dosyalar, öldürülen bir süreç. Bu
makineden dışarı bir şey çıkmaz; yazdırılan her sayı çekirdekten geri okunur.";

const COMPLETIONS_AFTER: &str = "\
Örnekler:
  saha completions bash > ~/.local/share/bash-completion/completions/saha";
