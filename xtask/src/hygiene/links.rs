//! Relative links in Markdown must lead to a file or folder of the repository.

use std::collections::BTreeSet;
use std::path::Path;

pub(super) fn is_markdown(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "md")
}

/// Links of the page at `path` that lead nowhere.
pub(super) fn dead_links(path: &str, text: &str, paths: &BTreeSet<String>, find: &mut impl FnMut(usize, String)) {
    let mut fenced = false;
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            for target in targets(line).iter().filter(|target| is_relative(target)) {
                if !leads_somewhere(path, target, paths) {
                    find(number, format!("dead link: {target}"));
                }
            }
        }
    }
}

/// The targets of `[text](target)` and `[name]: target` in a line, outside code.
fn targets(line: &str) -> Vec<String> {
    // Between backticks is code: every second piece.
    let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
    let inline = prose.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    let reference = prose.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]: ")).map(|(_, to)| to);
    inline.chain(reference).filter_map(without_title).collect()
}

/// `path "title"` → `path`, `<path>` → `path`.
fn without_title(target: &str) -> Option<String> {
    let target = target.split_whitespace().next()?;
    Some(target.trim_start_matches('<').trim_end_matches('>').to_owned())
}

fn is_relative(target: &str) -> bool {
    !(target.starts_with('#') || target.contains("://") || target.starts_with("mailto:"))
}

fn leads_somewhere(page: &str, target: &str, paths: &BTreeSet<String>) -> bool {
    let file = target.split(['#', '?']).next().unwrap_or_default();
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    // A leading slash means the repository's root on the hosted page.
    let from_root = file.strip_prefix('/').map(str::to_owned);
    let Some(path) = normal(&from_root.unwrap_or_else(|| format!("{folder}/{file}"))) else { return false };
    let below = format!("{path}/");
    path.is_empty() || paths.contains(&path) || paths.iter().any(|known| known.starts_with(&below))
}

/// The path without `.` and `..`; `None` when it leaves the repository.
fn normal(path: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
