//! What becomes of a change that is not applied, and of those that rest on it.

use std::collections::HashMap;

use saha_domain::{
    OpId,
    wire::{Outcome, WireChange},
};
use uuid::Uuid;

use crate::store::StoreError;

/// Why a change was not applied.
#[derive(Debug)]
pub(super) enum Stop {
    /// The device is told.
    Answer(Outcome),
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Changes of this batch that were not applied, by the row that they are about. Whatever rests on that row waits.
#[derive(Debug, Default)]
pub(super) struct Unsettled(HashMap<(String, Uuid), OpId>);

impl Unsettled {
    /// Notes a change that was not applied.
    pub(super) fn add(&mut self, change: &WireChange) {
        self.0.insert((change.kind.clone(), change.id), change.op_id);
    }

    /// The change of the row that has to be resolved first.
    pub(super) fn of(&self, kind: &str, id: Uuid) -> Option<OpId> {
        self.0.get(&(kind.to_owned(), id)).copied()
    }
}
