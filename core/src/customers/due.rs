//! Who is to be visited again, by the call cycle of his segment.

use saha_domain::{CallCycle, Customer, NaiveDate, RepId, SahaError};
use serde_json::{Map, Value};

use super::store;
use crate::{
    error::Result,
    page::Page,
    store::{Key, Reader, damaged, local},
};

/// A customer whose next visit is due.
#[derive(Debug, Clone, PartialEq, serde::Serialize, uniffi::Record)]
pub struct DueCustomer {
    /// The customer.
    pub customer: Customer,
    /// When anyone last completed a visit at him, as far as this device knows.
    pub last_visit_on: Option<NaiveDate>,
    /// The day on which the next visit is due: the last one and the days of the cycle, or the day on which he became the rep's.
    pub due_on: NaiveDate,
    /// How many days ago that was; 0 today.
    pub overdue_days: i64,
}

/// Customers of the rep's on `today` who are due, those who are due longest first.
pub(super) fn due(reader: &Reader, today: NaiveDate, page: Page) -> Result<Vec<DueCustomer>> {
    let rep: RepId = local::get(reader.conn(), Key::Rep)?.ok_or(SahaError::NotSignedIn)?;
    let cycles = interval_days(&reader.list::<CallCycle>("", [])?);
    let due = store::due(reader, &cycles, (rep, today), page)?;
    due.into_iter()
        .map(|(id, last_visit_on, due_on)| {
            let customer = reader.get(id.uuid())?.ok_or_else(|| damaged("customer"))?;
            let overdue_days = today.signed_duration_since(due_on).num_days();
            Ok(DueCustomer { customer, last_visit_on, due_on, overdue_days })
        })
        .collect()
}

/// Days between visits by segment. Of two cycles of one segment the more frequent holds.
fn interval_days(cycles: &[CallCycle]) -> Map<String, Value> {
    let mut by_segment: Vec<_> =
        cycles.iter().filter_map(|cycle| Some((cycle.interval_days()?, cycle.segment))).collect();
    by_segment.sort_unstable_by(|a, b| b.cmp(a));
    by_segment.into_iter().map(|(days, segment)| (segment.name().to_owned(), days.into())).collect()
}
