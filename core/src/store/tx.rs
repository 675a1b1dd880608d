//! Transactions. [`WriteTx`] is the rep's: what it puts is stored, queued and counted together. [`RemoteTx`] is the
//! server's voice: it saves rows and the cursor, and has no way to enqueue.

use std::collections::BTreeMap;

use rusqlite::Transaction;
use saha_domain::{
    Hlc, Kind, OpId, Record, RepId, SahaError, Stamp,
    facts::{CubeKey, FactStatus, Measures},
    life::ChangeState,
    merge::{self, Edit},
    registry,
    wire::Op,
};
use serde_json::Value;
use uuid::Uuid;

use super::{Confirmed, Key, Pending, RowState, Touched, Words, local};
use crate::{
    clock::{Correction, Time},
    error::{Error, Result},
    kinds, outbox, rollup, shadow,
};

/// What both kinds of transaction share.
pub(crate) struct Tx<'c> {
    transaction: Transaction<'c>,
    time: &'c Time,
    memory: Memory,
    touched: Touched,
    /// The last op id that was written.
    witness: Option<Uuid>,
    /// Whether any change may lie over any row. The server's transactions ask once, as first syncs apply thousands of rows
    /// under none; the rep's write one anyway.
    has_overlay: Option<bool>,
    /// Differences of the figures, written once at the end.
    figures: BTreeMap<(CubeKey, FactStatus), Measures>,
}

/// What the writer knows between transactions.
pub(super) struct Memory {
    /// The highest hybrid clock that was given or seen.
    pub hlc: Hlc,
    pub correction: Option<Correction>,
    pub words: Words,
}

impl Memory {
    /// For one transaction. Words are given away: those of a transaction that is rolled back have to be forgotten.
    pub(super) fn lend(&mut self) -> Self {
        Self { hlc: self.hlc, correction: self.correction.clone(), words: std::mem::take(&mut self.words) }
    }
}

/// What a transaction leaves.
pub(super) struct Left {
    pub memory: Memory,
    /// The op id of a change that it wrote: where the commit's outcome is unknown, the file tells by it.
    pub witness: Option<Uuid>,
    pub touched: Touched,
}

impl<'c> Tx<'c> {
    pub(super) fn new(transaction: Transaction<'c>, time: &'c Time, memory: Memory) -> Self {
        Self {
            transaction,
            time,
            memory,
            touched: Touched::default(),
            witness: None,
            has_overlay: None,
            figures: BTreeMap::new(),
        }
    }

    /// What is left, and how the commit went.
    pub(super) fn commit(mut self) -> Result<(Left, rusqlite::Result<()>)> {
        rollup::adjust(&self.transaction, &mut self.memory.words, &self.figures)?;
        let Self { memory, witness, touched, transaction, .. } = self;
        Ok((Left { memory, witness, touched }, transaction.commit()))
    }

    /// The connection, for the statements of a store.
    pub(crate) fn conn(&self) -> &rusqlite::Connection {
        &self.transaction
    }

    /// A new id.
    pub(crate) fn new_id(&self) -> Uuid {
        self.time.new_id()
    }

    /// Sets a local value.
    pub(crate) fn set(&self, key: Key, value: &impl std::fmt::Display) -> Result<()> {
        local::set(&self.transaction, key, value)
    }

    /// Forgets a local value.
    pub(crate) fn clear(&self, key: Key) -> Result<()> {
        local::clear(&self.transaction, key)
    }

    /// The row with everything that is known of it.
    pub(crate) fn row(&mut self, kind: Kind, id: Uuid) -> Result<RowState> {
        let has_overlay = match self.has_overlay {
            Some(known) => known,
            None => *self.has_overlay.insert(outbox::has_overlay(&self.transaction)?),
        };
        let overlay = if has_overlay { outbox::overlay(&self.transaction, id)? } else { Vec::new() };
        let confirmed = if overlay.is_empty() {
            let row = kinds::statements(kind).get(&self.transaction, &mut self.memory.words, id)?;
            row.and_then(|row| Some(Confirmed::new(row.version?, row.body)))
        } else {
            shadow::get(&self.transaction, kind, id)?
        };
        Ok(RowState { kind, id, confirmed, overlay })
    }

    /// Loads a row, lets `change` work on it, and saves what the rep sees of it now, with the figures.
    pub(crate) fn change_row<T>(
        &mut self,
        kind: Kind,
        id: Uuid,
        change: impl FnOnce(&mut Self, &mut RowState) -> Result<T>,
    ) -> Result<T> {
        let row = self.row(kind, id)?;
        self.change_loaded(row, change)
    }

