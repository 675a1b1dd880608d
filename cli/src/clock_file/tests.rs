use super::*;

#[test]
fn the_file_is_read_anew_and_a_torn_one_stops_the_clock() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("now");
    std::fs::write(&path, "1795417200000\n").unwrap();
    let clock = ClockFile::open(path.clone()).unwrap();
    assert_eq!(clock.now_ms(), 1_795_417_200_000);
    std::fs::write(&path, "1795417260000").unwrap();
    assert_eq!(clock.now_ms(), 1_795_417_260_000);
    std::fs::write(&path, "").unwrap();
    assert_eq!(clock.now_ms(), 1_795_417_260_000);
}

#[test]
fn a_server_without_a_time_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    assert!(ClockFile::open(folder.path().join("none")).is_err());
    std::fs::write(folder.path().join("now"), "ten o'clock").unwrap();
    assert!(ClockFile::open(folder.path().join("now")).is_err());
}
