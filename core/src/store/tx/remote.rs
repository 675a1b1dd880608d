//! The server's transaction.

use saha_domain::{Hlc, Kind};
use uuid::Uuid;

use super::Tx;
use crate::{
    error::Result,
    store::{Key, RowState},
};

/// The server's voice on the phone.
pub(crate) struct RemoteTx<'c>(Tx<'c>);

impl<'c> RemoteTx<'c> {
    pub(in crate::store) fn new(tx: Tx<'c>) -> Self {
        Self(tx)
    }

    pub(in crate::store) fn into_inner(self) -> Tx<'c> {
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
    pub(crate) fn saw_hlc(&mut self, hlc: Hlc) {
        self.0.memory.hlc = self.0.memory.hlc.max(hlc);
        self.0.hlc_shown = self.0.hlc_shown.max(Some(hlc));
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
