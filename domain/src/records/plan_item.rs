use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::activity;
use crate::{
    CustomerId, FieldError, Kind, PlanItemId, Problem, Record, RepId, VisitState, WorkInterval,
    registry::{KindSpec, Reference, Refusal, RepAccess, Scope},
    text,
};

/// A visit that is planned: the company's word, or the rep's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, uniffi::Record)]
pub struct PlanItem {
    /// The id.
    pub id: PlanItemId,
    /// Who is to visit.
    pub rep: RepId,
    /// Whom.
    pub customer: CustomerId,
    /// On which day.
    pub date: NaiveDate,
    /// When on that day the customer wants to be visited; none where it does not matter.
    pub window: Option<WorkInterval>,
    /// Where it stands in the day, from 1.
    pub sequence: i32,
    /// What the visit is for.
    pub note: Option<String>,
}

/// What has become of a planned visit. It follows from the visits and the day, and is never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum StopState {
    /// It can still be made.
    Planned,
    /// The day is over without it.
    Missed,
    /// The rep is there.
    InProgress,
    /// The rep has been there on the day.
    Done,
}

impl StopState {
    /// Every state.
    pub const ALL: &[Self] = &[Self::Planned, Self::Missed, Self::InProgress, Self::Done];

    /// The name in `--json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Missed => "missed",
            Self::InProgress => "in_progress",
            Self::Done => "done",
        }
    }

    /// What a visit at the customer on the day makes of the stop; none where it does not count.
    pub const fn of_visit(visit: VisitState) -> Option<Self> {
        match visit {
            VisitState::Completed => Some(Self::Done),
            VisitState::InProgress => Some(Self::InProgress),
            VisitState::Voided | VisitState::Unknown => None,
        }
    }

    /// What a stop of `date` without a visit is on the day `today`.
    pub fn without_visit(date: NaiveDate, today: NaiveDate) -> Self {
        if date < today { Self::Missed } else { Self::Planned }
    }
}

impl Record for PlanItem {
    const KIND: Kind = Kind::PlanItem;
    const SPEC: KindSpec = KindSpec {
        scope: Scope::BeneathCustomer { customer: "/customer", rep: "/rep", date: Some("/date") },
        references: &[Reference::new("customer", Kind::Customer), Reference::new("rep", Kind::Rep)],
        children: &[],
        stamps: &[],
        rep: RepAccess { create: true, patch: &["customer", "date", "window", "sequence", "note"], delete: true },
    };

    fn uuid(&self) -> Uuid {
        self.id.uuid()
    }

    fn check(&self) -> Result<(), FieldError> {
        if self.sequence < 1 {
            return Err(FieldError::new("sequence", Problem::OutOfRange));
        }
        if self.window.is_some_and(|window| !window.is_of_a_day()) {
            return Err(FieldError::new("window", Problem::OutOfRange));
        }
        text::check_optional("note", self.note.as_deref(), text::NOTE_MAX_CHARS)
    }

    /// A rep plans for himself alone.
    fn check_rep(&self, rep: RepId, before: Option<&Self>) -> Result<(), Refusal> {
        activity::check_doer(rep, before.map(|b| b.rep), self.rep)
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.date)
    }
}
