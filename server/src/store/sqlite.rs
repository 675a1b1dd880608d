//! The store on one SQLite file beside the server.

mod accounts;
mod blobs;
mod columns;
mod commits;
mod figures;
mod ops;
mod records;
mod schema;
mod session;
mod sight;
#[cfg(test)]
mod tests;

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig};

use super::{Result, Store, StoreError, Tx, View};
use session::{Lease, Session};

/// Reader connections that are kept for the next reader; each costs about 2 MB of page cache.
const IDLE_READERS: usize = 8;
/// How long a writer of another process may hold the file, say a backup.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// One writer connection, and readers as many as ask.
pub(crate) struct SqliteStore {
    path: PathBuf,
    /// None after an error that leaves a handle in doubt: the next writer opens a new one.
    writer: Mutex<Option<Connection>>,
    readers: Mutex<Vec<Connection>>,
}

impl SqliteStore {
    /// Opens or creates the database and brings it to this build's schema.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let mut writer = open_writer(path)?;
        schema::migrate(&mut writer)?;
        Ok(Self { path: path.to_owned(), writer: Mutex::new(Some(writer)), readers: Mutex::default() })
    }

    fn lock_writer(&self) -> MutexGuard<'_, Option<Connection>> {
        // A panic inside a transaction rolled it back with its session; the connection itself is sound.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_reader(&self) -> Result<Connection> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| open_reader(&self.path), Ok)
    }

    /// Gives a reader back for the next one.
    fn keep_reader(&self, connection: Connection) {
        let mut idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_READERS {
            idle.push(connection);
        }
    }
}

impl Store for SqliteStore {
    fn view(&self) -> Result<Box<dyn View + '_>> {
        let connection = self.take_reader()?;
        Ok(Box::new(Session::begin(Lease::reader(self, connection), "BEGIN DEFERRED")?))
    }

    fn begin(&self) -> Result<Box<dyn Tx + '_>> {
        let mut writer = self.lock_writer();
        if writer.is_none() {
            *writer = Some(open_writer(&self.path)?);
        }
        Ok(Box::new(Session::begin(Lease::writer(writer), "BEGIN IMMEDIATE")?))
    }
}

fn open_writer(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    harden(&connection)?;
    schema::refuse_foreign(&connection)?;
    expect_pragma(&connection, "journal_mode", "WAL", "wal")?;
    // A commit is acknowledged to a phone, which then forgets its own copy: it must survive a power cut.
    expect_pragma(&connection, "synchronous", "FULL", "2")?;
    expect_pragma(&connection, "foreign_keys", "ON", "1")?;
    Ok(connection)
}

fn open_reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    harden(&connection)?;
    Ok(connection)
}

fn harden(connection: &Connection) -> Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    expect_pragma(connection, "trusted_schema", "OFF", "0")
}

/// Sets a pragma and reads it back: SQLite refuses some without a word.
fn expect_pragma(connection: &Connection, name: &'static str, value: &str, read_back: &str) -> Result<()> {
    connection.pragma_update(None, name, value)?;
    let now = connection.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))?;
    let now = match now {
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text,
        _ => String::new(),
    };
    if now == read_back { Ok(()) } else { Err(StoreError::SettingRefused { pragma: name }) }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Sqlite(error),
        }
    }
}
