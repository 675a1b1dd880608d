//! From a closed app to its first screen, against raw `SQLite`: open, set, ask once.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::{Result, ensure};
use saha_core::Saha;
use saha_tests::{
    measure::{Pair, Unit, tell, timed},
    office::{self, Plan},
    phone::{self, DATABASE, MemorySecrets},
    raw,
};

const ROUNDS: usize = 200;
/// The newest month of visits, as a plain app would count it.
const QUERY: &str = "SELECT count(*) FROM visit WHERE check_in_date > (SELECT max(check_in_date) FROM visit) - 30";

fn main() -> Result<()> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    office::fill(folder.path(), Plan::ONE_REP)?;
    let copy = folder.path().join("raw.db");
    std::fs::copy(folder.path().join(DATABASE), &copy)?;
    let open = Pair::measure(ROUNDS, || core(folder.path()), || by_hand(&copy))?;
    tell(&format!("raw SQLite: {:.2} ms", Unit::Milli.of(open.raw)))?;
    open.figure("cold open to the first target", Unit::Milli).bounded(2.0, 1.5).tell()
}

/// Closing is not timed, on either side.
fn core(folder: &Path) -> Result<Duration> {
    let (saha, time) = timed(|| {
        let saha = Saha::open(phone::config(folder), Arc::new(MemorySecrets::default()))?;
        ensure!(!saha.targets().progress()?.is_empty(), "a phone without targets");
        Ok(saha)
    })?;
    saha.shutdown()?;
    Ok(time)
}

fn by_hand(path: &Path) -> Result<Duration> {
    let (_conn, time) = timed(|| {
        let conn = raw::open(path)?;
        let visits: i64 = conn.query_row(QUERY, [], |row| row.get(0))?;
        ensure!(visits > 0, "a phone without visits");
        Ok(conn)
    })?;
    Ok(time)
}
