use super::*;

#[test]
fn each_kind_of_end_has_its_own_number() {
    let offline = CliError::from(SahaError::Offline { reason: "connect".into() });
    for (error, code) in [
        (offline, 3),
        (SahaError::NotSignedIn.into(), 5),
        (SahaError::NotFound { kind: "visit".into(), id: "1".into() }.into(), 6),
        (SahaError::Busy.into(), 7),
        (SahaError::StorageFull.into(), 1),
        (CliError::Usage("x".into()), 2),
    ] {
        assert_eq!(Code::of(&error) as u8, code, "{error}");
    }
}
