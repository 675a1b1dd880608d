use super::*;
use crate::{period::Period, records::samples::*};

fn moment(day: &str, minute: i32) -> LocalMoment {
    LocalMoment { date: date(day), minute }
}

#[test]
fn a_month_of_the_default_calendar_has_its_working_minutes() {
    let calendar = WorkCalendar::default_of(id(1));
    let workdays = Workdays::new(&calendar);
    let november = Period::Month.range(date("2026-11-23")).unwrap();
    assert_eq!(workdays.minutes_in(november), 25 * 540, "25 days are no Sunday");
    assert_eq!(workdays.minutes_on(date("2026-11-22")), 0);
}

#[test]
fn time_passes_only_while_people_work() {
    let calendar = WorkCalendar::default_of(id(1));
    let workdays = Workdays::new(&calendar);
    let week = Period::Week.range(date("2026-11-23")).unwrap();
    assert_eq!(workdays.minutes_elapsed(week, moment("2026-11-23", 8 * 60)), 0);
    assert_eq!(workdays.minutes_elapsed(week, moment("2026-11-23", 10 * 60 + 30)), 90);
    assert_eq!(workdays.minutes_elapsed(week, moment("2026-11-24", 23 * 60)), 1_080);
    assert_eq!(workdays.minutes_elapsed(week, moment("2026-12-24", 0)), 6 * 540);
}

#[test]
fn a_day_after_closing_time_is_no_working_day_any_more() {
    let calendar = WorkCalendar::default_of(id(1));
    let workdays = Workdays::new(&calendar);
    assert!(workdays.is_open_later(moment("2026-11-23", 17 * 60 + 59)));
    assert!(!workdays.is_open_later(moment("2026-11-23", 18 * 60)));
    assert!(!workdays.is_open_later(moment("2026-11-22", 0)), "Sunday");
    let week = Period::Week.range(date("2026-11-23")).unwrap();
    assert_eq!(workdays.working_days_from(week, date("2026-11-26")), 3);
}

#[test]
fn the_calendars_own_zone_tells_the_day() {
    let calendar = WorkCalendar::default_of(id(1));
    let workdays = Workdays::new(&calendar);
    // 2026-11-23T21:30:00Z is half past midnight in Istanbul.
    assert_eq!(workdays.local(1_795_469_400_000), moment("2026-11-24", 30));
    assert_eq!(workdays.local(i64::MAX).date, date("1970-01-01"));
}
