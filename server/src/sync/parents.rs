//! What a change names must be there, and known to whoever names it.

use saha_domain::{
    Kind,
    registry::Named,
    wire::{Outcome, RejectionCode, WireChange},
};
use serde_json::Value;

use super::{
    judge::Judge,
    shown::{id_of, shows},
    verdict::Stop,
};

/// For so long after it was written, a change waits for a parent that nobody knows: another device may still bring it.
const PATIENCE_MS: i64 = 30 * 24 * 3_600_000;

impl Judge<'_> {
    /// Refuses a body or a patch that names a record which is not there. A customer may have moved to another rep
    /// meanwhile: what was done with him is done.
    pub(super) fn check_parents(&self, change: &WireChange, kind: Kind, payload: &Value) -> Result<(), Stop> {
        kind.spec().named_in(payload).into_iter().try_for_each(|named| self.check_parent(change, &named))
    }

    fn check_parent(&self, change: &WireChange, named: &Named) -> Result<(), Stop> {
        let tx = self.ledger.tx;
        let Some(parent) = tx.record(named.kind, named.id)? else {
            let in_batch = self.unsettled.of(named.kind.name(), named.id);
            let waiting = match in_batch {
                Some(by) => Some(by),
                None => tx.refused_create(named.kind, named.id, self.syncer.rep)?,
            };
            return Err(
                waiting.map_or_else(|| self.missing_parent(change, named), |by| Stop::Answer(Outcome::Blocked { by }))
            );
        };
        if !self.knows(&parent)? && !shows(change.full_parent.as_deref(), &parent) {
            return Err(self.missing_parent(change, named));
        }
        if parent.body.is_none() {
            return Err(self.refuse(RejectionCode::ParentGone, Some(&named.field)));
        }
        Ok(())
    }

    /// A parent that is absent, or out of sight, which must look the same: the device is asked for its body; where it can't
    /// help, time may, as another device makes the parent known; and then nothing does.
    fn missing_parent(&self, change: &WireChange, named: &Named) -> Stop {
        let was_asked = match &change.full_parent {
            Some(parent) => id_of(parent) == Some(named.id),
            None => change.lacks_full,
        };
        if named.kind.spec().rep.create && !was_asked {
            return Stop::Answer(Outcome::NeedFull { parent: Some(named.id) });
        }
        if self.ledger.now_ms.saturating_sub(change.hlc.ms()) > PATIENCE_MS {
            return self.refuse(RejectionCode::ParentMissing, Some(&named.field));
        }
        Stop::Answer(Outcome::Retry { reason: "parent_unknown".to_owned() })
    }
}
