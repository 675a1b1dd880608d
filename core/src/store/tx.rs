//! Transactions. [`WriteTx`] is the rep's: what it puts is stored, queued and counted together. [`RemoteTx`] is the
//! server's voice: it saves rows and the cursor, and has no way to enqueue. What both do stands here.

mod letting_go;
mod remote;
mod write;

pub(crate) use remote::RemoteTx;
pub(crate) use write::{Loaded, WriteTx};

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
};

use saha_domain::{
    Company, Hlc, Kind, OpId, RepId,
    facts::{CubeKey, Delta, Facts, Measures, RecordState},
    life::ChangeState,
    merge::{self, Edit},
    wire::Op,
};
use serde_json::Value;
use uuid::Uuid;

use super::{Content, Key, Pending, RowState, Touched, Words, local, row, transaction::Transaction};
use crate::{
    clock::{Correction, SinceBoot, Time},
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
    /// What kept changes name, once it was asked for.
    named: Option<HashSet<Uuid>>,
    /// Differences of the figures, written once at the end.
    figures: BTreeMap<(CubeKey, RecordState), Measures>,
    /// The highest hybrid clock that the server showed in it, written once at the end.
    hlc_shown: Option<Hlc>,
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
            hlc_shown: None,
        }
    }

    /// What is left, and how the commit went.
    pub(super) fn commit(mut self) -> Result<(Left, rusqlite::Result<()>)> {
        rollup::adjust(&self.transaction, &mut self.memory.words, &self.figures)?;
        if let Some(hlc) = self.hlc_shown
            && hlc > self.hlc_seen()?
        {
            self.set(Key::HlcSeen, &hlc.packed())?;
        }
        if self.moves_own_figures()? {
            self.clear(Key::FiguresAgreed)?;
        }
        let Self { memory, witness, touched, transaction, .. } = self;
        Ok((Left { memory, witness, touched }, transaction.commit()))
    }

    /// Whether what is confirmed of the rep's own figures is not what it was: what the company said of them is to be held
    /// against them again.
    fn moves_own_figures(&self) -> Result<bool> {
        let moved = self.figures.iter().filter(|(_, measures)| !measures.is_zero());
        let confirmed = moved.filter(|((_, status), _)| *status == RecordState::Confirmed);
        let mut reps = confirmed.map(|((key, _), _)| key.rep).peekable();
        if reps.peek().is_none() {
            return Ok(false);
        }
        let own: Option<RepId> = local::get(&self.transaction, Key::Rep)?;
        Ok(reps.any(|rep| Some(rep) == own))
    }

    /// The connection, for the statements of a store.
    pub(crate) fn conn(&self) -> &rusqlite::Connection {
        &self.transaction
    }

    /// The highest hybrid clock that the server showed before this transaction.
    fn hlc_seen(&self) -> Result<Hlc> {
        let seen: Option<i64> = local::get(&self.transaction, Key::HlcSeen)?;
        Ok(seen.map_or(Hlc::LOWEST, Hlc::from_packed))
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
        self.hlc_shown = None;
        self.touched = Touched { kinds: Kind::ALL.iter().copied().collect(), outbox: true };
    }

    /// The row with everything that is known of it.
    pub(crate) fn row(&mut self, kind: Kind, id: Uuid) -> Result<RowState> {
        let has_overlay = match self.has_overlay {
            Some(known) => known,
            None => *self.has_overlay.insert(outbox::has_overlay(&self.transaction)?),
        };
        let overlay = if has_overlay { outbox::overlay(&self.transaction, id)? } else { Vec::new() };
        row::beneath(&self.transaction, &mut self.memory.words, (kind, id), overlay)
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
        let standing = Standing::of(&row, row.effective().map(Cow::into_owned));
        let before = row.contribution();
        let done = change(self, &mut row)?;
        if row.is_let_go() && !self.is_starting_over()? {
            self.let_go(&mut row)?;
        }
        self.count(row.contribution().since(before));
        self.save(&row, row.effective().as_deref(), &standing)?;
        Ok(done)
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
        let standing = Standing::of(&row, seen);
        let patched =
            if let Edit::Create(_) = edit { None } else { merge::apply(row.kind, standing.shown.clone(), &edit) };
        outbox::append(self, &mut row, edit)?;
        self.count(Delta::of_step(before, after, RecordState::Waiting).since(Delta::default()));
        let shown = match row.overlay.last().map(|pending| &pending.edit) {
            Some(Edit::Create(body)) => Some(body),
            _ => patched.as_ref(),
        };
        self.save(&row, shown, &standing)
    }

    fn count(&mut self, differences: impl Iterator<Item = (CubeKey, RecordState, Measures)>) {
        for (key, status, measures) in differences {
            let sum = self.figures.entry((key, status)).or_default();
            *sum = sum.plus(measures);
        }
    }

    fn save(&mut self, row: &RowState, sees: Option<&Value>, standing: &Standing) -> Result<()> {
        let statements = kinds::statements(row.kind);
        let (conn, words) = (&self.transaction, &mut self.memory.words);
        let after = sees.map(|body| Content { version: row.version(), body });
        match (standing.content(), after) {
            (None, Some(after)) => statements.insert(conn, words, row.id, after)?,
            (Some(before), Some(after)) => statements.update(conn, words, row.id, before, after)?,
            (Some(_), None) => statements.delete(conn, row.id)?,
            (None, None) => {}
        }
        match &row.confirmed {
            Some(confirmed) if row.has_shadow() => shadow::put(&self.transaction, row.kind, row.id, confirmed)?,
            _ if standing.has_shadow => shadow::delete(&self.transaction, row.kind, row.id)?,
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

/// What stands of a row in the tables before it is changed.
struct Standing {
    version: Option<i64>,
    shown: Option<Value>,
    has_shadow: bool,
}

impl Standing {
    fn of(row: &RowState, shown: Option<Value>) -> Self {
        Self { version: row.version(), shown, has_shadow: row.has_shadow() }
    }

    fn content(&self) -> Option<Content<'_>> {
        self.shown.as_ref().map(|body| Content { version: self.version, body })
    }
}

/// What [`outbox::append`] needs of a transaction.
pub(crate) struct NewChange {
    pub op_id: OpId,
    pub hlc: Hlc,
    pub captured_ms: i64,
    /// When it was since boot, where `hlc` is by a clock of which nothing is known.
    pub unstamped: Option<SinceBoot>,
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
        let unstamped = (!is_stamped).then(|| self.time.since_boot());
        NewChange { op_id: op_id.into(), hlc, captured_ms: self.time.reading().utc_ms, unstamped }
    }
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
