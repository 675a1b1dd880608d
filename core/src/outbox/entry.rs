//! A change of the outbox, whole.

use saha_domain::{Hlc, Kind, OpId, life::ChangeState, wire::Op};
use uuid::Uuid;

use crate::clock::SinceBoot;

/// A change as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub seq: i64,
    pub op_id: OpId,
    pub kind: Kind,
    pub id: Uuid,
    pub op: Op,
    pub state: ChangeState,
    pub attempt: u32,
    pub hlc: Hlc,
    pub base_version: Option<i64>,
    pub payload: Vec<u8>,
    pub replaces: Option<OpId>,
    /// Device clock at capture, Unix milliseconds.
    pub captured_ms: i64,
    /// When it was captured since boot, where `hlc` is by a clock whose difference to the server's was not known.
    pub unstamped: Option<SinceBoot>,
    /// Whether its payload was ever on its way to the server: then those bytes stay.
    pub was_sent: bool,
    pub acked_version: Option<i64>,
    /// Whether the server ever accepted it, be it in a history that is no more.
    pub was_acked: bool,
    /// Why it was refused, or why it waits.
    pub code: Option<String>,
    pub field: Option<String>,
    pub message: Option<String>,
    pub existing: Option<Uuid>,
    /// Fields that a concurrent edit overrode.
    pub superseded: Vec<String>,
    /// The server asked for the whole body of the row.
    pub wants_full: bool,
    /// The server asked for the whole body of this row, which the change names.
    pub wants_parent: Option<Uuid>,
}

/// The most that one change may hold: what the server stores of one record at the most.
pub(super) const MAX_PAYLOAD_BYTES: usize = 256 * 1024;

impl Entry {
    /// Whether the server asked for this whole body before: of the row itself, or of a parent.
    pub(crate) fn was_asked_for(&self, parent: Option<Uuid>) -> bool {
        parent.map_or(self.wants_full, |parent| self.wants_parent == Some(parent))
    }

    /// What the whole bodies that the server asked for may take at the most.
    pub(super) fn most_asked_for_bytes(&self) -> usize {
        (usize::from(self.wants_full) + usize::from(self.wants_parent.is_some())) * MAX_PAYLOAD_BYTES
    }
}
