//! The confirmed body of a row, kept apart only while changes lie over it.

use rusqlite::{Connection, OptionalExtension};
use saha_domain::{Kind, SahaError};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    error::Result,
    store::{Confirmed, UNANNOUNCED},
};

pub(crate) fn get(conn: &Connection, kind: Kind, id: Uuid) -> Result<Option<Confirmed>> {
    let found: Option<(i64, String)> = conn
        .prepare_cached("SELECT version, body FROM shadow WHERE kind = ?1 AND id = ?2")?
        .query_row((kind.name(), id.as_bytes()), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let read = |(version, body): (i64, String)| match serde_json::from_str(&body) {
        Ok(body) => Ok(Confirmed::new(version, body)),
        Err(_) => Err(SahaError::StorageDamaged { reason: format!("the shadow of {kind} {id}") }),
    };
    Ok(found.map(read).transpose()?)
}

/// Confirmed bodies that the server does not announce.
pub(crate) fn unannounced(conn: &Connection) -> Result<Vec<(Kind, Value)>> {
    let mut statement = conn.prepare_cached("SELECT kind, body FROM shadow WHERE version = ?1")?;
    let rows = statement.query_map([UNANNOUNCED], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let read = |(kind, body): (String, String)| Some((kind.parse().ok()?, serde_json::from_str(&body).ok()?));
    let damaged = || SahaError::StorageDamaged { reason: "a shadow".to_owned() };
    rows.map(|row| Ok(read(row?).ok_or_else(damaged)?)).collect()
}

pub(crate) fn put(conn: &Connection, kind: Kind, id: Uuid, confirmed: &Confirmed) -> Result<()> {
    let sql = "INSERT INTO shadow (kind, id, version, body) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, body = excluded.body";
    conn.prepare_cached(sql)?.execute((kind.name(), id.as_bytes(), confirmed.version, confirmed.body.to_string()))?;
    Ok(())
}

pub(crate) fn delete(conn: &Connection, kind: Kind, id: Uuid) -> Result<()> {
    conn.prepare_cached("DELETE FROM shadow WHERE kind = ?1 AND id = ?2")?.execute((kind.name(), id.as_bytes()))?;
    Ok(())
}

/// Whether a body that is kept apart holds `text`.
pub(crate) fn holds_text(conn: &Connection, text: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM shadow WHERE instr(body, ?1) > 0)";
    Ok(conn.prepare_cached(sql)?.query_row([text], |row| row.get(0))?)
}
