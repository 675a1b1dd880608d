//! What the company says of the rep's confirmed figures, held against what this phone shows. Both sides count the same rows by the
//! same code, so they agree, unless one of them has a fault. That is said, and changes nothing else: a sync goes on.

use rusqlite::Connection;
use saha_domain::{RepId, facts::Fingerprint, wire::SyncResponse};

use super::parked;
use crate::{
    error::Result,
    outbox, rollup, shadow,
    store::{Key, Reader, Store, local},
};

/// How the rep's confirmed figures on this phone stand towards the company's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum FiguresCheck {
    /// They were not held against each other since they moved last: the end of a sync does that.
    NotCompared,
    /// They are the same.
    Agree,
    /// They are not the same. The company's hold; somebody should find out why.
    Differ {
        /// Since when that is known, Unix milliseconds by the device's clock.
        since_ms: i64,
    },
}

/// What was found last.
pub(crate) fn status(conn: &Connection) -> Result<FiguresCheck> {
    Ok(match local::get(conn, Key::FiguresDifferSinceMs)? {
        Some(since_ms) => FiguresCheck::Differ { since_ms },
        None if local::get::<String>(conn, Key::FiguresAgreed)?.is_some() => FiguresCheck::Agree,
        None => FiguresCheck::NotCompared,
    })
}

/// Compares, after the last page of a pull and before anything newer is taken in. While nothing of the rep's own moves on either
/// side, nothing is counted.
pub(super) fn check(store: &Store, answer: &SyncResponse) -> Result<()> {
    let Some(theirs) = answer.figures.as_ref().filter(|figures| !answer.has_more && figures.seq == answer.snapshot)
    else {
        return Ok(());
    };
    let Some(ours) = store.read(|reader| ours(reader, &theirs.hash))? else { return Ok(()) };
    let before = store.read(|reader| status(reader.conn()))?;
    if ours.to_string() == theirs.hash {
        if let FiguresCheck::Differ { .. } = before {
            tracing::info!(seq = theirs.seq, "the figures are the company's again");
        }
        return store.apply(|tx| {
            tx.clear(Key::FiguresDifferSinceMs)?;
            tx.set(Key::FiguresAgreed, &theirs.hash)
        });
    }
    tracing::warn!(seq = theirs.seq, %ours, theirs = theirs.hash, "the figures are not the company's");
    if let FiguresCheck::Differ { .. } = before {
        return Ok(());
    }
    let now_ms = store.time().reading().utc_ms;
    store.apply(|tx| {
        tx.clear(Key::FiguresAgreed)?;
        tx.set(Key::FiguresDifferSinceMs, &now_ms)
    })
}

/// The fingerprint of what this phone shows of the rows of which `theirs` speaks. None where it is known to be the same, or where
/// the two may differ by right.
fn ours(reader: &Reader, theirs: &str) -> Result<Option<Fingerprint>> {
    let conn = reader.conn();
    let Some(rep) = local::get::<RepId>(conn, Key::Rep)? else { return Ok(None) };
    if local::get::<String>(conn, Key::FiguresAgreed)?.is_some_and(|agreed| agreed == theirs) {
        return Ok(None);
    }
    // Counted by other rules; or ours lack what we can't read; or they have what the server's snapshot does not.
    if !Fingerprint::is_comparable(theirs) || parked::hides_figures(reader)? || outbox::has_acked(conn)? {
        return Ok(None);
    }
    let mut ours = rollup::fingerprint(reader, rep)?;
    // What a restored server never had stays on the phone while the rep's own change lies over it.
    for (kind, body) in shadow::unannounced(conn)? {
        ours.remove_all(kind.facts(&body).of(rep));
    }
    Ok(Some(ours))
}

#[cfg(test)]
mod tests;
