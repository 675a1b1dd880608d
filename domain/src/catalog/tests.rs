use super::*;
use crate::{Problem, SahaError, wire::RejectionCode};

#[test]
fn a_locale_chooses_the_language() {
    for (locale, lang) in [
        ("tr_TR.UTF-8", Lang::Tr),
        ("tr", Lang::Tr),
        ("TR-tr,en;q=0.5", Lang::Tr),
        ("en_US", Lang::En),
        ("C", Lang::En),
        ("", Lang::En),
    ] {
        assert_eq!(Lang::of(locale), lang, "{locale}");
    }
}

#[test]
fn errors_speak_both_languages_and_name_the_field() {
    let error = SahaError::invalid("lines/0198c0de/unit_price", Problem::OutOfRange);
    assert_eq!(error.text(Lang::En), "unit price: is outside the allowed range");
    assert_eq!(error.text(Lang::Tr), "birim fiyat: izin verilen aralığın dışında");
    assert_eq!(error.to_string(), "lines/0198c0de/unit_price: out_of_range");
}

#[test]
fn a_refusal_of_a_newer_server_has_no_words_of_ours() {
    assert_eq!(RejectionCode::from("credit_limit").text(Lang::Tr), None);
    assert_eq!(
        RejectionCode::from("duplicate_tax_no").text(Lang::En).as_deref(),
        Some("another customer has the same tax number")
    );
}

#[test]
fn unknown_words_are_shown_as_they_came() {
    assert_eq!(kind_name(Lang::Tr, "promotion"), "promotion");
    assert_eq!(words::outcome_name(Lang::Tr, "order"), "sipariş");
}
