//! `cargo xtask mutants`: does the simulation find a fault where there is one?
//!
//! Each file in `tests/mutants/` is a patch that switches one rule off; its first lines say which. It is applied to a copy
//! of the tree under `target/mutants`, built, and simulated until a history ends wrong. A patch that no longer applies falls
//! short like one that goes unnoticed, unless its name ends in `.unseen.patch`: such a rule is held by a test of its own,
//! which the patch names, as no history can tell it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde::Serialize;

use crate::Output;
use crate::context::Context;
use crate::program;
use crate::report::{Verdict, columns};
use crate::simulate::Tally;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only patches whose name holds this
    #[arg(long)]
    only: Option<String>,
    /// How many histories to play at the most before a fault counts as unnoticed
    #[arg(long, default_value_t = 10_000)]
    histories: u64,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// What became of one mutant.
#[derive(Debug, Serialize)]
struct Mutant {
    name: String,
    /// Which rule it switches off.
    rule: String,
    /// How many histories it took until one ended wrong; none where none did.
    histories: Option<u64>,
    /// Whether no history is expected to tell.
    is_unseen: bool,
}

impl Mutant {
    fn passed(&self) -> bool {
        self.histories.is_some() || self.is_unseen
    }
}

/// Builds and simulates every mutant.
pub(crate) fn run(context: &Context, options: &Options) -> Result<Verdict> {
    let place = context.target_dir()?.join("mutants");
    let tree = copied_tree(context, &place)?;
    let mut mutants = Vec::new();
    for patch in patches(context, options)? {
        let mutant = try_one(context, &tree, &patch, options.histories)?;
        context.say(&told(&mutant));
        mutants.push(mutant);
    }
    ensure!(!mutants.is_empty(), "no patch in tests/mutants fits");
    let rows = mutants.iter().map(|mutant| {
        let took = mutant.histories.map_or_else(|| "not told by histories".to_owned(), |count| count.to_string());
        vec![mutant.name.clone(), took, mutant.rule.clone()]
    });
    let heading = ["mutant", "histories", "rule"].map(str::to_owned).to_vec();
    context.say(&columns(&std::iter::once(heading).chain(rows).collect::<Vec<_>>()));
    Ok(verdict(&mutants)?)
}

fn verdict(mutants: &[Mutant]) -> serde_json::Result<Verdict> {
    let found = mutants.iter().filter(|mutant| mutant.histories.is_some()).count();
    let unseen = mutants.iter().filter(|mutant| mutant.histories.is_none() && mutant.is_unseen).count();
    let line = format!("mutants: {found} of {} found by histories, {unseen} held by tests of their own", mutants.len());
    let figures = serde_json::to_value(mutants)?;
    Ok(Verdict::new(mutants.iter().all(Mutant::passed), line).with_figures(figures))
}

fn told(mutant: &Mutant) -> String {
    match (mutant.histories, mutant.is_unseen) {
        (Some(histories), _) => format!("{}: found at history {histories}", mutant.name),
        (None, true) => format!("{}: no history tells it, as expected", mutant.name),
        (None, false) => format!("{}: NOT FOUND", mutant.name),
    }
}

fn patches(context: &Context, options: &Options) -> Result<Vec<PathBuf>> {
    let mut patches = Vec::new();
    for entry in fs::read_dir(context.root.join("tests/mutants"))? {
        let path = entry?.path();
        let name = name_of(&path);
        let is_patch = path.extension().is_some_and(|extension| extension == "patch");
        if is_patch && options.only.as_ref().is_none_or(|only| name.contains(only)) {
            patches.push(path);
        }
    }
    patches.sort();
    Ok(patches)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The tree as it is under version control and on the disk. Files that did not change are not written, so that cargo builds
/// again only what a mutant touches.
fn copied_tree(context: &Context, place: &Path) -> Result<PathBuf> {
    let tree = place.join("tree");
    let files =
        Context::capture(context.command("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    for file in files.lines().filter(|file| context.root.join(file).is_file()) {
        let (from, to) = (fs::read(context.root.join(file))?, tree.join(file));
        if fs::read(&to).ok().as_ref() != Some(&from) {
            fs::create_dir_all(to.parent().context("a file without a folder")?)?;
            fs::write(&to, from)?;
        }
    }
    Ok(tree)
}

fn try_one(context: &Context, tree: &Path, patch: &Path, histories: u64) -> Result<Mutant> {
    let name = name_of(patch);
    let text = fs::read_to_string(patch)?;
    let rule = text.lines().next().unwrap_or_default().trim_start_matches("# ").to_owned();
    apply(context, tree, patch, false).with_context(|| format!("{name} does not apply any more"))?;
    let tried = simulate(context, tree, histories);
    apply(context, tree, patch, true)?;
    let is_unseen = name.ends_with(".unseen.patch");
    Ok(Mutant { histories: tried.with_context(|| name.clone())?, rule, is_unseen, name })
}

fn apply(context: &Context, tree: &Path, patch: &Path, is_undone: bool) -> Result<()> {
    let mut command = context.command("git");
    // The copy lies within a repository and is none of its: git must not look for one above it.
    command.current_dir(tree).env("GIT_CEILING_DIRECTORIES", tree.parent().unwrap_or(tree));
    command.args(["apply", "--whitespace=nowarn"]).args(is_undone.then_some("--reverse")).arg(patch);
    ensure!(context.run(&mut command)?, "git apply failed");
    Ok(())
}

/// How many histories it took until one ended wrong.
fn simulate(context: &Context, tree: &Path, histories: u64) -> Result<Option<u64>> {
    let build = tree.parent().unwrap_or(tree).join("build");
    let mut command =
        context.cargo(&["run", "--quiet", "--locked", "-p", "saha-tests", "--bin", "simulate", "--", "--stop"]);
    command.args(["--histories", &histories.to_string()]).current_dir(tree).env("CARGO_TARGET_DIR", build);
    let mut last = String::new();
    Context::lines(&mut command, |line| {
        line.clone_into(&mut last);
        Ok(())
    })?;
    let tally: Tally = program::tally("simulate", &last)?;
    Ok(tally.first_wrong)
}

#[cfg(test)]
mod tests;
