use super::*;
use crate::testing::*;

fn names(phone: &Phone, text: &str) -> Vec<String> {
    phone.saha.customers().search(text.into(), 10, 0).unwrap().into_iter().map(|c| c.name).collect()
}

#[test]
fn turkish_letters_are_found_however_they_are_typed_and_exact_spelling_comes_first() {
    let phone = Phone::new();
    phone.pull(&[phone.row(&customer(201, "ıhlamur Pastanesi")), phone.row(&customer(202, "Şükrü Market"))]);
    assert_eq!(names(&phone, "ihlamur"), ["Ihlamur Kafe", "ıhlamur Pastanesi"]);
    assert_eq!(names(&phone, "ıhlamur"), ["ıhlamur Pastanesi", "Ihlamur Kafe"], "as typed first");
    assert_eq!(names(&phone, "SUKRU kadikoy"), ["Şükrü Market"]);
    assert_eq!(names(&phone, "").len(), 3);
}

#[test]
fn search_text_is_text_and_never_a_pattern() {
    let phone = Phone::new();
    for text in
        ["multi-agent", "a'b", "\"", "*", "NEAR(", "%", "_", "\\", "'; DROP TABLE customer; --", "🙂", "\u{202e}abc"]
    {
        names(&phone, text);
    }
    assert!(names(&phone, "a'b").is_empty());
    let parentheses = "(".repeat(2_000);
    assert!(matches!(phone.saha.customers().search(parentheses, 10, 0), Err(SahaError::InvalidInput { .. })));
    assert!(matches!(phone.saha.customers().search("a\0b".into(), 10, 0), Err(SahaError::InvalidInput { .. })));
}

#[test]
fn a_page_has_one_to_two_hundred_rows() {
    let phone = Phone::new();
    for limit in [0, 201, u32::MAX] {
        let error = phone.saha.customers().search(String::new(), limit, 0).unwrap_err();
        assert_eq!(error, SahaError::invalid("limit", Problem::OutOfRange));
    }
}

#[test]
fn a_prospect_is_stored_with_his_phone_normalised() {
    let phone = Phone::new();
    let new =
        NewProspect { name: " Yeni Büfe ".into(), phone: Some("0216 555 12 34".into()), ..NewProspect::default() };
    let made = phone.saha.customers().create_prospect(new).unwrap();
    assert_eq!((made.name.as_str(), made.phone.as_deref()), ("Yeni Büfe", Some("+902165551234")));
    assert_eq!(names(&phone, "yeni"), ["Yeni Büfe"]);
}

#[test]
fn a_wrong_tax_number_or_an_empty_name_stores_nothing() {
    let phone = Phone::new();
    let wrong = NewProspect { name: "X".into(), tax_no: Some("123".into()), ..NewProspect::default() };
    assert_eq!(phone.saha.customers().create_prospect(wrong), Err(SahaError::invalid("tax_no", Problem::Malformed)));
    assert_eq!(
        phone.saha.customers().create_prospect(NewProspect::default()),
        Err(SahaError::invalid("name", Problem::Missing))
    );
    assert_eq!(phone.count("SELECT count(*) FROM outbox"), 0);
}

#[test]
fn an_edit_that_changes_nothing_queues_nothing() {
    let phone = Phone::new();
    let customer = phone.saha.customers().get(phone.customer_id()).unwrap();
    phone.saha.customers().update(customer).unwrap();
    assert_eq!(phone.count("SELECT count(*) FROM outbox"), 0);
}
