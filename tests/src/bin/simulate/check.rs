//! Holds what phones show, and what the server has in the end, against the notebook.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use anyhow::{Context as _, Result, bail, ensure};
use saha_core::Saha;
use saha_domain::{SahaError, life::ChangeState};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    device::Device,
    history::{History, customers},
    link,
    model::{Fate, Field, Record},
};

/// What a phone calls a customer, whom it may not have.
const NAME: &str = "name of";
/// Refusals that an honest phone never meets: whatever it sends, it had, or made itself.
const NEVER: [&str; 5] = ["duplicate_id", "base_missing", "parent_missing", "conflict", "invalid"];
/// So often each phone syncs over a good network, and then everything has to be where it belongs.
const ROUNDS: usize = 6;

/// A rep always sees his own last words, or later ones of someone else.
pub(crate) fn shown(history: &History) -> Result<()> {
    for (number, phone) in history.phones.iter().enumerate() {
        for (id, record) in history.model.records.iter().filter(|(_, record)| record.withdrawn.is_empty()) {
            for field in Field::ALL {
                let Some(own) = record.own_latest(field, number) else { continue };
                let Shown::As(words) = words_of(phone.saha()?, *id, record, field)? else { continue };
                let at_ms = record.written_at(field, words.as_deref()).context("words that nobody wrote")?;
                ensure!(
                    at_ms >= own.at_ms,
                    "phone {number} shows {words:?} in {} of {id}, and its rep wrote {} later",
                    field.name(),
                    own.words
                );
            }
        }
    }
    Ok(())
}

/// What a phone shows of a field.
enum Shown {
    /// These words, or none.
    As(Option<String>),
    /// It does not have the record.
    Nowhere,
}

fn words_of(saha: &Saha, id: Uuid, record: &Record, field: Field) -> Result<Shown> {
    let found = match record.kind {
        "customer" => saha.customers().get(id.into()).map(|customer| field.of(&customer).cloned()),
        "visit" => saha.visits().get(id.into()).map(|visit| visit.note),
        _ => return Ok(Shown::Nowhere),
    };
    match found {
        Ok(words) => Ok(Shown::As(words)),
        Err(SahaError::NotFound { .. }) => Ok(Shown::Nowhere),
        Err(other) => Err(other.into()),
    }
}

/// The faults stop; after some rounds nothing may be lost, doubled, left over or different anywhere.
pub(crate) fn end(history: &mut History) -> Result<()> {
    for phone in &history.phones {
        phone.link().becomes_good();
    }
    for _ in 0..ROUNDS {
        for device in 0..history.phones.len() {
            history.now.pass(1_000);
            history.sync(device)?;
        }
    }
    shown(history)?;
    let unsettled = unsettled(history)?;
    truth(history, &unsettled)?;
    replicas(history, &unsettled)
}

/// Records of which a change still waits for a person. Nothing else may wait.
fn unsettled(history: &History) -> Result<BTreeSet<Uuid>> {
    let mut records = BTreeSet::new();
    for (number, phone) in history.phones.iter().enumerate() {
        for entry in phone.outbox()? {
            let waits_for_a_person = entry.state == ChangeState::Rejected || entry.is_held_back;
            let is_honest = !entry.code.as_deref().is_some_and(|code| NEVER.contains(&code));
            ensure!(waits_for_a_person && is_honest, "phone {number} still has {entry:?}");
            records.insert(entry.record_id.parse()?);
        }
    }
    Ok(records)
}

/// The server has every record and the words that hold.
fn truth(history: &History, unsettled: &BTreeSet<Uuid>) -> Result<()> {
    let bodies = bodies(history)?;
    for (id, record) in history.model.records.iter().filter(|(id, _)| !unsettled.contains(id)) {
        let body = bodies.get(id);
        match (record.fate, body) {
            (Fate::Lives, None) => bail!("the {} {id} is lost", record.kind),
            (Fate::Gone, Some(_)) => bail!("the {} {id} came back", record.kind),
            _ => {}
        }
        let Some(body) = body else { continue };
        for field in Field::ALL {
            let there = body.get(field.name()).and_then(Value::as_str);
            // What a restored server lost may come back with the copy of a phone that had seen it.
            let came_back = record.withdrawn_words(field).find(|words| !history.was_restored && there == Some(words));
            ensure!(came_back.is_none(), "{came_back:?} was taken back, and is {} of {id}", field.name());
            let Some(latest) = record.latest(field).filter(|_| record.withdrawn.is_empty()) else { continue };
            ensure!(
                there == Some(&latest.words),
                "{} of {} {id} is {there:?}, and the last to write was {} at {}",
                field.name(),
                record.kind,
                latest.words,
                latest.at_ms
            );
        }
    }
    Ok(())
}

fn bodies(history: &History) -> Result<BTreeMap<Uuid, Value>> {
    let database = link::company(&history.company).database();
    let database = rusqlite::Connection::open(database)?;
    let mut statement = database.prepare("SELECT id, body FROM record WHERE body IS NOT NULL")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (id, body) = row?;
        Ok((Uuid::from_bytes(id), serde_json::from_str(&body)?))
    })
    .collect()
}

/// A phone shows what a new phone of the same rep would show.
fn replicas(history: &mut History, unsettled: &BTreeSet<Uuid>) -> Result<()> {
    for (login, seed) in [("ayse", 77), ("mehmet", 78)] {
        let (now, company) = (Arc::clone(&history.now), Arc::clone(&history.company));
        let fresh = Device::new(login, &history.place(&format!("fresh-{login}")), now, company, seed)?;
        let expected = view(&fresh, history, unsettled)?;
        for (number, phone) in history.phones.iter().enumerate().filter(|(_, phone)| phone.login == login) {
            let shown = view(phone, history, unsettled)?;
            for (what, there) in &expected {
                let here = shown.get(what);
                ensure!(here == Some(there), "a new phone has {what} {there}, phone {number} has {here:?}");
            }
            // A name may outlast what it was needed for, until the backups hold all that was done there.
            for (what, here) in shown.iter().filter(|(what, _)| !what.starts_with(NAME)) {
                ensure!(expected.contains_key(what), "phone {number} has {what} {here}, a new phone has it not");
            }
        }
    }
    Ok(())
}

/// Everything that a phone shows, in words.
fn view(phone: &Device, history: &History, unsettled: &BTreeSet<Uuid>) -> Result<BTreeMap<String, String>> {
    let saha = phone.saha()?;
    let mut view = BTreeMap::new();
    let mut put = |what: &str, id: Uuid, text: String| {
        if !unsettled.contains(&id) {
            view.insert(format!("{what} {id}"), text);
        }
    };
    for customer in customers(saha)? {
        put("customer", customer.id.uuid(), format!("{customer:?}"));
    }
    for (id, record) in &history.model.records {
        let what = if record.kind == "customer" { NAME } else { record.kind };
        let text = match record.kind {
            "call" => saha.calls().get((*id).into()).map(|call| format!("{call:?}")),
            "visit" => saha.visits().get((*id).into()).map(|visit| format!("{visit:?}")),
            "sale" => saha.sales().get((*id).into()).map(|sale| format!("{sale:?}")),
            _ => saha.customers().name((*id).into()),
        };
        match text {
            Ok(text) => put(what, *id, text),
            Err(SahaError::NotFound { .. }) => {}
            Err(other) => return Err(other.into()),
        }
    }
    if unsettled.is_empty() {
        view.insert("targets".into(), format!("{:?}", saha.targets().progress()?));
    }
    Ok(view)
}
