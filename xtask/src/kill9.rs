//! `cargo xtask kill9`: a real client killed at random moments, while it writes and syncs with a real server.
//!
//! The program is `kill9` of `saha-tests`. Its last line is
//! `{"runs":…,"acknowledged":…,"synced":…,"lost":…,"doubled":…}`. A client counts as a run if the kill ended it and it had
//! acknowledged a write by then.

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::Output;
use crate::context::Context;
use crate::program;
use crate::report::Verdict;

#[cfg(test)]
mod tests;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// How many clients to kill
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..))]
    runs: u64,
    /// Repeat the moments of an earlier run
    #[arg(long)]
    seed: Option<u64>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// What the program counted.
#[derive(Debug, Deserialize, Serialize)]
struct Tally {
    /// Clients that the kill ended after they had acknowledged a write.
    runs: u64,
    /// Writes that killed clients had acknowledged.
    acknowledged: u64,
    /// Changes that the server had taken from clients by the last kill.
    synced: u64,
    /// Acknowledged writes that are not on the phone, or not at the server after a last sync.
    lost: u64,
    /// Writes that are at the server more than once.
    doubled: u64,
}

/// Kills as often as asked.
pub(crate) fn run(context: &Context, options: &Options) -> Result<Verdict> {
    times(context, options.runs, options.seed)
}

/// Kills `runs` clients; the same seed chooses the same moments.
pub(crate) fn times(context: &Context, runs: u64, seed: Option<u64>) -> Result<Verdict> {
    let mut options = vec!["--runs".to_owned(), runs.to_string()];
    if let Some(seed) = seed {
        options.extend(["--seed".to_owned(), seed.to_string()]);
    }
    let (tally, success) = program::run(context, "kill9", &options)?;
    judge(tally, runs, success)
}

fn judge(tally: Tally, asked: u64, success: bool) -> Result<Verdict> {
    let Tally { runs, acknowledged, synced, lost, doubled } = tally;
    let passed = success && runs >= asked && acknowledged > 0 && synced > 0 && lost == 0 && doubled == 0;
    let line = format!(
        "kill9: {runs} of {asked} runs, {acknowledged} acknowledged, {synced} synced, {lost} lost, {doubled} doubled"
    );
    Ok(Verdict::new(passed, line).with_figures(serde_json::to_value(tally)?))
}
