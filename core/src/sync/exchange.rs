//! Requests out of the store, and answers into it.

use std::collections::HashMap;

use saha_domain::{
    Kind, OpId,
    wire::{ChangeResult, Notice, Outcome, Rejection, RejectionCode, SyncRequest, SyncResponse, WireChange},
};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::{apply, figures, sight};
use crate::{
    clock::{Correction, Reading},
    count::signed,
    error::{Error, Result},
    outbox::{self, BatchLimits, Entry},
    store::{Key, Store, Tx, local},
};

/// The version of the records that this build knows: it grows with every kind or field.
pub(crate) const SCHEMA: u32 = 1;
/// Pulled items of one page.
const PAGE: u32 = 500;
/// Bytes of payloads in one request, before compression: below what our server inflates.
const MAX_BATCH_BYTES: usize = 6 << 20;

/// A request that is on its way, and what was put into it.
pub(crate) struct InFlight {
    pub request: SyncRequest,
    batch: Vec<Entry>,
    sent: Reading,
}

/// What an answer did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Effect {
    pub applied: i64,
    pub rejected: i64,
    /// Answers that leave a change queued.
    pub deferred: i64,
    pub pulled: i64,
    pub has_more: bool,
    pub more_to_send: bool,
    pub moved: bool,
}

/// Whether the clock's correction of this boot is known.
pub(crate) fn clock_is_known(store: &Store) -> Result<bool> {
    let known: Option<Correction> = store.read(|reader| local::get(reader.conn(), Key::Correction))?;
    Ok(known.is_some_and(|correction| correction.boot_id == store.time().boot_id()))
}

/// Saves what the server's time says about this device's clock, where it says more than is known. What was captured before
/// the correction of this boot was known gets its hybrid clock anew, in order.
pub(crate) fn save_clock(store: &Store, server_time_ms: i64, sent: Reading) -> Result<()> {
    let measured = store.time().measure(server_time_ms, sent);
    let known: Option<Correction> = store.read(|reader| local::get(reader.conn(), Key::Correction))?;
    if known.as_ref().is_some_and(|known| store.time().confirms(known, &measured)) {
        return Ok(());
    }
    let was_known = clock_is_known(store)?;
    store.write(|tx| {
        tx.correct_clock(&measured)?;
        if was_known { Ok(()) } else { outbox::restamp(tx, &measured) }
    })
}

/// Takes the next changes, marks them as sent and makes the request.
pub(crate) fn prepare(store: &Store, max_changes: usize) -> Result<InFlight> {
    let limits = BatchLimits { changes: max_changes, bytes: MAX_BATCH_BYTES };
    let time = store.time();
    let sent = time.reading();
    store.write(|tx| {
        outbox::requeue_sent(tx.conn())?;
        let batch = outbox::next_batch(tx.conn(), limits)?;
        outbox::mark_sent(tx, &batch)?;
        let request = SyncRequest {
            schema: SCHEMA,
            request_id: tx.new_id(),
            sent_at_ms: local::get::<Correction>(tx.conn(), Key::Correction)?
                .map(|known| time.corrected_ms(Some(&known))),
            cursor: local::get(tx.conn(), Key::Cursor)?,
            head: local::get(tx.conn(), Key::Head)?,
            limit: PAGE,
            changes: batch.iter().map(|entry| wire_change(tx.inner(), entry)).collect::<Result<_>>()?,
        };
        Ok(InFlight { request, batch, sent })
    })
}

/// The payload goes out as the bytes that were captured, and with it the whole bodies that the server asked for.
fn wire_change(tx: &mut Tx<'_>, entry: &Entry) -> Result<WireChange> {
    let payload = match entry.payload.as_slice() {
        [] => None,
        bytes => {
            let text = std::str::from_utf8(bytes).map_err(Error::internal)?;
            Some(RawValue::from_string(text.to_owned()).map_err(Error::internal)?)
        }
    };
    let full = if entry.wants_full { whole_body(tx, (entry.kind, entry.id))? } else { None };
    let parent = outbox::wanted_parent(entry, full.as_deref())?;
    let full_parent = parent.map(|parent| whole_body(tx, parent)).transpose()?.flatten();
    Ok(WireChange {
        op_id: entry.op_id,
        seq: entry.seq,
        attempt: entry.attempt,
        kind: entry.kind.name().to_owned(),
        id: entry.id,
        op: entry.op,
        base_version: entry.base_version,
        hlc: entry.hlc,
        payload,
        replaces: entry.replaces,
        lacks_full: (entry.wants_full && full.is_none()) || (entry.wants_parent.is_some() && full_parent.is_none()),
        full,
        full_parent,
    })
}

