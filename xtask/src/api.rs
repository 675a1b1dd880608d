//! The public API of the packages as a listing under version control, so that a change to it is seen in review.
//!
//! One declaration a line, with the type it belongs to before it: `dev.saha.core.Visits  fun get(id: VisitId): Visit`.
//! Types are sorted; what is in a type stands in the order of the source, which is part of the API of a record. What the
//! generator hides from documentation is left out, and so is what only repeats a class: its interface or protocol.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::bindings::{self, Generated};
use crate::context::Context;
use crate::report::count;

mod clean;
mod declaration;
mod outline;
#[cfg(test)]
mod tests;

/// How many differences are named; the rest is counted.
const NAMED: usize = 40;

/// A language whose API is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Kotlin,
    Swift,
}

impl Language {
    fn listing(self) -> &'static str {
        match self {
            Self::Kotlin => "bindings/api/kotlin.api",
            Self::Swift => "bindings/api/swift.api",
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Kotlin => "kt",
            Self::Swift => "swift",
        }
    }

    fn is_source(self, path: &Path) -> bool {
        path.extension() == Some(OsStr::new(self.extension()))
    }

    /// Where the part of the package that we write by hand is.
    fn sources(self) -> &'static [&'static str] {
        match self {
            Self::Kotlin => &["bindings/kotlin/src/main/kotlin", "bindings/android/src/main/kotlin"],
            Self::Swift => &["bindings/swift/Sources/SahaBindings", "bindings/swift/Sources/Saha"],
        }
    }

    /// What a class's own interface is called, after the class's name.
    fn repeated(self) -> &'static str {
        match self {
            Self::Kotlin => "Interface",
            Self::Swift => "Protocol",
        }
    }
}

/// A public declaration and the type, or the package, that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Declared {
    owner: String,
    text: String,
}

/// Whether what was generated, and what is written by hand, is what the listing says; with `write`, the listing becomes it.
pub(crate) fn check(
    context: &Context,
    language: Language,
    generated: &[Generated],
    write: bool,
) -> Result<Vec<String>> {
    let mut declared = Vec::new();
    for file in generated.iter().filter(|file| language.is_source(&file.path)) {
        declared.extend(file_declarations(language, &file.path, &file.text));
    }
    for folder in language.sources() {
        declared.extend(by_hand(language, &context.root.join(folder))?);
    }
    let now = listing(language, declared);
    let path = context.root.join(language.listing());
    if write {
        fs::write(&path, &now).with_context(|| format!("cannot write {}", language.listing()))?;
        return Ok(Vec::new());
    }
    let written = fs::read_to_string(&path).with_context(|| format!("cannot read {}", language.listing()))?;
    Ok(differences(language.listing(), &written, &now))
}

/// What is written by hand below that folder. In Swift the folder is the module.
fn by_hand(language: Language, folder: &Path) -> Result<Vec<Declared>> {
    let files = if folder.is_dir() { bindings::texts(folder)? } else { Vec::new() };
    // `SwiftPM` wants generated sources within the package: those were read where they are made.
    let ours = files.iter().filter(|file| language.is_source(&file.path) && !file.path.starts_with("Generated"));
    Ok(ours.flat_map(|file| file_declarations(language, folder, &file.text)).collect())
}

/// The public declarations of one source file. Kotlin says its package in it, Swift's module is where it is.
fn file_declarations(language: Language, path: &Path, text: &str) -> Vec<Declared> {
    let clean = clean::clean(text, language);
    let package = match language {
        Language::Kotlin => {
            clean.lines().find_map(|line| line.strip_prefix("package ")).map(|name| name.trim().to_owned())
        }
        Language::Swift => path.file_stem().map(|stem| stem.to_string_lossy().into_owned()),
    };
    outline::declarations(&clean, language, &package.unwrap_or_default())
}

/// The listing's text: one declaration a line, types sorted.
fn listing(language: Language, declared: Vec<Declared>) -> String {
    let owners: BTreeSet<String> = declared.iter().map(|one| one.owner.clone()).collect();
    let repeats = |owner: &str| {
        let class = owner.split_once(&format!("{}.", language.repeated())).map(|(class, _)| class);
        class.or_else(|| owner.strip_suffix(language.repeated())).is_some_and(|class| owners.contains(class))
    };
    let mut by_owner: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in declared.into_iter().filter(|one| !repeats(&one.owner)) {
        let lines = by_owner.entry(one.owner).or_default();
        if !lines.contains(&one.text) {
            lines.push(one.text);
        }
    }
    let lines = by_owner.iter().flat_map(|(owner, texts)| texts.iter().map(move |text| format!("{owner}  {text}\n")));
    lines.collect()
}

/// What the listing lacks, what it has too much, and whether only the order differs.
fn differences(name: &str, written: &str, now: &str) -> Vec<String> {
    if written == now {
        return Vec::new();
    }
    let (was, is): (BTreeSet<&str>, BTreeSet<&str>) = (written.lines().collect(), now.lines().collect());
    let gone = was.difference(&is).map(|line| format!("{name}: gone: {line}"));
    let new = is.difference(&was).map(|line| format!("{name}: new: {line}"));
    let mut found: Vec<String> = gone.chain(new).collect();
    if found.is_empty() {
        found.push(format!("{name}: the order of declarations changed"));
    }
    let more = found.len().saturating_sub(NAMED);
    found.truncate(NAMED);
    if more > 0 {
        found.push(format!("{name}: and {}", count(more, "more difference")));
    }
    found
}
