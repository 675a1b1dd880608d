//! The façade by name.

use std::{cell::RefCell, collections::BTreeSet};

use anyhow::{Context as _, Result, bail};
use saha_core::{NewPhoto, Saha, SyncBudget};
use saha_domain::{Customer, SahaError};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::values::shown;

/// What came out of an operation: its result, or its error.
pub(crate) type Outcome = std::result::Result<Value, Value>;

/// The arguments of a step.
pub(crate) struct Arguments {
    given: Map<String, Value>,
    asked: RefCell<BTreeSet<String>>,
}

impl Arguments {
    pub(crate) fn new(given: Map<String, Value>) -> Self {
        Self { given, asked: RefCell::default() }
    }

    /// The argument of that name; a missing one is null.
    pub(crate) fn get<T: DeserializeOwned>(&self, name: &str) -> Result<T> {
        self.asked.borrow_mut().insert(name.to_owned());
        let value = self.given.get(name).cloned().unwrap_or_default();
        serde_json::from_value(value).with_context(|| format!("argument {name}"))
    }

    /// Refuses what nobody asked for: it is misspelt.
    pub(crate) fn all_asked(&self) -> Result<()> {
        match self.given.keys().find(|name| !self.asked.borrow().contains(*name)) {
            Some(name) => bail!("it has no argument {name}"),
            None => Ok(()),
        }
    }
}

/// One operation.
type Operation = fn(&Saha, &Arguments) -> Result<Outcome>;