    fn change_loaded<T>(
        &mut self,
        mut row: RowState,
        change: impl FnOnce(&mut Self, &mut RowState) -> Result<T>,
    ) -> Result<T> {
        let had_overlay = !row.overlay.is_empty();
        let before = row.contribution();
        let done = change(self, &mut row)?;
        self.count(row.contribution(), before);
        self.save(&row, had_overlay)?;
        Ok(done)
    }

    fn count(&mut self, after: saha_domain::facts::Delta, before: saha_domain::facts::Delta) {
        for (key, status, measures) in after.since(before) {
            let sum = self.figures.entry((key, status)).or_default();
            *sum = sum.plus(measures);
        }
    }

    fn save(&mut self, row: &RowState, had_overlay: bool) -> Result<()> {
        let statements = kinds::statements(row.kind);
        let version = row.confirmed.as_ref().map(|confirmed| confirmed.version);
        match row.effective() {
            Some(body) => statements.upsert(&self.transaction, &mut self.memory.words, row.id, version, &body)?,
            None => statements.delete(&self.transaction, row.id)?,
        }
        match (&row.confirmed, row.overlay.is_empty()) {
            (Some(confirmed), false) => shadow::put(&self.transaction, row.kind, row.id, confirmed)?,
            _ if had_overlay => shadow::delete(&self.transaction, row.kind, row.id)?,
            _ => {}
        }
        self.touched.kinds.insert(row.kind);
        Ok(())
    }

    /// Moves a change within its row to where the table of its life says.
    pub(crate) fn touch_outbox(&mut self) {
        self.touched.outbox = true;
    }
}

/// The rep's transaction.
pub(crate) struct WriteTx<'c>(Tx<'c>);

impl<'c> std::ops::Deref for WriteTx<'c> {
    type Target = Tx<'c>;

    fn deref(&self) -> &Tx<'c> {
        &self.0
    }
}

impl<'c> WriteTx<'c> {
    pub(super) fn new(tx: Tx<'c>) -> Self {
        Self(Tx { has_overlay: Some(true), ..tx })
    }

    pub(super) fn into_inner(self) -> Tx<'c> {
        self.0
    }

    /// The rep whose phone this is. Until somebody has signed in there is none, and nothing to write.
    pub(crate) fn rep(&self) -> Result<RepId> {
        let rep: Option<RepId> = local::get(self.conn(), Key::Rep)?;
        Ok(rep.ok_or(SahaError::NotSignedIn)?)
    }

    /// A stamp of now.
    pub(crate) fn stamp(&self) -> Result<Stamp> {
        Ok(self.0.time.stamp(self.0.memory.correction.as_ref())?)
    }

    /// The record, if the device has it, within this transaction.
    pub(crate) fn get<R: Record>(&mut self, id: Uuid) -> Result<Option<R>> {
        let row = kinds::statements(R::KIND).get(&self.0.transaction, &mut self.0.memory.words, id)?;
        row.map(|row| super::read_record(&row)).transpose()
    }

    /// **Stores a new record, queues its creation and counts it**, all in this transaction. Its id was made in it, so nothing
    /// is known of the row.
    pub(crate) fn create<R: Record>(&mut self, record: &R) -> Result<()> {
        record.check()?;
        let mut body = registry::body(record)?;
        merge::without_nulls(&mut body);
        let row = RowState { kind: R::KIND, id: record.uuid(), confirmed: None, overlay: Vec::new() };
        self.0.change_loaded(row, |tx, row| outbox::append(tx, row, Edit::Create(body)))
    }

    /// **Stores an edited record, queues what changed and counts it**, all in this transaction: a patch of the changed
    /// fields, or the repair of a refused change of the same row. What did not change queues nothing.
    pub(crate) fn put<R: Record>(&mut self, record: &R) -> Result<()> {
        record.check()?;
        let new = registry::body(record)?;
        self.0.change_row(R::KIND, record.uuid(), |tx, row| {
            let effective = row.effective().ok_or_else(|| not_found(R::KIND, record.uuid()))?;
            let old = registry::body(&registry::read::<R>(&effective)?)?;
            let Some(patch) = merge::diff(&old, &new, R::SPEC.children) else { return Ok(()) };
            match row.refused().map(|pending| pending.seq) {
                Some(seq) => outbox::fix(tx, row, seq, patch),
                None => outbox::append(tx, row, Edit::Patch(patch)),
            }
        })
    }

    /// Deletes a record and queues the deletion.
    pub(crate) fn delete(&mut self, kind: Kind, id: Uuid) -> Result<()> {
        self.0.change_row(kind, id, |tx, row| {
            if row.effective().is_none() {
                return Err(not_found(kind, id).into());
            }
            outbox::append(tx, row, Edit::Delete)
        })
    }

    /// What was in a request when the process ended has no answer, and is sent again.
    pub(super) fn requeue_unanswered(&mut self) -> Result<()> {
        outbox::requeue_sent(self.conn())
    }

    /// Saves what is known of the device's clock; stamps and hybrid clocks are made by it from now on.
    pub(crate) fn correct_clock(&mut self, correction: &Correction) -> Result<()> {
        self.0.set(Key::Correction, correction)?;
        self.0.memory.correction = Some(correction.clone());
        Ok(())
    }

    /// Every waiting change was stamped anew: the clock goes on from there, or from what the server showed.
    pub(crate) fn reset_hlc(&mut self, last: Hlc) -> Result<()> {
        let seen: Option<i64> = local::get(self.conn(), Key::HlcSeen)?;
        self.0.memory.hlc = last.max(Hlc::from_packed(seen.unwrap_or(0)));
        Ok(())
    }

    /// The whole transaction, for the outbox and its use cases.
    pub(crate) fn inner(&mut self) -> &mut Tx<'c> {
        &mut self.0
    }
}

