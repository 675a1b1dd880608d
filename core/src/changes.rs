//! The outbox as the rep sees it: what waits and why, what was refused, and what he can do about it.

use std::sync::Arc;

use saha_domain::{
    OpId, Rep, SahaError,
    catalog::{Lang, field_name, kind_name, refusals},
    life::ChangeState,
    wire::{Op, RejectionCode},
};
use serde_json::Value;

use crate::{
    core::Core,
    customers,
    error::Result,
    kinds, outbox,
    store::{Reader, Words},
};

/// A change that the company does not have for certain yet.
#[derive(Debug, Clone, PartialEq, serde::Serialize, uniffi::Record)]
pub struct OutboxEntry {
    /// The change.
    pub op_id: OpId,
    /// The kind of its record, as on the wire: `visit`, `sale`…
    pub kind: String,
    /// The kind in the app's language.
    pub kind_name: String,
    /// The record.
    pub record_id: String,
    /// What it does.
    pub op: Op,
    /// Where it stands.
    pub state: ChangeState,
    /// Whether it waits for a refused change.
    pub is_held_back: bool,
    /// What the record is called: a customer's name, a sale's number, whom a visit was at. Empty where nothing is known.
    pub title: String,
    /// When it was captured, Unix milliseconds by the device's clock.
    pub captured_ms: i64,
    /// How often it was sent on the rep's word.
    pub attempt: i64,
    /// Why it was refused or waits; for programs.
    pub code: Option<String>,
    /// The field at fault, as on the wire.
    pub field: Option<String>,
    /// Why it was refused; for people, in the app's language.
    pub reason: Option<String>,
    /// The record that stands in the way, where one does: the customer with the same tax number, the rep who has the customer
    /// now.
    pub existing: Option<String>,
    /// Fields that someone else's edit overrode.
    pub superseded: Vec<String>,
}

/// Questions and wishes about changes on their way to the company.
#[derive(uniffi::Object)]
pub struct Outbox {
    pub(crate) core: Arc<Core>,
}

impl Outbox {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }
}

#[uniffi::export]
impl Outbox {
    /// Everything that is not settled, in the order in which it was written.
    pub fn list(&self) -> Result<Vec<OutboxEntry>, SahaError> {
        Ok(self.core.store.read(|reader| list(reader, self.core.lang))?)
    }

    /// Sends a refused change again as it is, say after the office has removed the obstacle. It goes with the next sync.
    pub fn resend(&self, op_id: OpId) -> Result<(), SahaError> {
        Ok(self.core.store.write(|tx| outbox::resend(tx, op_id))?)
    }

    /// Takes a refused change back. Other unsent work that hangs on a withdrawn new record goes with it only when
    /// `with_dependants` says so; else this is [`SahaError::UnsentWork`] with their number, and nothing happens.
    pub fn withdraw(&self, op_id: OpId, with_dependants: bool) -> Result<(), SahaError> {
        Ok(self.core.store.write(|tx| outbox::withdraw(tx, op_id, with_dependants))?)
    }

    /// Ends a refused new record in favour of the one that stands in its way ([`OutboxEntry::existing`]): a prospect whom the
    /// company knows already. Other unsent work that hangs on the refused record moves over and goes with the next sync;
    /// unsent edits of the refused record itself are dropped with it. [`SahaError::WrongState`] where nothing stands in the
    /// way.
    pub fn use_existing(&self, op_id: OpId) -> Result<(), SahaError> {
        Ok(self.core.store.write(|tx| outbox::use_existing(tx, op_id))?)
    }
}

fn list(reader: &Reader, lang: Lang) -> Result<Vec<OutboxEntry>> {
    let entries = outbox::entries(reader.conn())?;
    let held = outbox::held_back(reader.conn(), &entries)?;
    entries
        .into_iter()
        .map(|entry| {
            let title = title(reader, &entry)?;
            let reason = reason(reader, lang, &entry)?;
            Ok(OutboxEntry {
                is_held_back: held.contains(&entry.op_id),
                op_id: entry.op_id,
                kind: entry.kind.name().to_owned(),
                kind_name: kind_name(lang, entry.kind.name()).to_owned(),
                record_id: entry.id.to_string(),
                op: entry.op,
                state: entry.state,
                title,
                captured_ms: entry.captured_ms,
                attempt: entry.attempt.into(),
                code: entry.code,
                field: entry.field,
                reason,
                existing: entry.existing.map(|id| id.to_string()),
                superseded: entry.superseded,
            })
        })
        .collect()
}

/// Our own words for a code that we know, the server's for one that we do not.
pub(crate) fn reason(reader: &Reader, lang: Lang, entry: &outbox::Entry) -> Result<Option<String>> {
    let Some(code) = entry.code.as_deref().filter(|_| entry.state == ChangeState::Rejected) else { return Ok(None) };
    let code = RejectionCode::from(code);
    let words = match owner(reader, entry, &code)? {
        Some(owner) => refusals::another_reps_customer(lang, &owner.name),
        None => code.text(lang).or_else(|| entry.message.clone()).unwrap_or_else(|| code.name().to_owned()),
    };
    Ok(Some(match &entry.field {
        Some(field) => format!("{}: {words}", field_name(lang, field)),
        None => words,
    }))
}

/// Who has a customer whom the rep wanted to change, where the server knows of someone.
fn owner(reader: &Reader, entry: &outbox::Entry, code: &RejectionCode) -> Result<Option<Rep>> {
    let owner = entry.existing.filter(|_| *code == RejectionCode::NotYourCustomer);
    Ok(owner.map(|rep| reader.get(rep)).transpose()?.flatten())
}

/// What the record of a change is called; empty where nothing is known.
pub(crate) fn title(reader: &Reader, entry: &outbox::Entry) -> Result<String> {
    let row = kinds::statements(entry.kind).get(reader.conn(), &mut Words::default(), entry.id)?;
    let Some(body) = row.map(|row| row.body) else { return Ok(String::new()) };
    let text = |field: &str| body.get(field).and_then(Value::as_str).map(str::to_owned);
    if let Some(own) = text("name").or_else(|| text("number")) {
        return Ok(own);
    }
    let customer = text("customer").and_then(|id| id.parse().ok());
    let name = customer.map(|id| customers::name_of(reader, id)).transpose()?.flatten();
    Ok(name.unwrap_or_default())
}

#[cfg(test)]
mod tests;
