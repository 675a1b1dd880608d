//! A row with everything that is known of it: what the server confirmed, and the changes that lie over it.

use std::borrow::Cow;

use rusqlite::Connection;
use saha_domain::{
    Kind,
    facts::{Delta, Facts},
    life::ChangeState,
    merge::{self, Edit},
};
use serde_json::Value;
use uuid::Uuid;

use super::Words;
use crate::{error::Result, kinds, shadow};

/// The version of a confirmed body which the server does not announce: its row left sight, or its history is not the one that
/// the server has now. Such a row stays only for as long as the rep's own changes need it.
pub(crate) const UNANNOUNCED: i64 = 0;

/// What the server confirmed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Confirmed {
    /// From 1, or [`UNANNOUNCED`].
    pub version: i64,
    pub body: Value,
    /// What the body adds to the figures, where that is known already.
    facts: Option<Facts>,
}

impl Confirmed {
    pub(crate) fn new(version: i64, body: Value) -> Self {
        Self { version, body, facts: None }
    }

    /// Of a body that was just read.
    pub(crate) fn with_facts(version: i64, body: Value, facts: Facts) -> Self {
        Self { version, body, facts: Some(facts) }
    }
}

/// A change that lies over the confirmed body.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pending {
    pub seq: i64,
    pub op_id: Uuid,
    pub state: ChangeState,
    /// The version at which the server applied it; set while it is acked.
    pub acked_version: Option<i64>,
    pub edit: Edit,
}

/// The row beneath the changes that lie over it.
pub(super) fn beneath(
    conn: &Connection,
    words: &mut Words,
    (kind, id): (Kind, Uuid),
    overlay: Vec<Pending>,
) -> Result<RowState> {
    let confirmed = if overlay.is_empty() {
        let row = kinds::statements(kind).get(conn, words, id)?;
        row.and_then(|row| Some(Confirmed::new(row.version?, row.body)))
    } else {
        shadow::get(conn, kind, id)?
    };
    Ok(RowState { kind, id, confirmed, overlay })
}

/// A row and its changes, in the order in which they were written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RowState {
    pub kind: Kind,
    pub id: Uuid,
    pub confirmed: Option<Confirmed>,
    pub overlay: Vec<Pending>,
}

impl RowState {
    /// What the rep sees. Under no changes that is the confirmed body itself.
    pub(crate) fn effective(&self) -> Option<Cow<'_, Value>> {
        let confirmed = self.confirmed.as_ref().map(|c| &c.body);
        if self.overlay.is_empty() {
            return confirmed.map(Cow::Borrowed);
        }
        merge::effective(self.kind, confirmed, self.overlay.iter().map(|pending| &pending.edit)).map(Cow::Owned)
    }

    /// What the rep sees, or saw before he deleted it.
    pub(crate) fn last_seen(&self) -> Option<Value> {
        let mut body = self.confirmed.as_ref().map(|confirmed| confirmed.body.clone());
        let mut last = body.clone();
        for pending in &self.overlay {
            body = merge::apply(self.kind, body, &pending.edit);
            last = body.clone().or(last);
        }
        last
    }

    /// The version of the confirmed body, if there is one.
    pub(crate) fn version(&self) -> Option<i64> {
        self.confirmed.as_ref().map(|confirmed| confirmed.version)
    }

    /// The version of the last body that was applied; none where there is none in the server's present history.
    pub(crate) fn base_version(&self) -> Option<i64> {
        self.version().filter(|version| *version != UNANNOUNCED)
    }

    /// The server does not announce the row any more.
    pub(crate) fn unannounce(&mut self) {
        if let Some(confirmed) = &mut self.confirmed {
            confirmed.version = UNANNOUNCED;
        }
    }

    /// Whether nothing holds the confirmed body here: it is not announced, and no change lies over it, or one that makes the
    /// row by itself.
    pub(crate) fn is_let_go(&self) -> bool {
        let is_unannounced = self.version() == Some(UNANNOUNCED);
        is_unannounced && self.overlay.first().is_none_or(|pending| matches!(pending.edit, Edit::Create(_)))
    }

    /// Whether the confirmed body is kept apart: only while changes lie over it.
    pub(crate) fn has_shadow(&self) -> bool {
        self.confirmed.is_some() && !self.overlay.is_empty()
    }

    /// What the row adds to the figures.
    pub(crate) fn contribution(&self) -> Delta {
        let overlay: Vec<_> = self.overlay.iter().map(|pending| (&pending.edit, pending.state)).collect();
        let facts_of =
            |confirmed: &Confirmed| confirmed.facts.clone().unwrap_or_else(|| self.kind.facts(&confirmed.body));
        let facts = self.confirmed.as_ref().map(facts_of).unwrap_or_default();
        Delta::of_row(self.kind, self.confirmed.as_ref().map(|c| &c.body), facts, &overlay)
    }

    /// The refused change, if one lies over the row: the next edit of the row repairs it.
    pub(crate) fn refused(&self) -> Option<&Pending> {
        self.overlay.iter().find(|pending| pending.state == ChangeState::Rejected)
    }

    /// Takes the changes out of the overlay which the server's own row at `version` shows.
    pub(crate) fn seen_at(&mut self, version: i64) -> Vec<Pending> {
        let is_shown = |pending: &Pending| pending.acked_version.is_some_and(|acked| acked <= version);
        let (shown, over) = std::mem::take(&mut self.overlay).into_iter().partition(is_shown);
        self.overlay = over;
        shown
    }

    /// Folds changes that the server has, but whose row it will not send (the row is out of sight), into the confirmed body.
    /// That makes no row announced which is not. A customer without a body is one whom somebody else has now; an activity is
    /// the rep's own, unless everything was pulled anew (`is_anew`): then it is gone, deleted say by his other phone.
    pub(crate) fn fold_through(&mut self, snapshot: i64, is_anew: bool) -> Vec<Pending> {
        let folded = self.seen_at(snapshot);
        for pending in &folded {
            let acked = pending.acked_version.unwrap_or(snapshot);
            let version = match &self.confirmed {
                // The row came before the answer did, and shows the change.
                Some(confirmed) if confirmed.version >= acked => continue,
                Some(confirmed) if confirmed.version == UNANNOUNCED => UNANNOUNCED,
                None if is_anew || self.kind == Kind::Customer => UNANNOUNCED,
                _ => acked,
            };
            let body = merge::apply(self.kind, self.confirmed.take().map(|c| c.body), &pending.edit);
            self.confirmed = body.map(|body| Confirmed::new(version, body));
        }
        folded
    }
}

#[cfg(test)]
mod tests;
