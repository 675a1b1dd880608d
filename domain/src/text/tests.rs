use super::*;

#[test]
fn folding_finds_turkish_letters_however_they_are_typed() {
    for spelled in ["Ihlamur", "ıhlamur", "IHLAMUR", "ihlamur", "İhlamur"] {
        assert_eq!(fold(spelled), "ihlamur", "{spelled}");
    }
    assert_eq!(fold("  Çağrı-Şarküteri  Göl & Ün "), "cagri sarkuteri gol un");
    assert_eq!(fold("s\u{327}eker"), "seker", "a decomposed ş");
    assert_eq!(fold("\u{301}"), "", "a lone combining mark");
}

#[test]
fn phones_become_e164() {
    for text in
        ["0216 555 12 34", "(0216) 555-1234", "+90 216 555 12 34", "0090 216 5551234", "2165551234", "902165551234"]
    {
        assert_eq!(normalize_phone(text).as_deref(), Ok("+902165551234"), "{text}");
    }
    for text in ["+90 0216 555 12 34", "90 0216 555 12 34", "0090 0216 555 12 34"] {
        assert_eq!(normalize_phone(text).as_deref(), Ok("+902165551234"), "{text}: the trunk zero");
    }
    for text in ["444 12 34", "0444 1234", "+90 444 12 34", "904441234"] {
        assert_eq!(normalize_phone(text).as_deref(), Ok("+904441234"), "{text}: a call centre");
    }
    for text in ["+90 216 555 12", "+90 216 555 12 345", "+90 555 12 34", "555 12 34", "90 216 555 12 345"] {
        assert!(normalize_phone(text).is_err(), "{text}");
    }
    assert_eq!(normalize_phone("+44 20 7946 0958").as_deref(), Ok("+442079460958"));
    for text in ["", "12", "0216 555 12", "abc", "0216 555 12 34 ext 5", "+1234567890123456"] {
        assert!(normalize_phone(text).is_err(), "{text}");
    }
}

#[test]
fn tax_numbers_need_right_check_digits() {
    // Widely published sample numbers.
    assert!(check_tax_no("tax_no", "1234567890").is_ok());
    assert!(check_tax_no("tax_no", "10000000146").is_ok());
    for text in ["1234567891", "10000000145", "123", "", "abcdefghij", "01234567890", "１２３４５６７８９０"]
    {
        assert!(check_tax_no("tax_no", text).is_err(), "{text}");
    }
}

#[test]
fn limits_count_characters_and_refuse_nul() {
    assert!(check("note", &"ş".repeat(10), 10).is_ok());
    assert_eq!(check("note", &"ş".repeat(11), 10).unwrap_err().problem, Problem::TooLong { max_chars: 10 });
    assert_eq!(check("note", "a\0b", 10).unwrap_err().problem, Problem::Malformed);
    assert_eq!(check_filled("name", " \u{a0} ", 10).unwrap_err().problem, Problem::Missing);
}

#[test]
fn composed_and_decomposed_letters_fold_alike() {
    let pairs = [
        ("é", "e\u{301}", "e"),
        ("Café Zoé", "Cafe\u{301} Zoe\u{301}", "cafe zoe"),
        ("Kâğıt Î Û", "Ka\u{302}g\u{306}ıt I\u{302} U\u{302}", "kagit i u"),
        ("İ", "I\u{307}", "i"),
        ("Ñandú Škoda", "N\u{303}andu\u{301} S\u{30c}koda", "nandu skoda"),
    ];
    for (composed, decomposed, folded) in pairs {
        assert_eq!((fold(composed).as_str(), fold(decomposed).as_str()), (folded, folded));
    }
    assert_eq!(fold("Straße 5½ 東京"), "straße 5½ 東京", "what has no base letter stays");
}
