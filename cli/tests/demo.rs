//! The demonstration, run as anyone would.

#![allow(clippy::unwrap_used, clippy::string_slice, reason = "a test may panic")]

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_saha");

fn demo(folder: &Path, args: &[&str]) -> String {
    let output =
        Command::new(BINARY).args(args).args(["demo", "--keep"]).arg(folder).env_remove("SAHA_DATA").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    for name in ["phone", "second", "server"] {
        assert!(folder.join(name).is_dir(), "{name} is kept to go on by hand");
    }
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 3, "nothing else is left");
    said
}

#[test]
fn the_demonstration_holds_and_tells_a_program_what_it_checked() {
    let folder = tempfile::tempdir().unwrap();
    let told: Value = serde_json::from_str(&demo(folder.path(), &["--lang", "en", "--json"])).unwrap();
    let sections: Vec<&str> = told["sections"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(
        sections,
        [
            "The company's server",
            "The company's data, from CSV files",
            "A rep signs in on her phone",
            "No network: a day's work",
            "Where she stands, still offline",
            "The process is killed while it writes",
            "Back online, through a bad network",
            "The company refuses the prospect",
            "A second phone of the same rep",
        ]
    );
    let checks = told["checks"].as_array().unwrap();
    assert_eq!(checks.len(), 15, "{told}");
    assert!(checks.iter().all(|check| check["holds"] == true), "{told}");
    assert_eq!(told["failed"], 0);
    assert!(told["seconds"].as_f64().is_some_and(|seconds| seconds > 0.0), "{told}");
    assert_eq!(Path::new(told["folder"].as_str().unwrap()), std::path::absolute(folder.path()).unwrap());
}

#[test]
fn the_demonstration_holds_in_turkish() {
    let folder = tempfile::tempdir().unwrap();
    let said = demo(folder.path(), &["--lang", "tr"]);
    assert!(!said.contains('✗') && !said.contains('\u{1b}'), "{said}");
    assert!(said.contains("aynı vergi numarasına sahip başka bir müşteri var"), "{said}");
    assert!(said.contains("Haftalık ziyaret · aday müşteriler"), "{said}");
    assert!(said.contains("15 denetimin tümü sağlandı"), "{said}");
}

#[test]
fn a_reader_who_goes_away_leaves_no_server_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut demo = Command::new(BINARY)
        .args(["--lang", "en", "demo", "--keep"])
        .arg(folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(demo.stdout.take().unwrap()).lines().map(Result::unwrap);
    let said = lines.find(|line| line.contains("http://")).unwrap();
    drop(lines);
    let (_, address) = said.split_once("http://").unwrap();
    let address = address.split(',').next().unwrap();
    assert!(std::net::TcpStream::connect(address).is_ok(), "the server runs: {said}");
    assert!(demo.wait().unwrap().success(), "the checks hold, whoever reads them");
    assert!(std::net::TcpStream::connect(address).is_err(), "the server ended with it");
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine"), "x").unwrap();
    let output = Command::new(BINARY).args(["demo", "--keep"]).arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}
