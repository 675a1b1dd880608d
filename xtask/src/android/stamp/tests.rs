use std::cell::Cell;

use super::*;

#[test]
fn a_step_is_done_once_for_the_same_parts_and_again_for_others() {
    let folder = tempfile::tempdir().unwrap();
    let (source, made) = (folder.path().join("source"), folder.path().join("made-1.0"));
    let times = Cell::new(0);
    let step = || {
        let stamp = Stamp::default().text("option").file(&source).unwrap();
        stamp.step(&made, || {
            times.set(times.get() + 1);
            fs::write(made.join("class"), "class").map_err(Into::into)
        })
    };
    fs::write(&source, "one").unwrap();
    assert_eq!(step().unwrap(), step().unwrap());
    assert_eq!(times.get(), 1);
    fs::write(made.join("old"), "of an earlier source").unwrap();
    fs::write(&source, "two").unwrap();
    step().unwrap();
    assert_eq!(times.get(), 2);
    assert!(!made.join("old").exists() && made.join("class").exists());
}

#[test]
fn a_step_that_failed_is_done_again() {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("made");
    assert!(Stamp::default().step(&made, || anyhow::bail!("no")).is_err());
    let done = Cell::new(false);
    let does = || {
        done.set(true);
        Ok(())
    };
    Stamp::default().step(&made, does).unwrap();
    assert!(done.get());
}

#[test]
fn two_versions_of_a_library_have_notes_of_their_own() {
    assert_ne!(note(Path::new("core-1.2")), note(Path::new("core-1.3")));
}
