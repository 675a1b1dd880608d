//! The company's own data on the phone: the company, its reps, its calendars.

pub(crate) mod store;

use saha_domain::{Company, Rep, RepId, WorkCalendar, WorkCalendarId};

use crate::{error::Result, store::Reader};

/// The company. Before the first sync there is none.
pub(crate) fn company(reader: &Reader) -> Result<Option<Company>> {
    Ok(reader.list::<Company>("LIMIT 1", [])?.pop())
}

/// The calendar that a rep works by: his own, else the company's, else the default one.
pub(crate) fn calendar_of(reader: &Reader, rep: RepId) -> Result<WorkCalendar> {
    let own = reader.get::<Rep>(rep.uuid())?.and_then(|rep| rep.calendar);
    let chosen = match own {
        Some(calendar) => Some(calendar),
        None => company(reader)?.and_then(|company| company.calendar),
    };
    let found = match chosen {
        Some(id) => reader.get::<WorkCalendar>(id.uuid())?,
        None => None,
    };
    Ok(found.unwrap_or_else(|| WorkCalendar::default_of(WorkCalendarId::from(uuid::Uuid::nil()))))
}
