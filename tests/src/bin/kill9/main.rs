//! Kills a real client at random moments while it writes and syncs, and asks phone and server what is left of what was
//! acknowledged.
//!
//! The parent runs a company's server on loopback and starts itself as a client (`kill9 --client FOLDER`) that logs
//! calls, visits and sales as fast as it can and syncs all the while. The client writes each record's id to a pipe after
//! the core's call returned: from then on the write is acknowledged. The parent kills it (SIGKILL) and opens the same
//! folder. The folder stays the same over all runs, so later kills meet a larger database. In the end the phone syncs
//! once more, and every acknowledged write has to be on it and at the company, exactly once.

mod client;
mod inspect;

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use saha_tests::{
    dice::Dice,
    live::{self, LiveCompany},
    phone,
};
use uuid::Uuid;

use inspect::Acknowledged;

#[derive(Parser)]
struct Options {
    /// How many clients to kill
    #[arg(long, default_value_t = 100)]
    runs: u32,
    /// Repeat the moments of an earlier run
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Be the client that is killed, in this folder
    #[arg(long, hide = true)]
    client: Option<PathBuf>,
}

/// The latest moment at which a client is killed after its first write, milliseconds. Its sync begins beside it and sends
/// a request every 25 ms where nothing is optimised, so that kills find all of a sync.
const LATEST_MS: u64 = 400;
const CUSTOMERS: usize = 20;

/// What one killed client did.
struct Life {
    acknowledged: Acknowledged,
    /// Whether it was the kill that ended it.
    was_killed: bool,
}

impl Life {
    /// A client that ended on its own, or before it did anything, says nothing of kills.
    fn counts(&self) -> bool {
        self.was_killed && !self.acknowledged.is_empty()
    }
}

fn main() -> Result<()> {
    let options = Options::parse();
    if let Some(folder) = options.client {
        return client::work(&folder);
    }
    let folder = tempfile::tempdir()?;
    let company = company(&folder.path().join("server"))?;
    let phone = folder.path().join("phone");
    sign_in(&phone, &company)?;
    let mut dice = Dice::new(options.seed);
    let (mut runs, mut all) = (0, Acknowledged::default());
    for _ in 0..options.runs {
        let life = kill_one(&phone, 1 + dice.below(LATEST_MS))?;
        runs += u32::from(life.counts());
        all.extend(life.acknowledged);
        inspect::database(&phone)?;
    }
    let server = company.folder.join(live::DATABASE);
    let synced = inspect::taken(&server)?;
    let verdict = inspect::count(&*inspect::settled(&phone)?, &server, &all, options.runs)?;
    let tally = serde_json::json!({
        "runs": runs, "acknowledged": all.len(), "synced": synced, "lost": verdict.lost, "doubled": verdict.doubled,
    });
    writeln!(std::io::stdout(), "{tally}")?;
    Ok(())
}

/// A company with one rep who has customers and something to sell.
fn company(folder: &Path) -> Result<LiveCompany> {
    // The phone of the killed clients syncs more often in a second than anyone does in an hour.
    let company = LiveCompany::start(folder, |config| {
        (config.rates.request_burst, config.rates.requests_per_s) = (100_000, 100_000);
    })?;
    let mut customers = "code,name,status,segment\n".to_owned();
    let mut assignments = "customer_code,rep_code,from,to\n".to_owned();
    for n in 0..CUSTOMERS {
        writeln!(customers, "C{n},Market {n},active,B")?;
        writeln!(assignments, "C{n},R1,2026-01-01,")?;
    }
    for (kind, csv) in [
        ("reps", "code,name,team\nR1,Ayşe Yılmaz,anadolu\n"),
        ("users", "login,password,role,rep_code\nayse,saha-ayse-2026,rep,R1\n"),
        ("customers", &customers),
        ("products", "code,name,group,unit,price,currency,vat,floor_price\nP1,Kola,icecek,adet,10.00,TRY,20,9.00\n"),
        ("assignments", &assignments),
    ] {
        let report = company.import(kind, csv)?;
        ensure!(report.problems.is_empty(), "{kind}: {:?}", report.problems);
    }
    Ok(company)
}

/// The first sync; the clients that are killed open the same folder and go on with its tokens.
fn sign_in(folder: &Path, company: &LiveCompany) -> Result<()> {
    let saha = live::open(folder)?;
    let account = saha.account();
    company.runtime.block_on(account.sign_in(company.url(), "ayse".to_owned(), "saha-ayse-2026".to_owned()))?;
    phone::sync(&saha)?;
    saha.shutdown()?;
    Ok(())
}

/// Starts a client, lets it work for `after_ms` from its first write on, and kills it.
fn kill_one(folder: &Path, after_ms: u64) -> Result<Life> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg("--client")
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()
        .context("start a client")?;
    let mut lines = BufReader::new(child.stdout.take().context("the client has no output")?);
    let mut first = String::new();
    lines.read_line(&mut first)?;
    let killer = thread::spawn(move || kill_after(child, Duration::from_millis(after_ms)));
    // What stands in the pipe was acknowledged, even where the client did not live to see it read. A line without its
    // end was not.
    let mut said = vec![first];
    let mut line = String::new();
    while lines.read_line(&mut line)? > 0 {
        said.push(std::mem::take(&mut line));
    }
    let status = killer.join().map_err(|_| anyhow::anyhow!("the killing thread panicked"))??;
    let acknowledged =
        said.iter().filter_map(|line| line.strip_suffix('\n')).map(acknowledged).collect::<Result<_>>()?;
    Ok(Life { acknowledged, was_killed: was_killed(status) })
}

fn acknowledged(line: &str) -> Result<(String, Uuid)> {
    let (what, id) = line.split_once(' ').context("a line of a client")?;
    Ok((what.to_owned(), id.parse()?))
}

fn kill_after(mut child: Child, pause: Duration) -> std::io::Result<ExitStatus> {
    thread::sleep(pause);
    child.kill().and_then(|()| child.wait())
}

#[cfg(unix)]
fn was_killed(status: ExitStatus) -> bool {
    const SIGKILL: i32 = 9;
    std::os::unix::process::ExitStatusExt::signal(&status) == Some(SIGKILL)
}

/// Without signals, a client that ended on its own has said so with a good code.
#[cfg(not(unix))]
fn was_killed(status: ExitStatus) -> bool {
    !status.success()
}
