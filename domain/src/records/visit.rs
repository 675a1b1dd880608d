use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::activity;
use crate::{
    CustomerId, FieldError, Kind, Lifecycle, Location, Problem, Record, RepId, Segment, Stamp, VisitId,
    facts::{FactKind, Facts, Measures},
    geo::GeoVerdict,
    registry::{KindSpec, Reference, Refusal, RepAccess, Scope},
    text,
};

/// Where a visit stands. Only forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum VisitState {
    /// The rep is in the shop.
    InProgress,
    /// Checked out, with an outcome.
    Completed,
    /// Taken back: it does not count, and stays visible.
    Voided,
    /// A state that this version does not know.
    #[serde(other)]
    Unknown,
}

impl VisitState {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Voided => "voided",
            Self::Unknown => "unknown",
        }
    }

    const fn rank(self) -> u8 {
        match self {
            Self::InProgress => 0,
            Self::Completed => 1,
            Self::Voided => 2,
            Self::Unknown => 3,
        }
    }
}

/// How a visit came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum CheckoutKind {
    /// The rep checked out.
    Explicit,
    /// He forgot, and the end was taken from what he did next.
    Inferred,
    /// The next check-in ended it.
    Forced,
    /// A kind that this version does not know.
    #[serde(other)]
    Unknown,
}

impl CheckoutKind {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Explicit => "explicit",
            Self::Inferred => "inferred",
            Self::Forced => "forced",
            Self::Unknown => "unknown",
        }
    }
}

/// Time in person with a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, uniffi::Record)]
pub struct Visit {
    /// The id.
    pub id: VisitId,
    /// Who visited.
    pub rep: RepId,
    /// Who was visited.
    pub customer: CustomerId,
    /// The customer's segment at check-in. Frozen.
    pub segment: Segment,
    /// The customer's lifecycle at check-in. Frozen: whom it was then, prospect or existing, stays true.
    pub lifecycle: Lifecycle,
    /// Where it stands.
    pub state: VisitState,
    /// When the rep arrived; its local date is the visit's day.
    pub check_in: Stamp,
    /// Where the phone was then.
    pub check_in_location: Option<Location>,
    /// How far that was from the customer's place, metres.
    pub distance_m: Option<i64>,
    /// What place and distance say. A label, never a lock.
    pub geo_verdict: GeoVerdict,
    /// When the rep left.
    pub check_out: Option<Stamp>,
    /// Where the phone was then.
    pub check_out_location: Option<Location>,
    /// How the end was found.
    pub checkout_kind: Option<CheckoutKind>,
    /// The company's code for what came of it: `order`, `no_need`, `closed`, `follow_up`…
    pub outcome: Option<String>,
    /// The rep's own words.
    pub note: Option<String>,
}

impl Visit {
    /// The outcomes that a rep picks from, the usual ones first.
    pub const OUTCOMES: &[&str] = &["order", "no_need", "follow_up", "not_there", "closed"];
}

impl Record for Visit {
    const KIND: Kind = Kind::Visit;
    const SPEC: KindSpec = KindSpec {
        scope: Scope::BeneathCustomer { customer: "/customer", rep: "/rep", date: Some("/check_in/local_date") },
        references: &[Reference::new("customer", Kind::Customer), Reference::new("rep", Kind::Rep)],
        children: &[],
        stamps: &["check_in", "check_out"],
        rep: RepAccess {
            create: true,
            patch: &["customer", "state", "check_out", "check_out_location", "checkout_kind", "outcome", "note"],
            delete: false,
        },
    };

    fn uuid(&self) -> Uuid {
        self.id.uuid()
    }

    fn check(&self) -> Result<(), FieldError> {
        self.check_in.check("check_in")?;
        self.check_in_location.as_ref().map_or(Ok(()), |place| place.check("check_in_location"))?;
        self.check_out_location.as_ref().map_or(Ok(()), |place| place.check("check_out_location"))?;
        text::check_optional("outcome", self.outcome.as_deref(), 40)?;
        text::check_optional("note", self.note.as_deref(), text::NOTE_MAX_CHARS)?;
        if let Some(check_out) = &self.check_out {
            check_out.check("check_out")?;
            if check_out.since_ms(&self.check_in) < 0 {
                return Err(FieldError::new("check_out", Problem::EndBeforeStart));
            }
        }
        if self.state == VisitState::Completed {
            if self.check_out.is_none() {
                return Err(FieldError::new("check_out", Problem::Missing));
            }
            text::check_filled("outcome", self.outcome.as_deref().unwrap_or_default(), 40)?;
        }
        Ok(())
    }

    /// A completed visit counts once, on the day of its check-in, however long after midnight it lasted.
    fn facts(&self) -> Facts {
        if self.state != VisitState::Completed {
            return Facts::default();
        }
        let mut key = activity::cell(FactKind::Visit, self.rep, self.check_in.local_date, self.segment, self.lifecycle);
        key.outcome = self.outcome.clone().unwrap_or_default();
        let duration_ms = self.check_out.as_ref().map_or(0, |out| out.since_ms(&self.check_in));
        Facts::one(key, Measures { count: 1, amount_minor: 0, duration_ms })
    }

    fn check_rep(&self, rep: RepId, before: Option<&Self>) -> Result<(), Refusal> {
        activity::check_doer(rep, before.map(|b| b.rep), self.rep)?;
        activity::check_forward(before.map(|b| b.state.rank()), self.state.rank())
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.check_in.local_date)
    }
}
