//! A batch of changes: each is judged for itself, in one transaction, so that results and effects are durable
//! together. A change that fails harms no other but those that rest on it.

use saha_domain::{
    Kind,
    wire::{ChangeResult, Op, Outcome, Rejection, WireChange, payload_hash},
};
use sha2::{Digest as _, Sha256};

use super::{
    Syncer,
    judge::Judge,
    ledger::Ledger,
    scope,
    verdict::{Stop, Unsettled},
};
use crate::{
    host::Host,
    store::{OpRow, OpState, Store, StoreError},
};

/// Judges the changes in order and makes what was accepted durable, after dates that came meanwhile took effect.
pub(super) fn push(
    store: &dyn Store,
    host: &dyn Host,
    zone: &str,
    syncer: Syncer,
    changes: &[WireChange],
) -> Result<Vec<ChangeResult>, StoreError> {
    let tx = store.begin()?;
    let ledger = Ledger::new(&*tx, host, zone);
    scope::refresh(&ledger)?;
    let mut batch = Batch { ledger: &ledger, syncer, unsettled: Unsettled::default() };
    let results = changes.iter().map(|change| batch.answer(change)).collect::<Result<Vec<_>, _>>()?;
    tx.commit()?;
    Ok(results)
}

struct Batch<'a> {
    ledger: &'a Ledger<'a>,
    syncer: Syncer,
    unsettled: Unsettled,
}

impl Batch<'_> {
    fn answer(&mut self, change: &WireChange) -> Result<ChangeResult, StoreError> {
        let hash = hash_of(change);
        let known = self.ledger.tx.op(change.op_id)?;
        let (replayed, outcome) = match known.and_then(|op| self.replay(change, &hash, op)) {
            Some(Replay::Again(outcome)) => (true, outcome),
            Some(Replay::Conflict) => (false, Outcome::Conflict),
            None => (false, self.judge(change, hash)?),
        };
        if !matches!(outcome, Outcome::Applied { .. }) {
            self.unsettled.add(change);
        }
        Ok(ChangeResult { op_id: change.op_id, replayed, outcome })
    }

    /// What to say to a change that came before; none when it is to be judged, again or for the first time.
    fn replay(&self, change: &WireChange, hash: &[u8; 32], op: OpRow) -> Option<Replay> {
        if op.rep != self.syncer.rep || op.hash.as_ref() != Some(hash) {
            return Some(Replay::Conflict);
        }
        let OpState::Judged(outcome) = op.state else { return Some(Replay::Conflict) };
        let is_refusal = !matches!(outcome, Outcome::Applied { .. });
        if is_refusal && change.attempt > op.attempt {
            return None;
        }
        Some(Replay::Again(self.in_language(outcome)))
    }

    /// A remembered refusal in the language of this request.
    fn in_language(&self, outcome: Outcome) -> Outcome {
        match outcome {
            Outcome::Rejected(Rejection { code, field, message, existing }) => {
                let message = code.text(self.syncer.lang).unwrap_or(message);
                Outcome::Rejected(Rejection { code, field, message, existing })
            }
            other => other,
        }
    }

    /// Judges a change between two save points: a refused one leaves its verdict behind, and nothing else.
    fn judge(&self, change: &WireChange, hash: [u8; 32]) -> Result<Outcome, StoreError> {
        let Ok(kind) = change.kind.parse::<Kind>() else {
            return Ok(Outcome::Retry { reason: "needs_server".to_owned() });
        };
        let judge = Judge::new(self.ledger, self.syncer, &self.unsettled);
        self.take_parent(&judge, change, kind)?;
        self.ledger.tx.save_point()?;
        let judged = judge.judge(change, kind).and_then(|outcome| {
            self.remember(change, kind, hash, &outcome)?;
            Ok(outcome)
        });
        match judged {
            Ok(applied) => {
                self.ledger.tx.release()?;
                Ok(applied)
            }
            Err(Stop::Answer(outcome)) => {
                self.ledger.tx.roll_back()?;
                if outcome.is_final() {
                    self.remember(change, kind, hash, &outcome)?;
                }
                Ok(outcome)
            }
            Err(Stop::Store(StoreError::Busy)) => {
                self.ledger.tx.roll_back()?;
                tracing::warn!(op_id = %change.op_id, "a change was put off: the store is busy");
                Ok(Outcome::Retry { reason: "busy".to_owned() })
            }
            // Time heals no full disk and no damaged row: the request fails, where both sides see it.
            Err(Stop::Store(error)) => {
                tracing::error!(op_id = %change.op_id, "a change could not be judged");
                Err(error)
            }
        }
    }

    /// A parent that the change brings along stays, whatever becomes of the change. One that can't be taken is missed by the
    /// change itself, which then says so.
    fn take_parent(&self, judge: &Judge<'_>, change: &WireChange, kind: Kind) -> Result<(), StoreError> {
        let Some(full) = &change.full_parent else { return Ok(()) };
        self.ledger.tx.save_point()?;
        match judge.take_parent(change, kind, full) {
            Ok(()) => self.ledger.tx.release(),
            Err(Stop::Answer(_) | Stop::Store(StoreError::Busy)) => self.ledger.tx.roll_back(),
            Err(Stop::Store(error)) => Err(error),
        }
    }

    fn remember(&self, change: &WireChange, kind: Kind, hash: [u8; 32], outcome: &Outcome) -> Result<(), StoreError> {
        self.ledger.tx.remember_op(&OpRow {
            op_id: change.op_id,
            hash: Some(hash),
            attempt: change.attempt,
            rep: self.syncer.rep,
            kind,
            row: change.id,
            creates: change.op == Op::Create,
            state: OpState::Judged(outcome.clone()),
            at_ms: self.ledger.now_ms,
        })
    }
}

enum Replay {
    /// The same answer as before.
    Again(Outcome),
    /// The id stands for another content, another rep's change, or one that was replaced.
    Conflict,
}

fn hash_of(change: &WireChange) -> [u8; 32] {
    let mut hasher = Sha256::new();
    payload_hash(change, |bytes| hasher.update(bytes));
    hasher.finalize().into()
}
