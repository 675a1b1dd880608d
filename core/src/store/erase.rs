//! Taking everything off the phone.

use std::sync::atomic::Ordering;

use super::{Key, Store, Tx, local};
use crate::{error::Result, lock::lock_of};

impl Store {
    /// **Erases everything** that the office revoked: every row, every change, the figures, what was known of the server. It
    /// goes in one transaction, and who listens hears of every kind. Then the file is written anew, and its journal emptied,
    /// so that nothing can be read out of them that was deleted.
    pub(crate) fn erase(&self) -> Result<()> {
        self.transact(|mut tx| {
            let done = empty(&mut tx);
            (tx, done)
        })?;
        self.forget_readers();
        self.scrub();
        Ok(())
    }

    /// Readers remember words by the numbers that they had in the file that was. Those that read just now are forgotten
    /// when they have done so.
    fn forget_readers(&self) {
        let mut readers = lock_of(&self.readers);
        self.generation.fetch_add(1, Ordering::AcqRel);
        readers.clear();
    }

    /// Writes the file anew without what was deleted, and empties its journal. Where that fails, or somebody reads an older
    /// state still, the next opening does it.
    pub(super) fn scrub(&self) {
        match self.try_to_scrub() {
            Ok(true) => {}
            Ok(false) => tracing::warn!("the erased file is still read; it is written anew at the next opening"),
            Err(error) => tracing::warn!(%error, "the erased file could not be written anew"),
        }
    }

    fn try_to_scrub(&self) -> Result<bool> {
        let mut guard = lock_of(&self.writer);
        let conn = &self.writer(&mut guard)?.conn;
        conn.execute_batch("VACUUM")?;
        let is_read: bool = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if !is_read {
            local::clear(conn, Key::Scrub)?;
        }
        Ok(!is_read)
    }
}

/// Deletes every row of every table, and remembers why.
fn empty(tx: &mut Tx<'_>) -> Result<()> {
    let tables: Vec<String> = tx
        .conn()
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for table in tables {
        tx.conn().execute(&format!("DELETE FROM \"{table}\""), [])?;
    }
    tx.forget_everything();
    tx.set(Key::Revoked, &true)?;
    tx.set(Key::Scrub, &true)
}

#[cfg(test)]
mod tests;
