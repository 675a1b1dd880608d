use super::*;

fn range(period: Period, date: &str) -> (String, String) {
    let range = period.range(date.parse().unwrap()).unwrap();
    (range.first.to_string(), range.last.to_string())
}

#[test]
fn a_month_knows_its_length() {
    assert_eq!(range(Period::Month, "2028-02-10"), ("2028-02-01".into(), "2028-02-29".into()));
    assert_eq!(range(Period::Month, "2026-12-31"), ("2026-12-01".into(), "2026-12-31".into()));
}

#[test]
fn a_week_runs_from_monday_over_the_turn_of_the_year() {
    assert_eq!(range(Period::Week, "2026-12-31"), ("2026-12-28".into(), "2027-01-03".into()));
    assert_eq!(range(Period::Week, "2027-01-03"), ("2026-12-28".into(), "2027-01-03".into()));
    assert_eq!(range(Period::Week, "2027-01-04").0, "2027-01-04");
}

#[test]
fn the_end_of_the_calendar_has_no_period() {
    assert_eq!(Period::Month.range(NaiveDate::MAX), None);
    assert_eq!(Period::Week.range(NaiveDate::MAX), None);
    assert_eq!(Period::Unknown.range(NaiveDate::MIN), None);
}

#[test]
fn ranges_overlap_by_whole_days() {
    let week = Period::Week.range("2026-11-25".parse().unwrap()).unwrap();
    let from_wednesday = DateRange::new("2026-11-25".parse().unwrap(), "2026-12-31".parse().unwrap());
    assert_eq!(week.overlap(&from_wednesday).unwrap().days().count(), 5);
    assert_eq!(week.overlap(&DateRange::day("2026-12-01".parse().unwrap())), None);
}
