//! Calls: remote talks, logged when they are over.

pub(crate) mod store;

use std::sync::Arc;

use saha_domain::{Call, CallDirection, CallDisposition, CallId, CustomerId, Kind, NaiveDate, SahaError};

use crate::{
    choices::{self, Choice},
    core::Core,
    customers::frozen,
    error::Result,
    page::Page,
    store::{Loaded, WriteTx},
};

/// A call as a rep logs it.
#[derive(Debug, Clone, PartialEq, serde::Deserialize, uniffi::Record)]
#[serde(deny_unknown_fields)]
pub struct NewCall {
    /// With whom.
    pub customer: CustomerId,
    /// How it ended technically.
    pub disposition: CallDisposition,
    /// Who called whom.
    pub direction: CallDirection,
    /// How long they spoke, seconds, 0 to 86 400.
    #[uniffi(default = 0)]
    #[serde(default)]
    pub duration_s: i64,
    /// The company's code for what came of it.
    #[uniffi(default = None)]
    pub outcome: Option<String>,
    /// The rep's own words.
    #[uniffi(default = None)]
    pub note: Option<String>,
}

/// Questions and wishes about calls.
#[derive(uniffi::Object)]
pub struct Calls {
    core: Arc<Core>,
}

impl Calls {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }
}

#[uniffi::export]
impl Calls {
    /// Logs a call that is over, as of now. Durable when it returns, and counted.
    pub fn log(&self, call: NewCall) -> Result<Call, SahaError> {
        Ok(self.core.store.write(|tx| log(tx, call))?)
    }

    /// Corrects one of the rep's own calls: how it ended, how long it took, seconds, and what came of it. Where it was refused, this
    /// repairs it.
    pub fn amend(
        &self,
        call: CallId,
        disposition: CallDisposition,
        duration_s: i64,
        outcome: Option<String>,
        note: Option<String>,
    ) -> Result<Call, SahaError> {
        Ok(self.core.store.write(|tx| {
            let rep = tx.rep()?;
            let before: Option<Loaded<Call>> = tx.load(call.uuid())?;
            let before = before.filter(|call| call.record.rep == rep).ok_or_else(|| not_found(call))?;
            let call = Call { disposition, duration_s, outcome, note, ..before.record.clone() };
            tx.put(before, &call)?;
            Ok(call)
        })?)
    }

    /// Deletes one of the rep's own calls: it was logged by mistake.
    pub fn delete(&self, id: CallId) -> Result<(), SahaError> {
        Ok(self.core.store.write(|tx| {
            let rep = tx.rep()?;
            tx.get::<Call>(id.uuid())?.filter(|call| call.rep == rep).ok_or_else(|| not_found(id))?;
            tx.delete(Kind::Call, id.uuid())
        })?)
    }

    /// What may come of a call, as a picker shows it: the usual first.
    pub fn outcomes(&self) -> Result<Vec<Choice>, SahaError> {
        Ok(choices::of_outcomes(self.core.lang, Call::OUTCOMES))
    }

    /// How a call may end, as a picker shows it; each says its own name.
    pub fn dispositions(&self) -> Result<Vec<CallDisposition>, SahaError> {
        Ok(CallDisposition::PICKED.to_vec())
    }

    /// The call. [`SahaError::NotFound`] where it is not on this device.
    pub fn get(&self, id: CallId) -> Result<Call, SahaError> {
        self.core.store.read(|reader| reader.get(id.uuid()))?.ok_or_else(|| not_found(id))
    }

    /// Calls of one local date, by anyone in sight, in order of time. At most 200 a page.
    pub fn list_on(&self, date: NaiveDate, limit: i64, offset: i64) -> Result<Vec<Call>, SahaError> {
        let page = Page::new(limit, offset)?;
        Ok(self.core.store.read(|reader| store::on_date(reader, date, page))?)
    }

    /// Calls with a customer, newest first. At most 200 a page.
    pub fn list_of(&self, customer: CustomerId, limit: i64, offset: i64) -> Result<Vec<Call>, SahaError> {
        let page = Page::new(limit, offset)?;
        Ok(self.core.store.read(|reader| store::of_customer(reader, customer, page))?)
    }
}

fn log(tx: &mut WriteTx<'_>, call: NewCall) -> Result<Call> {
    let rep = tx.rep()?;
    let customer = frozen(tx, call.customer)?;
    let call = Call {
        id: tx.new_id().into(),
        rep,
        customer: customer.id,
        segment: customer.segment,
        lifecycle: customer.lifecycle,
        at: tx.stamp()?,
        direction: call.direction,
        disposition: call.disposition,
        duration_s: call.duration_s,
        outcome: call.outcome,
        note: call.note,
    };
    tx.create(&call)?;
    Ok(call)
}

fn not_found(id: CallId) -> SahaError {
    SahaError::NotFound { kind: "call".to_owned(), id: id.to_string() }
}

#[cfg(test)]
mod tests;
