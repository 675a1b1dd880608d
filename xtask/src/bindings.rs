//! `cargo xtask bindings`: generates Kotlin and Swift into `target/bindings`, and asserts the names that come out.
//!
//! UniFFI accepts a mistyped key, section or crate name in `uniffi.toml` without a word, so a wrong configuration shows
//! only in what was generated.

use std::env::consts::DLL_SUFFIX;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::context::Context;
use crate::report::{Verdict, count};

mod names;
#[cfg(test)]
mod tests;

/// A generated file: its path below the language's folder, and its text.
pub(crate) struct Generated {
    path: PathBuf,
    text: String,
}

/// Generates both languages afresh.
pub(crate) fn run(context: &Context) -> Result<Verdict> {
    let library = build(context)?;
    let folder = context.target_dir()?.join("bindings");
    let kotlin = generate(context, &library, "kotlin", &folder)?;
    let swift = generate(context, &library, "swift", &folder)?;
    let problems: Vec<String> = [names::kotlin(&kotlin), names::swift(&swift)].concat();
    for problem in &problems {
        context.say(problem);
    }
    let shown = folder.strip_prefix(&context.root).unwrap_or(&folder).display();
    if problems.is_empty() {
        let (packages, modules) = (names::KOTLIN_PACKAGES.join(", "), names::SWIFT_MODULES.join(", "));
        return Ok(Verdict::new(true, format!("bindings: {packages}; {modules}; in {shown}")));
    }
    Ok(Verdict::new(false, format!("bindings: {} in {shown}, see above", count(problems.len(), "wrong name"))))
}

/// Builds the shared library of `saha-core`, symbols and all: the generator reads them.
fn build(context: &Context) -> Result<PathBuf> {
    let mut library = None;
    let mut cargo =
        context.cargo(&["build", "-p", "saha-core", "--locked", "--message-format=json-render-diagnostics"]);
    let success = Context::lines(&mut cargo, |line| {
        library = library.take().or_else(|| shared_library(line));
        Ok(())
    })?;
    if !success {
        bail!("saha-core does not build");
    }
    library.context("saha-core built no shared library: its Cargo.toml needs crate-type \"cdylib\"")
}

/// The shared library, when this message of cargo's tells of it.
fn shared_library(message: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).ok()?;
    if message.pointer("/target/name")?.as_str()? != "saha_core" {
        return None;
    }
    let files = message.get("filenames")?.as_array()?.iter().filter_map(Value::as_str);
    files.into_iter().find(|file| file.ends_with(DLL_SUFFIX)).map(PathBuf::from)
}

fn generate(context: &Context, library: &Path, language: &str, folder: &Path) -> Result<Vec<Generated>> {
    let folder = folder.join(language);
    // What an earlier run left must not pass for this one's.
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    let mut bindgen = context.cargo(&["run", "--quiet", "--locked", "-p", "saha-bindgen", "--", "generate"]);
    bindgen.args(["--language", language, "--config", "uniffi.toml", "--no-format", "--out-dir"]);
    if !context.run(bindgen.arg(&folder).arg(library))? {
        bail!("the {language} bindings could not be generated");
    }
    let mut files = Vec::new();
    collect(&folder, &folder, &mut files)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<Generated>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            files.push(Generated { path: path.strip_prefix(root)?.to_path_buf(), text });
        }
    }
    Ok(())
}
