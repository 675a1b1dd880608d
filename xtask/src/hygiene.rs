//! `cargo xtask hygiene`: what no compiler checks about the files themselves.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context as _, Result};
use serde::Serialize;
use serde_json::json;

use crate::context::Context;
use crate::report::{Verdict, count};

mod links;
mod rules;
#[cfg(test)]
mod tests;

/// Something that should not be there.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Finding {
    path: String,
    /// Counted from 1.
    line: usize,
    what: String,
}

/// Checks every file that git knows or would add.
pub(crate) fn run(context: &Context) -> Result<Verdict> {
    let paths = list(context)?;
    let mut files = Vec::new();
    for path in &paths {
        let bytes = fs::read(context.root.join(path)).with_context(|| format!("cannot read {path}"))?;
        // What is no text has no lines to check.
        if let Ok(text) = String::from_utf8(bytes) {
            files.push((path.as_str(), text));
        }
    }
    let tests = files.iter().flat_map(|(path, text)| rules::test_modules(path, text)).collect();
    let findings: Vec<Finding> = files.iter().flat_map(|(path, text)| check(path, text, &paths, &tests)).collect();
    for Finding { path, line, what } in &findings {
        context.say(&format!("{path}:{line}: {what}"));
    }
    let line = format!("hygiene: {} in {}", count(findings.len(), "finding"), count(paths.len(), "file"));
    let figures = json!({ "files": paths.len(), "findings": findings });
    Ok(Verdict::new(findings.is_empty(), line).with_figures(figures))
}

/// The files of the next commit: tracked ones, and new ones that are not ignored.
fn list(context: &Context) -> Result<BTreeSet<String>> {
    let mut git = context.command("git");
    // A checkout may belong to another user than the one who checks it, as in a container.
    git.arg("-c").arg(format!("safe.directory={}", context.root.display()));
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let listed = Context::capture(&mut git)?;
    let paths = listed.split('\0').filter(|path| !path.is_empty());
    // Also listed: what was deleted but not yet committed, submodules, links that lead nowhere.
    Ok(paths.filter(|path| context.root.join(path).is_file()).map(str::to_owned).collect())
}

/// Everything that is wrong with one file, among all `paths` and the modules that are for `tests`.
fn check(path: &str, text: &str, paths: &BTreeSet<String>, tests: &BTreeSet<String>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |line: usize, what: String| findings.push(Finding { path: path.to_owned(), line, what });
    rules::machine_paths(text, &mut find);
    if rules::is_rust(path) {
        rules::inline_tests(text, &mut find);
    }
    if rules::is_shipped(path, tests) {
        rules::panics(text, &mut find);
    }
    if links::is_markdown(path) {
        links::dead_links(path, text, paths, &mut find);
    }
    findings
}
