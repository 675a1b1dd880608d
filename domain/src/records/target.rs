use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::children::{self, Child};
use crate::{
    CurrencyCode, FieldError, Kind, Lifecycle, Problem, Record, RepId, Segment, TargetId, TargetRevisionId,
    facts::FactKind,
    period::Period,
    registry::{KindSpec, Reference, RepAccess, Scope},
    text,
};

/// What a target counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Completed visits.
    Visits,
    /// Calls.
    Calls,
    /// Confirmed sales, cancellations deducted on their own day.
    Sales,
    /// Net value of confirmed sales, minor units, cancellations deducted on their own day.
    Revenue,
    /// A metric that this version does not know; it has no progress.
    #[serde(other)]
    Unknown,
}

impl Metric {
    /// The facts that it counts; none for an unknown metric.
    pub const fn fact_kind(self) -> Option<FactKind> {
        match self {
            Self::Visits => Some(FactKind::Visit),
            Self::Calls => Some(FactKind::Call),
            Self::Sales => Some(FactKind::Sale),
            Self::Revenue => Some(FactKind::SaleLine),
            Self::Unknown => None,
        }
    }

    /// Whether its value is money.
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Revenue)
    }

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Visits => "visits",
            Self::Calls => "calls",
            Self::Sales => "sales",
            Self::Revenue => "revenue",
            Self::Unknown => "unknown",
        }
    }
}

/// Whether more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum TargetDirection {
    /// Reach it.
    AtLeast,
    /// Do not exceed it.
    AtMost,
    /// A direction that this version does not know; it has no progress.
    #[serde(other)]
    Unknown,
}

/// What a rep's leave does to his target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum LeavePolicy {
    /// The target stays.
    Keep,
    /// The target shrinks with the working time.
    Prorate,
    /// A policy that this version does not know; the target stays.
    #[serde(other)]
    Unknown,
}

/// Where a target stands. Only forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum TargetState {
    /// Being prepared; nobody sees progress.
    Draft,
    /// In force.
    Active,
    /// Over.
    Closed,
    /// A state that this version does not know.
    #[serde(other)]
    Unknown,
}

/// Which facts count; a field that is none lets everything through.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, uniffi::Record)]
pub struct TargetFilter {
    /// Only customers of this segment at the time.
    pub segment: Option<Segment>,
    /// Only customers in this lifecycle at the time.
    pub lifecycle: Option<Lifecycle>,
    /// Only lines of this product group; for revenue.
    pub product_group: Option<String>,
    /// Only activities with this outcome.
    pub outcome: Option<String>,
}

/// The value of a target from a date on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, uniffi::Record)]
pub struct TargetRevision {
    /// The id; the key of the revision on the wire.
    pub id: TargetRevisionId,
    /// The first day on which the value holds.
    pub effective_from: NaiveDate,
    /// A count, or minor units for revenue, for one whole period.
    pub value: i64,
    /// Why it was set.
    pub reason: Option<String>,
}

impl Child for TargetRevision {
    /// In the order of their dates.
    fn position(&self) -> i32 {
        use chrono::Datelike;
        self.effective_from.num_days_from_ce()
    }
}

/// What is expected of a rep, period after period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, uniffi::Record)]
pub struct Target {
    /// The id.
    pub id: TargetId,
    /// Of whom.
    pub rep: RepId,
    /// What counts.
    pub metric: Metric,
    /// How long a period is.
    pub period: Period,
    /// Which facts count.
    pub filter: TargetFilter,
    /// Whether more is better.
    pub direction: TargetDirection,
    /// Its weight on a scorecard, basis points.
    pub weight_bp: i32,
    /// The most that it can bring to a scorecard, basis points of itself.
    pub cap_bp: i32,
    /// What leave does to it.
    pub leave_policy: LeavePolicy,
    /// The currency of a revenue target.
    pub currency: Option<CurrencyCode>,
    /// Where it stands.
    pub state: TargetState,
    /// Its values, by date.
    #[serde(with = "super::children")]
    pub revisions: Vec<TargetRevision>,
}

impl Target {
    /// The revision that holds on `date`.
    pub fn revision_on(&self, date: NaiveDate) -> Option<&TargetRevision> {
        self.revisions.iter().filter(|revision| revision.effective_from <= date).max_by_key(|r| r.effective_from)
    }

    /// Refuses a filter that nothing can pass: its target would stand at zero for ever.
    fn check_filter(&self) -> Result<(), FieldError> {
        let never = |field| Err(FieldError::new(field, Problem::Inconsistent));
        let has_groups = matches!(self.metric, Metric::Revenue | Metric::Unknown);
        if self.filter.product_group.is_some() && !has_groups {
            return never("filter/product_group");
        }
        let has_outcomes = matches!(self.metric, Metric::Visits | Metric::Calls | Metric::Unknown);
        if self.filter.outcome.is_some() && !has_outcomes {
            return never("filter/outcome");
        }
        Ok(())
    }
}

impl Record for Target {
    const KIND: Kind = Kind::Target;
    const SPEC: KindSpec = KindSpec {
        scope: Scope::Rep { rep: "/rep" },
        references: &[Reference::new("rep", Kind::Rep)],
        children: &["revisions"],
        stamps: &[],
        rep: RepAccess::READ_ONLY,
    };

    fn uuid(&self) -> Uuid {
        self.id.uuid()
    }

    fn is_whole_child(id: &str, body: &Value) -> bool {
        children::is_whole::<TargetRevision>(id, body)
    }

    fn check(&self) -> Result<(), FieldError> {
        if self.metric.is_money() != self.currency.is_some() && self.metric != Metric::Unknown {
            return Err(FieldError::new(
                "currency",
                if self.metric.is_money() { Problem::Missing } else { Problem::Inconsistent },
            ));
        }
        self.check_filter()?;
        for (field, bp) in [("weight_bp", self.weight_bp), ("cap_bp", self.cap_bp)] {
            if bp < 0 {
                return Err(FieldError::new(field, Problem::OutOfRange));
            }
        }
        for revision in &self.revisions {
            let field = || format!("revisions/{}", revision.id);
            if revision.value < 0 {
                return Err(FieldError::new(field() + "/value", Problem::OutOfRange));
            }
            text::check_optional(&(field() + "/reason"), revision.reason.as_deref(), text::NOTE_MAX_CHARS)?;
            if self.revisions.iter().filter(|other| other.effective_from == revision.effective_from).count() > 1 {
                return Err(FieldError::new(field() + "/effective_from", Problem::Inconsistent));
            }
        }
        Ok(())
    }
}
