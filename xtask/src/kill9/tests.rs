use super::*;

fn passes(last: &str, success: bool) -> bool {
    judge(last, 20, success).unwrap().passed
}

#[test]
fn nothing_lost_and_nothing_doubled_passes() {
    let verdict = judge(r#"{"runs":20,"acknowledged":431,"synced":60,"lost":0,"doubled":0}"#, 20, true).unwrap();
    assert!(verdict.passed);
    assert_eq!(verdict.line, "kill9: 20 of 20 runs, 431 acknowledged, 60 synced, 0 lost, 0 doubled");
}

#[test]
fn a_lost_or_doubled_write_falls_short() {
    assert!(!passes(r#"{"runs":20,"acknowledged":431,"synced":60,"lost":1,"doubled":0}"#, true));
    assert!(!passes(r#"{"runs":20,"acknowledged":431,"synced":60,"lost":0,"doubled":1}"#, true));
}

#[test]
fn a_run_that_proves_nothing_falls_short() {
    assert!(!passes(r#"{"runs":20,"acknowledged":0,"synced":60,"lost":0,"doubled":0}"#, true));
    assert!(!passes(r#"{"runs":20,"acknowledged":431,"synced":0,"lost":0,"doubled":0}"#, true));
    assert!(!passes(r#"{"runs":19,"acknowledged":431,"synced":60,"lost":0,"doubled":0}"#, true));
    assert!(!passes(r#"{"runs":20,"acknowledged":431,"synced":60,"lost":0,"doubled":0}"#, false));
}

#[test]
fn a_missing_tally_is_an_error() {
    assert!(judge("panicked", 20, false).is_err());
    assert!(judge(r#"{"runs":20,"acknowledged":431,"synced":60,"lost":0}"#, 20, true).is_err());
}
