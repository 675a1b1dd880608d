//! What the server said to each change.

use saha_domain::{
    life::{Happening, Next},
    merge::Edit,
    wire::{ChangeResult, Outcome, RejectionCode},
};

use super::{
    entry::Entry,
    store::{self, Verdict},
};
use crate::{
    error::Result,
    store::{RemoteTx, WriteTx},
};

/// They go into a request now.
pub(crate) fn mark_sent(tx: &mut WriteTx<'_>, batch: &[Entry]) -> Result<()> {
    let seqs: Vec<i64> = batch.iter().map(|entry| entry.seq).collect();
    store::set_sent(tx.conn(), &seqs)
}

/// Gives a change its answer. An answer to a change that was not in the request, or that has no such change, is passed
/// over: a server can't settle what was never sent.
pub(crate) fn settle(tx: &mut RemoteTx<'_>, sent: &Entry, result: &ChangeResult) -> Result<()> {
    let (happening, verdict) = verdict(&result.outcome, sent.was_acked);
    if let Some(hlc) = verdict.hlc {
        tx.saw_hlc(hlc);
    }
    tx.change_row(sent.kind, sent.id, |tx, row| {
        let Some(pending) = row.overlay.iter_mut().find(|pending| pending.seq == sent.seq) else { return Ok(()) };
        match pending.state.next(happening) {
            Next::State(state) => {
                (pending.state, pending.acked_version) = (state, verdict.acked_version);
                store::set_state(tx.conn(), sent.seq, state, &verdict)?;
                if let Outcome::NeedFull { parent } = result.outcome {
                    store::set_wanted(tx.conn(), sent.seq, parent)?;
                }
            }
            Next::Dropped => {
                store::remove(tx.conn(), sent.seq)?;
                row.overlay.retain(|pending| pending.seq != sent.seq);
                tx.release_retained()?;
            }
            Next::Impossible => return Ok(()),
        }
        tx.touch_outbox();
        Ok(())
    })
}

fn verdict(outcome: &Outcome, was_acked: bool) -> (Happening, Verdict) {
    let because = |code: &str| Verdict { code: Some(code.to_owned()), ..Verdict::default() };
    match outcome {
        Outcome::Applied { version, hlc, superseded } => (
            Happening::Applied,
            Verdict {
                acked_version: Some(*version),
                hlc: Some(*hlc),
                superseded: superseded.clone(),
                ..Verdict::default()
            },
        ),
        Outcome::Rejected(rejection) => (
            Happening::Rejected,
            Verdict {
                code: Some(rejection.code.name().to_owned()),
                field: rejection.field.clone(),
                message: Some(rejection.message.clone()),
                existing: rejection.existing,
                ..Verdict::default()
            },
        ),
        Outcome::Gone if was_acked => (Happening::GoneSince, Verdict::default()),
        Outcome::Gone => (Happening::Gone, because(RejectionCode::Gone.name())),
        Outcome::Conflict => (Happening::Conflict, because(RejectionCode::Conflict.name())),
        Outcome::Blocked { .. } => (Happening::Blocked, because("blocked")),
        Outcome::NeedFull { .. } => (Happening::NeedFull, because("need_full")),
        Outcome::Retry { reason } => (Happening::Retry, because(reason)),
    }
}

/// Lets go of what the company's backups hold.
pub(crate) fn durable_through(tx: &mut RemoteTx<'_>, version: i64) -> Result<()> {
    if store::remove_durable(tx.conn(), version)? > 0 { tx.release_retained() } else { Ok(()) }
}

/// The last page of a pull was applied: changes that the server has at or below its snapshot, and whose rows did not come,
/// belong to rows out of sight. They are folded into what is confirmed.
pub(crate) fn fold_through(tx: &mut RemoteTx<'_>, snapshot: i64) -> Result<()> {
    for entry in store::acked_through(tx.conn(), snapshot)? {
        tx.change_row(entry.kind, entry.id, |tx, row| {
            for pending in row.fold_through(snapshot, tx.is_starting_over()?) {
                store::set_seen(tx.conn(), pending.seq)?;
                tx.touch_outbox();
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Puts every change that the server may have forgotten back into the queue, and so over its row. Base versions are
/// forgotten, as version numbers will be used again.
pub(crate) fn requeue_kept(tx: &mut RemoteTx<'_>) -> Result<()> {
    for entry in store::kept(tx.conn())? {
        let Next::State(state) = entry.state.next(Happening::HistoryChanged) else { continue };
        let edit = Edit::parse(entry.op, &entry.payload)?;
        tx.change_row(entry.kind, entry.id, |tx, row| {
            store::set_state(tx.conn(), entry.seq, state, &Verdict::default())?;
            match row.overlay.iter_mut().find(|pending| pending.seq == entry.seq) {
                Some(pending) => (pending.state, pending.acked_version) = (state, None),
                None => {
                    let place = row.overlay.partition_point(|pending| pending.seq < entry.seq);
                    row.overlay.insert(place, crate::store::queued(entry.seq, entry.op_id, edit));
                }
            }
            tx.touch_outbox();
            Ok(())
        })?;
    }
    store::forget_base_versions(tx.conn())
}
