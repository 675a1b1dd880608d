//! What goes into the next request.

use std::{
    collections::{HashMap, HashSet},
    ops::ControlFlow,
};

use rusqlite::Connection;
use saha_domain::{OpId, life::ChangeState};
use uuid::Uuid;

use super::{entry::Entry, store};
use crate::error::Result;

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
    store::each_queued(conn, |entry| {
        if held.holds_back(&entry) {
            return ControlFlow::Continue(());
        }
        bytes += entry.payload.len() + entry.most_asked_for_bytes();
        if batch.len() >= limits.changes || (bytes > limits.bytes && !batch.is_empty()) {
            return ControlFlow::Break(());
        }
        batch.push(entry);
        ControlFlow::Continue(())
    })?;
    Ok(batch)
}

/// Of changes in the order of the outbox: which ones wait for a refused one.
pub(crate) fn held_back(conn: &Connection, entries: &[Entry]) -> Result<Vec<OpId>> {
    let mut held = Held::of(conn)?;
    let waiting = entries.iter().filter(|entry| entry.state == ChangeState::Queued);
    Ok(waiting.filter(|entry| held.holds_back(entry)).map(|entry| entry.op_id).collect())
}

/// The refused change that holds back the oldest one that waits, if one does: nothing before that one waits, so it can only
/// be refused itself.
pub(crate) fn held_by(conn: &Connection, oldest: &Entry) -> Result<Option<Entry>> {
    let waits_for = store::dependencies(conn)?;
    let holds = |refused: &Entry| refused.id == oldest.id || waits_for.contains(&(oldest.seq, refused.op_id));
    Ok(store::refused(conn)?.into_iter().find(holds))
}

/// What refused changes hold back.
struct Held {
    /// What each change, by its place in the order, waits for.
    dependencies: HashMap<i64, Vec<OpId>>,
    ops: HashSet<OpId>,
    rows: HashSet<Uuid>,
}

impl Held {
    fn of(conn: &Connection) -> Result<Self> {
        let refused = store::refused(conn)?;
        let mut dependencies: HashMap<i64, Vec<OpId>> = HashMap::new();
        // Where nothing was refused, nothing is held back.
        let waiting = if refused.is_empty() { Vec::new() } else { store::dependencies(conn)? };
        for (seq, on_op) in waiting {
            dependencies.entry(seq).or_default().push(on_op);
        }
        Ok(Self {
            dependencies,
            ops: refused.iter().map(|entry| entry.op_id).collect(),
            rows: refused.iter().map(|entry| entry.id).collect(),
        })
    }

    /// Whether `entry` waits for a refused change. To be asked in the order of the outbox: what is held back holds back.
    fn holds_back(&mut self, entry: &Entry) -> bool {
        let waits =
            self.dependencies.get(&entry.seq).is_some_and(|on_ops| on_ops.iter().any(|on_op| self.ops.contains(on_op)));
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
