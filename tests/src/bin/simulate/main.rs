//! Plays many short histories of three phones, two reps and a company whose server is restored, whose customers change
//! hands and whose network loses, doubles and delays; and holds each one's end against a plain notebook.
//!
//! Real phones and the real server, in one process and without a socket. Each history is made of its seed alone.

mod check;
mod clock;
mod company;
mod device;
mod files;
mod history;
mod link;
mod model;

use std::{
    io::Write as _,
    process::ExitCode,
    sync::atomic::{AtomicU64, Ordering},
};

use anyhow::Result;
use clap::Parser;
use serde_json::json;

use history::{Beginning, History};

#[derive(Parser)]
struct Options {
    /// How many histories to play
    #[arg(long, default_value_t = 1_000)]
    histories: u64,
    /// The seed of the first one; each next has the next
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Stop at the first history that ends wrong
    #[arg(long)]
    stop: bool,
}

fn main() -> Result<ExitCode> {
    let options = Options::parse();
    let beginning = Beginning::new()?;
    let (next, wrong) = (AtomicU64::new(options.seed), AtomicU64::new(0));
    let (first, end) = (AtomicU64::new(u64::MAX), options.seed.saturating_add(options.histories));
    let play = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end || (options.stop && wrong.load(Ordering::Relaxed) > 0) {
                return;
            }
            if let Err((error, log)) = History::play(&beginning, seed) {
                wrong.fetch_add(1, Ordering::Relaxed);
                first.fetch_min(seed, Ordering::Relaxed);
                tell(seed, &error, &log);
            }
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(play);
        }
    });
    let (wrong, first) = (wrong.into_inner(), first.into_inner());
    let played = next.into_inner().min(end).saturating_sub(options.seed);
    let tally = json!({ "histories": played, "wrong": wrong, "first_wrong": (wrong > 0).then_some(first) });
    say(&tally)?;
    Ok(if wrong > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn tell(seed: u64, error: &anyhow::Error, log: &[String]) {
    // Whoever does not listen any more is no reason to stop.
    let _unheard = say(&format!("seed {seed}: {error:#}\n  {}\n", log.join("\n  ")));
}

fn say(text: &dyn std::fmt::Display) -> std::io::Result<()> {
    writeln!(std::io::stdout().lock(), "{text}")
}
