use super::*;

fn verdict(histories: u64, wrong: u64, first_wrong: Option<u64>, success: bool) -> Verdict {
    judge(Tally { histories, wrong, first_wrong }, 100, 7, success).unwrap()
}

#[test]
fn histories_that_all_end_right_pass() {
    let verdict = verdict(100, 0, None, true);
    assert!(verdict.passed);
    assert_eq!(verdict.line, "simulate: 100 of 100 histories from seed 7, 0 wrong");
}

#[test]
fn a_wrong_end_a_missing_history_and_a_broken_run_fall_short() {
    let wrong = verdict(100, 2, Some(31), false);
    assert!(!wrong.passed && wrong.line.ends_with("2 wrong, seed 31 first"), "{}", wrong.line);
    assert!(!verdict(99, 0, None, true).passed);
    assert!(!verdict(100, 0, None, false).passed);
}
