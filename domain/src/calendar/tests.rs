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

fn open_on_half_saturdays(zone: &str) -> WorkCalendar {
    let mut calendar = WorkCalendar { zone: zone.into(), ..WorkCalendar::default_of(id(1)) };
    calendar.days[5].intervals = vec![WorkInterval { start_min: 9 * 60, end_min: 13 * 60 }];
    calendar
}

#[test]
fn half_a_saturday_is_a_working_day_of_half_the_time() {
    let calendar = open_on_half_saturdays("Europe/Istanbul");
    let workdays = Workdays::new(&calendar);
    let week = Period::Week.range(date("2026-11-23")).unwrap();
    let saturday = |minute| moment("2026-11-28", minute);
    assert_eq!(workdays.minutes_in(week), 5 * 540 + 240);
    assert_eq!(workdays.minutes_elapsed(week, saturday(11 * 60)), 5 * 540 + 120);
    assert_eq!(workdays.minutes_elapsed(week, saturday(20 * 60)), 5 * 540 + 240);
    assert!(workdays.is_open_later(saturday(12 * 60 + 59)) && !workdays.is_open_later(saturday(13 * 60)));
    assert_eq!(workdays.working_days_from(week, date("2026-11-28")), 1);
}

#[test]
fn the_wall_of_a_zone_with_summer_time_is_followed() {
    let calendar = open_on_half_saturdays("Europe/Berlin");
    let workdays = Workdays::new(&calendar);
    // 2026-03-29: at 01:00 UTC the clocks go from 02:00 to 03:00. 2026-10-25: at 01:00 UTC from 03:00 back to 02:00.
    let (spring, autumn) = (1_774_746_000_000, 1_792_890_000_000);
    assert_eq!(workdays.local(spring - 1), moment("2026-03-29", 119));
    assert_eq!(workdays.local(spring), moment("2026-03-29", 180));
    assert_eq!(workdays.local(autumn - 1), moment("2026-10-25", 179));
    assert_eq!(workdays.local(autumn), moment("2026-10-25", 120));
    // A day has its working time, whether it lasts 23, 24 or 25 hours.
    assert_eq!(workdays.minutes_on(date("2026-03-30")), workdays.minutes_on(date("2026-10-26")));
}
