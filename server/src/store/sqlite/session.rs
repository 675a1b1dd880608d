//! A transaction on a connection: the one type behind [`View`] and [`Tx`].

use std::sync::MutexGuard;

use rusqlite::{CachedStatement, Connection, OptionalExtension, Params, Row};

use super::SqliteStore;
use crate::store::{Result, StoreError, Tx, View};

/// The number of the one company of this database. Every table has it as first key, so that more can join.
pub(super) const COMPANY: i64 = 1;

/// A connection on loan.
pub(super) enum Lease<'a> {
    /// The one writer.
    Writer(MutexGuard<'a, Option<Connection>>),
    /// A reader, which goes back to the pool.
    Reader { store: &'a SqliteStore, connection: Option<Connection> },
}

impl<'a> Lease<'a> {
    pub(super) fn writer(guard: MutexGuard<'a, Option<Connection>>) -> Self {
        Self::Writer(guard)
    }

    pub(super) fn reader(store: &'a SqliteStore, connection: Connection) -> Self {
        Self::Reader { store, connection: Some(connection) }
    }

    fn slot(&mut self) -> &mut Option<Connection> {
        match self {
            Self::Writer(guard) => guard,
            Self::Reader { connection, .. } => connection,
        }
    }

    fn connection(&self) -> Result<&Connection> {
        let connection = match self {
            Self::Writer(guard) => guard.as_ref(),
            Self::Reader { connection, .. } => connection.as_ref(),
        };
        connection.ok_or(StoreError::Unreadable { what: "connection" })
    }
}

/// An open transaction. Dropped without a commit, it is rolled back.
pub(super) struct Session<'a> {
    lease: Lease<'a>,
    open: bool,
}

impl<'a> Session<'a> {
    pub(super) fn begin(lease: Lease<'a>, begin: &str) -> Result<Self> {
        lease.connection()?.execute_batch(begin)?;
        let session = Self { lease, open: true };
        // A deferred transaction takes its snapshot at the first read; take it now.
        session.maybe("SELECT seq FROM company WHERE no = ?1", [COMPANY], |_| Ok(()))?;
        Ok(session)
    }

    fn prepare(&self, sql: &str) -> Result<CachedStatement<'_>> {
        Ok(self.lease.connection()?.prepare_cached(sql)?)
    }

    /// Runs a statement that returns nothing; how many rows it touched.
    pub(super) fn run(&self, sql: &str, params: impl Params) -> Result<usize> {
        Ok(self.prepare(sql)?.execute(params)?)
    }

    /// The first row, if there is one.
    pub(super) fn maybe<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        self.prepare(sql)?.query_row(params, |row| Ok(read(row))).optional()?.transpose()
    }

    /// Every row.
    pub(super) fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.all_while(sql, params, read, |_| true)
    }

    /// Rows up to and with the first after which no more are wanted. What follows is not read.
    pub(super) fn all_while<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl Fn(&Row<'_>) -> Result<T>,
        mut wants_more: impl FnMut(&T) -> bool,
    ) -> Result<Vec<T>> {
        let mut statement = self.prepare(sql)?;
        let mut rows = statement.query(params)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let row = read(row)?;
            let is_last = !wants_more(&row);
            found.push(row);
            if is_last {
                break;
            }
        }
        Ok(found)
    }

    /// Whether there is a row.
    pub(super) fn exists(&self, sql: &str, params: impl Params) -> Result<bool> {
        Ok(self.prepare(sql)?.exists(params)?)
    }

    fn batch(&self, sql: &str) -> Result<()> {
        Ok(self.lease.connection()?.execute_batch(sql)?)
    }
}

impl View for Session<'_> {}

impl Tx for Session<'_> {
    fn save_point(&self) -> Result<()> {
        self.batch("SAVEPOINT change")
    }

    fn release(&self) -> Result<()> {
        self.batch("RELEASE change")
    }

    fn roll_back(&self) -> Result<()> {
        self.batch("ROLLBACK TO change; RELEASE change")
    }

    fn commit(mut self: Box<Self>) -> Result<()> {
        self.open = false;
        let committed = self.batch("COMMIT");
        if committed.is_err() {
            // Whether it became durable is unknown, and the handle must not be trusted again.
            *self.lease.slot() = None;
        }
        committed
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        if self.open && self.batch("ROLLBACK").is_err() {
            *self.lease.slot() = None;
        }
        if let Lease::Reader { store, connection } = &mut self.lease
            && let Some(connection) = connection.take()
        {
            store.keep_reader(connection);
        }
    }
}
