//! Rows of kinds, or in a shape, that this build does not know: kept for the upgrade of the app, and used after it.

use rusqlite::Connection;
use saha_domain::{CustomerId, Kind, RepId};
use uuid::Uuid;

use super::{apply, exchange::SCHEMA};
use crate::{
    error::Result,
    kinds,
    store::{Key, Reader, RemoteTx, Store, local},
};

pub(super) fn put(conn: &Connection, kind: &str, id: Uuid, version: i64, body: &str) -> Result<()> {
    let sql = "INSERT INTO parked (kind, id, version, body) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, body = excluded.body";
    conn.prepare_cached(sql)?.execute((kind, id.as_bytes(), version, body))?;
    Ok(())
}

pub(super) fn delete(conn: &Connection, kind: &str, id: Uuid) -> Result<()> {
    conn.prepare_cached("DELETE FROM parked WHERE kind = ?1 AND id = ?2")?.execute((kind, id.as_bytes()))?;
    Ok(())
}

/// A customer left sight. What names him goes, unless it names the rep, too: what this build can't read may be his own work.
pub(super) fn left(conn: &Connection, customer: CustomerId, own: Option<RepId>) -> Result<()> {
    let sql = "DELETE FROM parked WHERE instr(body, ?1) > 0 AND (?2 IS NULL OR instr(body, ?2) = 0)";
    conn.prepare_cached(sql)?.execute((customer.to_string(), own.map(|rep| rep.to_string())))?;
    Ok(())
}

/// After an upgrade: what this build can read by now takes its place. The rest waits for another upgrade.
pub(crate) fn use_known(store: &Store) -> Result<()> {
    let written_by = store.read(|reader| local::get::<u32>(reader.conn(), Key::Schema))?;
    if written_by == Some(SCHEMA) {
        return Ok(());
    }
    store.apply(|tx| {
        for row in all(tx.conn())? {
            take(tx, row)?;
        }
        tx.set(Key::Schema, &SCHEMA)
    })
}

/// Whether a body of a kind that this build knows is parked which is newer than what it shows of that row: then the figures
/// lack what it says.
pub(super) fn hides_figures(reader: &Reader) -> Result<bool> {
    let conn = reader.conn();
    for &kind in Kind::ALL {
        let mut statement = conn.prepare_cached("SELECT id, version FROM parked WHERE kind = ?1")?;
        let rows = statement.query_map([kind.name()], |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, i64>(1)?)))?;
        for row in rows {
            let (id, version) = row?;
            let shown = kinds::statements(kind).get(conn, &mut reader.words(), Uuid::from_bytes(id))?;
            if shown.and_then(|row| row.version).is_none_or(|shown| shown < version) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

struct Parked {
    kind: String,
    id: Uuid,
    version: i64,
    body: String,
}

fn all(conn: &Connection) -> Result<Vec<Parked>> {
    let mut statement = conn.prepare("SELECT kind, id, version, body FROM parked ORDER BY version")?;
    let rows = statement.query_map([], |row| {
        let id: [u8; 16] = row.get(1)?;
        Ok(Parked { kind: row.get(0)?, id: Uuid::from_bytes(id), version: row.get(2)?, body: row.get(3)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A row takes its place, unless what is there came later. What can't be read now either is parked again.
fn take(tx: &mut RemoteTx<'_>, parked: Parked) -> Result<()> {
    let Parked { kind, id, version, body } = parked;
    let Ok(known) = kind.parse::<Kind>() else { return Ok(()) };
    delete(tx.conn(), &kind, id)?;
    let newest = tx.change_row(known, id, |_, row| Ok(row.base_version()))?;
    if newest.is_some_and(|newest| newest >= version) { Ok(()) } else { apply::row(tx, &kind, id, version, &body) }
}

#[cfg(test)]
mod tests;
