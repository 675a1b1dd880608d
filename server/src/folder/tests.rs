use super::*;

#[cfg(unix)]
#[test]
fn only_its_owner_may_enter_the_servers_data() {
    use std::os::unix::fs::PermissionsExt;
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("company").join("server");
    make_private_folder(&folder).unwrap();
    make_private_folder(&folder).unwrap();
    assert_eq!(std::fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
}
