use super::*;

fn heard(lines: &[&str]) -> Counts {
    let mut heard = Heard::default();
    for line in lines {
        heard.line(line);
    }
    heard.counts()
}

const LINES: [&str; 6] = [
    "◇ Test run started.",
    "✔ Test aDay() passed after 0.1 seconds.",
    "✘ Test aWeek(name:) recorded an issue at WeekTests.swift:12:9: Expectation failed",
    "✘ Test aWeek(name:) failed after 0.2 seconds with 1 issue.",
    "➜ Test aMonth() skipped.",
    "✘ Test run with 34 tests failed after 3.5 seconds with 1 issue.",
];

#[test]
fn the_counts_are_read_from_what_swift_testing_says() {
    assert_eq!(heard(&LINES), Counts { passed: 32, failed: 1, ignored: 1, broken: false });
    let all = heard(&["✔ Test run with 52 tests passed after 72.783 seconds."]);
    assert_eq!(all, Counts { passed: 52, ..Counts::default() });
}

#[test]
fn a_run_without_its_last_line_has_passed_nothing() {
    assert_eq!(heard(&LINES[..2]), Counts::default());
}
