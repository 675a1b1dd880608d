use super::*;

#[test]
fn what_is_set_is_there_for_the_next_process_until_it_is_deleted() {
    let folder = tempfile::tempdir().unwrap();
    TokenFile::in_folder(folder.path()).unwrap().set("a".into(), "1".into()).unwrap();
    let again = TokenFile::in_folder(folder.path()).unwrap();
    assert_eq!(again.get("a".into()).unwrap().as_deref(), Some("1"));
    again.delete("a".into()).unwrap();
    again.delete("a".into()).unwrap();
    assert_eq!(again.get("a".into()).unwrap(), None);
}

#[cfg(unix)]
#[test]
fn nobody_but_the_owner_can_read_the_file_and_no_other_file_is_left() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let store = TokenFile::in_folder(folder.path()).unwrap();
    store.set("a".into(), "1".into()).unwrap();
    store.set("b".into(), "2".into()).unwrap();
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["tokens.json"]);
    let mode = fs::metadata(folder.path().join("tokens.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_damaged_file_is_an_error_and_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let store = TokenFile::in_folder(folder.path()).unwrap();
    fs::write(folder.path().join("tokens.json"), "{").unwrap();
    assert!(store.get("a".into()).is_err());
    assert!(store.set("a".into(), "1".into()).is_err());
    assert_eq!(fs::read_to_string(folder.path().join("tokens.json")).unwrap(), "{");
}
