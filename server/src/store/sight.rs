//! Which customers a rep sees now, and the log of how that changed.

use chrono::NaiveDate;
use saha_domain::{AssignmentId, CustomerId, Kind, RepId};
use uuid::Uuid;

use super::Result;

/// An assignment's keys, beside its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AssignmentRow {
    /// The assignment.
    pub(crate) id: AssignmentId,
    /// Who and whom.
    pub(crate) pair: ScopePair,
    /// The first day.
    pub(crate) from: NaiveDate,
    /// The last day; none while it goes on.
    pub(crate) to: Option<NaiveDate>,
}

/// A rep and a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ScopePair {
    /// Who sees.
    pub(crate) rep: RepId,
    /// Whom.
    pub(crate) customer: CustomerId,
}

/// A row that may be out of the sight of those who have it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moved {
    /// The kind of the row.
    pub(crate) kind: Kind,
    /// The row.
    pub(crate) id: Uuid,
    /// The customer beneath whom it lay.
    pub(crate) customer: Option<CustomerId>,
    /// The rep whose it is no longer.
    pub(crate) rep: Option<RepId>,
    /// The place of the change in the company's sequence.
    pub(crate) seq: i64,
}

/// What happened to a rep's sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScopeEventKind {
    /// The customer came into sight.
    Entered(CustomerId),
    /// The customer left sight.
    Left(CustomerId),
    /// A row that the rep may have went to another customer, another rep or an earlier date.
    Moved {
        /// The kind of the row.
        kind: Kind,
        /// The row.
        id: Uuid,
    },
    /// Other people's activities before the date are too old from here on.
    Aged(NaiveDate),
}

/// One entry of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ScopeEvent {
    /// Its place in the company's sequence.
    pub(crate) seq: i64,
    /// What happened.
    pub(crate) what: ScopeEventKind,
}

/// Reading sight.
pub(crate) trait ScopeReads {
    /// Whether the rep sees the customer now.
    fn in_scope(&self, pair: ScopePair) -> Result<bool>;

    /// Whether the rep ever saw the customer.
    fn was_in_scope(&self, pair: ScopePair) -> Result<bool>;

    /// Whether an assignment of the two holds on `date`.
    fn is_assigned(&self, pair: ScopePair, date: NaiveDate) -> Result<bool>;

    /// The rep to whom the customer is assigned on `date`; of several, the one who was last given him.
    fn assignee(&self, customer: CustomerId, date: NaiveDate) -> Result<Option<RepId>>;

    /// Pairs whose assignments and sight disagree on `date`: dates came and went.
    fn out_of_date(&self, date: NaiveDate) -> Result<Vec<ScopePair>>;

    /// Whether any activity, or the tombstone of one, is dated from `first` on and before `end`.
    fn has_dated(&self, first: NaiveDate, end: NaiveDate) -> Result<bool>;

    /// Every customer whom anyone sees.
    fn seen_customers(&self) -> Result<Vec<CustomerId>>;

    /// The rep's log above `after` up to `until`, in order, at most `limit` entries.
    fn scope_log(&self, rep: RepId, after: i64, until: i64, limit: u32) -> Result<Vec<ScopeEvent>>;
}

/// Changing sight.
pub(crate) trait ScopeWrites {
    /// Writes an assignment's keys.
    fn put_assignment(&self, assignment: &AssignmentRow) -> Result<()>;

    /// Forgets a deleted assignment's keys and returns who and whom they named.
    fn remove_assignment(&self, id: AssignmentId) -> Result<Option<ScopePair>>;

    /// The customer is in the rep's sight from `seq` on.
    fn enter_scope(&self, pair: ScopePair, seq: i64) -> Result<()>;

    /// The customer is out of the rep's sight from `seq` on.
    fn leave_scope(&self, pair: ScopePair, seq: i64) -> Result<()>;

    /// To everyone who sees the customer he comes into sight once more at `seq`, with all that lies beneath him.
    fn announce_anew(&self, customer: CustomerId, seq: i64) -> Result<()>;

    /// A change may have taken a row out of the sight of those who see its customer, and of its rep.
    fn log_move(&self, moved: &Moved) -> Result<()>;

    /// Other people's activities before `horizon` are too old from `seq` on.
    fn log_aged(&self, horizon: NaiveDate, seq: i64) -> Result<()>;
}
