//! `cargo xtask simulate`: many short histories of phones, a company and what goes wrong between them.
//!
//! The program is `simulate` of `saha-tests`: real phones and the real server in one process. A history that ends wrong is
//! told with its seed and all that happened in it. The last line is `{"histories":…,"wrong":…,"first_wrong":…}`.

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
    /// How many histories to play
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..))]
    histories: u64,
    /// The seed of the first history; each next has the next
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// What the program counted.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
pub(crate) struct Tally {
    /// Histories that were played.
    pub(crate) histories: u64,
    /// Histories that ended otherwise than the reference says.
    pub(crate) wrong: u64,
    /// The seed of the first of those.
    pub(crate) first_wrong: Option<u64>,
}

/// Plays as many histories as asked.
pub(crate) fn run(context: &Context, options: &Options) -> Result<Verdict> {
    play(context, options.histories, options.seed)
}

/// Plays `histories`, from that seed on.
pub(crate) fn play(context: &Context, histories: u64, seed: u64) -> Result<Verdict> {
    let options = ["--histories".to_owned(), histories.to_string(), "--seed".to_owned(), seed.to_string()];
    let (tally, success) = program::run(context, "simulate", &options)?;
    judge(tally, histories, seed, success)
}

fn judge(tally: Tally, asked: u64, seed: u64, success: bool) -> Result<Verdict> {
    let Tally { histories, wrong, first_wrong } = tally;
    let passed = success && histories >= asked && wrong == 0;
    let worst = first_wrong.map_or_else(String::new, |seed| format!(", seed {seed} first"));
    let line = format!("simulate: {histories} of {asked} histories from seed {seed}, {wrong} wrong{worst}");
    Ok(Verdict::new(passed, line).with_figures(serde_json::to_value(tally)?))
}
