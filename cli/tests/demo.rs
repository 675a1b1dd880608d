//! The demonstration, run as anyone would.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "a test may panic")]

use std::process::Command;

fn demo(lang: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_saha"))
        .args(["--lang", lang, "demo", "--keep"])
        .arg(folder.path())
        .env_remove("SAHA_DATA")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(!said.contains('✗') && !said.contains('\u{1b}'), "{said}");
    for name in ["phone", "second", "server"] {
        assert!(folder.path().join(name).is_dir(), "{name} is kept to go on by hand");
    }
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 3, "nothing else is left");
    said
}

#[test]
fn the_demonstration_holds_in_english() {
    let said = demo("en");
    assert!(said.contains("another customer has the same tax number"), "{said}");
}

#[test]
fn the_demonstration_holds_in_turkish() {
    let said = demo("tr");
    assert!(said.contains("aynı vergi numarasına sahip başka bir müşteri var"), "{said}");
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine"), "x").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_saha")).args(["demo", "--keep"]).arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
