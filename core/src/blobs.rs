//! The files that records name, on this device: kept by the hash of their bytes, so that the same picture is kept once.
//!
//! A file is durable before the record that names it is, and goes when nothing names it any more. It travels in a lane of its
//! own ([`lane`]), after the records: those never wait for it.

mod disk;
pub(crate) mod lane;
mod link;
pub(crate) mod store;
#[cfg(test)]
pub(crate) mod tests;

use rusqlite::Connection;
use saha_domain::BlobHash;

pub(crate) use disk::{Blobs, Taken};

use crate::{
    error::{Error, Result},
    outbox, photos, shadow,
    store::Store,
};

/// Removes what nothing names: files whose records are gone, and what a process that was killed left half done.
pub(crate) fn tidy(blobs: &Blobs, store: &Store) -> Result<()> {
    // Whoever takes a file in waits meanwhile, so that none goes between its copy and its record.
    let quiet = blobs.quiet();
    let mut candidates = quiet.files().map_err(Error::io("list the files"))?;
    let unnamed = store.read(|reader| {
        candidates.extend(store::all(reader.conn())?);
        let mut unnamed = Vec::new();
        for sha256 in candidates.into_iter().filter(|sha256| !quiet.is_taken_in(*sha256)) {
            if !is_named(reader.conn(), sha256)? {
                unnamed.push(sha256);
            }
        }
        Ok(unnamed)
    })?;
    quiet.remove(&unnamed).map_err(Error::io("remove a file that nothing names"))?;
    if unnamed.is_empty() {
        return Ok(());
    }
    store.apply(|tx| unnamed.iter().try_for_each(|sha256| store::remove(tx.conn(), *sha256)))
}

/// Whether a record names the file, or a kept change does, from which a record may come back.
fn is_named(conn: &Connection, sha256: BlobHash) -> Result<bool> {
    let text = sha256.to_string();
    Ok(photos::store::names(conn, sha256)? || outbox::holds_text(conn, &text)? || shadow::holds_text(conn, &text)?)
}
