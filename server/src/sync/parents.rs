//! What a change names must be there, and known to whoever names it.

use saha_domain::{
    Kind,
    registry::Reference,
    wire::{Outcome, RejectionCode},
};
use serde_json::Value;
use uuid::Uuid;

use super::judge::{Judge, Stop};

impl Judge<'_> {
    /// Refuses a body or a patch that names a record which is not there. A customer may have moved to another rep
    /// meanwhile: what was done with him is done.
    pub(super) fn check_parents(&self, kind: Kind, payload: &Value) -> Result<(), Stop> {
        named_by(kind.spec().references, payload).into_iter().try_for_each(|named| self.check_parent(&named))
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

/// A record that a payload names.
struct Named {
    /// The field that names it, as on the wire.
    field: String,
    kind: Kind,
    id: Uuid,
}

fn named_by(references: &[Reference], payload: &Value) -> Vec<Named> {
    references.iter().flat_map(|reference| named_through(reference, payload)).collect()
}

fn named_through(reference: &Reference, payload: &Value) -> Vec<Named> {
    let named = |field: String, value: Option<&Value>| {
        let id = Uuid::try_parse(value?.as_str()?).ok()?;
        Some(Named { field, kind: reference.to, id })
    };
    match reference.field.split_once('/') {
        None => named(reference.field.to_owned(), payload.get(reference.field)).into_iter().collect(),
        Some((children, field)) => {
            let children_map = payload.get(children).and_then(Value::as_object);
            let each = children_map.into_iter().flatten();
            each.filter_map(|(child, body)| named(format!("{children}/{child}/{field}"), body.get(field))).collect()
        }
    }
}
