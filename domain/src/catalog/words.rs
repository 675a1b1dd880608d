//! Names of kinds, fields, states and codes, as a person reads them.

use uuid::Uuid;

use super::Lang;

macro_rules! words {
    ($(#[$doc:meta])* $function:ident { $($key:literal => $en:literal, $tr:literal;)* }) => {
        $(#[$doc])*
        pub fn $function(lang: Lang, key: &str) -> &str {
            match (key, lang) {
                $(($key, Lang::En) => $en, ($key, Lang::Tr) => $tr,)*
                _ => key,
            }
        }
    };
}

words! {
    /// The kind of a record; an unknown one as it came.
    kind_name {
        "company" => "company", "şirket";
        "work_calendar" => "working calendar", "çalışma takvimi";
        "rep" => "rep", "temsilci";
        "product" => "product", "ürün";
        "customer" => "customer", "müşteri";
        "assignment" => "assignment", "atama";
        "target" => "target", "hedef";
        "call_cycle" => "call cycle", "ziyaret sıklığı";
        "plan_item" => "planned visit", "planlı ziyaret";
        "visit" => "visit", "ziyaret";
        "call" => "call", "arama";
        "sale" => "sale", "satış";
        "photo" => "photo", "fotoğraf";
        "file" => "file", "dosya";
        "change" => "change", "değişiklik";
        "user" => "user", "kullanıcı";
    }
}

words! {
    /// The state of a record or a change.
    state_name {
        "in_progress" => "in progress", "sürüyor";
        "completed" => "completed", "tamamlandı";
        "voided" => "voided", "geçersiz sayıldı";
        "draft" => "a draft", "taslak hâlinde";
        "confirmed" => "confirmed", "onaylı";
        "cancelled" => "cancelled", "iptal edildi";
        "active" => "in force", "yürürlükte";
        "closed" => "closed", "kapandı";
        "unknown" => "in a state that this app does not know", "bu uygulamanın tanımadığı bir durumda";
        "queued" => "waiting", "bekliyor";
        "sent" => "on its way", "yolda";
        "acked" => "accepted", "kabul edildi";
        "seen" => "in the company's books", "şirket kayıtlarında";
        "rejected" => "refused", "reddedildi";
        "blocked" => "held back", "bekletiliyor";
    }
}

words! {
    /// A customer's lifecycle.
    lifecycle_name {
        "prospect" => "prospect", "aday";
        "active" => "active", "aktif";
        "dormant" => "dormant", "pasif";
        "lost" => "lost", "kayıp";
        "unknown" => "unknown", "bilinmiyor";
    }
}

words! {
    /// What a target counts.
    metric_name {
        "visits" => "Visits", "Ziyaret";
        "calls" => "Calls", "Arama";
        "sales" => "Sales", "Satış";
        "revenue" => "Revenue", "Ciro";
        "unknown" => "Unknown", "Bilinmiyor";
    }
}

words! {
    /// A target's period.
    period_name {
        "day" => "today", "bugün";
        "week" => "this week", "bu hafta";
        "month" => "this month", "bu ay";
        "unknown" => "unknown", "bilinmiyor";
    }
}

words! {
    /// How often a target begins anew, before what it counts.
    period_rhythm {
        "day" => "Daily", "Günlük";
        "week" => "Weekly", "Haftalık";
        "month" => "Monthly", "Aylık";
        "unknown" => "Unknown", "Bilinmeyen";
    }
}

words! {
    /// What a target counts, behind another word.
    counted_name {
        "visits" => "visits", "ziyaret";
        "calls" => "calls", "arama";
        "sales" => "sales", "satış";
        "revenue" => "revenue", "ciro";
        "unknown" => "unknown", "bilinmeyen";
    }
}

words! {
    /// How sure a record is.
    record_state_name {
        "confirmed" => "the company has it", "şirkette";
        "waiting" => "waits to be sent", "gönderilmeyi bekliyor";
        "refused" => "refused", "reddedildi";
    }
}

words! {
    /// What has become of a planned visit.
    stop_state_name {
        "planned" => "planned", "planlandı";
        "missed" => "missed", "yapılmadı";
        "in_progress" => "in progress", "sürüyor";
        "done" => "done", "yapıldı";
    }
}

words! {
    /// How a visit came to its end.
    checkout_name {
        "explicit" => "checked out", "çıkış yapıldı";
        "inferred" => "the end was taken from what came next", "bitiş sonraki işten çıkarıldı";
        "forced" => "ended by the next check-in", "sonraki ziyaretle sonlandırıldı";
        "unknown" => "unknown", "bilinmiyor";
    }
}

words! {
    /// What a change does to its record.
    op_name {
        "create" => "new", "yeni";
        "patch" => "edit", "düzeltme";
        "delete" => "delete", "silme";
    }
}

words! {
    /// Who called whom.
    direction_name {
        "outgoing" => "outgoing", "giden";
        "incoming" => "incoming", "gelen";
        "unknown" => "unknown", "bilinmiyor";
    }
}

words! {
    /// What a check-in's place says.
    verdict_name {
        "inside" => "at the customer's", "müşteri konumunda";
        "outside" => "away from the customer", "müşteriden uzakta";
        "uncertain" => "the fix is too coarse to tell", "konum kesin değil";
        "no_fix" => "no location", "konum yok";
        "stale" => "the location is old", "konum eski";
        "mocked" => "the location was made up", "konum sahte";
        "no_customer_location" => "the customer's place is not known", "müşterinin konumu bilinmiyor";
        "unknown" => "unknown", "bilinmiyor";
    }
}

words! {
    /// The usual outcomes; a company's own code as it came.
    outcome_name {
        "order" => "order", "sipariş";
        "no_need" => "no need", "ihtiyaç yok";
        "closed" => "closed", "kapalı";
        "follow_up" => "follow up", "takip edilecek";
        "not_there" => "decision maker not there", "yetkili yerinde yok";
        "connected" => "connected", "görüşüldü";
        "no_answer" => "no answer", "cevap yok";
        "busy" => "busy", "meşgul";
        "wrong_number" => "wrong number", "yanlış numara";
        "voicemail" => "voicemail", "sesli mesaj";
        "not_recorded" => "not recorded", "kaydedilmedi";
        "unknown" => "unknown", "bilinmiyor";
    }
}

words! {
    /// What a photo is of.
    purpose_name {
        "shelf" => "shelf", "raf";
        "storefront" => "storefront", "dükkân önü";
        "signature" => "signature", "imza";
        "other" => "other", "diğer";
        "unknown" => "unknown", "bilinmiyor";
    }
}

words! {
    /// Why there is no connection to the server.
    offline_reason {
        "connect" => "no network, or the address is wrong", "ağ yok veya adres yanlış";
        "timeout" => "no answer in time", "zamanında yanıt gelmedi";
        "tls" => "the connection is not secure", "güvenli bağlantı kurulamadı";
        "not_our_server" => "something else answered, perhaps a Wi-Fi sign-in page", "başka bir sistem yanıt verdi; Wi-Fi giriş sayfası olabilir";
        "server_busy" => "the server is busy", "sunucu meşgul";
        "server_error" => "the server has a problem", "sunucuda sorun var";
    }
}

words! {
    /// A field as on the wire; the field of a child by its last part.
    plain_field_name {
        "name" => "name", "ad";
        "login" => "user name", "kullanıcı adı";
        "password" => "password", "parola";
        "code" => "code", "kod";
        "tax_no" => "tax number", "vergi numarası";
        "phone" => "phone", "telefon";
        "district" => "district", "ilçe";
        "address" => "address", "adres";
        "latitude" => "latitude", "enlem";
        "longitude" => "longitude", "boylam";
        "location" => "location", "konum";
        "note" => "note", "not";
        "lifecycle" => "status", "durum";
        "segment" => "segment", "segment";
        "customer" => "customer", "müşteri";
        "rep" => "rep", "temsilci";
        "product" => "product", "ürün";
        "visit" => "visit", "ziyaret";
        "state" => "state", "durum";
        "outcome" => "outcome", "sonuç";
        "check_in" => "check-in", "giriş";
        "check_out" => "check-out", "çıkış";
        "quantity" => "quantity", "miktar";
        "unit_price" => "unit price", "birim fiyat";
        "floor_price" => "floor price", "taban fiyat";
        "discounts_bp" => "discount", "iskonto";
        "tax_bp" => "tax rate", "vergi oranı";
        "lines" => "lines", "satırlar";
        "net_minor" => "total", "toplam";
        "currency" => "currency", "para birimi";
        "duration_s" => "duration", "süre";
        "date" => "date", "tarih";
        "id" => "id", "kayıt no";
        "body" => "record", "kayıt";
        "payload" => "change", "değişiklik";
        "kind" => "kind", "tür";
        "zone" => "time zone", "saat dilimi";
        "number" => "document number", "belge numarası";
        "search" => "search text", "arama metni";
        "path" => "path", "dosya yolu";
        "server" => "server address", "sunucu adresi";
        "at" => "time", "zaman";
        "cancelled_at" => "cancellation time", "iptal zamanı";
        "check_in_location" => "check-in location", "giriş konumu";
        "check_out_location" => "check-out location", "çıkış konumu";
        "checkout_kind" => "kind of check-out", "çıkış türü";
        "distance_m" => "distance", "uzaklık";
        "geo_verdict" => "location check", "konum değerlendirmesi";
        "disposition" => "result of the call", "arama sonucu";
        "direction" => "direction", "yön";
        "position" => "line number", "satır no";
        "tax_included" => "tax included", "vergi dahil";
        "tax_minor" => "tax", "vergi";
        "rule_set" => "pricing rules", "fiyatlandırma kuralları";
        "product_group" => "product group", "ürün grubu";
        "group" => "group", "grup";
        "unit" => "unit", "birim";
        "team" => "team", "ekip";
        "calendar" => "working calendar", "çalışma takvimi";
        "days" => "working days", "çalışma günleri";
        "visit_radius_m" => "visit radius", "ziyaret yarıçapı";
        "horizon_months" => "months kept on the phone", "telefonda tutulan ay sayısı";
        "from" => "first day", "ilk gün";
        "to" => "last day", "son gün";
        "metric" => "what is counted", "ölçü";
        "period" => "period", "dönem";
        "filter" => "filter", "süzgeç";
        "weight_bp" => "weight", "ağırlık";
        "cap_bp" => "upper limit", "üst sınır";
        "leave_policy" => "effect of leave", "izin etkisi";
        "revisions" => "values", "değerler";
        "required_visits" => "visits a period", "dönem başına ziyaret";
        "window" => "time of day", "saat aralığı";
        "sequence" => "order in the day", "gün içindeki sıra";
        "effective_from" => "effective from", "geçerlilik tarihi";
        "value" => "value", "değer";
        "reason" => "reason", "gerekçe";
        "progress" => "progress", "ilerleme";
        "time" => "time", "saat";
        "device" => "device", "cihaz";
        "lang" => "language", "dil";
        "taken" => "time taken", "çekim zamanı";
        "purpose" => "subject", "konu";
        "sha256" => "fingerprint of the file", "dosyanın parmak izi";
        "size_bytes" => "size of the file", "dosya boyutu";
        "media_type" => "kind of file", "dosya türü";
        "limit" => "page size", "sayfa boyutu";
    }
}

/// A field as a person reads it: `lines/<id>/quantity` by its last part, and a whole child, `lines/<id>`, by its collection.
pub fn field_name(lang: Lang, field: &str) -> &str {
    let last_name = field.rsplit('/').find(|part| Uuid::try_parse(part).is_err());
    plain_field_name(lang, last_name.unwrap_or(field))
}
