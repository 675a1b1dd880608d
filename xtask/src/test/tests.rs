use super::*;

fn counts(passed: u64, failed: u64) -> Counts {
    Counts { passed, failed, ..Counts::default() }
}

#[test]
fn the_closing_line_of_a_test_binary_is_read() {
    let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.02s";
    assert_eq!(result_line(line), Some(Counts { passed: 12, failed: 3, ignored: 1, broken: false }));
    assert_eq!(result_line("test result_is_kept ... ok"), None);
}

#[test]
fn a_run_without_a_single_test_falls_short() {
    assert!(!verdict(&counts(0, 0), &[], LeftOut::Named).passed);
    assert!(verdict(&counts(1, 0), &[], LeftOut::Named).passed);
    assert!(!verdict(&counts(9, 1), &[], LeftOut::Named).passed);
}

#[test]
fn an_ignored_test_is_counted_and_ci_does_not_accept_it() {
    let ignored = Counts { ignored: 1, ..counts(5, 0) };
    assert!(verdict(&ignored, &[], LeftOut::Named).passed);
    assert!(!verdict(&ignored, &[], LeftOut::FallsShort).passed);
}

#[test]
fn a_build_that_breaks_falls_short_and_says_so() {
    let broken = verdict(&Counts { broken: true, ..counts(5, 0) }, &[], LeftOut::Named);
    assert!(!broken.passed);
    assert!(broken.line.ends_with("broke off, see above"), "{}", broken.line);
}

#[test]
fn a_suite_left_out_is_named_and_ci_does_not_accept_it() {
    let named = verdict(&counts(5, 0), &["Kotlin"], LeftOut::Named);
    assert!(named.passed);
    assert_eq!(named.line, "test: 5 passed, 0 failed, 0 ignored; left out: Kotlin");
    assert!(!verdict(&counts(5, 0), &["Kotlin"], LeftOut::FallsShort).passed);
}
