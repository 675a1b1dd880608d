//! The scenarios of `tests/scenarios`, played in Rust: against a real `saha serve`, each in a folder of its own.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod company;
mod device;
mod operations;
mod scenario;
mod stage;
mod values;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    thread,
};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use crate::{
    operations::Arguments,
    scenario::{Scenario, Step},
    stage::{STEP_MS, Stage},
    values::{Memory, difference},
};

/// Plays one scenario instead of all.
const ONLY: &str = "SAHA_SCENARIO";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios").canonicalize().unwrap()
}

/// Where results are kept, to be compared with those of other languages.
fn results() -> PathBuf {
    let target = Path::new(env!("CARGO_BIN_EXE_saha")).ancestors().nth(2).unwrap();
    target.join("scenarios").join("rust")
}

#[test]
fn every_scenario_ends_as_it_says() {
    let only = std::env::var(ONLY).ok();
    let mut scenarios = scenario::all_in(&folder()).unwrap();
    scenarios.retain(|scenario| only.as_ref().is_none_or(|only| *only == scenario.name));
    assert!(!scenarios.is_empty(), "there is no scenario");
    if only.is_none() {
        // What an earlier run left must not pass for this one's.
        drop(fs::remove_dir_all(results()));
    }
    let failures: Vec<String> = thread::scope(|scope| {
        let playing: Vec<_> =
            scenarios.iter().map(|scenario| (&scenario.name, scope.spawn(|| play(scenario)))).collect();
        let ended = playing.into_iter().map(|(name, playing)| (name, playing.join().unwrap()));
        ended.filter_map(|(name, played)| played.err().map(|error| format!("{name}, {error:#}"))).collect()
    });
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

#[test]
fn every_operation_is_in_some_scenario() {
    let scenarios = scenario::all_in(&folder()).unwrap();
    let played: BTreeSet<&str> = scenarios.iter().flat_map(|s| &s.steps).map(|step| step.what.as_str()).collect();
    let missing: Vec<&str> =
        operations::ALL.iter().map(|(name, _)| *name).filter(|name| !played.contains(name)).collect();
    assert!(missing.is_empty(), "no scenario plays {missing:?}");
}

fn play(scenario: &Scenario) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut stage = Stage::set(folder.path(), &self::folder(), scenario.starts_at.timestamp_millis())?;
    let mut memory = Memory::default();
    memory.keep("server", stage.company.url().into());
    let mut outcomes = Vec::new();
    for (number, step) in (1..).zip(&scenario.steps) {
        let done = take(step, &mut stage, &mut memory);
        outcomes.push(done.with_context(|| format!("step {number} ({})", step.what))?);
    }
    let url = stage.company.url().to_owned();
    stage.strike()?;
    let results = json!({ "folder": folder.path(), "server": url, "steps": outcomes });
    fs::create_dir_all(self::results())?;
    Ok(fs::write(self::results().join(format!("{}.json", scenario.name)), format!("{results:#}\n"))?)
}

/// One step, as it stands in the results.
fn take(step: &Step, stage: &mut Stage, memory: &mut Memory) -> Result<Value> {
    stage.pass(STEP_MS)?;
    let mut with = step.with.clone();
    for value in with.values_mut() {
        *value = memory.fill(value)?;
    }
    let with = Arguments::new(with);
    let outcome = stage.act(step, &with)?;
    with.all_asked()?;
    match (outcome, &step.error) {
        (Ok(result), None) => {
            if let Some(name) = &step.name {
                memory.keep(name, result.clone());
            }
            let expected = step.expect.as_ref().map(|expected| memory.fill(expected)).transpose()?;
            if let Some(difference) = expected.and_then(|expected| difference(&expected, &result, "result")) {
                bail!("{difference}");
            }
            Ok(json!({ "do": step.what, "result": result }))
        }
        (Err(error), Some(expected)) => match difference(&memory.fill(expected)?, &error, "error") {
            Some(difference) => bail!("{difference}"),
            None => Ok(json!({ "do": step.what, "error": error })),
        },
        (Ok(result), Some(expected)) => bail!("expected the error {expected}, and the result is {result}"),
        (Err(error), None) => bail!("the error {error}"),
    }
}
