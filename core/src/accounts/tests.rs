use super::*;

#[test]
fn every_login_name_has_a_folder_of_its_own_and_is_read_back_from_it() {
    let logins = ["ayse", "ayse.yilmaz", "ayşe", "..", ".", "a/b", "a%2fb", "con@firma.com", "a b", "ayse/../mehmet"];
    let names: std::collections::BTreeSet<String> = logins.iter().map(|login| encode(login)).collect();
    assert_eq!(names.len(), logins.len(), "{names:?}");
    for (login, name) in logins.iter().map(|login| (login, encode(login))) {
        assert!(!name.contains('/') && !name.starts_with('.'), "{name}");
        assert_eq!(decode(&name).as_deref(), Some(*login));
    }
    for foreign in ["A", "%", "%2", "%zz", "%61", ".hidden", "%ff"] {
        assert_eq!(decode(foreign), None, "{foreign}");
    }
}

#[test]
fn capitals_and_blanks_make_no_other_account() {
    assert_eq!(place("/app", Some(" AYSE ")).unwrap(), place("/app", Some("ayse")).unwrap());
    let ayse = place("/app", Some("ayse")).unwrap();
    let mehmet = place("/app", Some("mehmet")).unwrap();
    assert!(ayse.folder != mehmet.folder && ayse.secret_prefix != mehmet.secret_prefix);
}

#[test]
fn a_name_that_is_none_and_one_without_end_are_refused() {
    let refused = |login: &str| SahaError::from(place("/app", Some(login)).unwrap_err());
    assert_eq!(refused("  "), SahaError::invalid("account", Problem::Missing));
    assert_eq!(refused(&"x".repeat(129)), SahaError::invalid("account", Problem::TooLong { max_chars: 128 }));
    assert_eq!(refused(&"ş".repeat(128)), SahaError::invalid("account", Problem::OutOfRange));
}
