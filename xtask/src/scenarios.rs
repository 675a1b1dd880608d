//! What the scenarios of `tests/scenarios` came to in each language: the same.
//!
//! Each language's runner writes `target/scenarios/<language>/<scenario>.json`, and `scenario_results` of `saha-tests` holds
//! them against Rust's, as the core speaks no other language.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::build;
use crate::context::Context;
use crate::report::count;

#[cfg(test)]
mod tests;

/// How the languages compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Compared {
    /// How many scenarios were played.
    pub(crate) scenarios: usize,
    /// How often a language says something else than Rust. Each was told when it was found.
    pub(crate) differences: usize,
}

/// Removes what earlier runs left, so that it does not pass for this one's.
pub(crate) fn clear(context: &Context) -> Result<()> {
    let folder = folder(context)?;
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    Ok(())
}

/// Holds the results of those languages against Rust's, and names what differs.
pub(crate) fn compare(context: &Context, languages: &[&str]) -> Result<Compared> {
    let mut command = context.command(build::helper(context, "scenario_results")?);
    command.arg("--results").arg(folder(context)?).arg("rust");
    command.args(languages.iter().map(|language| language.to_lowercase()));
    let mut compared = None;
    let success = Context::lines(&mut command, |line| {
        match closing(line) {
            Some(result) => compared = Some(result),
            None => context.say(&format!("scenarios: {line}")),
        }
        Ok(())
    })?;
    let compared = compared.context("the results of the scenarios could not be compared, see above")?;
    if success != (compared.differences == 0) {
        bail!("scenario_results counts {} and says otherwise", count(compared.differences, "difference"));
    }
    Ok(compared)
}

impl Compared {
    /// One part of a line: `14 scenarios equal in Rust, Kotlin, Swift`.
    pub(crate) fn line(self, languages: &[&str]) -> String {
        let all = count(self.scenarios, "scenario");
        match self.differences {
            0 => format!("{all} equal in {}", [&["Rust"], languages].concat().join(", ")),
            number => format!("{all}, {}", count(number, "difference")),
        }
    }
}

fn folder(context: &Context) -> Result<PathBuf> {
    Ok(context.target_dir()?.join("scenarios"))
}

/// Reads `scenario results: 0 differences in 14 scenarios, rust, kotlin`, which closes the comparison.
fn closing(line: &str) -> Option<Compared> {
    let (differences, rest) = line.strip_prefix("scenario results: ")?.split_once(" differences in ")?;
    let (scenarios, _) = rest.split_once(" scenarios")?;
    Some(Compared { scenarios: scenarios.parse().ok()?, differences: differences.parse().ok()? })
}
