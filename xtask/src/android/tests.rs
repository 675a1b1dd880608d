use super::*;

#[test]
fn everything_that_passed_is_counted() {
    let verdict = verdict(Counts { passed: 20, ..Counts::default() });
    assert!(verdict.passed);
    assert_eq!(verdict.line, "android: 20 passed, 0 failed, 0 ignored");
}

#[test]
fn a_failure_and_a_format_that_falls_short_fall_short() {
    assert!(!verdict(Counts { passed: 19, failed: 1, ..Counts::default() }).passed);
    assert!(!verdict(Counts { passed: 20, broken: true, ..Counts::default() }).passed);
    assert!(!verdict(Counts::default()).passed, "no test ran");
}
