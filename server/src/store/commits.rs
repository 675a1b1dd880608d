//! The company's sequence: every applied change takes the next number, and each number has a random id beside it, by
//! which a server that was restored from a backup is told apart.

use chrono::NaiveDate;
use saha_domain::CompanyId;

use super::Result;

/// A commit of this server: its place in the company's sequence and its random id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Commit {
    /// The place in the sequence, from 1.
    pub(crate) seq: i64,
    /// The random id.
    pub(crate) id: i64,
}

impl Commit {
    /// Before everything: the one commit that every server knows.
    pub(crate) const NONE: Self = Self { seq: 0, id: 0 };
}

/// Reading the sequence.
pub(crate) trait CommitReads {
    /// Whose data this is; none before the first start is through.
    fn company(&self) -> Result<Option<CompanyId>>;

    /// The newest commit.
    fn head(&self) -> Result<Commit>;

    /// The commit at a place of the sequence.
    fn commit_at(&self, seq: i64) -> Result<Option<Commit>>;

    /// The newest commit that was made before `at_ms`.
    fn last_seq_before(&self, at_ms: i64) -> Result<i64>;

    /// When the commit at a place of the sequence was made, milliseconds since 1970 UTC.
    fn commit_ms(&self, seq: i64) -> Result<Option<i64>>;

    /// The company's date on which scopes were computed last.
    fn scope_date(&self) -> Result<Option<NaiveDate>>;

    /// The first date whose activities everyone sees who sees their customer; none before the first start is through.
    fn horizon(&self) -> Result<Option<NaiveDate>>;
}

/// Moving the sequence on.
pub(crate) trait CommitWrites {
    /// Registers the company of this database.
    fn create_company(&self, id: CompanyId) -> Result<()>;

    /// Takes the next place for a change made at `at_ms`.
    fn next_seq(&self, id: i64, at_ms: i64) -> Result<i64>;

    /// Remembers that scopes were computed for `date`.
    fn set_scope_date(&self, date: NaiveDate) -> Result<()>;

    /// Moves the horizon.
    fn set_horizon(&self, date: NaiveDate) -> Result<()>;
}
