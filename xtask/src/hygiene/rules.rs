//! Rules that look at one line at a time.

use std::collections::BTreeSet;
use std::path::Path;

/// The folders whose code ends up on a phone or on the company's server.
const SHIPPED: &[&str] = &["domain/src/", "core/src/", "server/src/", "cli/src/"];

/// What can bring a process down. `expect` counts with a message behind it: a type of ours may have a method of that
/// name. Clippy's `expect_used` knows the types; this rule also sees what an `allow` hides from it.
const PANICS: &[&str] = &[".unwrap()", ".expect(\"", ".expect(&", "panic!(", "todo!(", "unimplemented!("];

/// Where machines keep what belongs to one person. Written in two halves, so that this file keeps its own rule.
const HOMES: &[&str] = &[concat!("/", "work/"), concat!("/", "root/"), concat!("/", "home/"), concat!("/", "Users/")];

pub(super) fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "rs")
}

/// Is it code that ships? `tests` are the modules of [`test_modules`], from every file.
pub(super) fn is_shipped(path: &str, tests: &BTreeSet<String>) -> bool {
    let Some(module) = path.strip_suffix(".rs") else { return false };
    let test = module.ends_with("/tests") || module.contains("/tests/");
    let is_or_below = |rest: &str| rest.is_empty() || rest.starts_with('/');
    let declared = tests.iter().any(|test| module.strip_prefix(test.as_str()).is_some_and(is_or_below));
    !test && !declared && SHIPPED.iter().any(|folder| path.starts_with(folder))
}

/// The modules that the file at `path` declares for tests only, as paths without `.rs`.
pub(super) fn test_modules(path: &str, text: &str) -> Vec<String> {
    let Some(module) = path.strip_suffix(".rs") else { return Vec::new() };
    let of_folder = module.rsplit_once('/').filter(|(_, name)| matches!(*name, "lib" | "main" | "mod"));
    let folder = of_folder.map_or(module, |(folder, _)| folder);
    let declared = test_items(text).filter_map(|(_, item)| item.strip_suffix(';'));
    declared
        .filter(|item| is_module(item))
        .filter_map(|item| item.split(' ').next_back())
        .map(|name| format!("{folder}/{name}"))
        .collect()
}

/// An absolute path that exists on one machine only.
pub(super) fn machine_paths(text: &str, find: &mut impl FnMut(usize, String)) {
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(home) = HOMES.iter().find(|home| starts_a_path(line, home)) {
            find(number, format!("a path of one machine: {home}…"));
        }
    }
}

/// Does an absolute path begin with `home` here? `tests/home/` and `https://example.org/home/` are none, nor is a
/// placeholder such as `<name>` after it.
fn starts_a_path(line: &str, home: &str) -> bool {
    line.match_indices(home).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + home.len()..).and_then(|text| text.chars().next());
        let inside = before.is_some_and(|c| c.is_alphanumeric() || "_.-~})>*".contains(c));
        !inside && after.is_some_and(|c| c.is_alphanumeric() || "_.-".contains(c))
    })
}

/// A call that can bring the process down, in code that must answer with an error.
pub(super) fn panics(text: &str, find: &mut impl FnMut(usize, String)) {
    for (number, line) in (1..).zip(text.lines()) {
        // A comment starts after a blank: the slashes of an address in a string do not end the code.
        let code = if line.starts_with("//") { "" } else { line.split(" //").next().unwrap_or_default() };
        if let Some(call) = PANICS.iter().find(|call| code.contains(*call)) {
            find(number, format!("shipped code must not panic: {call}"));
        }
    }
}

/// A test module in the file it tests: it belongs into a `tests.rs` beside it.
pub(super) fn inline_tests(text: &str, find: &mut impl FnMut(usize, String)) {
    for (number, item) in test_items(text) {
        if is_module(item) && item.ends_with('{') {
            find(number, "tests sit in a sibling file: `#[cfg(test)] mod tests;`".to_owned());
        }
    }
}

/// The first line of each item under `#[cfg(test)]`, with its number.
fn test_items(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut attributed = false;
    (1..).zip(text.lines().map(str::trim)).filter_map(move |(number, line)| {
        let rest = line.strip_prefix("#[cfg(test)]").map(str::trim_start);
        attributed |= rest.is_some();
        let item = rest.unwrap_or(line);
        // Further attributes and comments may stand between the attribute and its item.
        if item.is_empty() || item.starts_with("#[") || item.starts_with("//") {
            return None;
        }
        std::mem::take(&mut attributed).then_some((number, item))
    })
}

fn is_module(item: &str) -> bool {
    item.split_whitespace().take_while(|word| *word != "{").any(|word| word == "mod")
}
