use super::*;

fn tally(last: &str) -> Result<Tally> {
    program::tally("kill9", last)
}

fn passes(last: &str, success: bool) -> bool {
    judge(tally(last).unwrap(), 20, success).unwrap().passed
}

#[test]
fn nothing_lost_and_nothing_doubled_passes() {
    let verdict =
        judge(tally(r#"{"runs":20,"acknowledged":431,"synced":60,"lost":0,"doubled":0}"#).unwrap(), 20, true).unwrap();
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
    assert!(tally("panicked").is_err());
    assert!(tally(r#"{"runs":20,"acknowledged":431,"synced":60,"lost":0}"#).is_err());
}
