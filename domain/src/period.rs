//! Periods of targets: one function that every screen and the server share.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// How long a target's period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// One local day.
    Day,
    /// Monday to Sunday (ISO 8601).
    Week,
    /// A calendar month.
    Month,
    /// A period that this version does not know; it has no range and no progress.
    #[serde(other)]
    Unknown,
}

/// Dates from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, uniffi::Record)]
pub struct DateRange {
    /// The first day.
    pub first: NaiveDate,
    /// The last day, included.
    pub last: NaiveDate,
}

impl DateRange {
    /// From `first` to `last`, both included.
    pub fn new(first: NaiveDate, last: NaiveDate) -> Self {
        Self { first, last }
    }

    /// One day alone.
    pub fn day(date: NaiveDate) -> Self {
        Self::new(date, date)
    }

    /// Whether `date` lies in the range.
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.first <= date && date <= self.last
    }

    /// Every date, in order. Empty when `last` lies before `first`.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let last = self.last;
        self.first.iter_days().take_while(move |day| *day <= last)
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        Self::new(self.first.min(other.first), self.last.max(other.last))
    }

    /// The dates that both ranges hold, if any.
    pub fn overlap(&self, other: &Self) -> Option<Self> {
        let both = Self::new(self.first.max(other.first), self.last.min(other.last));
        (both.first <= both.last).then_some(both)
    }
}

impl Period {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Unknown => "unknown",
        }
    }

    /// The period of this length that holds `date`. None for a period that this version does not know, and at the end of
    /// the calendar (year 262 142).
    pub fn range(self, date: NaiveDate) -> Option<DateRange> {
        match self {
            Period::Day => Some(DateRange::day(date)),
            Period::Week => {
                let first = date.checked_sub_days(Days::new(u64::from(date.weekday().num_days_from_monday())))?;
                Some(DateRange::new(first, first.checked_add_days(Days::new(6))?))
            }
            Period::Month => {
                let first = date.with_day(1)?;
                Some(DateRange::new(first, first.checked_add_months(Months::new(1))?.pred_opt()?))
            }
            Period::Unknown => None,
        }
    }
}

#[cfg(test)]
mod tests;
