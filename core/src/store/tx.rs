//! Transactions. [`WriteTx`] is the rep's: what it puts is stored, queued and counted together. [`RemoteTx`] is the
//! server's voice: it saves rows and the cursor, and has no way to enqueue.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
};

use rusqlite::Transaction;
use saha_domain::{
    Company, Hlc, Kind, OpId, Record, RepId, SahaError, Stamp,
    facts::{CubeKey, Delta, FactStatus, Facts, Measures},
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
    company, customers,
    error::{Error, Result},
    kinds, outbox, retained, rollup, shadow,
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
    /// What kept changes name, once it was asked for.
    named: Option<HashSet<Uuid>>,
    /// Differences of the figures, written once at the end.
    figures: BTreeMap<(CubeKey, FactStatus), Measures>,
}

/// What the writer knows between transactions.
#[derive(Default)]
pub(super) struct Memory {
    /// The highest hybrid clock that was given or seen.
    pub hlc: Hlc,
    pub correction: Option<Correction>,
    pub words: Words,
    /// Whose phone this is, and his company, where a transaction has asked.
    pub rep: Option<RepId>,
    pub company: Option<Company>,
}

impl Memory {
    /// For one transaction. What is given away is forgotten where the transaction is rolled back, as it may have made it.
    pub(super) fn lend(&mut self) -> Self {
        Self {
            hlc: self.hlc,
            correction: self.correction.clone(),
            words: std::mem::take(&mut self.words),
            rep: self.rep.take(),
            company: self.company.take(),
        }
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
            named: None,
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

    /// Everything was deleted: nothing that was known holds, and all of it is to be asked for again.
    pub(super) fn forget_everything(&mut self) {
        self.memory = Memory::default();
        self.figures.clear();
        self.touched = Touched { kinds: Kind::ALL.iter().copied().collect(), outbox: true };
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
        let had_shadow = row.has_shadow();
        let before = row.contribution();
        let done = change(self, &mut row)?;
        if row.is_let_go() && !self.is_starting_over()? {
            self.let_go(&mut row)?;
        }
        self.count(row.contribution().since(before));
        self.save(&row, row.effective().as_deref(), had_shadow)?;
        Ok(done)
    }

    /// Whether everything is pulled anew: until the last page nobody knows what the server still has.
    pub(crate) fn is_starting_over(&self) -> Result<bool> {
        Ok(local::get(&self.transaction, Key::StartingOver)?.unwrap_or(false))
    }

    /// The row goes, as it is out of sight and nothing of the rep's own lies over it. Where a kept change names it, its body
    /// is retained for a server that may ask for it, and of a customer the name is shown.
    fn let_go(&mut self, row: &mut RowState) -> Result<()> {
        let Some(confirmed) = row.confirmed.take() else { return Ok(()) };
        if !self.named()?.contains(&row.id) {
            return Ok(());
        }
        let conn = &self.transaction;
        retained::put(conn, row.kind, row.id, &confirmed.body)?;
        match confirmed.body.get("name").and_then(Value::as_str) {
            Some(name) if row.kind == Kind::Customer => customers::store::put_stub(conn, row.id.into(), name),
            _ => Ok(()),
        }
    }

    /// Every row that a kept change names. Within a transaction it is read once.
    fn named(&mut self) -> Result<&HashSet<Uuid>> {
        if self.named.is_none() {
            self.named = Some(outbox::named(&self.transaction)?);
        }
        self.named.as_ref().ok_or_else(|| Error::internal("what kept changes name was forgotten"))
    }

    /// Changes have left the outbox: what was retained for them goes too.
    pub(crate) fn release_retained(&mut self) -> Result<()> {
        if retained::is_empty(&self.transaction)? {
            return Ok(());
        }
        let conn = &self.transaction;
        // Of a customer whom nothing on this phone names any more, the name goes too.
        retained::keep_only(conn, &outbox::named(conn)?)?
            .into_iter()
            .try_for_each(|id| customers::store::delete_idle_stub(conn, id.into()))
    }

    /// The whole body of a row, for a server that lost it: what it confirmed, or what is retained, or what the rep sees.
    pub(crate) fn whole_body(&mut self, kind: Kind, id: Uuid) -> Result<Option<Value>> {
        let row = self.row(kind, id)?;
        if let Some(confirmed) = row.confirmed {
            return Ok(Some(confirmed.body));
        }
        match retained::get(&self.transaction, kind, id)? {
            Some(body) => Ok(Some(body)),
            None => Ok(row.effective().map(Cow::into_owned)),
        }
    }

    /// Lays one more edit over a row of which the rep saw `seen`. What that moves is the step between the two records'
    /// facts; nothing else has to be looked at again.
    fn append(
        &mut self,
        mut row: RowState,
        seen: Option<Value>,
        edit: Edit,
        (before, after): (Facts, Facts),
    ) -> Result<()> {
        let had_shadow = row.has_shadow();
        let patched = if let Edit::Create(_) = edit { None } else { merge::apply(seen, &edit) };
        outbox::append(self, &mut row, edit)?;
        self.count(Delta::of_step(before, after, FactStatus::Waiting).since(Delta::default()));
        let shown = match row.overlay.last().map(|pending| &pending.edit) {
            Some(Edit::Create(body)) => Some(body),
            _ => patched.as_ref(),
        };
        self.save(&row, shown, had_shadow)
    }

    fn count(&mut self, differences: impl Iterator<Item = (CubeKey, FactStatus, Measures)>) {
        for (key, status, measures) in differences {
            let sum = self.figures.entry((key, status)).or_default();
            *sum = sum.plus(measures);
        }
    }

    fn save(&mut self, row: &RowState, sees: Option<&Value>, had_shadow: bool) -> Result<()> {
        let statements = kinds::statements(row.kind);
        let version = row.confirmed.as_ref().map(|confirmed| confirmed.version);
        match sees {
            Some(body) => statements.upsert(&self.transaction, &mut self.memory.words, row.id, version, body)?,
            None => statements.delete(&self.transaction, row.id)?,
        }
        match &row.confirmed {
            Some(confirmed) if row.has_shadow() => shadow::put(&self.transaction, row.kind, row.id, confirmed)?,
            _ if had_shadow => shadow::delete(&self.transaction, row.kind, row.id)?,
            _ => {}
        }
        if row.kind == Kind::Company {
            self.memory.company = None;
        }
        self.touched.kinds.insert(row.kind);
        Ok(())
    }

    /// A change was moved to where the table of its life says: it may lie over its row now.
    pub(crate) fn touch_outbox(&mut self) {
        self.touched.outbox = true;
        self.has_overlay = Some(true);
    }
}

/// A record that is about to be edited.
pub(crate) struct Loaded<R> {
    pub record: R,
    row: RowState,
    seen: Value,
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
    pub(crate) fn rep(&mut self) -> Result<RepId> {
        if self.0.memory.rep.is_none() {
            self.0.memory.rep = local::get(self.conn(), Key::Rep)?;
        }
        Ok(self.0.memory.rep.ok_or(SahaError::NotSignedIn)?)
    }

