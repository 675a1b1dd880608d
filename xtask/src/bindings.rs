//! `cargo xtask bindings`: generates Kotlin and Swift into `target/bindings`, asserts the names that come out, and holds the
//! public API against its listing in `bindings/api`.
//!
//! UniFFI accepts a mistyped key, section or crate name in `uniffi.toml` without a word, so a wrong configuration shows
//! only in what was generated.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::api::{self, Language};
use crate::build::{self, Built};
use crate::context::Context;
use crate::files;
use crate::report::{Verdict, count};
use crate::swift;

mod names;
#[cfg(test)]
mod tests;

/// A generated file: its path below the language's folder, and its text.
pub(crate) struct Generated {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// Generates both languages afresh and checks them; with `write`, the listings become what was generated.
pub(crate) fn run(context: &Context, write: bool) -> Result<Verdict> {
    let (_, problems) = made(context, write)?;
    for problem in &problems {
        context.say(problem);
    }
    let folder = folder(context)?;
    let shown = folder.strip_prefix(&context.root).unwrap_or(&folder).display();
    if problems.is_empty() {
        let (packages, modules) = (names::KOTLIN_PACKAGES.join(", "), names::SWIFT_MODULES.join(", "));
        return Ok(Verdict::new(true, format!("bindings: {packages}; {modules}; in {shown}")));
    }
    let found = count(problems.len(), "difference");
    Ok(Verdict::new(false, format!("bindings: {found}, see above; if meant, `cargo xtask bindings --write`")))
}

/// Where the generated code is: a folder for each language.
pub(crate) fn folder(context: &Context) -> Result<PathBuf> {
    Ok(context.target_dir()?.join("bindings"))
}

/// Builds and generates; what was built, and what is wrong with what came out. The Swift files go into their
/// package, where git ignores them: `SwiftPM` takes no sources from elsewhere.
pub(crate) fn made(context: &Context, write: bool) -> Result<(Built, Vec<String>)> {
    let built = build::for_bindings(context)?;
    let folder = folder(context)?;
    let kotlin = generate(context, &built, "kotlin", &folder)?;
    let swift = generate(context, &built, "swift", &folder)?;
    swift::place(context, &swift)?;
    let problems = [
        names::kotlin(&kotlin),
        names::swift(&swift),
        api::check(context, Language::Kotlin, &kotlin, write)?,
        api::check(context, Language::Swift, &swift, write)?,
    ];
    Ok((built, problems.concat()))
}

fn generate(context: &Context, built: &Built, language: &str, folder: &Path) -> Result<Vec<Generated>> {
    let folder = folder.join(language);
    // What an earlier run left must not pass for this one's.
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    let mut bindgen = context.command(built.program("saha-bindgen")?);
    bindgen.args(["generate", "--language", language, "--config", "uniffi.toml", "--no-format", "--out-dir"]);
    if !context.run(bindgen.arg(&folder).arg(built.library()?))? {
        bail!("the {language} bindings could not be generated");
    }
    texts(&folder)
}

/// Every file below `folder` with its text, in order.
pub(crate) fn texts(folder: &Path) -> Result<Vec<Generated>> {
    let read = |path: PathBuf| {
        let file = folder.join(&path);
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(Generated { path, text })
    };
    files::below(folder)?.into_iter().map(read).collect()
}
