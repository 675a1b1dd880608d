//! What is wrong with a field.

crate::sentences! {
    missing() { en: "must not be empty", tr: "boş olamaz" }
    malformed() { en: "is not valid", tr: "geçersiz" }
    too_long(max_chars: i64) { en: "is longer than {max_chars} characters", tr: "{max_chars} karakterden uzun" }
    out_of_range() { en: "is outside the allowed range", tr: "izin verilen aralığın dışında" }
    overflow() { en: "is too large to compute with", tr: "hesaplanamayacak kadar büyük" }
    unknown_value() { en: "is not known", tr: "tanınmıyor" }
    end_before_start() { en: "ends before it starts", tr: "bitişi başlangıcından önce" }
    inconsistent() { en: "does not match its parts", tr: "tutarsız" }
}
