use super::*;

#[test]
fn each_kind_of_end_has_its_own_number() {
    let offline = CliError::from(SahaError::Offline { reason: "connect".into() });
    for (error, code) in [
        (offline, 3),
        (SahaError::NotSignedIn.into(), 5),
        (SahaError::SignInRefused { code: "device_revoked".into() }.into(), 5),
        (SahaError::NotFound { kind: "visit".into(), id: "1".into() }.into(), 6),
        (SahaError::Busy.into(), 7),
        (SahaError::StorageFull.into(), 1),
        (CliError::Usage("x".into()), 2),
    ] {
        assert_eq!(Code::of(&error) as u8, code, "{error}");
    }
}

#[test]
fn who_can_do_something_about_it_is_told_what() {
    let hint = |error: SahaError| CliError::from(error).hint(Lang::En).unwrap_or_default();
    let refused = |code: &str| SahaError::SignInRefused { code: code.into() };
    assert!(hint(SahaError::NotSignedIn).contains("saha login"));
    assert!(hint(refused("device_revoked")).contains("saha sync"));
    assert!(hint(SahaError::ForeignDatabase { reason: "x".into() }).contains("--data DIR login"));
    assert_eq!(hint(refused("wrong_credentials")), "");
    assert_eq!(hint(SahaError::Busy), "");
}
