//! What comes into the rep's sight and leaves it, and what becomes of rows that the server does not announce any more.
//!
//! Such a row stays only while a change of the rep's own lies over it ([`crate::store::row::UNANNOUNCED`]) or, unseen, while a kept
//! change names it ([`crate::retained`]). It goes in the transaction that ends the last of them.

use chrono::NaiveDate;
use saha_domain::{CustomerId, Kind, RepId, wire::SyncResponse};
use serde_json::Value;
use uuid::Uuid;

use super::parked;
use crate::{
    blobs, customers,
    error::Result,
    kinds, outbox,
    store::{Key, RemoteTx, Store, local},
};

/// So many rows go in one transaction.
const ROWS: u32 = 500;

/// A customer left sight: he goes, with everything beneath him that is not the rep's own work.
pub(super) fn left(tx: &mut RemoteTx<'_>, customer: CustomerId) -> Result<()> {
    let own: Option<RepId> = local::get(tx.conn(), Key::Rep)?;
    for kind in customers::store::beneath_customers() {
        for id in customers::store::ids_beneath(tx.conn(), kind, customer)? {
            unannounce_unless_own(tx, kind, id, own)?;
        }
    }
    parked::left(tx.conn(), customer, own)?;
    unannounce_unless_own(tx, Kind::Customer, customer.uuid(), None)
}

/// Other people's activities before `horizon` are too old.
pub(super) fn aged(tx: &mut RemoteTx<'_>, horizon: NaiveDate) -> Result<()> {
    let_age(tx, horizon, u32::MAX).map(|_| ())
}

/// Takes out what an answer says is too old before the answer itself is taken in, a few rows a transaction: a company that
/// looks less far back than it did sends a year away at once. Where that is cut off, the same answer comes again.
pub(super) fn make_room(store: &Store, answer: &SyncResponse) -> Result<()> {
    let Some(horizon) = answer.changes.iter().filter_map(|item| item.aged).max() else { return Ok(()) };
    while store.apply(|tx| let_age(tx, horizon, ROWS))? >= ROWS {}
    Ok(())
}

/// Lets go of so many rows that are too old; how many there were.
fn let_age(tx: &mut RemoteTx<'_>, horizon: NaiveDate, most: u32) -> Result<u32> {
    let Some(own) = local::get::<RepId>(tx.conn(), Key::Rep)? else { return Ok(0) };
    let mut count = 0;
    for &kind in Kind::ALL {
        for id in kinds::statements(kind).dated_before(tx.conn(), horizon, own, most - count)? {
            tx.change_row(kind, id, |_, row| {
                row.unannounce();
                Ok(())
            })?;
            count += 1;
        }
    }
    Ok(count)
}

fn unannounce_unless_own(tx: &mut RemoteTx<'_>, kind: Kind, id: Uuid, own: Option<RepId>) -> Result<()> {
    let names_own = |body: &Value| body.get("rep").and_then(Value::as_str).and_then(|rep| rep.parse().ok()) == own;
    tx.change_row(kind, id, |_, row| {
        // An assignment names a rep, and is no work of his.
        let is_own = own.is_some() && kind != Kind::Assignment;
        if !(is_own && row.confirmed.as_ref().is_some_and(|confirmed| names_own(&confirmed.body))) {
            row.unannounce();
        }
        Ok(())
    })
}

/// Everything is pulled anew, from the first page. Versions will be used again, so those of confirmed bodies say nothing until
/// the server has announced them.
pub(super) fn start_over(tx: &mut RemoteTx<'_>) -> Result<()> {
    for key in [Key::Cursor, Key::Head, Key::FirstSyncDone, Key::Received, Key::ReceivedBp, Key::FiguresAgreed] {
        tx.clear(key)?;
    }
    tx.set(Key::StartingOver, &true)?;
    Kind::ALL.iter().try_for_each(|kind| kinds::statements(*kind).unannounce_all(tx.conn()))?;
    tx.conn().execute_batch("UPDATE shadow SET version = 0; UPDATE parked SET version = 0;")?;
    Ok(())
}

/// The last page of a pull was applied. Where everything was pulled anew, what was not announced again is about to go.
pub(super) fn complete(tx: &mut RemoteTx<'_>) -> Result<()> {
    if local::get::<bool>(tx.conn(), Key::StartingOver)?.is_some() { tx.set(Key::StartingOver, &false) } else { Ok(()) }
}

/// Lets go of what was not announced again, a few rows a transaction. Where that is cut off, the next answer goes on.
pub(crate) fn sweep(store: &Store) -> Result<()> {
    let is_due = store.read(|reader| Ok(local::get::<bool>(reader.conn(), Key::StartingOver)? == Some(false)))?;
    if !is_due {
        return Ok(());
    }
    let mut after = None;
    loop {
        after = store.apply(|tx| sweep_some(tx, after))?;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// The last row that was looked at; none when there is no other, and it is over.
fn sweep_some(tx: &mut RemoteTx<'_>, after: Option<(Kind, Uuid)>) -> Result<Option<(Kind, Uuid)>> {
    for &kind in Kind::ALL.iter().filter(|kind| after.is_none_or(|(done, _)| **kind >= done)) {
        let from = after.filter(|(done, _)| *done == kind).map(|(_, id)| id);
        let ids = kinds::statements(kind).unannounced(tx.conn(), from, ROWS)?;
        for id in &ids {
            // A row over which no change lies is let go as soon as it is touched.
            tx.change_row(kind, *id, |_, _| Ok(()))?;
        }
        if let Some(last) = ids.last() {
            return Ok(Some((kind, *last)));
        }
    }
    tx.conn().execute_batch("DELETE FROM parked WHERE version = 0")?;
    tx.clear(Key::StartingOver)?;
    Ok(None)
}

/// The server does not know the history that this device knows: it was restored from a backup. Every kept change is queued
/// again, in order, with the op id and the bytes that it always had, every file is asked for, and everything is pulled anew.
pub(crate) fn history_changed(tx: &mut RemoteTx<'_>) -> Result<()> {
    outbox::requeue_kept(tx)?;
    blobs::store::forget_sent(tx.conn())?;
    start_over(tx)
}

/// Op ids as old as this device's cursor are forgotten at the server: everything is pulled anew, and nothing is sent again.
pub(crate) fn resync_required(tx: &mut RemoteTx<'_>) -> Result<()> {
    start_over(tx)
}

#[cfg(test)]
mod tests;