/// The server's voice on the phone.
pub(crate) struct RemoteTx<'c>(Tx<'c>);

impl<'c> RemoteTx<'c> {
    pub(super) fn new(tx: Tx<'c>) -> Self {
        Self(tx)
    }

    pub(super) fn into_inner(self) -> Tx<'c> {
        self.0
    }

    /// The connection, for the statements of a store.
    pub(crate) fn conn(&self) -> &rusqlite::Connection {
        self.0.conn()
    }

    /// Sets a local value.
    pub(crate) fn set(&self, key: Key, value: &impl std::fmt::Display) -> Result<()> {
        self.0.set(key, value)
    }

    /// Forgets a local value.
    pub(crate) fn clear(&self, key: Key) -> Result<()> {
        self.0.clear(key)
    }

    /// Never falls behind a clock that the server showed.
    pub(crate) fn saw_hlc(&mut self, hlc: Hlc) -> Result<()> {
        if hlc > self.0.memory.hlc {
            self.0.memory.hlc = hlc;
            self.0.set(Key::HlcSeen, &hlc.packed())?;
        }
        Ok(())
    }

    /// Works on a row; see [`Tx::change_row`].
    pub(crate) fn change_row<T>(
        &mut self,
        kind: Kind,
        id: Uuid,
        change: impl FnOnce(&mut Tx<'c>, &mut RowState) -> Result<T>,
    ) -> Result<T> {
        self.0.change_row(kind, id, change)
    }
}

/// What [`outbox::append`] needs of a transaction.
pub(crate) struct NewChange {
    pub op_id: OpId,
    pub hlc: Hlc,
    pub captured_ms: i64,
}

impl Tx<'_> {
    /// A new op id and the clock's next reading.
    pub(crate) fn new_change(&mut self) -> NewChange {
        let op_id = self.new_id();
        self.witness = Some(op_id);
        self.has_overlay = Some(true);
        self.touched.outbox = true;
        let hlc = self.time.tick(self.memory.hlc, self.memory.correction.as_ref());
        self.memory.hlc = hlc;
        NewChange { op_id: op_id.into(), hlc, captured_ms: self.time.reading().utc_ms }
    }
}

fn not_found(kind: Kind, id: Uuid) -> SahaError {
    SahaError::NotFound { kind: kind.name().to_owned(), id: id.to_string() }
}

/// A change over a row that was just written.
pub(crate) fn queued(seq: i64, op_id: OpId, edit: Edit) -> Pending {
    Pending { seq, op_id: op_id.uuid(), state: ChangeState::Queued, acked_version: None, edit }
}

/// The operation and the bytes that travel, serialised once.
pub(crate) fn serialised(edit: &Edit) -> Result<(Op, Vec<u8>)> {
    let bytes = |value: &Value| serde_json::to_vec(value).map_err(Error::internal);
    Ok(match edit {
        Edit::Create(body) => (Op::Create, bytes(body)?),
        Edit::Patch(patch) => (Op::Patch, bytes(patch)?),
        Edit::Delete => (Op::Delete, Vec::new()),
    })
}
