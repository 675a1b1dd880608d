use super::*;

fn done(name: &'static str, passed: bool, line: &str, seconds: u64) -> Done {
    Done { name, verdict: Verdict::new(passed, line), duration: Duration::from_secs(seconds) }
}

#[test]
fn the_last_line_counts_the_steps_and_the_time() {
    let steps = [done("format", true, "", 1), done("clippy", true, "", 2)];
    let verdict = verdict(&steps, Duration::from_mins(14));
    assert!(verdict.passed);
    assert_eq!(verdict.line, "ci: 2 steps passed in 14 min");
}

#[test]
fn a_failed_step_is_named_in_the_last_line() {
    let steps = [done("format", true, "", 1), done("clippy", false, "", 2)];
    let verdict = verdict(&steps, Duration::from_secs(12));
    assert!(!verdict.passed);
    assert_eq!(verdict.line, "ci: 1 of 2 steps failed in 12 s: clippy");
}

#[test]
fn the_table_says_what_each_step_found() {
    let steps = [done("test", true, "test: 5 passed", 75), done("doc", false, "doc: warnings, see above", 3)];
    let table = table(&steps);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines[0], "step  result  took        found");
    assert_eq!(lines[1], "test  passed  1 min 15 s  5 passed");
    assert_eq!(lines[2], "doc   FAILED  3.0 s       warnings, see above");
}
