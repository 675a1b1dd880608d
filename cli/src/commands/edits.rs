//! Corrections of a record as they are typed, `NAME=VALUE`. Saving the record repairs its refused change.

use std::collections::BTreeMap;

use saha_core::{OutboxEntry, Saha};
use saha_domain::{Customer, SahaError, catalog::kind_name};

use super::{customers::set, sale::LineChange};
use crate::{
    exit::{CliError, Result},
    output::Out,
    parse, texts,
};

/// What is to be corrected.
pub(super) struct Edits<'a> {
    /// Fields of a customer, a visit or a call.
    pub(super) set: &'a [String],
    /// Prices of lines.
    pub(super) price: &'a [String],
    /// Quantities of lines.
    pub(super) quantity: &'a [String],
}

impl Edits<'_> {
    /// Saves the record of a change, corrected.
    pub(super) fn apply(&self, saha: &Saha, out: &Out, entry: &OutboxEntry) -> Result<()> {
        if self.set.is_empty() && self.price.is_empty() && self.quantity.is_empty() {
            return Err(CliError::Usage(texts::errors::nothing_to_change(out.lang)));
        }
        match entry.kind.as_str() {
            "customer" => self.customer(saha, out, entry),
            "visit" => self.visit(saha, out, entry),
            "sale" => self.sale(saha, out, entry),
            "call" => self.call(saha, out, entry),
            kind => Err(CliError::Usage(texts::errors::cannot_fix(out.lang, kind_name(out.lang, kind)))),
        }
    }

    fn customer(&self, saha: &Saha, out: &Out, entry: &OutboxEntry) -> Result<()> {
        self.only_fields(out)?;
        let mut customer = saha.customers().get(entry.record_id.parse()?)?;
        for text in self.set {
            let (field, value) = named(out, text)?;
            set_field(&mut customer, field, value)
                .ok_or_else(|| CliError::Usage(texts::errors::bad_field(out.lang, field)))?;
        }
        saha.customers().update(customer)?;
        Ok(())
    }

    fn visit(&self, saha: &Saha, out: &Out, entry: &OutboxEntry) -> Result<()> {
        self.only_fields(out)?;
        let visit = saha.visits().get(entry.record_id.parse()?)?;
        let (mut outcome, mut note) = (visit.outcome.unwrap_or_default(), visit.note);
        for text in self.set {
            match named(out, text)? {
                ("outcome", value) => value.clone_into(&mut outcome),
                ("note", value) => note = set(Some(value.to_owned()), None),
                (field, _) => return Err(CliError::Usage(texts::errors::bad_field(out.lang, field))),
            }
        }
        saha.visits().amend(visit.id, outcome, note)?;
        Ok(())
    }

    fn call(&self, saha: &Saha, out: &Out, entry: &OutboxEntry) -> Result<()> {
        self.only_fields(out)?;
        let mut call = saha.calls().get(entry.record_id.parse()?)?;
        for text in self.set {
            match named(out, text)? {
                ("outcome", value) => call.outcome = set(Some(value.to_owned()), None),
                ("note", value) => call.note = set(Some(value.to_owned()), None),
                ("duration", value) => {
                    call.duration_s = parse::duration_s(value)
                        .ok_or_else(|| CliError::Usage(texts::errors::bad_duration(out.lang, value)))?;
                }
                (field, _) => return Err(CliError::Usage(texts::errors::bad_field(out.lang, field))),
            }
        }
        saha.calls().amend(call.id, call.disposition, call.duration_s, call.outcome, call.note)?;
        Ok(())
    }

    fn sale(&self, saha: &Saha, out: &Out, entry: &OutboxEntry) -> Result<()> {
        if let Some(text) = self.set.first() {
            return Err(CliError::Usage(texts::errors::bad_field(out.lang, text)));
        }
        let sale = saha.sales().get(entry.record_id.parse()?)?;
        // All are read before the first is saved: a typing error shall not leave half of the correction.
        let mut changes: BTreeMap<i32, LineChange> = BTreeMap::new();
        for (text, is_price) in
            self.price.iter().map(|text| (text, true)).chain(self.quantity.iter().map(|text| (text, false)))
        {
            let (line, value) = named(out, text)?;
            let line = line.parse().map_err(|_| CliError::Usage(texts::errors::bad_number(out.lang, line)))?;
            let (price, quantity) = if is_price { (Some(value), None) } else { (None, Some(value)) };
            let change = LineChange::read(out, &sale, line, price, quantity)?;
            match changes.get_mut(&line) {
                Some(known) => known.merge(change),
                None => drop(changes.insert(line, change)),
            }
        }
        changes.into_values().try_for_each(|change| change.save(saha, &sale).map(drop))
    }

    fn only_fields(&self, out: &Out) -> Result<()> {
        match self.price.iter().chain(self.quantity).next() {
            Some(text) => Err(CliError::Usage(texts::errors::bad_field(out.lang, text))),
            None => Ok(()),
        }
    }
}

fn named<'a>(out: &Out, text: &'a str) -> Result<(&'a str, &'a str)> {
    parse::assignment(text).ok_or_else(|| CliError::Usage(texts::errors::bad_field(out.lang, text)))
}

/// None where a rep can't set that field.
fn set_field(customer: &mut Customer, field: &str, value: &str) -> Option<()> {
    let value = Some(value.to_owned()).filter(|value| !value.is_empty());
    match field {
        "name" => customer.name = value.unwrap_or_default(),
        "tax_no" => customer.tax_no = value,
        "phone" => customer.phone = value,
        "district" => customer.district = value,
        "address" => customer.address = value,
        "note" => customer.note = value,
        _ => return None,
    }
    Some(())
}

/// Takes back a change, and says what hangs on it where that was not asked for.
pub(super) fn withdraw(saha: &Saha, out: &Out, entry: &OutboxEntry, with_dependants: bool) -> Result<()> {
    match saha.outbox().withdraw(entry.op_id, with_dependants) {
        Err(SahaError::UnsentWork { count }) => Err(CliError::Failed(texts::errors::has_dependants(out.lang, count))),
        other => Ok(other?),
    }
}
