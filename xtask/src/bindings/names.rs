//! The names that an app imports, and what must hold so that both crates live in one library and one module.

use std::collections::BTreeSet;
use std::ffi::OsStr;

use super::Generated;

pub(super) const KOTLIN_PACKAGES: &[&str] = &["dev.saha.core", "dev.saha.domain"];
pub(super) const SWIFT_MODULES: &[&str] = &["SahaCore", "SahaDomain"];

/// Both packages are in one shared library.
const LIBRARY: &str = "saha_core";
/// Both Swift files call one C module.
const FFI_MODULE: &str = "SahaFFI";

/// What is wrong with the Kotlin files.
pub(super) fn kotlin(files: &[Generated]) -> Vec<String> {
    let mut problems = Vec::new();
    let sources: Vec<&Generated> = with_extension(files, "kt").collect();
    let packages = sources.iter().map(|file| package(&file.text).unwrap_or("(none)"));
    same("Kotlin packages", KOTLIN_PACKAGES, packages, &mut problems);
    for file in sources {
        if !file.text.contains(&format!("return \"{LIBRARY}\"")) {
            problems.push(format!("{} does not load {LIBRARY}", file.path.display()));
        }
    }
    problems
}

/// What is wrong with the Swift files, their headers and their module maps.
pub(super) fn swift(files: &[Generated]) -> Vec<String> {
    let mut problems = Vec::new();
    let stem = |file: &Generated| file.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let modules: Vec<String> = with_extension(files, "swift").map(stem).collect();
    same("Swift files", SWIFT_MODULES, modules.iter().map(String::as_str), &mut problems);
    // One file name for both crates would let the second overwrite the first.
    let headers = with_extension(files, "h").count();
    if headers != SWIFT_MODULES.len() {
        problems.push(format!("{headers} C headers instead of {}", SWIFT_MODULES.len()));
    }
    for file in with_extension(files, "swift") {
        if !file.text.lines().any(|line| line.trim() == format!("import {FFI_MODULE}")) {
            problems.push(format!("{} does not import {FFI_MODULE}", file.path.display()));
        }
    }
    for file in with_extension(files, "modulemap") {
        if !file.text.starts_with(&format!("module {FFI_MODULE} ")) {
            problems.push(format!("{} does not name the module {FFI_MODULE}", file.path.display()));
        }
    }
    problems
}

fn with_extension<'a>(files: &'a [Generated], extension: &'a str) -> impl Iterator<Item = &'a Generated> {
    files.iter().filter(move |file| file.path.extension() == Some(OsStr::new(extension)))
}

fn package(text: &str) -> Option<&str> {
    text.lines().find_map(|line| line.strip_prefix("package ")).map(str::trim)
}

fn same<'a>(what: &str, wanted: &[&str], found: impl Iterator<Item = &'a str>, problems: &mut Vec<String>) {
    let found: BTreeSet<&str> = found.collect();
    if !found.iter().eq(wanted) {
        let found: Vec<&str> = found.into_iter().collect();
        problems.push(format!("{what} are {} instead of {}", found.join(", "), wanted.join(", ")));
    }
}
