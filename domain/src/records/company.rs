use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AssignmentId, CompanyId, CurrencyCode, CustomerId, FieldError, Kind, Problem, Record, RepId, WorkCalendarId,
    registry::{KindSpec, Reference, RepAccess, Scope},
    text,
};

/// The company: what all of its phones share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, uniffi::Record)]
pub struct Company {
    /// The id.
    pub id: CompanyId,
    /// As it is written on documents.
    pub name: String,
    /// The currency of targets and price lists where nothing else is said.
    pub currency: CurrencyCode,
    /// IANA zone of the company's own day.
    pub zone: String,
    /// A visit counts as on the spot within this distance, metres.
    pub visit_radius_m: i64,
    /// How far back a phone holds other people's activities, months.
    pub horizon_months: i32,
    /// The calendar of reps without one of their own.
    pub calendar: Option<WorkCalendarId>,
}

impl Record for Company {
    const KIND: Kind = Kind::Company;
    const SPEC: KindSpec = KindSpec {
        scope: Scope::Company,
        references: &[Reference::new("calendar", Kind::WorkCalendar)],
        children: &[],
        stamps: &[],
        rep: RepAccess::READ_ONLY,
    };

    fn uuid(&self) -> Uuid {
        self.id.uuid()
    }

    fn check(&self) -> Result<(), FieldError> {
        text::check_filled("name", &self.name, text::NAME_MAX_CHARS)?;
        if self.zone.parse::<chrono_tz::Tz>().is_err() {
            return Err(FieldError::new("zone", Problem::Unknown));
        }
        if self.visit_radius_m < 0 {
            return Err(FieldError::new("visit_radius_m", Problem::OutOfRange));
        }
        if self.horizon_months < 1 {
            return Err(FieldError::new("horizon_months", Problem::OutOfRange));
        }
        Ok(())
    }
}

/// A sales representative.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, uniffi::Record)]
pub struct Rep {
    /// The id.
    pub id: RepId,
    /// The company's code for the rep.
    pub code: String,
    /// Name as shown.
    pub name: String,
    /// The team's code.
    pub team: Option<String>,
    /// A calendar of his own; else the company's.
    pub calendar: Option<WorkCalendarId>,
}

impl Record for Rep {
    const KIND: Kind = Kind::Rep;
    const SPEC: KindSpec = KindSpec {
        scope: Scope::Company,
        references: &[Reference::new("calendar", Kind::WorkCalendar)],
        children: &[],
        stamps: &[],
        rep: RepAccess::READ_ONLY,
    };

    fn uuid(&self) -> Uuid {
        self.id.uuid()
    }

    fn check(&self) -> Result<(), FieldError> {
        text::check_filled("code", &self.code, 40)?;
        text::check_filled("name", &self.name, text::NAME_MAX_CHARS)?;
        text::check_optional("team", self.team.as_deref(), 40)
    }
}

/// A customer is a rep's from one date to another. Two reps may share a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, uniffi::Record)]
pub struct Assignment {
    /// The id.
    pub id: AssignmentId,
    /// Whose care it is about.
    pub customer: CustomerId,
    /// Who cares.
    pub rep: RepId,
    /// The first day.
    pub from: NaiveDate,
    /// The last day, included; none while it goes on.
    pub to: Option<NaiveDate>,
}

impl Assignment {
    /// Whether it holds on `date`.
    pub fn holds_on(&self, date: NaiveDate) -> bool {
        self.from <= date && self.to.is_none_or(|to| date <= to)
    }
}

impl Record for Assignment {
    const KIND: Kind = Kind::Assignment;
    const SPEC: KindSpec = KindSpec {
        scope: Scope::BeneathCustomer { customer: "/customer", rep: "/rep", date: None },
        references: &[Reference::new("customer", Kind::Customer), Reference::new("rep", Kind::Rep)],
        children: &[],
        stamps: &[],
        rep: RepAccess::READ_ONLY,
    };

    fn uuid(&self) -> Uuid {
        self.id.uuid()
    }

    fn check(&self) -> Result<(), FieldError> {
        if self.to.is_some_and(|to| to < self.from) {
            return Err(FieldError::new("to", Problem::EndBeforeStart));
        }
        Ok(())
    }
}
