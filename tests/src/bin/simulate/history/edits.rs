//! What reps change, and what they do about changes that were refused.

use anyhow::{Context as _, Result};
use saha_core::OutboxEntry;
use saha_domain::{Customer, SahaError, VisitState, life::ChangeState, wire::Op};
use uuid::Uuid;

use super::{History, customers};
use crate::model::{Edit, Field};

impl History {
    /// Changes of the record that are not settled on this phone.
    pub(super) fn changes_of(&self, device: usize, record: Uuid) -> Result<Vec<OutboxEntry>> {
        let id = record.to_string();
        let mut changes = self.phone(device)?.outbox()?;
        changes.retain(|entry| entry.record_id == id);
        Ok(changes)
    }

    /// Whether a refused change of the record waits here: the next edit would repair it.
    pub(super) fn is_refused(&self, device: usize, record: Uuid) -> Result<bool> {
        Ok(self.changes_of(device, record)?.iter().any(|entry| entry.state == ChangeState::Rejected))
    }

    /// When each change was written that a phone keeps.
    pub(super) fn note_changes(&mut self) -> Result<()> {
        for phone in &self.phones {
            for entry in phone.outbox()? {
                self.model.wrote(entry.op_id.uuid(), self.now.ms());
            }
        }
        Ok(())
    }

    /// What an edit made of the record's changes, which were `before`: the change that carries it, and when that counts as
    /// written. None where it changed nothing.
    fn carried(&mut self, device: usize, record: Uuid, before: &[OutboxEntry]) -> Result<Option<(Uuid, i64)>> {
        let after = self.changes_of(device, record)?;
        let absent = |entry: &&OutboxEntry, from: &[OutboxEntry]| from.iter().all(|other| other.op_id != entry.op_id);
        let Some(change) = after.iter().find(|entry| absent(entry, before)) else { return Ok(None) };
        let gone: Vec<Uuid> =
            before.iter().filter(|entry| absent(entry, &after)).map(|entry| entry.op_id.uuid()).collect();
        let (op_id, now_ms) = (change.op_id.uuid(), self.now.ms());
        Ok(Some((op_id, self.model.fixed(record, &gone, op_id).unwrap_or(now_ms))))
    }

    fn wrote(
        &mut self,
        device: usize,
        record: Uuid,
        before: &[OutboxEntry],
        field: Field,
        words: String,
    ) -> Result<()> {
        let (op_id, at_ms) = self.carried(device, record, before)?.context("words that no change carries")?;
        self.say(device, format!("{record} {} = {words}, as of {at_ms}", field.name()));
        self.model.edited(record, field, Edit { device, at_ms, words, op_id });
        // Two edits of one moment would leave it to the devices' names.
        self.now.pass(2);
        Ok(())
    }

    pub(super) fn edit(&mut self, device: usize) -> Result<()> {
        if self.dice.percent(25) {
            return self.amend(device);
        }
        match self.pick_customer(device)? {
            Some(customer) => self.edit_customer(device, customer),
            None => Ok(()),
        }
    }

    fn edit_customer(&mut self, device: usize, customer: Customer) -> Result<()> {
        let field = if self.dice.percent(50) { Field::Note } else { *self.dice.pick(&Field::ALL) };
        self.edit_field(device, customer, field).map(|_| ())
    }

    /// Puts new words into a field of the customer, and says which.
    pub(super) fn edit_field(&mut self, device: usize, customer: Customer, field: Field) -> Result<String> {
        let (id, words) = (customer.id.uuid(), self.model.new_words());
        let before = self.changes_of(device, id)?;
        let mut edited = customer;
        let place = match field {
            Field::Note => &mut edited.note,
            Field::Address => &mut edited.address,
            Field::District => &mut edited.district,
        };
        *place = Some(words.clone());
        self.saha(device)?.customers().update(edited)?;
        self.wrote(device, id, &before, field, words.clone())?;
        Ok(words)
    }

