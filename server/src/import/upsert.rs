//! The record of a company's code: made where it is missing, changed where it differs, left alone where it does not.

use saha_domain::{Customer, FieldError, Kind, Record, merge, registry, wire::RejectionCode};
use uuid::Uuid;

use super::{Fault, fault_of, file::Effect};
use crate::{store::StoreError, sync::Ledger};

/// The id that stands for a code, if one does.
pub(super) fn id_of<T: From<Uuid>>(
    ledger: &Ledger<'_>,
    kind: Kind,
    column: &'static str,
    code: &str,
) -> Result<T, Fault> {
    let id = ledger.tx.id_of_code(kind, code)?;
    id.map(T::from).ok_or_else(|| Fault::UnknownCode { column, kind: kind.name(), code: code.to_owned() })
}

/// Writes the record of `code` as `build` makes it, out of its id and what it was before.
pub(super) fn upsert<R: Record>(
    ledger: &Ledger<'_>,
    code: &str,
    column_of: impl Fn(&str) -> &'static str,
    build: impl FnOnce(Uuid, Option<R>) -> Result<R, Fault>,
) -> Result<Effect, Fault> {
    let wrong = |error: FieldError| fault_of(error, &column_of);
    let known = ledger.tx.id_of_code(R::KIND, code)?;
    let id = known.map_or_else(|| ledger.new_id(), Ok)?;
    let row = ledger.tx.record(R::KIND, id)?;
    let Some(row) = row else {
        let record = build(id, None)?;
        check(ledger, &record, &wrong)?;
        if known.is_none() {
            ledger.tx.put_code(R::KIND, code, id)?;
        }
        ledger.create(&record)?;
        return Ok(Effect::Created);
    };
    let Some(body) = row.body.clone() else {
        return Err(Fault::Refused { column: None, code: RejectionCode::Gone });
    };
    let before = registry::read(&body).map_err(|_| StoreError::Unreadable { what: "record" })?;
    let record = build(id, Some(before))?;
    check(ledger, &record, &wrong)?;
    let mut after = registry::body(&record).map_err(wrong)?;
    keep_unknown(&body, &mut after);
    merge::without_nulls(&mut after);
    match merge::diff(&body, &after, R::SPEC.children) {
        None => Ok(Effect::Unchanged),
        Some(patch) => {
            ledger.update(&row, body, patch)?;
            Ok(Effect::Updated)
        }
    }
}

/// Fields that this build does not know are not in a record of its own; they stay as they are.
fn keep_unknown(before: &serde_json::Value, after: &mut serde_json::Value) {
    if let (Some(before), Some(after)) = (before.as_object(), after.as_object_mut()) {
        for (field, value) in before {
            after.entry(field.as_str()).or_insert_with(|| value.clone());
        }
    }
}

fn check<R: Record>(ledger: &Ledger<'_>, record: &R, wrong: &impl Fn(FieldError) -> Fault) -> Result<(), Fault> {
    record.check().map_err(wrong)?;
    if R::KIND != Kind::Customer {
        return Ok(());
    }
    let body = registry::body(record).map_err(wrong)?;
    let customer: Customer = registry::read(&body).map_err(wrong)?;
    match ledger.same_tax_no(&customer)? {
        Some(_) => Err(Fault::Refused { column: Some("tax_no"), code: RejectionCode::DuplicateTaxNo }),
        None => Ok(()),
    }
}