    /// The phone is this rep's from now on.
    pub(crate) fn become_rep(&mut self, rep: RepId) -> Result<()> {
        self.0.set(Key::Rep, &rep)?;
        self.0.memory.rep = Some(rep);
        Ok(())
    }

    /// The rep's company. Before the first sync there is none.
    pub(crate) fn company(&mut self) -> Result<Option<Company>> {
        if self.0.memory.company.is_none()
            && let Some(id) = company::store::id(self.conn())?
        {
            self.0.memory.company = self.get(id)?;
        }
        Ok(self.0.memory.company.clone())
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
        self.0.append(row, None, Edit::Create(body), (Facts::default(), record.facts()))
    }

    /// The record as the rep sees it, with what an edit of it needs; none where the device does not have it.
    pub(crate) fn load<R: Record>(&mut self, id: Uuid) -> Result<Option<Loaded<R>>> {
        let row = self.0.row(R::KIND, id)?;
        let Some(seen) = row.effective().map(Cow::into_owned) else { return Ok(None) };
        let record = registry::read(&seen)?;
        Ok(Some(Loaded { record, row, seen }))
    }

    /// **Stores an edited record, queues what changed and counts it**, all in this transaction: a patch of the changed
    /// fields, or the repair of a refused change of the same row. What did not change queues nothing.
    pub(crate) fn put<R: Record>(&mut self, loaded: Loaded<R>, record: &R) -> Result<()> {
        let Loaded { record: old, row, seen } = loaded;
        record.check()?;
        let patch = merge::diff(&registry::body(&old)?, &registry::body(record)?, R::SPEC.children);
        match (patch, row.refused().map(|pending| pending.seq)) {
            (None, _) => Ok(()),
            (Some(patch), Some(seq)) => self.0.change_loaded(row, |tx, row| outbox::fix(tx, row, seq, patch)),
            (Some(patch), None) => self.0.append(row, Some(seen), Edit::Patch(patch), (old.facts(), record.facts())),
        }
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

    /// Something about records of this kind changed that is not in their rows.
    pub(crate) fn touch(&mut self, kind: Kind) {
        self.0.touched.kinds.insert(kind);
    }

    /// Never falls behind a clock that the server showed.
    pub(crate) fn saw_hlc(&mut self, hlc: Hlc) -> Result<()> {
        if hlc > self.0.memory.hlc {
            self.0.memory.hlc = hlc;
            self.0.set(Key::HlcSeen, &hlc.packed())?;
        }
        Ok(())
    }

    /// What was retained for changes that have left the outbox goes.
    pub(crate) fn release_retained(&mut self) -> Result<()> {
        self.0.release_retained()
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
    /// Whether the clock is the server's.
    pub is_stamped: bool,
}

impl Tx<'_> {
    /// A new op id and the clock's next reading.
    pub(crate) fn new_change(&mut self) -> NewChange {
        let op_id = self.new_id();
        self.witness = Some(op_id);
        self.has_overlay = Some(true);
        self.named = None;
        self.touched.outbox = true;
        let hlc = self.time.tick(self.memory.hlc, self.memory.correction.as_ref());
        self.memory.hlc = hlc;
        let is_stamped = self.time.is_corrected(self.memory.correction.as_ref());
        NewChange { op_id: op_id.into(), hlc, captured_ms: self.time.reading().utc_ms, is_stamped }
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
