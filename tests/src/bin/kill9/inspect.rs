//! What phone and server say after the kills.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use anyhow::{Result, ensure};
use rusqlite::Connection;
use saha_core::Saha;
use saha_domain::VisitState;
use saha_tests::{
    live,
    phone::{self, DATABASE},
};
use uuid::Uuid;

/// Writes that the core of a killed client said to be durable: what was done, and the record's id.
pub(crate) type Acknowledged = Vec<(String, Uuid)>;

/// What is wrong with acknowledged writes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Acknowledged, and not on the phone or not at the company.
    pub(crate) lost: u32,
    /// At the company more than once, under the same id or another one.
    pub(crate) doubled: u32,
}

/// The core opens the database again, every figure equals a recount, and the file is sound.
pub(crate) fn database(folder: &Path) -> Result<()> {
    let saha = live::open(folder)?;
    let differs = saha.verify_figures()?;
    ensure!(differs.is_empty(), "figures differ from a recount: {differs:?}");
    saha.shutdown()?;
    let sound: String =
        Connection::open(folder.join(DATABASE))?.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    ensure!(sound == "ok", "the database is damaged: {sound}");
    Ok(())
}

/// Changes that the company has taken by now.
pub(crate) fn taken(server: &Path) -> Result<u32> {
    Ok(Connection::open(server)?.query_row("SELECT count(*) FROM op WHERE refused = 0", [], |row| row.get(0))?)
}

/// A last sync brings everything that is left to the company. The answer is the phone, with an empty outbox.
pub(crate) fn settled(folder: &Path) -> Result<Arc<Saha>> {
    let saha = live::open(folder)?;
    phone::sync(&saha)?;
    let left = saha.outbox().list()?;
    ensure!(left.is_empty(), "{} changes are not settled, the first of them {:?}", left.len(), left.first());
    Ok(saha)
}

/// Looks for every acknowledged write on the settled phone and at the company. `kills` is how often a write can have been
/// durable without its acknowledgement: once a kill.
pub(crate) fn count(phone: &Saha, server: &Path, acknowledged: &Acknowledged, kills: u32) -> Result<Verdict> {
    let server = Connection::open(server)?;
    let mut verdict = Verdict::default();
    for (what, id) in acknowledged {
        let (rows, creates) = copies_at_server(&server, what, *id)?;
        verdict.lost += u32::from(!is_on_phone(phone, what, *id) || rows == 0 || creates == 0);
        verdict.doubled += u32::from(rows > 1 || creates > 1);
    }
    verdict.doubled += too_many(&server, acknowledged, kills)?;
    Ok(verdict)
}

fn is_on_phone(saha: &Saha, what: &str, id: Uuid) -> bool {
    let is_completed = || saha.visits().get(id.into()).is_ok_and(|visit| visit.state == VisitState::Completed);
    match what {
        "call" => saha.calls().get(id.into()).is_ok(),
        "visit" => saha.visits().get(id.into()).is_ok(),
        "completed" => is_completed(),
        "sale" => saha.sales().get(id.into()).is_ok(),
        _ => false,
    }
}

/// Rows of that id in that state, and changes that made one.
fn copies_at_server(server: &Connection, what: &str, id: Uuid) -> Result<(u32, u32)> {
    let (kind, is_completed) = if what == "completed" { ("visit", true) } else { (what, false) };
    let rows = server.query_row(
        "SELECT count(*) FROM record WHERE kind = ?1 AND id = ?2 AND body IS NOT NULL
         AND (NOT ?3 OR body ->> '$.state' = 'completed')",
        (kind, id.into_bytes(), is_completed),
        |row| row.get(0),
    )?;
    let creates = server.query_row(
        "SELECT count(*) FROM op WHERE kind = ?1 AND row = ?2 AND creates = 1 AND refused = 0",
        (kind, id.into_bytes()),
        |row| row.get(0),
    )?;
    Ok((rows, creates))
}

/// Records at the company that nobody wrote, by their number; and sales that share a document number.
fn too_many(server: &Connection, acknowledged: &Acknowledged, kills: u32) -> Result<u32> {
    let written: BTreeSet<Uuid> = acknowledged.iter().map(|(_, id)| *id).collect();
    let rows: u32 =
        server
            .query_row("SELECT count(*) FROM record WHERE kind IN ('call', 'visit', 'sale')", [], |row| row.get(0))?;
    let shared: u32 = server.query_row(
        "SELECT count(*) - count(DISTINCT body ->> '$.number') FROM record WHERE kind = 'sale'",
        [],
        |row| row.get(0),
    )?;
    Ok(rows.saturating_sub(u32::try_from(written.len())? + kills) + shared)
}

#[cfg(test)]
mod tests;
