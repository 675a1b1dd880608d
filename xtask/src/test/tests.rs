use super::*;

fn counts(passed: u64, failed: u64) -> Counts {
    Counts { passed, failed, ..Counts::default() }
}

/// Rust's suite alone.
fn rust_alone(counts: Counts) -> Outcome {
    Outcome { ran: vec![("Rust", counts)], ..Outcome::default() }
}

fn every_language(differences: usize) -> Outcome {
    let ran = vec![("Rust", counts(500, 0)), ("Kotlin", counts(40, 0)), ("Swift", counts(30, 0))];
    Outcome { ran, absent: Vec::new(), compared: Some(Compared { scenarios: 14, differences }) }
}

#[test]
fn the_closing_line_of_a_test_binary_is_read() {
    let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.02s";
    assert_eq!(result_line(line), Some(Counts { passed: 12, failed: 3, ignored: 1, broken: false }));
    assert_eq!(result_line("test result_is_kept ... ok"), None);
}

#[test]
fn the_report_of_a_suite_is_read() {
    let report =
        "<testsuites>\n<testsuite name=\"tests\" errors=\"1\" tests=\"9\" failures=\"2\" skipped=\"1\" time=\"3\">";
    assert_eq!(Counts::of_suite(report), Some(Counts { passed: 5, failed: 3, ignored: 1, broken: false }));
    assert_eq!(Counts::of_suite("<testsuite tests=\"1\" failures=\"2\">"), None);
    assert_eq!(Counts::of_suite("<testsuite cases=\"1\" failures=\"0\">"), None);
    assert_eq!(Counts::of_suite(""), None);
}

#[test]
fn a_run_without_a_single_test_falls_short() {
    assert!(!verdict(&Outcome::default(), LeftOut::Named).passed);
    assert!(!verdict(&rust_alone(counts(0, 0)), LeftOut::Named).passed);
    assert!(verdict(&rust_alone(counts(1, 0)), LeftOut::Named).passed);
    assert!(!verdict(&rust_alone(counts(9, 1)), LeftOut::Named).passed);
}

#[test]
fn a_language_that_ran_no_test_is_not_hidden_by_the_others() {
    let mut outcome = every_language(0);
    outcome.ran[2].1 = counts(0, 0);
    assert!(!verdict(&outcome, LeftOut::Named).passed);
}

#[test]
fn an_ignored_test_is_counted_and_ci_does_not_accept_it() {
    let ignored = rust_alone(Counts { ignored: 1, ..counts(5, 0) });
    assert!(verdict(&ignored, LeftOut::Named).passed);
    assert!(!verdict(&ignored, LeftOut::FallsShort).passed);
}

#[test]
fn a_build_that_breaks_falls_short_and_says_so() {
    let broken = verdict(&rust_alone(Counts { broken: true, ..counts(5, 0) }), LeftOut::Named);
    assert!(!broken.passed);
    assert!(broken.line.ends_with("broke off, see above"), "{}", broken.line);
}

#[test]
fn a_suite_left_out_is_named_and_ci_does_not_accept_it() {
    let outcome = Outcome { absent: vec!["Kotlin", "Swift"], ..rust_alone(counts(5, 0)) };
    let named = verdict(&outcome, LeftOut::Named);
    assert!(named.passed);
    assert_eq!(named.line, "test: 5 passed, 0 failed, 0 ignored; left out: Kotlin, Swift");
    assert!(!verdict(&outcome, LeftOut::FallsShort).passed);
}

#[test]
fn every_language_is_counted_and_their_scenarios_are_equal() {
    let verdict = verdict(&every_language(0), LeftOut::FallsShort);
    assert!(verdict.passed);
    let counted = "test: 570 passed, 0 failed, 0 ignored (Rust 500, Kotlin 40, Swift 30)";
    assert_eq!(verdict.line, format!("{counted}; 14 scenarios equal in Rust, Kotlin, Swift"));
}

#[test]
fn a_scenario_that_differs_falls_short() {
    let verdict = verdict(&every_language(1), LeftOut::Named);
    assert!(!verdict.passed);
    assert!(verdict.line.ends_with("; 14 scenarios, 1 difference"), "{}", verdict.line);
}
