//! Opening a connection: settings in their order, each read back, so that a phone whose `SQLite` ignores one is noticed at
//! once and not at the first power cut.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, config::DbConfig};
use saha_domain::SahaError;

use crate::error::{Error, Result};

/// Versions before this one can corrupt a database at a WAL reset.
const OLDEST_SQLITE: i32 = 3_051_003;

/// Settings of every connection: name, value to set, value to read back.
const PRAGMAS: &[(&str, &str, &str)] = &[
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", "2"),
    #[cfg(target_vendor = "apple")]
    ("fullfsync", "ON", "1"),
    #[cfg(target_vendor = "apple")]
    ("checkpoint_fullfsync", "ON", "1"),
    ("busy_timeout", "5000", "5000"),
    ("foreign_keys", "ON", "1"),
    ("trusted_schema", "OFF", "0"),
    ("cell_size_check", "ON", "1"),
    ("mmap_size", "0", "0"),
    ("temp_store", "MEMORY", "2"),
    ("secure_delete", "ON", "1"),
    ("journal_size_limit", "2000000", "2000000"),
    // 1.6 MB: a WAL that grows beyond the limit above is cut back to it, and each commit that makes it grow again waits for
    // the file's metadata as well.
    ("wal_autocheckpoint", "400", "400"),
];

/// Opens the file for writing, and creates it where it is missing.
pub(crate) fn open_writer(path: &Path) -> Result<Connection> {
    open(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
}

/// Opens an existing file for reading alone. A reader of a WAL needs to write beside it, so the refusal to write is set
/// afterwards.
pub(crate) fn open_reader(path: &Path) -> Result<Connection> {
    let conn = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    refuse_writes(&conn)?;
    Ok(conn)
}

/// From now on the connection only reads.
pub(crate) fn refuse_writes(conn: &Connection) -> Result<()> {
    set(conn, "query_only", "ON", "1")
}

fn open(path: &Path, access: OpenFlags) -> Result<Connection> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(Error::internal(format!("SQLite {} is too old", rusqlite::version())));
    }
    let conn =
        Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE)?;
    for (name, value, expected) in PRAGMAS {
        set(&conn, name, value, expected)?;
    }
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        // Else a statement is planned anew for other values: a third of a target screen's time.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
    ] {
        if conn.set_db_config(config, on)? != on {
            return Err(Error::internal(format!("SQLite does not take the setting {config:?}")));
        }
    }
    conn.set_prepared_statement_cache_capacity(128);
    Ok(conn)
}

fn set(conn: &Connection, name: &str, value: &str, expected: &str) -> Result<()> {
    conn.pragma_update(None, name, value)?;
    let read_back = conn.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))?;
    let read_back = match read_back {
        rusqlite::types::Value::Integer(number) => number.to_string(),
        rusqlite::types::Value::Text(text) => text,
        other => format!("{other:?}"),
    };
    if read_back == expected {
        Ok(())
    } else {
        let reason = format!("{name} is {read_back} after it was set to {value}");
        Err(SahaError::StorageFailed { reason }.into())
    }
}