    /// Words of a visit, which both phones of a rep may change.
    fn amend(&mut self, device: usize) -> Result<()> {
        let saha = self.saha(device)?;
        let mut visits = Vec::new();
        for customer in customers(&saha)? {
            visits.extend(saha.visits().list_of(customer.id, 50, 0)?);
        }
        let own = saha.account().info()?.rep.map(|rep| rep.id);
        visits.retain(|visit| Some(visit.rep) == own && visit.state == VisitState::Completed);
        if visits.is_empty() {
            return Ok(());
        }
        let visit = self.dice.pick(&visits).clone();
        let (id, words) = (visit.id.uuid(), self.model.new_words());
        let before = self.changes_of(device, id)?;
        saha.visits().amend(visit.id, visit.outcome.unwrap_or_default(), Some(words.clone()))?;
        self.wrote(device, id, &before, Field::Note, words)
    }

    /// The rep deals with a refused change.
    pub(super) fn repair(&mut self, device: usize) -> Result<()> {
        let mut refused = self.phone(device)?.outbox()?;
        refused.retain(|entry| entry.state == ChangeState::Rejected);
        if refused.is_empty() {
            return Ok(());
        }
        let entry = self.dice.pick(&refused).clone();
        let record: Uuid = entry.record_id.parse()?;
        let outbox = self.saha(device)?.outbox();
        let way = self.dice.below(4);
        self.say(device, format!("repairs {record} ({:?}, {:?}) by way {way}", entry.op, entry.code));
        match way {
            0 => outbox.resend(entry.op_id)?,
            1 if entry.op == Op::Create && entry.existing.is_some() => {
                outbox.use_existing(entry.op_id)?;
                self.model.gone(record);
            }
            2 if entry.op == Op::Create => return self.fix(device, record),
            2 if entry.kind == "customer" => {
                let Some(customer) = self.shown(device, record)? else { return Ok(()) };
                return self.edit_customer(device, customer);
            }
            _ => self.withdraw(device, &entry)?,
        }
        Ok(())
    }

    /// A duplicate's tax number was a slip.
    fn fix(&mut self, device: usize, record: Uuid) -> Result<()> {
        let Some(customer) = self.shown(device, record)? else { return Ok(()) };
        let before = self.changes_of(device, record)?;
        self.saha(device)?.customers().update(Customer { tax_no: None, ..customer })?;
        self.carried(device, record, &before)?;
        Ok(())
    }

    /// The customer, where the phone shows him.
    pub(super) fn shown(&self, device: usize, customer: Uuid) -> Result<Option<Customer>> {
        match self.saha(device)?.customers().get(customer.into()) {
            Ok(customer) => Ok(Some(customer)),
            Err(SahaError::NotFound { .. }) => Ok(None),
            Err(other) => Err(other.into()),
        }
    }

    /// Customers by code whose edit waits, each with the rep who made it and whether it was refused.
    pub(super) fn edited_customers(&self) -> Result<Vec<(String, &'static str, bool)>> {
        let mut found = Vec::new();
        for (device, phone) in self.phones.iter().enumerate() {
            let rep = if phone.login == "ayse" { "R1" } else { "R2" };
            for entry in phone.outbox()?.iter().filter(|entry| entry.op == Op::Patch && entry.kind == "customer") {
                let code = self.shown(device, entry.record_id.parse()?)?.and_then(|customer| customer.code);
                found.extend(code.map(|code| (code, rep, entry.state == ChangeState::Rejected)));
            }
        }
        Ok(found)
    }

    pub(super) fn withdraw(&mut self, device: usize, entry: &OutboxEntry) -> Result<()> {
        let before = self.phone(device)?.outbox()?;
        self.saha(device)?.outbox().withdraw(entry.op_id, true)?;
        let after = self.phone(device)?.outbox()?;
        for gone in before.iter().filter(|entry| !after.iter().any(|left| left.op_id == entry.op_id)) {
            let record: Uuid = gone.record_id.parse()?;
            if gone.op == Op::Create {
                self.model.gone(record);
            }
            self.model.withdrawn(record, gone.op_id.uuid());
        }
        Ok(())
    }
}
