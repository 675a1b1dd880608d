//! Visits: check in, check out, and take one back.

pub(crate) mod store;

use std::sync::Arc;

use saha_domain::{CheckoutKind, CustomerId, Location, NaiveDate, SahaError, Stamp, Visit, VisitId, VisitState, geo};

use crate::{
    choices::{self, Choice},
    core::Core,
    customers::frozen,
    error::Result,
    page::Page,
    store::{Loaded, WriteTx},
};

/// The radius where the company has not said one yet, metres.
const DEFAULT_RADIUS_M: i64 = 150;

/// What came of a visit.
#[derive(Debug, Clone, PartialEq, Default, serde::Deserialize, uniffi::Record)]
#[serde(deny_unknown_fields)]
pub struct VisitEnd {
    /// The company's code for it: `order`, `no_need`, `closed`, `follow_up`…
    pub outcome: String,
    /// The rep's own words.
    #[uniffi(default = None)]
    pub note: Option<String>,
    /// Where the phone is now.
    #[uniffi(default = None)]
    pub location: Option<Location>,
}

/// Questions and wishes about visits. A routine visit is two calls: [`Visits::check_in`] and [`Visits::check_out`].
#[derive(uniffi::Object)]
pub struct Visits {
    core: Arc<Core>,
}

impl Visits {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }
}

#[uniffi::export]
impl Visits {
    /// Starts a visit now. `location` is labelled with a geo verdict and never blocks. A visit that is still open is
    /// ended first, marked as forced: nobody is in two shops. Durable when it returns.
    pub fn check_in(&self, customer: CustomerId, location: Option<Location>) -> Result<Visit, SahaError> {
        Ok(self.core.store.write(|tx| check_in(tx, customer, location))?)
    }

    /// Ends a visit now, with what came of it. Durable when it returns, and counted from then on.
    pub fn check_out(&self, visit: VisitId, end: VisitEnd) -> Result<Visit, SahaError> {
        Ok(self.core.store.write(|tx| {
            let stamp = tx.stamp()?;
            check_out(tx, visit, end, CheckoutKind::Explicit, stamp)
        })?)
    }

    /// Saves a corrected outcome or note of a visit that is over.
    pub fn amend(&self, visit: VisitId, outcome: String, note: Option<String>) -> Result<Visit, SahaError> {
        Ok(self.core.store.write(|tx| {
            let visit = own(tx, visit, &[VisitState::Completed], "amend")?;
            let amended = Visit { outcome: Some(outcome), note, ..visit.record.clone() };
            save(tx, visit, amended)
        })?)
    }

    /// Takes a visit back: it no longer counts, and stays visible.
    pub fn void(&self, visit: VisitId) -> Result<Visit, SahaError> {
        Ok(self.core.store.write(|tx| {
            let visit = own(tx, visit, &[VisitState::InProgress, VisitState::Completed], "void")?;
            let voided = Visit { state: VisitState::Voided, ..visit.record.clone() };
            save(tx, visit, voided)
        })?)
    }

    /// What may come of a visit, as a picker shows it: the usual first.
    pub fn outcomes(&self) -> Result<Vec<Choice>, SahaError> {
        Ok(choices::of_outcomes(self.core.lang, Visit::OUTCOMES))
    }

    /// The visit. [`SahaError::NotFound`] where it is not on this device.
    pub fn get(&self, id: VisitId) -> Result<Visit, SahaError> {
        self.core.store.read(|reader| reader.get(id.uuid()))?.ok_or_else(|| not_found(id))
    }

    /// The rep's visit that has no end yet.
    pub fn in_progress(&self) -> Result<Option<Visit>, SahaError> {
        Ok(self.core.store.read(|reader| {
            let Some(rep) = crate::store::local::get(reader.conn(), crate::store::Key::Rep)? else { return Ok(None) };
            match store::in_progress(reader.conn(), rep)? {
                Some(id) => reader.get(id.uuid()),
                None => Ok(None),
            }
        })?)
    }

    /// Visits of one local date, by anyone in sight, in order of time. At most 200 a page.
    pub fn list_on(&self, date: NaiveDate, limit: i64, offset: i64) -> Result<Vec<Visit>, SahaError> {
        let page = Page::new(limit, offset)?;
        Ok(self.core.store.read(|reader| store::on_date(reader, date, page))?)
    }

    /// Visits of a customer, newest first. At most 200 a page.
    pub fn list_of(&self, customer: CustomerId, limit: i64, offset: i64) -> Result<Vec<Visit>, SahaError> {
        let page = Page::new(limit, offset)?;
        Ok(self.core.store.read(|reader| store::of_customer(reader, customer, page))?)
    }
}

fn check_in(tx: &mut WriteTx<'_>, customer: CustomerId, location: Option<Location>) -> Result<Visit> {
    let rep = tx.rep()?;
    let customer = frozen(tx, customer)?;
    let stamp = tx.stamp()?;
    if let Some(open) = store::in_progress(tx.conn(), rep.uuid())? {
        let end = VisitEnd { outcome: "not_recorded".to_owned(), ..VisitEnd::default() };
        check_out(tx, open, end, CheckoutKind::Forced, stamp.clone())?;
    }
    let radius_m = tx.company()?.map_or(DEFAULT_RADIUS_M, |company| company.visit_radius_m);
    let (geo_verdict, distance_m) = geo::verdict(location.as_ref(), customer.location, radius_m);
    let visit = Visit {
        id: tx.new_id().into(),
        rep,
        customer: customer.id,
        segment: customer.segment,
        lifecycle: customer.lifecycle,
        state: VisitState::InProgress,
        check_in: stamp,
        check_in_location: location,
        distance_m,
        geo_verdict,
        check_out: None,
        check_out_location: None,
        checkout_kind: None,
        outcome: None,
        note: None,
    };
    tx.create(&visit)?;
    Ok(visit)
}

fn check_out(tx: &mut WriteTx<'_>, visit: VisitId, end: VisitEnd, kind: CheckoutKind, now: Stamp) -> Result<Visit> {
    let visit = own(tx, visit, &[VisitState::InProgress], "check_out")?;
    let before = visit.record.clone();
    let completed = Visit {
        state: VisitState::Completed,
        check_out: Some(now),
        check_out_location: end.location,
        checkout_kind: Some(kind),
        outcome: Some(end.outcome),
        note: end.note.or(before.note),
        ..before
    };
    save(tx, visit, completed)
}

fn save(tx: &mut WriteTx<'_>, before: Loaded<Visit>, visit: Visit) -> Result<Visit> {
    tx.put(before, &visit)?;
    Ok(visit)
}

/// The rep's own visit, in one of the states from which `wanted` is possible.
fn own(tx: &mut WriteTx<'_>, id: VisitId, states: &[VisitState], wanted: &str) -> Result<Loaded<Visit>> {
    let rep = tx.rep()?;
    let loaded: Option<Loaded<Visit>> = tx.load(id.uuid())?;
    let loaded = loaded.filter(|visit| visit.record.rep == rep).ok_or_else(|| not_found(id))?;
    let state = loaded.record.state;
    if states.contains(&state) {
        return Ok(loaded);
    }
    Err(SahaError::WrongState {
        kind: "visit".to_owned(),
        id: id.to_string(),
        state: state.name().to_owned(),
        wanted: wanted.to_owned(),
    }
    .into())
}

fn not_found(id: VisitId) -> SahaError {
    SahaError::NotFound { kind: "visit".to_owned(), id: id.to_string() }
}

#[cfg(test)]
mod tests;
