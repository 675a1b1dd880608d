use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::activity;
use crate::{
    CallId, CustomerId, FieldError, Kind, Lifecycle, Problem, Record, RepId, Segment, Stamp,
    facts::{FactKind, Facts, Measures},
    registry::{KindSpec, Reference, Refusal, RepAccess, Scope},
    text,
};

/// Who called whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum CallDirection {
    /// The rep called.
    Outgoing,
    /// The customer called.
    Incoming,
    /// A direction that this version does not know.
    #[serde(other)]
    Unknown,
}

/// How a call ended technically; what came of it is the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum CallDisposition {
    /// They spoke.
    Connected,
    /// Nobody answered.
    NoAnswer,
    /// Busy.
    Busy,
    /// Not the customer's number.
    WrongNumber,
    /// The rep spoke to a machine.
    Voicemail,
    /// A disposition that this version does not know.
    #[serde(other)]
    Unknown,
}

impl CallDirection {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Outgoing => "outgoing",
            Self::Incoming => "incoming",
            Self::Unknown => "unknown",
        }
    }
}

impl CallDisposition {
    /// Those that a rep picks from.
    pub const PICKED: &[Self] = &[Self::Connected, Self::NoAnswer, Self::Busy, Self::WrongNumber, Self::Voicemail];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::NoAnswer => "no_answer",
            Self::Busy => "busy",
            Self::WrongNumber => "wrong_number",
            Self::Voicemail => "voicemail",
            Self::Unknown => "unknown",
        }
    }
}

/// A remote talk with a customer: phone or video.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, uniffi::Record)]
pub struct Call {
    /// The id.
    pub id: CallId,
    /// Who spoke for the company.
    pub rep: RepId,
    /// With whom.
    pub customer: CustomerId,
    /// The customer's segment at the call. Frozen.
    pub segment: Segment,
    /// The customer's lifecycle at the call. Frozen.
    pub lifecycle: Lifecycle,
    /// When it began.
    pub at: Stamp,
    /// Who called whom.
    pub direction: CallDirection,
    /// How it ended technically.
    pub disposition: CallDisposition,
    /// How long they spoke, seconds.
    pub duration_s: i64,
    /// The company's code for what came of it.
    pub outcome: Option<String>,
    /// The rep's own words.
    pub note: Option<String>,
}

impl Call {
    /// The outcomes that a rep picks from where they spoke, the usual ones first.
    pub const OUTCOMES: &[&str] = &["order", "no_need", "follow_up", "not_there"];
}

impl Record for Call {
    const KIND: Kind = Kind::Call;
    const SPEC: KindSpec = KindSpec {
        scope: Scope::BeneathCustomer { customer: "/customer", rep: "/rep", date: Some("/at/local_date") },
        references: &[Reference::new("customer", Kind::Customer), Reference::new("rep", Kind::Rep)],
        children: &[],
        stamps: &["at"],
        rep: RepAccess {
            create: true,
            patch: &["customer", "disposition", "duration_s", "outcome", "note"],
            delete: true,
        },
    };

    fn uuid(&self) -> Uuid {
        self.id.uuid()
    }

    fn check(&self) -> Result<(), FieldError> {
        self.at.check("at")?;
        if !(0..=86_400).contains(&self.duration_s) {
            return Err(FieldError::new("duration_s", Problem::OutOfRange));
        }
        text::check_optional("outcome", self.outcome.as_deref(), 40)?;
        text::check_optional("note", self.note.as_deref(), text::NOTE_MAX_CHARS)
    }

    /// Every call counts, with its disposition as outcome where the company's own is missing.
    fn facts(&self) -> Facts {
        let mut key = activity::cell(FactKind::Call, self.rep, self.at.local_date, self.segment, self.lifecycle);
        key.outcome = self.outcome.clone().unwrap_or_else(|| self.disposition.name().to_owned());
        Facts::one(key, Measures { count: 1, amount_minor: 0, duration_ms: self.duration_s.saturating_mul(1_000) })
    }

    fn check_rep(&self, rep: RepId, before: Option<&Self>) -> Result<(), Refusal> {
        activity::check_doer(rep, before.map(|b| b.rep), self.rep)
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.at.local_date)
    }
}
