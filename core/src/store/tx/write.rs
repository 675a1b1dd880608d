//! The rep's transaction.

use std::borrow::Cow;

use saha_domain::{
    Company, Hlc, Kind, Record, RepId, SahaError, Stamp,
    facts::Facts,
    merge::{self, Edit},
    registry,
};
use serde_json::Value;
use uuid::Uuid;

use super::Tx;
use crate::{
    clock::Correction,
    company,
    error::Result,
    kinds, outbox,
    store::{Key, RowState, local, read_record},
};

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
    pub(in crate::store) fn new(tx: Tx<'c>) -> Self {
        Self(Tx { has_overlay: Some(true), ..tx })
    }

    pub(in crate::store) fn into_inner(self) -> Tx<'c> {
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
        row.map(|row| read_record(&row)).transpose()
    }

    /// **Stores a new record, queues its creation and counts it**, all in this transaction. Nothing is known of the row: its id
    /// was made in the transaction, or looked up in it.
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
    pub(in crate::store) fn requeue_unanswered(&mut self) -> Result<()> {
        outbox::requeue_sent(self.conn())
    }

    /// Saves what is known of the device's clock; stamps and hybrid clocks are made by it from now on.
    pub(crate) fn correct_clock(&mut self, correction: &Correction) -> Result<()> {
        self.0.set(Key::Correction, correction)?;
        self.0.memory.correction = Some(correction.clone());
        Ok(())
    }

    /// The corrected clock, Unix milliseconds.
    pub(crate) fn corrected_now_ms(&self) -> i64 {
        self.0.time.corrected_ms(self.0.memory.correction.as_ref())
    }

    /// The highest hybrid clock that the server showed.
    pub(crate) fn hlc_seen(&self) -> Result<Hlc> {
        self.0.hlc_seen()
    }

    /// Every waiting change was stamped anew: the clock goes on from there, or from what the server showed.
    pub(crate) fn reset_hlc(&mut self, last: Hlc) -> Result<()> {
        self.0.memory.hlc = last.max(self.hlc_seen()?);
        Ok(())
    }

    /// The whole transaction, for the outbox and its use cases.
    pub(crate) fn inner(&mut self) -> &mut Tx<'c> {
        &mut self.0
    }
}

fn not_found(kind: Kind, id: Uuid) -> SahaError {
    SahaError::NotFound { kind: kind.name().to_owned(), id: id.to_string() }
}
