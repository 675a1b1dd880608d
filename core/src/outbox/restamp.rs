//! What the first word of the server about this boot's clock does to the changes that were captured before it.

use saha_domain::{Hlc, merge::Edit};

use super::{entry::Entry, store};
use crate::{
    clock::Correction,
    error::{Error, Result},
    store::WriteTx,
};

/// Gives what was captured before the clock's correction was known its hybrid clock anew, in the order of the outbox, and its
/// dates. Clocks are made from corrected time, so that a phone that is years ahead does not win every conflict. What was
/// stamped by a known clock keeps its stamp: this boot's correction says nothing of the wall clock of another.
///
/// Of a boot in which the server was never heard, nobody can say how far its clock was off. What was written then is later than
/// whatever the server had shown by then, and not later than now.
pub(crate) fn restamp(tx: &mut WriteTx<'_>, correction: &Correction) -> Result<()> {
    let (shown, now_ms) = (tx.hlc_seen()?, tx.corrected_now_ms());
    let mut last = Hlc::LOWEST;
    for entry in store::queued(tx.conn())? {
        last = match &entry.unstamped {
            None if entry.hlc > last => entry.hlc,
            None => last.tick(entry.hlc.ms()),
            Some(since_boot) => {
                last.max(shown).tick(correction.corrected_ms(entry.captured_ms, since_boot).min(now_ms))
            }
        };
        store::set_hlc(tx.conn(), entry.seq, last)?;
        correct_dates(tx, &entry, correction)?;
    }
    tx.reset_hlc(last)
}

/// Corrects the provisional stamps of this boot that a change carries, in its payload and in what the rep sees. Bytes that
/// were ever on their way to the server stay as they are: it knows the change by their hash.
fn correct_dates(tx: &mut WriteTx<'_>, entry: &Entry, correction: &Correction) -> Result<()> {
    let spec = entry.kind.spec();
    if entry.was_sent || spec.stamps.is_empty() {
        return Ok(());
    }
    let mut edit = Edit::parse(entry.op, &entry.payload)?;
    let (Edit::Create(payload) | Edit::Patch(payload)) = &mut edit else { return Ok(()) };
    if !spec.replace_stamps(payload, |stamp| correction.correct(stamp)) {
        return Ok(());
    }
    let (_, bytes) = crate::store::serialised(&edit)?;
    tx.inner().change_row(entry.kind, entry.id, |tx, row| {
        let missing = || Error::internal("a change that waits does not lie over its row");
        row.overlay.iter_mut().find(|pending| pending.seq == entry.seq).ok_or_else(missing)?.edit = edit;
        store::set_payload(tx.conn(), entry.seq, &bytes)?;
        tx.touch_outbox();
        Ok(())
    })
}

#[cfg(test)]
mod tests;
