//! Which customers a rep sees: those with an assignment that holds today. Every coming and going is a commit of its
//! own in the company's sequence, so that a pull tells of it in order.

use super::ledger::Ledger;
use crate::store::{ScopePair, StoreError};

/// Makes the rep's sight of the customer what the assignments say for today.
pub(super) fn settle(ledger: &Ledger<'_>, pair: ScopePair) -> Result<(), StoreError> {
    let assigned = ledger.tx.is_assigned(pair, ledger.today()?)?;
    match (ledger.tx.in_scope(pair)?, assigned) {
        (false, true) => ledger.tx.enter_scope(pair, ledger.next_seq()?),
        (true, false) => ledger.tx.leave_scope(pair, ledger.next_seq()?),
        _ => Ok(()),
    }
}

/// Lets assignments that began or ended on a date take effect. Does nothing on a date for which it was done.
pub(crate) fn refresh(ledger: &Ledger<'_>) -> Result<(), StoreError> {
    let today = ledger.today()?;
    if ledger.tx.scope_date()? == Some(today) {
        return Ok(());
    }
    ledger.tx.out_of_date(today)?.into_iter().try_for_each(|pair| settle(ledger, pair))?;
    ledger.tx.set_scope_date(today)
}
