//! The plan: whom a rep is to visit on which day, and what has become of it.

pub(crate) mod store;

use std::sync::Arc;

use saha_domain::{
    Customer, CustomerId, Kind, NaiveDate, PlanItem, PlanItemId, RepId, SahaError, StopState, VisitId, WorkInterval,
};

use crate::{
    core::Core,
    customers,
    error::Result,
    store::{Key, Loaded, Reader, WriteTx, local},
    visits,
};

/// A visit as a rep plans it.
#[derive(Debug, Clone, PartialEq, serde::Deserialize, uniffi::Record)]
#[serde(deny_unknown_fields)]
pub struct NewPlanItem {
    /// Whom.
    pub customer: CustomerId,
    /// On which day.
    pub date: NaiveDate,
    /// When on that day the customer wants to be visited.
    #[uniffi(default = None)]
    pub window: Option<WorkInterval>,
    /// Where it stands in the day, from 1; none for behind the last.
    #[uniffi(default = None)]
    pub sequence: Option<i32>,
    /// What the visit is for.
    #[uniffi(default = None)]
    pub note: Option<String>,
}

/// A planned visit of a day, and what has become of it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, uniffi::Record)]
pub struct Stop {
    /// What was planned.
    pub item: PlanItem,
    /// Whom it is about.
    pub customer: Customer,
    /// What has become of it.
    pub state: StopState,
    /// The rep's visit at the customer on that day, if there is one.
    pub visit: Option<VisitId>,
}

/// Questions and wishes about the plan. The company makes it, and a rep may add to it, change and take out for himself.
#[derive(uniffi::Object)]
pub struct Plan {
    core: Arc<Core>,
}

impl Plan {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }
}

#[uniffi::export]
impl Plan {
    /// The rep's stops of a day, today without one, in their order. Customers who are out of sight by now are left out: whoever
    /// has them plans for them.
    pub fn day(&self, date: Option<NaiveDate>) -> Result<Vec<Stop>, SahaError> {
        let store = &self.core.store;
        Ok(store.read(|reader| {
            let today = store.today(reader)?;
            day(reader, date.unwrap_or(today), today)
        })?)
    }

    /// The item, of whatever day. [`SahaError::NotFound`] where it is not on this device.
    pub fn get(&self, id: PlanItemId) -> Result<PlanItem, SahaError> {
        self.core.store.read(|reader| reader.get(id.uuid()))?.ok_or_else(|| not_found(id))
    }

    /// Plans a visit. Durable when it returns.
    pub fn add(&self, item: NewPlanItem) -> Result<PlanItem, SahaError> {
        Ok(self.core.store.write(|tx| add(tx, item))?)
    }

    /// Saves a changed item of the rep's own plan: another day, another time, another place in the day.
    pub fn update(&self, item: PlanItem) -> Result<PlanItem, SahaError> {
        Ok(self.core.store.write(|tx| {
            let before = own(tx, item.id)?;
            tx.put(before, &item)?;
            Ok(item)
        })?)
    }

    /// Takes an item out of the rep's own plan.
    pub fn remove(&self, id: PlanItemId) -> Result<(), SahaError> {
        Ok(self.core.store.write(|tx| {
            own(tx, id)?;
            tx.delete(Kind::PlanItem, id.uuid())
        })?)
    }
}

fn day(reader: &Reader, date: NaiveDate, today: NaiveDate) -> Result<Vec<Stop>> {
    let rep: RepId = local::get(reader.conn(), Key::Rep)?.ok_or(SahaError::NotSignedIn)?;
    let stop = |item: PlanItem| {
        let Some(customer) = reader.get(item.customer.uuid())? else { return Ok(None) };
        let visits = visits::store::of_customer_on(reader, rep, item.customer, date)?;
        let counting = visits.iter().filter_map(|visit| Some((StopState::of_visit(visit.state)?, visit.id)));
        let (state, visit) = match counting.max() {
            Some((state, visit)) => (state, Some(visit)),
            None => (StopState::without_visit(date, today), None),
        };
        Ok(Some(Stop { item, customer, state, visit }))
    };
    store::of_day(reader, rep, date)?.into_iter().filter_map(|item| stop(item).transpose()).collect()
}

fn add(tx: &mut WriteTx<'_>, new: NewPlanItem) -> Result<PlanItem> {
    let rep = tx.rep()?;
    let customer = customers::frozen(tx, new.customer)?.id;
    let sequence = match new.sequence {
        Some(sequence) => sequence,
        None => store::next_sequence(tx.conn(), rep, new.date)?,
    };
    let NewPlanItem { date, window, note, .. } = new;
    let item = PlanItem { id: tx.new_id().into(), rep, customer, date, window, sequence, note };
    tx.create(&item)?;
    Ok(item)
}

fn own(tx: &mut WriteTx<'_>, id: PlanItemId) -> Result<Loaded<PlanItem>> {
    let rep = tx.rep()?;
    let loaded: Option<Loaded<PlanItem>> = tx.load(id.uuid())?;
    Ok(loaded.filter(|item| item.record.rep == rep).ok_or_else(|| not_found(id))?)
}

fn not_found(id: PlanItemId) -> SahaError {
    SahaError::NotFound { kind: Kind::PlanItem.name().to_owned(), id: id.to_string() }
}

#[cfg(test)]
mod tests;
