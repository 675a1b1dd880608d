use super::figure::Better;
use super::*;

const SAVE: &str = r#"@figure {"name":"save a visit","ratio":1.834,"floor":3.0,"goal":2.0,"unit":"µs","value":412.6,"better":"lower"}"#;

fn figure(line: &str) -> Figure {
    Figure::from_line(line).unwrap().unwrap()
}

fn save_with_ratio(ratio: f64) -> Figure {
    Figure { ratio: Some(ratio), ..figure(SAVE) }
}

fn size(value: f64) -> Figure {
    Figure { name: "database".into(), ratio: None, unit: "MiB".into(), value, ..figure(SAVE) }
}

#[test]
fn a_figure_is_read_and_other_lines_are_left() {
    let save = figure(SAVE);
    assert_eq!(save.name, "save a visit");
    assert_eq!(save.ratio, Some(1.834));
    assert!(Figure::from_line("running 3 benches").unwrap().is_none());
}

#[test]
fn a_figure_that_does_not_read_is_an_error() {
    assert!(Figure::from_line("@figure {").is_err());
    assert!(Figure::from_line(r#"@figure {"name":"x"}"#).is_err());
    let mistyped = r#"@figure {"name":"x","value":1,"unit":"s","flor":2}"#;
    assert!(Figure::from_line(mistyped).is_err(), "a mistyped floor would never be missed");
}

#[test]
fn a_bound_itself_still_holds() {
    assert_eq!(save_with_ratio(2.0).grade(), Grade::Passed);
    assert_eq!(save_with_ratio(2.01).grade(), Grade::ShortOfGoal);
    assert_eq!(save_with_ratio(3.0).grade(), Grade::ShortOfGoal);
    assert_eq!(save_with_ratio(3.01).grade(), Grade::ShortOfFloor);
}

#[test]
fn more_can_be_better() {
    let pushed = Figure { better: Better::Higher, floor: Some(500.0), goal: Some(1000.0), ..size(800.0) };
    assert_eq!(pushed.grade(), Grade::ShortOfGoal);
    assert_eq!(Figure { value: 400.0, ..pushed }.grade(), Grade::ShortOfFloor);
}

#[test]
fn without_a_ratio_the_value_is_bounded() {
    assert_eq!(size(1.9).grade(), Grade::Passed);
    assert_eq!(size(3.1).grade(), Grade::ShortOfFloor);
}

#[test]
fn a_figure_without_a_bound_is_not_said_to_pass() {
    let free = Figure { floor: None, goal: None, ..size(1.0) };
    assert_eq!(free.grade().label(), "no bound");
    assert_eq!(Figure { goal: Some(0.5), ..free }.grade(), Grade::ShortOfGoal);
}

#[test]
fn a_missed_floor_falls_short_and_a_missed_goal_does_not() {
    let short_of_goal = verdict(&[save_with_ratio(2.5), size(1.0)], &[]);
    assert!(short_of_goal.passed);
    assert_eq!(short_of_goal.line, "bench: 2 figures, none short of its floor, 1 short of goal (save a visit)");
    assert!(!verdict(&[save_with_ratio(3.5)], &[]).passed);
    assert!(!verdict(&[], &[]).passed, "a run without a figure proves nothing");
}

#[test]
fn a_figure_that_is_expected_and_was_not_measured_falls_short_and_is_named() {
    let figures = [save_with_ratio(1.5)];
    assert!(verdict(&figures, &["save a visit"]).passed);
    let short = verdict(&figures, &["save a visit", "memory"]);
    assert!(!short.passed);
    assert!(short.line.ends_with("; NOT MEASURED: memory"), "{}", short.line);
}

#[test]
fn the_table_shows_what_is_bounded() {
    let markdown = table::markdown(&[figure(SAVE), size(12.34)]);
    let lines: Vec<&str> = markdown.lines().collect();
    assert_eq!(lines[2], "| save a visit | 413 µs | 1.83× | ≤ 3× | ≤ 2× | pass |");
    assert_eq!(lines[3], "| database | 12.3 MiB | – | ≤ 3 MiB | ≤ 2 MiB | SHORT OF FLOOR |");
}

#[test]
fn only_what_stands_between_the_marks_is_replaced() {
    let page = "# Speed\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nmore\n";
    let new = table::replace(page, "bench", "new").unwrap();
    assert_eq!(new, "# Speed\n<!-- bench:begin -->\nnew\n<!-- bench:end -->\nmore\n");
    assert_eq!(table::replace(&new, "bench", "new").unwrap(), new);
}

#[test]
fn a_page_with_unclear_marks_is_refused() {
    for page in [
        "",
        "<!-- bench:begin -->",
        "<!-- bench:end --><!-- bench:begin -->",
        "<!-- bench:begin --><!-- bench:end --><!-- bench:begin --><!-- bench:end -->",
    ] {
        assert!(table::replace(page, "bench", "new").is_err(), "{page}");
    }
}

fn language(name: &'static str, lines: &[&str]) -> bindings::Language {
    let costs = lines.iter().filter_map(|line| bindings::cost(line).unwrap()).collect();
    bindings::Language { name, costs }
}

#[test]
fn what_a_call_costs_stands_beside_each_other() {
    let rust = language(
        "Rust",
        &[
            "one record: 12.34 µs",
            r#"@figure {"name":"one record","value":12.34,"unit":"µs"}"#,
            r#"{"name":"a page of 200 records","value":1.5,"unit":"ms"}"#,
            r#"{"name":"a sync with nothing new","value":3,"unit":"ms"}"#,
        ],
    );
    let kotlin = language("Kotlin", &[r#"{"name":"one record","value":150.2,"unit":"µs"}"#]);
    let languages = [rust, kotlin];
    let rows = bindings::rows(&languages);
    assert_eq!(rows[0], ["cost of", "Rust", "Kotlin"]);
    assert_eq!(rows[1], ["one record", "12.3 µs", "150 µs"]);
    assert_eq!(rows[2], ["a page of 200 records", "1.50 ms", "–"]);
    let verdict = bindings::verdict(&languages);
    assert!(!verdict.passed);
    assert_eq!(verdict.line, "bench: 3 figures from Rust, Kotlin; NOT MEASURED by Kotlin");
}

#[test]
fn a_figure_of_a_language_that_does_not_read_as_one_must_not_vanish() {
    assert!(bindings::cost("{\"name\":\"one record\"}").is_err());
    assert_eq!(bindings::cost("warming up").unwrap(), None);
}

#[test]
fn the_start_of_the_app_has_nothing_beside_it() {
    let figures = [figure(r#"@figure {"name":"start of the app to Today","value":31.4,"unit":"ms"}"#)];
    let table = "| figure | measured |\n| --- | ---: |\n| start of the app to Today | 31.4 ms |";
    assert_eq!(start::markdown(&figures), table);
}
