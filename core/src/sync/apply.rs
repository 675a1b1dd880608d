//! What the server sends, taken into the phone in the server's order.

use saha_domain::{
    CustomerId, Kind,
    wire::{Pulled, PulledItem, SyncResponse},
};
use serde_json::Value;
use uuid::Uuid;

use super::{parked, sight};
use crate::{
    customers,
    error::Result,
    outbox,
    store::{Confirmed, Key, RemoteTx, local},
};

/// A page: its messages, what it says of changes already applied, the cursor behind it and the head.
pub(crate) fn page(tx: &mut RemoteTx<'_>, answer: &SyncResponse) -> Result<()> {
    for item in &answer.changes {
        message(tx, item)?;
    }
    count_received(tx, answer)?;
    if !answer.has_more {
        // The last page of a pull: rows that are accepted and still did not come are out of sight.
        outbox::fold_through(tx, answer.snapshot)?;
        sight::complete(tx)?;
        tx.set(Key::FirstSyncDone, &true)?;
    }
    outbox::durable_through(tx, answer.durable_through)?;
    match &answer.next_cursor {
        Some(cursor) => tx.set(Key::Cursor, cursor)?,
        None => tx.clear(Key::Cursor)?,
    }
    if let Some(head) = &answer.head {
        tx.set(Key::Head, head)?;
    }
    Ok(())
}

/// How much the first sync has brought, and how far it is: it walks through the company's sequence, which ends at the snapshot.
fn count_received(tx: &mut RemoteTx<'_>, answer: &SyncResponse) -> Result<()> {
    if local::get(tx.conn(), Key::FirstSyncDone)? == Some(true) {
        return Ok(());
    }
    let versions: Vec<i64> =
        answer.changes.iter().filter(|item| item.body.is_some()).filter_map(|i| i.version).collect();
    let received: i64 = local::get(tx.conn(), Key::Received)?.unwrap_or(0);
    tx.set(Key::Received, &received.saturating_add(i64::try_from(versions.len()).unwrap_or(0)))?;
    let reached = versions.into_iter().max().unwrap_or(0).clamp(0, answer.snapshot.max(1));
    let bp = reached.saturating_mul(10_000).checked_div(answer.snapshot.max(1)).unwrap_or(0);
    let before: i64 = local::get(tx.conn(), Key::ReceivedBp)?.unwrap_or(0);
    tx.set(Key::ReceivedBp, &bp.max(before))
}

fn message(tx: &mut RemoteTx<'_>, item: &PulledItem) -> Result<()> {
    match item.read() {
        Pulled::Row { kind, id, version, hlc, body } => {
            tx.saw_hlc(hlc);
            row(tx, kind, id, version, body.get())
        }
        Pulled::Tombstone { kind, id, version } => match kind.parse() {
            Ok(known) => {
                // A later version of it may have come in a shape that this build can't read.
                parked::delete(tx.conn(), kind, id)?;
                confirm(tx, known, id, version, None)
            }
            Err(_) => parked::delete(tx.conn(), kind, id),
        },
        Pulled::Left(customer) => sight::left(tx, customer),
        Pulled::Aged(horizon) => sight::aged(tx, horizon),
        Pulled::Stub(stub) => customers::store::put_stub(tx.conn(), stub.customer, &stub.name),
        // What came into sight follows as rows; a newer server's messages are passed over.
        Pulled::Entered(_) | Pulled::Unknown => Ok(()),
    }
}

/// A row at its latest version. Kinds and shapes that this build does not know are parked for its upgrade.
pub(super) fn row(tx: &mut RemoteTx<'_>, kind: &str, id: Uuid, version: i64, json: &str) -> Result<()> {
    let Ok(known) = kind.parse::<Kind>() else { return parked::put(tx.conn(), kind, id, version, json) };
    // Nesting deeper than a reader bears is a shape that we do not know, too: it must not cost the rest of the page.
    let body: Option<Value> = serde_json::from_str(json).ok();
    let Some((body, facts)) = body.and_then(|body| known.read_facts(&body).ok().map(|facts| (body, facts))) else {
        return parked::put(tx.conn(), kind, id, version, json);
    };
    confirm(tx, known, id, version, Some(Confirmed::with_facts(version, body, facts)))?;
    if known == Kind::Customer {
        customers::store::delete_stub(tx.conn(), CustomerId::from(id))?;
    }
    Ok(())
}

/// The server's row, or its end, at a version: the changes that it shows leave the overlay.
fn confirm(tx: &mut RemoteTx<'_>, kind: Kind, id: Uuid, version: i64, confirmed: Option<Confirmed>) -> Result<()> {
    tx.change_row(kind, id, |tx, row| {
        row.confirmed = confirmed;
        for pending in row.seen_at(version) {
            outbox::set_seen(tx.conn(), pending.seq)?;
            tx.touch_outbox();
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests;
