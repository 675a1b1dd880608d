//! What a rep sees: customers with an assignment that holds today, and other people's activities with them back to the
//! horizon. Every coming and going is a commit of its own in the company's sequence, so that a pull tells of it in order.

use chrono::{Months, NaiveDate};
use saha_domain::Company;

use super::{OPS_REMEMBERED_MS, ledger::Ledger};
use crate::store::StoreError;

/// So many op ids are forgotten on one day at most: phones wait meanwhile. A company of 500 reps makes fewer.
const OPS_FORGOTTEN_A_DAY: u32 = 20_000;

/// Lets what begins, ends and grows too old with a date take effect. Does nothing on a date for which it was done.
pub(crate) fn refresh(ledger: &Ledger<'_>) -> Result<(), StoreError> {
    let today = ledger.today()?;
    let last = ledger.tx.scope_date()?;
    if last == Some(today) {
        return Ok(());
    }
    ledger.tx.out_of_date(today)?.into_iter().try_for_each(|pair| ledger.settle(pair))?;
    // On the date to which a clock was set back nothing grows younger: it would all be sent again, twice.
    if last.is_none_or(|last| last < today) {
        move_horizon(ledger, horizon(&super::company(ledger.tx)?, today))?;
        ledger.tx.forget_ops(ledger.now_ms.saturating_sub(OPS_REMEMBERED_MS), OPS_FORGOTTEN_A_DAY)?;
    }
    ledger.tx.set_scope_date(today)
}

/// Moves the horizon on, and tells of it where something falls behind it. A company that looks further back than it did
/// sends every customer anew, with all that is in sight again.
fn move_horizon(ledger: &Ledger<'_>, to: NaiveDate) -> Result<(), StoreError> {
    let tx = ledger.tx;
    match tx.horizon()? {
        Some(from) if to < from => {
            for customer in tx.seen_customers()? {
                tx.announce_anew(customer, ledger.next_seq()?)?;
            }
        }
        Some(from) if tx.has_dated(from, to)? => tx.log_aged(to, ledger.next_seq()?)?,
        _ => {}
    }
    tx.set_horizon(to)
}

/// The first date whose activities are still sent to everyone who sees their customer.
fn horizon(company: &Company, today: NaiveDate) -> NaiveDate {
    let months = Months::new(u32::try_from(company.horizon_months).unwrap_or(0));
    today.checked_sub_months(months).unwrap_or(NaiveDate::MIN)
}
