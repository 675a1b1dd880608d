//! Working time: the measure of how far a period has gone. A day that is free adds nothing, half a Saturday adds half.

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Timelike};
use chrono_tz::Tz;

use crate::{WorkCalendar, WorkInterval, period::DateRange};

/// A moment on the wall of a calendar's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LocalMoment {
    /// The date.
    pub date: NaiveDate,
    /// Minutes after midnight.
    pub minute: i32,
}

/// A calendar with its zone resolved; the one thing that answers questions about working time.
#[derive(Debug, Clone)]
pub struct Workdays<'a> {
    calendar: &'a WorkCalendar,
    zone: Tz,
}

impl<'a> Workdays<'a> {
    /// Over `calendar`. A zone that this build does not know counts as UTC: pace is then off by hours, not lost.
    pub fn new(calendar: &'a WorkCalendar) -> Self {
        Self { calendar, zone: calendar.zone.parse().unwrap_or(Tz::UTC) }
    }

    /// The moment on the calendar's wall. Years that no calendar holds count as 1970.
    pub fn local(&self, utc_ms: i64) -> LocalMoment {
        let utc = DateTime::from_timestamp_millis(utc_ms).unwrap_or_default();
        let local = self.zone.from_utc_datetime(&utc.naive_utc());
        LocalMoment {
            date: local.date_naive(),
            minute: i32::try_from(local.num_seconds_from_midnight() / 60).unwrap_or(0),
        }
    }

    fn intervals(&self, date: NaiveDate) -> &[WorkInterval] {
        let weekday = i32::try_from(date.weekday().number_from_monday()).unwrap_or(0);
        self.calendar.days.iter().find(|day| day.weekday == weekday).map_or(&[], |day| &day.intervals)
    }

    /// Working minutes of a day.
    pub fn minutes_on(&self, date: NaiveDate) -> i64 {
        self.intervals(date).iter().map(|i| i64::from(i.end_min) - i64::from(i.start_min)).sum()
    }

    /// Working minutes of a range.
    pub fn minutes_in(&self, range: DateRange) -> i64 {
        range.days().map(|date| self.minutes_on(date)).sum()
    }

    /// Working minutes of a range that are over at `now`.
    pub fn minutes_elapsed(&self, range: DateRange, now: LocalMoment) -> i64 {
        range
            .days()
            .take_while(|date| *date <= now.date)
            .map(|date| if date < now.date { self.minutes_on(date) } else { self.minutes_until(now) })
            .sum()
    }

    /// Working minutes of `now`'s day that are over.
    fn minutes_until(&self, now: LocalMoment) -> i64 {
        let over = |i: &WorkInterval| (i64::from(now.minute.min(i.end_min)) - i64::from(i.start_min)).max(0);
        self.intervals(now.date).iter().map(over).sum()
    }

    /// Days of the range, from `first` on, on which anybody works.
    pub fn working_days_from(&self, range: DateRange, first: NaiveDate) -> i64 {
        let days = range.days().filter(|date| *date >= first && self.minutes_on(*date) > 0).count();
        i64::try_from(days).unwrap_or(i64::MAX)
    }

    /// Whether working time is left on `now`'s day.
    pub fn is_open_later(&self, now: LocalMoment) -> bool {
        self.minutes_until(now) < self.minutes_on(now.date)
    }
}

#[cfg(test)]
mod tests;
