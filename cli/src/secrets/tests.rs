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
fn a_moved_folder_keeps_its_tokens_and_a_copied_one_has_none() {
    let above = tempfile::tempdir().unwrap();
    let [first, moved, copy] = ["first", "moved", "copy"].map(|name| above.path().join(name));
    TokenFile::in_folder(&first).unwrap().set("a".into(), "1".into()).unwrap();
    fs::rename(&first, &moved).unwrap();
    let kept = TokenFile::in_folder(&moved).unwrap();
    assert_eq!(kept.get("a".into()).unwrap().as_deref(), Some("1"));

    fs::create_dir(&copy).unwrap();
    fs::copy(moved.join("tokens.json"), copy.join("tokens.json")).unwrap();
    let copied = TokenFile::in_folder(&copy).unwrap();
    assert_eq!(copied.get("a".into()).unwrap(), None);
    copied.set("b".into(), "2".into()).unwrap();
    assert_eq!(copied.get("a".into()).unwrap(), None, "what came along is not kept");
    assert_eq!(kept.get("a".into()).unwrap().as_deref(), Some("1"), "and the first one has its own");
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
