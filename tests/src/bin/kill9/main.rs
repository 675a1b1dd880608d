//! Kills a real client at random moments and asks the database what is left of what was acknowledged.
//!
//! The parent starts itself as a client (`kill9 --client FOLDER`) that logs calls, visits and sales as fast as it can. The client writes
//! each record's id to a pipe after the core's call returned: from then on the write is acknowledged. The parent kills it (SIGKILL), opens the
//! same folder and looks for every id. The folder stays the same over all runs, so later kills meet a larger database.

mod client;
mod inspect;

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result};
use clap::Parser;
use saha_tests::{
    dice::Dice,
    office::{self, Plan},
};

use inspect::Acknowledged;

#[derive(Parser)]
struct Options {
    /// How many clients to kill
    #[arg(long, default_value_t = 100)]
    runs: u64,
    /// Repeat the moments of an earlier run
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Be the client that is killed, in this folder
    #[arg(long, hide = true)]
    client: Option<PathBuf>,
}

/// The latest moment at which a client is killed after its first acknowledgement, milliseconds.
const LATEST_MS: u64 = 50;

fn main() -> Result<()> {
    let options = Options::parse();
    if let Some(folder) = options.client {
        return client::work(&folder);
    }
    let folder = tempfile::tempdir()?;
    office::fill(folder.path(), Plan { activities: 0, customers: 20, products: 5, ..Plan::ONE_REP })?;
    let mut dice = Dice::new(options.seed);
    let mut all = Acknowledged::default();
    for _ in 0..options.runs {
        let acknowledged = kill_one(folder.path(), 1 + dice.below(LATEST_MS))?;
        all.extend(acknowledged);
        inspect::database(folder.path())?;
    }
    let verdict = inspect::count(folder.path(), &all)?;
    let tally = serde_json::json!({
        "runs": options.runs, "acknowledged": all.len(), "lost": verdict.lost, "doubled": verdict.doubled,
    });
    writeln!(std::io::stdout(), "{tally}")?;
    Ok(())
}

/// Starts a client, lets it work for `after_ms` from its first acknowledgement on, and kills it.
fn kill_one(folder: &Path, after_ms: u64) -> Result<Vec<String>> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg("--client")
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()
        .context("start a client")?;
    let mut lines = BufReader::new(child.stdout.take().context("the client has no output")?);
    let mut first = String::new();
    lines.read_line(&mut first)?;
    let killer = thread::spawn(move || {
        thread::sleep(Duration::from_millis(after_ms));
        child.kill().and_then(|()| child.wait())
    });
    // What stands in the pipe was acknowledged, even where the client did not live to see it read. A line without its
    // end was not.
    let mut acknowledged = vec![first];
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 {
        acknowledged.push(std::mem::take(&mut line));
    }
    killer.join().map_err(|_| anyhow::anyhow!("the killing thread panicked"))??;
    Ok(acknowledged.into_iter().filter_map(|line| line.strip_suffix('\n').map(str::to_owned)).collect())
}