fn whole_body(tx: &mut Tx<'_>, (kind, id): (Kind, Uuid)) -> Result<Option<Box<RawValue>>> {
    let body = tx.whole_body(kind, id)?;
    body.map(|body| RawValue::from_string(body.to_string()).map_err(Error::internal)).transpose()
}

/// There is no answer: what was sent is queued again.
pub(crate) fn give_up(store: &Store) -> Result<()> {
    store.write(|tx| outbox::requeue_sent(tx.conn()))
}

/// The first change is too large for the server alone: it is refused with that reason, and never loops.
pub(crate) fn refuse_oversized(store: &Store) -> Result<()> {
    let flight = prepare(store, 1)?;
    let Some(entry) = flight.batch.first() else { return Ok(()) };
    let rejection = Rejection { code: RejectionCode::TooLarge, field: None, message: String::new(), existing: None };
    let result = ChangeResult { op_id: entry.op_id, replayed: false, outcome: Outcome::Rejected(rejection) };
    store.apply(|tx| outbox::settle(tx, entry, &result))
}

/// Takes an answer in: results, rows, cursor and head in one transaction. An answer to another request is none.
pub(crate) fn accept(store: &Store, flight: &InFlight, answer: &SyncResponse) -> Result<Option<Effect>> {
    if answer.request_id != flight.request.request_id {
        give_up(store)?;
        return Ok(None);
    }
    save_clock(store, answer.server_time_ms, flight.sent)?;
    let mut effect = Effect { has_more: answer.has_more, ..Effect::default() };
    if answer.history_changed {
        store.apply(sight::history_changed)?;
        return Ok(Some(Effect {
            has_more: true,
            more_to_send: true,
            moved: flight.request.cursor.is_some(),
            ..effect
        }));
    }
    sight::make_room(store, answer)?;
    store.apply(|tx| {
        let answered = settle_all(tx, flight, &answer.results, &mut effect)?;
        outbox::requeue_sent(tx.conn())?;
        if answer.notice.as_ref().is_some_and(|notice| notice.code == Notice::DEVICE_REVOKED) {
            // A revoked device hears what became of its changes, and nothing else.
            tx.set(Key::Revoked, &true)?;
        } else {
            tx.clear(Key::Revoked)?;
            if answer.resync_required {
                sight::resync_required(tx)?;
            }
            apply::page(tx, answer)?;
        }
        effect.pulled = signed(answer.changes.len());
        effect.moved = answered > effect.deferred || answer.next_cursor != flight.request.cursor;
        let next = outbox::next_batch(tx.conn(), BatchLimits { changes: 1, bytes: 1 })?;
        effect.more_to_send = !next.is_empty() && (effect.deferred == 0 || answered > effect.deferred);
        Ok(())
    })?;
    sight::sweep(store)?;
    figures::check(store, answer)?;
    Ok(Some(effect))
}

fn settle_all(
    tx: &mut crate::store::RemoteTx<'_>,
    flight: &InFlight,
    results: &[ChangeResult],
    effect: &mut Effect,
) -> Result<i64> {
    let mut unanswered: HashMap<OpId, &Entry> = flight.batch.iter().map(|entry| (entry.op_id, entry)).collect();
    for result in results {
        // Answers to changes that were not in the request, and second answers, are passed over.
        let Some(entry) = unanswered.remove(&result.op_id) else { continue };
        outbox::settle(tx, entry, result)?;
        match result.outcome {
            Outcome::Applied { .. } => effect.applied += 1,
            Outcome::Gone if entry.was_acked => {}
            Outcome::Rejected(_) | Outcome::Gone | Outcome::Conflict => effect.rejected += 1,
            // What the server asks for goes with the next request, once.
            Outcome::NeedFull { parent } if !entry.was_asked_for(parent) => {}
            Outcome::Blocked { .. } | Outcome::NeedFull { .. } | Outcome::Retry { .. } => effect.deferred += 1,
        }
    }
    Ok(signed(flight.batch.len() - unanswered.len()))
}

/// Whether the office revoked this device.
pub(crate) fn is_revoked(store: &Store) -> Result<bool> {
    Ok(store.read(|reader| local::get(reader.conn(), Key::Revoked))?.unwrap_or(false))
}

/// Whether any change can still be sent: what was refused can't, nor what waits for that.
pub(crate) fn can_send_more(store: &Store) -> Result<bool> {
    let next = store.read(|reader| outbox::next_batch(reader.conn(), BatchLimits { changes: 1, bytes: 1 }))?;
    Ok(!next.is_empty())
}

/// What identifies an in-flight request in logs.
impl InFlight {
    pub(crate) fn id(&self) -> Uuid {
        self.request.request_id
    }
}
