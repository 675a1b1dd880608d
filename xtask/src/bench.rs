//! `cargo xtask bench`: runs the benches of `saha-tests` and judges each figure against its floor and goal.
//!
//! A bench tells a figure in one line: `@figure {"name":…,"value":…,"unit":…,"ratio":…,"floor":…,"goal":…,"better":…}`.

use std::collections::BTreeSet;
use std::env::consts::{ARCH, OS};
use std::fs;
use std::process::Command;
use std::thread;

use anyhow::{Context as _, Result, bail};
use serde_json::json;

use crate::bench::figure::{Figure, Grade};
use crate::context::Context;
use crate::report::{Verdict, columns, count};

mod bindings;
mod figure;
mod start;
mod table;
#[cfg(test)]
mod tests;

/// Figures without which a run says less than it seems to. A bench that can't measure one on this system leaves it out, and
/// nobody would miss it.
const EXPECTED: &[&str] = &[
    "log a visit: check-in and check-out",
    "log a call",
    "target screen at 30 000 activities",
    "target screen, 300 000 activities to 30 000",
    "first sync of 100 000 rows",
    "peak memory of a first sync",
    "disk bytes of a synced activity",
    "cold open to the first target",
    "wire bytes of a change, 10 000 at once",
    "wire bytes of a change, 40 of a day",
    "wire bytes of a visit alone, in and out",
];

/// The page that `--write` keeps up to date.
const PAGE: &str = "docs/performance.md";

/// Between these marks of the page stands the table.
const MARK: &str = "bench";

/// Other benches than those against raw `SQLite`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Which {
    /// What a call costs from Rust, Kotlin and Swift
    Bindings,
    /// How long the iOS app takes to its first screen, without the screen
    Ios,
    /// The same of the Android app, and with its window
    Android,
}

/// Runs the benches that are asked for.
pub(crate) fn run(context: &Context, which: Option<Which>, write: bool) -> Result<Verdict> {
    match which {
        None => against_sqlite(context, write),
        Some(Which::Bindings) => bindings::run(context, write),
        Some(Which::Ios) => start::run(context, &start::IOS, write),
        Some(Which::Android) => start::run(context, &start::ANDROID, write),
    }
}

/// Runs every bench; with `write`, the table in the page becomes what was measured.
fn against_sqlite(context: &Context, write: bool) -> Result<Verdict> {
    let figures = measure(context, &mut context.cargo(&["bench", "-p", "saha-tests", "--bench", "*", "--locked"]))?;
    context.say(&format!("\n{}\n", columns(&table::rows(&figures))));
    if write {
        write_table(context, MARK, &markdown(&figures)?)?;
    }
    Ok(verdict(&figures, EXPECTED))
}

/// Puts a table between those marks of the page.
fn write_table(context: &Context, mark: &str, table: &str) -> Result<()> {
    let page = context.root.join(PAGE);
    let text = fs::read_to_string(&page).with_context(|| format!("cannot read {PAGE}"))?;
    fs::write(&page, table::replace(&text, mark, table)?).with_context(|| format!("cannot write {PAGE}"))?;
    context.say(&format!("wrote the table in {PAGE}"));
    Ok(())
}

/// Runs benches, and hears what they measured.
fn measure(context: &Context, command: &mut Command) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let mut names = BTreeSet::new();
    let success = Context::lines(command, |line| {
        let Some(figure) = Figure::from_line(line)? else {
            context.say(line);
            return Ok(());
        };
        if !names.insert(figure.name.clone()) {
            bail!("two figures are called {}", figure.name);
        }
        figures.push(figure);
        Ok(())
    })?;
    if !success {
        bail!("a bench failed, see above");
    }
    Ok(figures)
}

/// The table, and the machine without which a figure means nothing.
fn markdown(figures: &[Figure]) -> Result<String> {
    let cores = thread::available_parallelism()?.get();
    let machine = format!("Measured by `cargo xtask bench` on {OS} {ARCH} with {}.", count(cores, "core"));
    Ok(format!("{}\n\n{machine}", table::markdown(figures)))
}

fn verdict(figures: &[Figure], expected: &[&str]) -> Verdict {
    let named = |grade: Grade| -> Vec<&str> {
        figures.iter().filter(|figure| figure.grade() == grade).map(|figure| figure.name.as_str()).collect()
    };
    let (under_floor, under_goal) = (named(Grade::ShortOfFloor), named(Grade::ShortOfGoal));
    let short = |which: &[&str], bound: &str| match which {
        [] => format!("none short of its {bound}"),
        which => format!("{} short of {bound} ({})", which.len(), which.join(", ")),
    };
    let all = count(figures.len(), "figure");
    let mut line = format!("bench: {all}, {}, {}", short(&under_floor, "floor"), short(&under_goal, "goal"));
    let is_measured = |name: &&str| figures.iter().any(|figure| figure.name == **name);
    let missing: Vec<&str> = expected.iter().filter(|name| !is_measured(name)).copied().collect();
    if !missing.is_empty() {
        line = format!("{line}; NOT MEASURED: {}", missing.join(", "));
    }
    let told: Vec<_> =
        figures.iter().map(|figure| json!({ "figure": figure, "result": figure.grade().label() })).collect();
    let good = !figures.is_empty() && under_floor.is_empty() && missing.is_empty();
    Verdict::new(good, line).with_figures(json!(told))
}
