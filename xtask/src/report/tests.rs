use super::*;

#[test]
fn a_duration_reads_as_people_say_it() {
    let said = |seconds: f64| took(Duration::from_secs_f64(seconds));
    assert_eq!(said(0.42), "0.4 s");
    assert_eq!(said(9.4), "9.4 s");
    assert_eq!(said(48.4), "48 s");
    assert_eq!(said(59.7), "1 min 0 s");
    assert_eq!(said(192.0), "3 min 12 s");
    assert_eq!(said(839.0), "14 min");
}

#[test]
fn columns_line_up_and_end_without_blanks() {
    let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
    assert_eq!(columns(&[row(["müşteri", "1"]), row(["a", ""])]), "müşteri  1\na");
}

#[test]
fn one_is_singular() {
    assert_eq!(count(1, "step"), "1 step");
    assert_eq!(count(0, "step"), "0 steps");
}
