//! The schema by versions: frozen SQL files, the version is the position in one array.

use rusqlite::{Connection, TransactionBehavior};
use saha_domain::SahaError;

use crate::error::Result;

/// "Saha" in ASCII: marks our databases, and tells another application's apart.
pub(crate) const APPLICATION_ID: i32 = 0x5361_6861;

const MIGRATIONS: &[&str] = &[include_str!("migrations/0001_initial.sql")];

/// The schema version that this build writes.
pub(crate) fn newest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Refuses what is not ours or newer than us, then brings the schema up to date, each step with its version number in one
/// transaction.
pub(crate) fn migrate(conn: &mut Connection) -> Result<()> {
    let found: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let application: i32 = conn.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION_ID && (application != 0 || tables > 0) {
        return Err(SahaError::ForeignDatabase { reason: format!("application id {application:#010x}") }.into());
    }
    if found > newest() {
        return Err(SahaError::SchemaTooNew { found, supported: newest() }.into());
    }
    for (sql, version) in MIGRATIONS.iter().zip(1_i64..).filter(|(_, version)| *version > found) {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(sql)?;
        tx.pragma_update(None, "application_id", APPLICATION_ID)?;
        tx.pragma_update(None, "user_version", version)?;
        tx.commit()?;
    }
    Ok(())
}
