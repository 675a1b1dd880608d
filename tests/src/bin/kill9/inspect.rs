//! What the database says after a kill.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use rusqlite::Connection;
use saha_tests::{
    canned::Offline,
    phone::{self, DATABASE},
};
use uuid::Uuid;

/// Lines that clients wrote: what was done, and the record's id.
pub(crate) type Acknowledged = Vec<String>;

/// What is wrong with acknowledged writes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Acknowledged and not there.
    pub(crate) lost: u32,
    /// There more than once.
    pub(crate) doubled: u32,
}

/// The core opens the database again, every figure equals a recount, and the file is sound.
pub(crate) fn database(folder: &Path) -> Result<()> {
    let saha = phone::open(folder, Offline)?;
    let differs = saha.verify_figures()?;
    ensure!(differs.is_empty(), "figures differ from a recount: {differs:?}");
    saha.shutdown();
    let sound: String =
        Connection::open(folder.join(DATABASE))?.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    ensure!(sound == "ok", "the database is damaged: {sound}");
    Ok(())
}

/// Looks for every acknowledged write: its row once, and its change once.
pub(crate) fn count(folder: &Path, acknowledged: &Acknowledged) -> Result<Verdict> {
    let conn = Connection::open(folder.join(DATABASE))?;
    let mut verdict = Verdict::default();
    for line in acknowledged {
        let (what, id) = line.split_once(' ').context("a line of a client")?;
        let (table, op) = match what {
            "completed" => ("visit", "patch"),
            kind => (kind, "create"),
        };
        let id = Uuid::parse_str(id)?.into_bytes();
        let rows: u32 =
            conn.query_row(&format!("SELECT count(*) FROM {table} WHERE id = ?1"), [id], |row| row.get(0))?;
        let changes: u32 =
            conn.query_row("SELECT count(*) FROM outbox WHERE id = ?1 AND op = ?2", (id, op), |row| row.get(0))?;
        verdict.lost += u32::from(rows == 0 || changes == 0);
        verdict.doubled += u32::from(rows > 1 || changes > 1);
    }
    // The document numbers of one device are given once each.
    let sales: (u32, u32) =
        conn.query_row("SELECT count(*), count(DISTINCT number) FROM sale", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    verdict.doubled += sales.0 - sales.1;
    Ok(verdict)
}
