//! Beginning and ending: by statements that are prepared once, as preparing costs more than running them.

use rusqlite::Connection;

use crate::error::Result;

/// A transaction that writes. It is rolled back when it is dropped.
pub(super) struct Transaction<'c>(&'c Connection);

impl<'c> Transaction<'c> {
    /// Waits for another process that writes, so that nothing which is read within can be out of date.
    pub(super) fn begin(conn: &'c mut Connection) -> Result<Self> {
        run(conn, "BEGIN IMMEDIATE")?;
        Ok(Self(conn))
    }

    /// What the disk says.
    pub(super) fn commit(self) -> rusqlite::Result<()> {
        run(self.0, "COMMIT")
    }
}

impl std::ops::Deref for Transaction<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.0
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.0.is_autocommit()
            && let Err(error) = run(self.0, "ROLLBACK")
        {
            tracing::warn!(%error, "a transaction could not be rolled back");
        }
    }
}

/// What `work` reads is of one moment. Whether the connection is fit to be used again is said beside it.
pub(super) fn reading<T>(conn: &Connection, work: impl FnOnce() -> Result<T>) -> Result<(Result<T>, bool)> {
    run(conn, "BEGIN")?;
    let read = work();
    Ok((read, run(conn, "ROLLBACK").is_ok()))
}

fn run(conn: &Connection, sql: &str) -> rusqlite::Result<()> {
    conn.prepare_cached(sql)?.execute([])?;
    Ok(())
}
