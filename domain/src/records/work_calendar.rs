use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    FieldError, Kind, Problem, Record, WorkCalendarId,
    registry::{KindSpec, RepAccess, Scope},
    text,
};

/// Time within a day, minutes after local midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Record)]
pub struct WorkInterval {
    /// The first minute.
    pub start_min: i32,
    /// The end, not included; at most 1 440.
    pub end_min: i32,
}

impl WorkInterval {
    /// Whether it begins before it ends, and lies within a day.
    pub fn is_of_a_day(&self) -> bool {
        0 <= self.start_min && self.start_min < self.end_min && self.end_min <= 1_440
    }
}

/// The working times of one weekday. A day that is not listed is free.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Record)]
pub struct DayIntervals {
    /// 1 is Monday, 7 is Sunday (ISO 8601).
    pub weekday: i32,
    /// In order, without overlap.
    pub intervals: Vec<WorkInterval>,
}

/// When people work. Holidays and absences join later behind the same questions (see [`crate::calendar`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, uniffi::Record)]
pub struct WorkCalendar {
    /// The id.
    pub id: WorkCalendarId,
    /// Name as shown.
    pub name: String,
    /// IANA zone in which the minutes are counted.
    pub zone: String,
    /// The working days.
    pub days: Vec<DayIntervals>,
}

impl WorkCalendar {
    /// Monday to Saturday, 09:00–18:00, in Istanbul: what a new company starts with.
    pub fn default_of(id: WorkCalendarId) -> Self {
        let intervals = vec![WorkInterval { start_min: 9 * 60, end_min: 18 * 60 }];
        Self {
            id,
            name: "Mon–Sat 09:00–18:00".to_owned(),
            zone: "Europe/Istanbul".to_owned(),
            days: (1..=6).map(|weekday| DayIntervals { weekday, intervals: intervals.clone() }).collect(),
        }
    }
}

impl Record for WorkCalendar {
    const KIND: Kind = Kind::WorkCalendar;
    const SPEC: KindSpec =
        KindSpec { scope: Scope::Company, references: &[], children: &[], stamps: &[], rep: RepAccess::READ_ONLY };

    fn uuid(&self) -> Uuid {
        self.id.uuid()
    }

    fn check(&self) -> Result<(), FieldError> {
        text::check_filled("name", &self.name, text::NAME_MAX_CHARS)?;
        if self.zone.parse::<chrono_tz::Tz>().is_err() {
            return Err(FieldError::new("zone", Problem::Unknown));
        }
        for day in &self.days {
            let ordered = day.intervals.iter().is_sorted_by(|a, b| a.end_min <= b.start_min);
            let inside = day.intervals.iter().all(WorkInterval::is_of_a_day);
            let known = (1..=7).contains(&day.weekday);
            let once = self.days.iter().filter(|other| other.weekday == day.weekday).count() == 1;
            if !(ordered && inside && known && once) {
                return Err(FieldError::new("days", Problem::OutOfRange));
            }
        }
        Ok(())
    }
}
