//! `cargo xtask bench bindings`: what a call costs from each language, with the library that phones get.
//!
//! Each language's bench prints its figures as `{"name":…,"value":…,"unit":…}`, a line each, under the names of [`ROWS`].

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use serde_json::json;

use super::{table, write_table};
use crate::build;
use crate::context::Context;
use crate::report::{Verdict, columns};
use crate::{kotlin, swift};

/// What each language measures.
const ROWS: [&str; 3] = ["one record", "a page of 200 records", "a sync with nothing new"];

/// Between these marks of the page stands the table.
const MARK: &str = "bindings";

/// The bench of Rust.
const RUST: [&str; 7] = ["run", "--release", "--quiet", "--locked", "-p", "saha-tests", "--example=bindings"];

/// Who signs in at its company.
const LOGIN: &str = "ayse";
const PASSWORD: &str = "saha-ayse-2026";

/// One figure, as a bench prints it.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub(super) struct Cost {
    name: String,
    value: f64,
    unit: String,
}

/// The figures of one language.
pub(super) struct Language {
    pub(super) name: &'static str,
    pub(super) costs: Vec<Cost>,
}

/// Runs the bench of each language that is here; with `write`, the table in the page becomes what was measured.
pub(super) fn run(context: &Context, write: bool) -> Result<Verdict> {
    let library = build::mobile(context)?.library()?.to_path_buf();
    let folder = library.parent().context("the library is in no folder")?;
    let mut languages = vec![Language { name: "Rust", costs: measure(context, &mut context.cargo(&RUST))? }];
    if kotlin::missing(context).is_none() {
        let mut bench = kotlin::bench(context, folder, &build::release(context)?)?;
        languages.push(Language { name: "Kotlin", costs: measure(context, &mut bench)? });
    }
    if swift::missing(context).is_none() {
        let company = Company::start(context)?;
        let costs = measure(context, swift::bench(context, folder)?.args([&company.url, LOGIN, PASSWORD]))?;
        languages.push(Language { name: "Swift", costs });
    }
    let rows = rows(&languages);
    context.say(&format!("\n{}\n", columns(&rows)));
    if write {
        write_table(context, MARK, &markdown(&rows))?;
    }
    Ok(verdict(&languages))
}

/// The company of the Rust bench, for a bench that has no server of its own. It ends when this is dropped.
struct Company {
    process: Child,
    url: String,
}

impl Company {
    fn start(context: &Context) -> Result<Self> {
        let mut serve = context.cargo(&RUST);
        let mut process = serve.args(["--", "--serve"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut url = String::new();
        BufReader::new(process.stdout.take().context("the server has no stdout")?).read_line(&mut url)?;
        Ok(Self { process, url: url.trim().to_owned() })
    }
}

impl Drop for Company {
    fn drop(&mut self) {
        // Its standard input ends, and so does it.
        drop(self.process.stdin.take());
        drop(self.process.wait());
    }
}

fn measure(context: &Context, command: &mut Command) -> Result<Vec<Cost>> {
    let mut costs = Vec::new();
    let success = Context::lines(command, |line| {
        match cost(line)? {
            Some(cost) => costs.push(cost),
            None => context.say(line),
        }
        Ok(())
    })?;
    if !success {
        bail!("a bench failed, see above");
    }
    Ok(costs)
}

/// Reads a figure; `None` when the line is none.
pub(super) fn cost(line: &str) -> Result<Option<Cost>> {
    let text = line.strip_prefix("@figure ").unwrap_or(line);
    if !text.starts_with('{') {
        return Ok(None);
    }
    serde_json::from_str(text).map(Some).with_context(|| format!("not a figure: {text}"))
}

/// A heading, then a row for each figure; a dash where a language did not measure it.
pub(super) fn rows(languages: &[Language]) -> Vec<Vec<String>> {
    let heading = std::iter::once("cost of").chain(languages.iter().map(|language| language.name));
    let mut rows = vec![heading.map(str::to_owned).collect::<Vec<_>>()];
    for name in ROWS {
        let of = |language: &Language| {
            let cost = language.costs.iter().find(|cost| cost.name == name);
            cost.map_or_else(|| "–".to_owned(), |cost| format!("{} {}", table::number(cost.value), cost.unit))
        };
        rows.push(std::iter::once(name.to_owned()).chain(languages.iter().map(of)).collect());
    }
    rows
}

fn markdown(rows: &[Vec<String>]) -> String {
    let mut lines: Vec<String> = rows.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
    let columns = rows.first().map_or(0, Vec::len);
    lines.insert(1, format!("| --- |{}", " ---: |".repeat(columns.saturating_sub(1))));
    lines.join("\n")
}

/// A language that is here and leaves a figure out falls short.
pub(super) fn verdict(languages: &[Language]) -> Verdict {
    let lacks = |language: &Language| ROWS.iter().any(|name| !language.costs.iter().any(|cost| cost.name == *name));
    let short: Vec<&str> = languages.iter().filter(|language| lacks(language)).map(|language| language.name).collect();
    let names: Vec<&str> = languages.iter().map(|language| language.name).collect();
    let mut line = format!("bench: {} figures from {}", ROWS.len(), names.join(", "));
    if !short.is_empty() {
        line = format!("{line}; NOT MEASURED by {}", short.join(", "));
    }
    let told = languages.iter().map(|language| {
        let costs =
            language.costs.iter().map(|cost| json!({ "name": cost.name, "value": cost.value, "unit": cost.unit }));
        json!({ "language": language.name, "figures": costs.collect::<Vec<_>>() })
    });
    Verdict::new(short.is_empty(), line).with_figures(told.collect())
}
