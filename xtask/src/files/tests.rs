use super::*;

#[test]
fn every_file_is_found_by_its_path_from_the_folder_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["b.txt", "a/z.txt", "a/deep/er.txt", "a.txt"] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, name).unwrap();
    }
    fs::create_dir(folder.path().join("empty")).unwrap();
    let expected = ["a/deep/er.txt", "a/z.txt", "a.txt", "b.txt"].map(PathBuf::from);
    assert_eq!(below(folder.path()).unwrap(), expected);
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let error = below(Path::new("no such folder")).unwrap_err();
    assert_eq!(error.to_string(), "cannot list no such folder");
}
