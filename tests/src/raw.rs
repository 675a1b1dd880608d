//! `SQLite` without the core: what the figures are held against.

use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, OpenFlags, config::DbConfig};

/// The core's own tables.
pub const SCHEMA: &str = include_str!("../../core/src/store/migrations/0001_initial.sql");

/// The core's own settings, in its order.
const SETTINGS: &[(&str, &str)] = &[
    ("journal_mode", "WAL"),
    ("synchronous", "FULL"),
    #[cfg(target_vendor = "apple")]
    ("fullfsync", "ON"),
    #[cfg(target_vendor = "apple")]
    ("checkpoint_fullfsync", "ON"),
    ("busy_timeout", "5000"),
    ("foreign_keys", "ON"),
    ("trusted_schema", "OFF"),
    ("cell_size_check", "ON"),
    ("mmap_size", "0"),
    ("temp_store", "MEMORY"),
    ("secure_delete", "ON"),
    ("journal_size_limit", "2000000"),
    ("wal_autocheckpoint", "400"),
];

/// Opens a database with the settings of the core.
pub fn open(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let no_mutex = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let conn = Connection::open_with_flags(path, flags | no_mutex)?;
    for (name, value) in SETTINGS {
        conn.pragma_update(None, name, value)?;
    }
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
    ] {
        conn.set_db_config(config, on)?;
    }
    conn.set_prepared_statement_cache_capacity(128);
    Ok(conn)
}
