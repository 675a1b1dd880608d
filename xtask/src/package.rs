//! `cargo xtask package kotlin | swift | android | ios`: what an app developer adds to his project, in `target/packages`.
//!
//! Every package holds the library with the profile `mobile`, the generated code, and the layer over it. After it is put
//! together it is taken apart again: what the library exports, how its pages are aligned, how large it is, and whether a
//! project outside the repository can use it, where its toolchain is here.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::bindings;
use crate::build;
use crate::context::Context;
use crate::report::{Verdict, count};

mod android;
mod archive;
mod ios;
mod jvm;
mod library;
mod missing;
mod swift;
#[cfg(test)]
mod tests;

/// Which package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Which {
    /// A jar for the JVM with this machine's library in it, as a Maven repository
    Kotlin,
    /// A `SwiftPM` package with its generated sources and this machine's library
    Swift,
    /// An AAR for Android, as a Maven repository
    Android,
    /// A `SwiftPM` package with an `XCFramework` for iOS and macOS
    Ios,
}

impl Which {
    fn name(self) -> &'static str {
        match self {
            Self::Kotlin => "kotlin",
            Self::Swift => "swift",
            Self::Android => "android",
            Self::Ios => "ios",
        }
    }
}

/// What a package command leaves: the files, and what is wrong with them.
struct Packaged {
    files: Vec<PathBuf>,
    problems: Vec<String>,
}

/// What every package is made of.
struct Parts<'a> {
    context: &'a Context,
    /// Where this package goes; empty.
    folder: PathBuf,
    /// The generated code: a folder for each language.
    generated: PathBuf,
    version: String,
}

/// Makes a package and takes it apart again.
///
/// # Errors
/// When a toolchain is missing: the sentence says which, and how to get it.
pub(crate) fn run(context: &Context, which: Which) -> Result<Verdict> {
    let missing = match which {
        Which::Kotlin => jvm::missing(context),
        Which::Swift => swift::missing(context),
        Which::Android => android::missing(context),
        Which::Ios => ios::missing(context),
    };
    if !missing.is_empty() {
        bail!(
            "{} can't be packaged here. What is missing, and how to get it:\n  {}",
            which.name(),
            missing.join("\n  ")
        );
    }
    let parts = parts(context, which)?;
    let packaged = match which {
        Which::Kotlin => jvm::package(&parts)?,
        Which::Swift => swift::package(&parts)?,
        Which::Android => android::package(&parts)?,
        Which::Ios => ios::package(&parts)?,
    };
    for file in &packaged.files {
        let size = fs::metadata(file).with_context(|| format!("{} was not made", file.display()))?.len();
        context.say(&format!("{} ({size} bytes)", file.strip_prefix(&context.root).unwrap_or(file).display()));
    }
    for problem in &packaged.problems {
        context.say(problem);
    }
    Ok(verdict(which, &packaged))
}

fn verdict(which: Which, packaged: &Packaged) -> Verdict {
    let name = which.name();
    let made = count(packaged.files.len(), "file");
    match packaged.problems.len() {
        0 => Verdict::new(true, format!("package {name}: {made} in target/packages/{name}, every check holds")),
        number => Verdict::new(false, format!("package {name}: {} in {made}, see above", count(number, "problem"))),
    }
}

/// The generated code, checked as `cargo xtask bindings` does, and an empty folder.
fn parts(context: &Context, which: Which) -> Result<Parts<'_>> {
    let (_, problems) = bindings::made(context, false)?;
    if let Some(problem) = problems.first() {
        bail!("{problem}; see `cargo xtask bindings`");
    }
    let folder = context.target_dir()?.join("packages").join(which.name());
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(Parts { context, folder, generated: bindings::folder(context)?, version: version(context)? })
}

/// The version of the workspace.
fn version(context: &Context) -> Result<String> {
    let manifest = read(&context.root.join("Cargo.toml"))?;
    let line = manifest.lines().find_map(|line| line.strip_prefix("version = \""));
    Ok(line.and_then(|rest| rest.strip_suffix('"')).context("the workspace has no version")?.to_owned())
}

/// This machine's library with the profile `mobile`.
fn host_library(parts: &Parts<'_>) -> Result<PathBuf> {
    parts.context.say("building the library with the profile `mobile`; takes minutes");
    Ok(build::mobile(parts.context)?.library()?.to_path_buf())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, text: impl AsRef<[u8]>) -> Result<()> {
    let folder = path.parent().with_context(|| format!("{} is in no folder", path.display()))?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    write(to, fs::read(from).with_context(|| format!("cannot read {}", from.display()))?)
}
