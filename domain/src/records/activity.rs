//! What every activity shares.

use crate::{
    Lifecycle, RepId, Segment,
    facts::{CubeKey, FactKind},
    registry::Refusal,
    wire::RejectionCode,
};

/// An activity is written by its doer alone, and a doer can't hand it to someone else.
pub(super) fn check_doer(rep: RepId, before: Option<RepId>, after: RepId) -> Result<(), Refusal> {
    if after == rep && before.is_none_or(|before| before == rep) {
        Ok(())
    } else {
        Err(Refusal { code: RejectionCode::Forbidden, field: Some("rep".to_owned()) })
    }
}

/// A document state only moves forward: `before` and `after` are ranks.
pub(super) fn check_forward(before: Option<u8>, after: u8) -> Result<(), Refusal> {
    if before.is_none_or(|before| before <= after) {
        Ok(())
    } else {
        Err(Refusal { code: RejectionCode::WrongState, field: Some("state".to_owned()) })
    }
}

/// The cube cell of an activity without outcome, group or currency.
pub(super) fn cell(
    kind: FactKind,
    rep: RepId,
    date: chrono::NaiveDate,
    segment: Segment,
    lifecycle: Lifecycle,
) -> CubeKey {
    CubeKey {
        rep,
        date,
        kind,
        outcome: String::new(),
        segment,
        lifecycle,
        product_group: String::new(),
        currency: None,
    }
}
