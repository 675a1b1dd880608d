//! `cargo xtask bench ios`: how long the app takes from its start to Today, as far as its models go: without a screen, on the library
//! that phones get, with a full phone.

use std::fs;

use anyhow::{Context as _, Result, bail};

use super::{Figure, measure, table, write_table};
use crate::build;
use crate::context::Context;
use crate::ios;
use crate::report::{Verdict, columns};

/// What the bench measures.
const EXPECTED: &[&str] = &["start of the app to Today", "of it: to the targets"];

/// Between these marks of the page stands the table.
const MARK: &str = "ios";

/// Whose phone it is.
const LOGIN: &str = "rep";

/// Runs the bench; with `write`, the table in the page becomes what was measured.
pub(super) fn run(context: &Context, write: bool) -> Result<Verdict> {
    let library = build::mobile(context)?.library()?.to_path_buf();
    // Below the target folder: a compiler in a sandbox sees nothing else.
    let phone = context.target_dir()?.join("full-phone");
    if phone.exists() {
        fs::remove_dir_all(&phone).with_context(|| format!("cannot clear {}", phone.display()))?;
    }
    if !context.run(context.command(build::helper(context, "full_phone")?).arg(&phone).arg(LOGIN))? {
        bail!("the phone could not be filled, see above");
    }
    let mut bench = ios::bench(context, library.parent().context("the library is in no folder")?)?;
    let figures = measure(context, bench.arg(&phone).arg(LOGIN))?;
    context.say(&format!("\n{}\n", columns(&rows(&figures))));
    if write {
        write_table(context, MARK, &markdown(&figures))?;
    }
    Ok(super::verdict(&figures, EXPECTED))
}

fn rows(figures: &[Figure]) -> Vec<Vec<String>> {
    let heading = vec!["figure".to_owned(), "measured".to_owned()];
    let row = |figure: &Figure| vec![figure.name.clone(), format!("{} {}", table::number(figure.value), figure.unit)];
    std::iter::once(heading).chain(figures.iter().map(row)).collect()
}

pub(super) fn markdown(figures: &[Figure]) -> String {
    let mut lines: Vec<String> = rows(figures).iter().map(|row| format!("| {} |", row.join(" | "))).collect();
    lines.insert(1, "| --- | ---: |".to_owned());
    lines.join("\n")
}
