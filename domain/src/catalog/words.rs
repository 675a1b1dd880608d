//! Names of kinds, fields, states and codes, as a person reads them.

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
        "visit" => "visit", "ziyaret";
        "call" => "call", "arama";
        "sale" => "sale", "satış";
        "change" => "change", "değişiklik";
        "user" => "user", "kullanıcı";
    }
}

words! {
    /// The state of a record or a change.
    state_name {
        "in_progress" => "in progress", "sürüyor";
        "completed" => "completed", "tamamlandı";
        "voided" => "voided", "geçersiz";
        "draft" => "a draft", "taslak";
        "confirmed" => "confirmed", "onaylı";
        "cancelled" => "cancelled", "iptal";
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
    }
}

words! {
    /// What a target counts.
    metric_name {
        "visits" => "Visits", "Ziyaret";
        "calls" => "Calls", "Arama";
        "sales" => "Sales", "Satış";
        "revenue" => "Revenue", "Ciro";
    }
}

words! {
    /// A target's period.
    period_name {
        "day" => "today", "bugün";
        "week" => "this week", "bu hafta";
        "month" => "this month", "bu ay";
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
    }
}

words! {
    /// The usual outcomes; a company's own code as it came.
    outcome_name {
        "order" => "order", "sipariş";
        "no_need" => "no need", "ihtiyaç yok";
        "closed" => "closed", "kapalı";
        "follow_up" => "follow up", "takip";
        "not_there" => "decision maker not there", "yetkili yok";
        "connected" => "connected", "görüşüldü";
        "no_answer" => "no answer", "cevap yok";
        "busy" => "busy", "meşgul";
        "wrong_number" => "wrong number", "yanlış numara";
        "voicemail" => "voicemail", "sesli mesaj";
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
        "id" => "id", "kimlik";
        "body" => "record", "kayıt";
        "payload" => "change", "değişiklik";
        "kind" => "kind", "tür";
        "zone" => "time zone", "saat dilimi";
        "number" => "document number", "belge numarası";
        "search" => "search text", "arama metni";
        "path" => "path", "yol";
        "server" => "server address", "sunucu adresi";
        "limit" => "page size", "sayfa boyu";
    }
}

/// A field as a person reads it; `lines/<id>/quantity` by its last part.
pub fn field_name(lang: Lang, field: &str) -> &str {
    plain_field_name(lang, field.rsplit('/').next().unwrap_or(field))
}
