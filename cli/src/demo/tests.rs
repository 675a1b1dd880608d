use super::*;

#[test]
fn a_path_is_one_word_for_a_shell() {
    assert_eq!(quoted("/usr/local/bin/saha"), "/usr/local/bin/saha");
    assert_eq!(quoted("/opt/Ayşe's tools/saha"), r"'/opt/Ayşe'\''s tools/saha'");
    assert_eq!(quoted("/tmp/$HOME/x"), "'/tmp/$HOME/x'");
}

#[test]
fn each_temporary_folder_is_new_and_private() {
    let folders = [temporary().unwrap(), temporary().unwrap()];
    let [one, two] = &folders;
    assert_ne!(one, two);
    #[cfg(unix)]
    for folder in &folders {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
    for folder in folders {
        std::fs::remove_dir(folder).unwrap();
    }
}
