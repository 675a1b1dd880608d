//! Last bodies of rows that are out of sight, for as long as a kept change names them: a server that was restored from a
//! backup may ask for one. Nobody is shown them.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension};
use saha_domain::{Kind, SahaError};
use serde_json::Value;
use uuid::Uuid;

use crate::error::Result;

pub(crate) fn put(conn: &Connection, kind: Kind, id: Uuid, body: &Value) -> Result<()> {
    let sql = "INSERT INTO retained (kind, id, body) VALUES (?1, ?2, ?3)
               ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body";
    conn.prepare_cached(sql)?.execute((kind.name(), id.as_bytes(), body.to_string()))?;
    Ok(())
}

pub(crate) fn get(conn: &Connection, kind: Kind, id: Uuid) -> Result<Option<Value>> {
    let body: Option<String> = conn
        .prepare_cached("SELECT body FROM retained WHERE kind = ?1 AND id = ?2")?
        .query_row((kind.name(), id.as_bytes()), |row| row.get(0))
        .optional()?;
    let read = |body: String| serde_json::from_str(&body);
    let damaged = |_| SahaError::StorageDamaged { reason: format!("the retained body of {kind} {id}") };
    Ok(body.map(read).transpose().map_err(damaged)?)
}

/// Whether there is any.
pub(crate) fn is_empty(conn: &Connection) -> Result<bool> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM retained)";
    Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Lets go of every body that nothing in `named` is, and says whose.
pub(crate) fn keep_only(conn: &Connection, named: &HashSet<Uuid>) -> Result<Vec<Uuid>> {
    let mut statement = conn.prepare_cached("SELECT kind, id FROM retained")?;
    let there = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, [u8; 16]>(1)?)))?;
    let there = there.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut delete = conn.prepare_cached("DELETE FROM retained WHERE kind = ?1 AND id = ?2")?;
    let mut gone = Vec::new();
    for (kind, id) in there.iter().filter(|(_, id)| !named.contains(&Uuid::from_bytes(*id))) {
        delete.execute((kind, id))?;
        gone.push(Uuid::from_bytes(*id));
    }
    Ok(gone)
}
