//! What was said to each change, so that it is said again when the change comes again.

use saha_domain::{Kind, OpId, RepId, wire::Outcome};
use uuid::Uuid;

use super::Result;

/// How a remembered change ended.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum OpState {
    /// It was judged, for good or until a higher attempt.
    Judged(Outcome),
    /// A corrected change took its place; it may never be applied.
    Replaced,
}

/// A remembered change.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OpRow {
    /// Its id.
    pub(crate) op_id: OpId,
    /// SHA-256 over kind, id, op and payload; none where the change itself never came.
    pub(crate) hash: Option<[u8; 32]>,
    /// The highest attempt that was judged.
    pub(crate) attempt: u32,
    /// Who sent it.
    pub(crate) rep: RepId,
    /// The kind of the row.
    pub(crate) kind: Kind,
    /// The row.
    pub(crate) row: Uuid,
    /// Whether it was to create the row.
    pub(crate) creates: bool,
    /// How it ended.
    pub(crate) state: OpState,
    /// When, milliseconds since 1970 UTC.
    pub(crate) at_ms: i64,
}

/// Remembering.
pub(crate) trait OpReads {
    /// What is known of an op id.
    fn op(&self, op_id: OpId) -> Result<Option<OpRow>>;

    /// The refused change of `rep` which was to create a row.
    fn refused_create(&self, kind: Kind, row: Uuid, rep: RepId) -> Result<Option<OpId>>;

    /// Whether a refusal named the record to `rep` as standing in the way of his own.
    fn was_named_to(&self, rep: RepId, existing: Uuid) -> Result<bool>;
}

/// Keeping in mind.
pub(crate) trait OpWrites {
    /// Remembers a change, in place of what was known of its op id.
    fn remember_op(&self, op: &OpRow) -> Result<()>;

    /// Forgets changes that were judged before `before_ms`, the oldest first, at most `limit`.
    fn forget_ops(&self, before_ms: i64, limit: u32) -> Result<usize>;
}
