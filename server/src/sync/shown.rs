//! What a device shows that it knows, by the whole body that it brings along.

use saha_domain::Kind;
use serde_json::{Value, value::RawValue};
use uuid::Uuid;

use crate::store::Aggregate;

/// Whether a device shows that it knows a customer out of its rep's sight: it has his body, with his name or his tax number.
/// An assignment, or a refusal that named him, which a restored server has lost must not hold up what was done there.
pub(super) fn shows(full: Option<&RawValue>, row: &Aggregate) -> bool {
    let (Some(full), Some(body), Kind::Customer) = (full, &row.body, row.kind) else { return false };
    let there: Option<Value> = serde_json::from_str(full.get()).ok();
    let same = |there: &Value, field: &str| there.get(field).is_some() && there.get(field) == body.get(field);
    there.is_some_and(|there| id_of(full) == Some(row.id) && (same(&there, "name") || same(&there, "tax_no")))
}

/// The row of a whole body.
pub(super) fn id_of(body: &RawValue) -> Option<Uuid> {
    #[derive(serde::Deserialize)]
    struct Identified {
        id: Uuid,
    }
    serde_json::from_str::<Identified>(body.get()).ok().map(|body| body.id)
}
