//! Compares what the runners of `tests/scenarios` wrote: whether the façade says the same in each language.

mod plain;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context as _, Result, ensure};
use clap::Parser;
use serde_json::Value;

/// Compares the results of scenarios in several languages; the first one is what the others are held against.
#[derive(Debug, Parser)]
struct Cli {
    /// Where the results are, a folder for each language.
    #[arg(long, default_value = "target/scenarios")]
    results: PathBuf,
    /// The languages, such as rust kotlin swift.
    #[arg(required = true, num_args = 2..)]
    languages: Vec<String>,
}

fn main() -> Result<ExitCode> {
    let Cli { results, languages } = Cli::parse();
    let folders: Vec<PathBuf> = languages.iter().map(|language| results.join(language)).collect();
    let names = names(&folders)?;
    let mut differences = 0;
    for name in &names {
        for difference in compare(&folders, name)? {
            say(&format!("{}: {difference}", name.display()));
            differences += 1;
        }
    }
    say(&format!("scenario results: {differences} differences in {} scenarios, {}", names.len(), languages.join(", ")));
    Ok(if differences == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The files that any language has.
fn names(folders: &[PathBuf]) -> Result<BTreeSet<OsString>> {
    let mut names = BTreeSet::new();
    for folder in folders {
        for entry in fs::read_dir(folder).with_context(|| format!("no results in {}", folder.display()))? {
            names.insert(entry?.file_name());
        }
    }
    ensure!(!names.is_empty(), "no scenario was played");
    Ok(names)
}

/// Where the others differ from the first.
fn compare(folders: &[PathBuf], name: &OsString) -> Result<Vec<String>> {
    let steps: Vec<Option<Vec<Value>>> =
        folders.iter().map(|folder| steps(&folder.join(name))).collect::<Result<_>>()?;
    let Some((first, others)) = steps.split_first() else { return Ok(Vec::new()) };
    let mut differences = Vec::new();
    for (folder, other) in folders.iter().skip(1).zip(others) {
        let language = folder.file_name().unwrap_or_default().display();
        let difference = match (first, other) {
            (Some(first), Some(other)) => difference(first, other),
            _ => Some("it was not played everywhere".to_owned()),
        };
        differences.extend(difference.map(|difference| format!("{language}, {difference}")));
    }
    Ok(differences)
}

/// The steps of a results file, without what differs from run to run; none where it is missing.
fn steps(path: &Path) -> Result<Option<Vec<Value>>> {
    if !path.exists() {
        return Ok(None);
    }
    let results: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    plain::steps(&results).with_context(|| format!("not results: {}", path.display())).map(Some)
}

/// The first step that differs.
fn difference(first: &[Value], other: &[Value]) -> Option<String> {
    let differs = (1..).zip(first.iter().zip(other)).find(|(_, (first, other))| first != other);
    match differs {
        Some((number, (first, other))) => Some(format!("step {number}: {other}\n    instead of {first}")),
        None if first.len() != other.len() => Some(format!("{} steps instead of {}", other.len(), first.len())),
        None => None,
    }
}

#[expect(clippy::print_stdout, reason = "the result of the command")]
fn say(line: &str) {
    println!("{line}");
}