/// Every operation of the façade that asks for something and gets an answer.
pub(crate) const ALL: &[(&str, Operation)] = &[
    ("account.info", |saha, _| outcome(saha.account().info())),
    ("account.sign_in", |saha, with| {
        wait(saha.account().sign_in(with.get("server")?, with.get("login")?, with.get("password")?))
    }),
    ("account.sign_out", |saha, _| outcome(saha.account().sign_out())),
    ("calls.amend", |saha, with| {
        let (call, disposition, duration_s) = (with.get("call")?, with.get("disposition")?, with.get("duration_s")?);
        outcome(saha.calls().amend(call, disposition, duration_s, with.get("outcome")?, with.get("note")?))
    }),
    ("calls.delete", |saha, with| outcome(saha.calls().delete(with.get("id")?))),
    ("calls.dispositions", |saha, _| outcome(saha.calls().dispositions())),
    ("calls.get", |saha, with| outcome(saha.calls().get(with.get("id")?))),
    ("calls.list_of", |saha, with| {
        outcome(saha.calls().list_of(with.get("customer")?, with.get("limit")?, with.get("offset")?))
    }),
    ("calls.list_on", |saha, with| {
        outcome(saha.calls().list_on(with.get("date")?, with.get("limit")?, with.get("offset")?))
    }),
    ("calls.log", |saha, with| outcome(saha.calls().log(with.get("call")?))),
    ("calls.outcomes", |saha, _| outcome(saha.calls().outcomes())),
    ("core.verify_figures", |saha, _| outcome(saha.verify_figures())),
    ("customers.create_prospect", |saha, with| outcome(saha.customers().create_prospect(with.get("prospect")?))),
    ("customers.due", |saha, with| outcome(saha.customers().due(with.get("limit")?, with.get("offset")?))),
    ("customers.get", |saha, with| outcome(saha.customers().get(with.get("id")?))),
    ("customers.get_by_code", |saha, with| outcome(saha.customers().get_by_code(with.get("code")?))),
    ("customers.name", |saha, with| outcome(saha.customers().name(with.get("id")?))),
    ("customers.nearby", |saha, with| {
        outcome(saha.customers().nearby(with.get("point")?, with.get("limit")?, with.get("offset")?))
    }),
    ("customers.search", |saha, with| {
        outcome(saha.customers().search(with.get("text")?, with.get("limit")?, with.get("offset")?))
    }),
    ("customers.story", |saha, with| {
        outcome(saha.customers().story(with.get("customer")?, with.get("limit")?, with.get("offset")?))
    }),
    ("customers.update", update_customer),
    ("outbox.dismiss_overridden", |saha, with| outcome(saha.outbox().dismiss_overridden(with.get("op_id")?))),
    ("outbox.list", |saha, _| outcome(saha.outbox().list())),
    ("outbox.list_overridden", |saha, _| outcome(saha.outbox().list_overridden())),
    ("outbox.resend", |saha, with| outcome(saha.outbox().resend(with.get("op_id")?))),
    ("outbox.use_existing", |saha, with| outcome(saha.outbox().use_existing(with.get("op_id")?))),
    ("outbox.withdraw", |saha, with| outcome(saha.outbox().withdraw(with.get("op_id")?, with.get("with_dependants")?))),
    ("photos.attach", |saha, with| {
        let photo: NewPhoto = with.get("photo")?;
        let path = crate::folder().join(photo.path).to_string_lossy().into_owned();
        outcome(saha.photos().attach(with.get("visit")?, NewPhoto { path, ..photo }))
    }),
    ("photos.delete", |saha, with| outcome(saha.photos().delete(with.get("id")?))),
    ("photos.edit", |saha, with| outcome(saha.photos().edit(with.get("id")?, with.get("purpose")?, with.get("note")?))),
    ("photos.fetch", |saha, with| wait(saha.photos().fetch(with.get("id")?))),
    ("photos.file", |saha, with| outcome(saha.photos().file(with.get("id")?))),
    ("photos.get", |saha, with| outcome(saha.photos().get(with.get("id")?))),
    ("photos.list_of", |saha, with| {
        outcome(saha.photos().list_of(with.get("visit")?, with.get("limit")?, with.get("offset")?))
    }),
    ("photos.purposes", |saha, _| outcome(saha.photos().purposes())),
    ("plan.add", |saha, with| outcome(saha.plan().add(with.get("item")?))),
    ("plan.day", |saha, with| outcome(saha.plan().day(with.get("date")?))),
    ("plan.get", |saha, with| outcome(saha.plan().get(with.get("id")?))),
    ("plan.remove", |saha, with| outcome(saha.plan().remove(with.get("id")?))),
    ("plan.update", |saha, with| outcome(saha.plan().update(with.get("item")?))),
    ("products.get", |saha, with| outcome(saha.products().get(with.get("id")?))),
    ("products.get_by_code", |saha, with| outcome(saha.products().get_by_code(with.get("code")?))),
    ("products.search", |saha, with| {
        outcome(saha.products().search(with.get("text")?, with.get("limit")?, with.get("offset")?))
    }),
    ("sales.cancel", |saha, with| outcome(saha.sales().cancel(with.get("sale")?))),
    ("sales.change_line", |saha, with| {
        let (sale, line) = (with.get("sale")?, with.get("line")?);
        let (quantity_milli, unit_price) = (with.get("quantity_milli")?, with.get("unit_price")?);
        outcome(saha.sales().change_line(sale, line, quantity_milli, unit_price, with.get("discounts_bp")?))
    }),
    ("sales.create", |saha, with| outcome(saha.sales().create(with.get("sale")?))),
    ("sales.get", |saha, with| outcome(saha.sales().get(with.get("id")?))),
    ("sales.list_of", |saha, with| {
        outcome(saha.sales().list_of(with.get("customer")?, with.get("limit")?, with.get("offset")?))
    }),
    ("sales.list_on", |saha, with| {
        outcome(saha.sales().list_on(with.get("date")?, with.get("limit")?, with.get("offset")?))
    }),
    ("sales.quote", |saha, with| outcome(saha.sales().quote(with.get("lines")?))),
    ("sales.remove_line", |saha, with| outcome(saha.sales().remove_line(with.get("sale")?, with.get("line")?))),
    ("sync.cancel", |saha, _| outcome(saha.sync().cancel())),
    ("sync.diagnosis", |saha, _| outcome(saha.sync().diagnosis())),
    ("sync.run", |saha, with| wait(saha.sync().run(with.get::<SyncBudget>("budget")?))),
    ("sync.status", |saha, _| outcome(saha.sync().status())),
    ("targets.progress", |saha, _| outcome(saha.targets().progress())),
    ("targets.progress_at", |saha, with| outcome(saha.targets().progress_at(with.get("as_of_ms")?))),
    ("targets.records", |saha, with| {
        outcome(saha.targets().records(with.get("target")?, with.get("limit")?, with.get("offset")?))
    }),
    ("targets.records_at", |saha, with| {
        let (limit, offset) = (with.get("limit")?, with.get("offset")?);
        outcome(saha.targets().records_at(with.get("target")?, with.get("as_of_ms")?, limit, offset))
    }),
    ("visits.amend", |saha, with| {
        outcome(saha.visits().amend(with.get("visit")?, with.get("outcome")?, with.get("note")?))
    }),
    ("visits.check_in", |saha, with| outcome(saha.visits().check_in(with.get("customer")?, with.get("location")?))),
    ("visits.check_out", |saha, with| outcome(saha.visits().check_out(with.get("visit")?, with.get("end")?))),
    ("visits.get", |saha, with| outcome(saha.visits().get(with.get("id")?))),
    ("visits.in_progress", |saha, _| outcome(saha.visits().in_progress())),
    ("visits.list_of", |saha, with| {
        outcome(saha.visits().list_of(with.get("customer")?, with.get("limit")?, with.get("offset")?))
    }),
    ("visits.list_on", |saha, with| {
        outcome(saha.visits().list_on(with.get("date")?, with.get("limit")?, with.get("offset")?))
    }),
    ("visits.outcomes", |saha, _| outcome(saha.visits().outcomes())),
    ("visits.void", |saha, with| outcome(saha.visits().void(with.get("visit")?))),
];

/// As an app edits a customer: what it was given, with other fields in it.
fn update_customer(saha: &Saha, with: &Arguments) -> Result<Outcome> {
    let changes: Map<String, Value> = with.get("customer")?;
    let id = serde_json::from_value(changes.get("id").cloned().unwrap_or_default()).context("the customer's id")?;
    let customer = match saha.customers().get(id) {
        Ok(customer) => customer,
        Err(error) => return outcome::<Customer>(Err(error)),
    };
    let mut body = serde_json::to_value(customer)?;
    for (field, value) in changes {
        body[field] = value;
    }
    outcome(saha.customers().update(serde_json::from_value(body)?))
}

/// What came out, as JSON.
pub(crate) fn outcome<T: Serialize>(done: std::result::Result<T, SahaError>) -> Result<Outcome> {
    Ok(match done {
        Ok(result) => Ok(shown(result)?),
        Err(error) => Err(shown(error)?),
    })
}

/// Waits for what the core does on its own thread.
fn wait<T: Serialize>(work: impl Future<Output = std::result::Result<T, SahaError>>) -> Result<Outcome> {
    outcome(tokio::runtime::Builder::new_current_thread().build()?.block_on(work))
}
