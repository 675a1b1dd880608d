//! What goes into the next request.

use std::collections::HashSet;

use rusqlite::Connection;
use saha_domain::{Hlc, OpId, life::ChangeState};
use uuid::Uuid;

use super::store::{self, Entry};
use crate::{clock::Correction, error::Result, store::WriteTx};

/// What a batch may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BatchLimits {
    /// Changes.
    pub changes: usize,
    /// Bytes of payloads.
    pub bytes: usize,
}

/// The next changes in the order in which they were written. What waits for a refused change stays behind, and so does
/// what waits for that; everything else goes. One poison change never blocks the rest.
pub(crate) fn next_batch(conn: &Connection, limits: BatchLimits) -> Result<Vec<Entry>> {
    let mut held = Held::of(conn)?;
    let mut batch = Vec::new();
    let mut bytes = 0;
    for entry in store::queued(conn)? {
        if held.holds_back(&entry) {
            continue;
        }
        bytes += entry.payload.len();
        if batch.len() >= limits.changes || (bytes > limits.bytes && !batch.is_empty()) {
            break;
        }
        batch.push(entry);
    }
    Ok(batch)
}

/// Of changes in the order of the outbox: which ones wait for a refused one.
pub(crate) fn held_back(conn: &Connection, entries: &[Entry]) -> Result<Vec<OpId>> {
    let mut held = Held::of(conn)?;
    let waiting = entries.iter().filter(|entry| entry.state == ChangeState::Queued);
    Ok(waiting.filter(|entry| held.holds_back(entry)).map(|entry| entry.op_id).collect())
}

/// What refused changes hold back.
struct Held {
    dependencies: Vec<(i64, OpId)>,
    ops: HashSet<OpId>,
    rows: HashSet<Uuid>,
}

impl Held {
    fn of(conn: &Connection) -> Result<Self> {
        let refused: Vec<Entry> =
            store::entries(conn)?.into_iter().filter(|entry| entry.state == ChangeState::Rejected).collect();
        Ok(Self {
            dependencies: store::dependencies(conn)?,
            ops: refused.iter().map(|entry| entry.op_id).collect(),
            rows: refused.iter().map(|entry| entry.id).collect(),
        })
    }

    /// Whether `entry` waits for a refused change. To be asked in the order of the outbox: what is held back holds back.
    fn holds_back(&mut self, entry: &Entry) -> bool {
        let waits = self.dependencies.iter().any(|(seq, on_op)| *seq == entry.seq && self.ops.contains(on_op));
        let held = waits || self.rows.contains(&entry.id);
        if held {
            self.ops.insert(entry.op_id);
            self.rows.insert(entry.id);
        }
        held
    }
}

/// What was sent and has no answer is queued again.
pub(crate) fn requeue_sent(conn: &Connection) -> Result<()> {
    store::requeue_all_sent(conn)?;
    Ok(())
}

/// Gives every waiting change its hybrid clock anew, in order: it was captured before the clock's correction was known.
/// Clocks are made from corrected time, so that a phone that is years ahead does not win every conflict.
pub(crate) fn restamp(tx: &mut WriteTx<'_>, correction: &Correction) -> Result<()> {
    let mut last = Hlc::LOWEST;
    for entry in store::queued(tx.conn())? {
        last = last.tick(entry.captured_ms.saturating_add(correction.offset_ms));
        store::set_hlc(tx.conn(), entry.seq, last)?;
    }
    tx.reset_hlc(last)
}
