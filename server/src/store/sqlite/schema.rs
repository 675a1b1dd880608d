//! Migrations: frozen files, numbered by their place in one array.

use rusqlite::{Connection, TransactionBehavior};

use crate::store::{Result, StoreError};

/// "SAHS": tells this file from every other SQLite database.
const APPLICATION_ID: i64 = 0x5341_4853;

/// Migration `n` brings `user_version` from `n` to `n + 1`.
const MIGRATIONS: &[&str] = &[include_str!("1-initial.sql")];

/// Refuses another application's database before anything in it is touched.
pub(super) fn refuse_foreign(connection: &Connection) -> Result<()> {
    let found = application_id(connection)?;
    if found == 0 || found == APPLICATION_ID { Ok(()) } else { Err(StoreError::ForeignDatabase { found }) }
}

/// Applies what is missing, each migration and its version in one transaction.
pub(super) fn migrate(connection: &mut Connection) -> Result<()> {
    let supported = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    let found = version(connection)?;
    if found > supported {
        return Err(StoreError::SchemaTooNew { found, supported });
    }
    for (target, sql) in (1_i64..).zip(MIGRATIONS) {
        if target > found {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            tx.execute_batch(sql)?;
            tx.pragma_update(None, "application_id", APPLICATION_ID)?;
            tx.pragma_update(None, "user_version", target)?;
            tx.commit()?;
        }
    }
    Ok(())
}

fn version(connection: &Connection) -> Result<i64> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

fn application_id(connection: &Connection) -> Result<i64> {
    Ok(connection.pragma_query_value(None, "application_id", |row| row.get(0))?)
}
