//! What a change names must be there, and known to whoever names it.

use saha_domain::{
    Kind,
    registry::Named,
    wire::{Outcome, RejectionCode},
};
use serde_json::Value;

use super::judge::{Judge, Stop};

impl Judge<'_> {
    /// Refuses a body or a patch that names a record which is not there. A customer may have moved to another rep
    /// meanwhile: what was done with him is done.
    pub(super) fn check_parents(&self, kind: Kind, payload: &Value) -> Result<(), Stop> {
        kind.spec().named_in(payload).into_iter().try_for_each(|named| self.check_parent(&named))
    }

    fn check_parent(&self, named: &Named) -> Result<(), Stop> {
        let tx = self.ledger.tx;
        let Some(parent) = tx.record(named.kind, named.id)? else {
            let in_batch = self.unsettled.of(named.kind.name(), named.id);
            let waiting = match in_batch {
                Some(by) => Some(by),
                None => tx.refused_create(named.kind, named.id, self.syncer.rep)?,
            };
            let missing = || self.refuse(RejectionCode::ParentMissing, Some(&named.field));
            return Err(waiting.map_or_else(missing, |by| Stop::Answer(Outcome::Blocked { by })));
        };
        if !self.knows(&parent)? {
            return Err(self.refuse(RejectionCode::ParentMissing, Some(&named.field)));
        }
        if parent.body.is_none() {
            return Err(self.refuse(RejectionCode::ParentGone, Some(&named.field)));
        }
        Ok(())
    }
}
