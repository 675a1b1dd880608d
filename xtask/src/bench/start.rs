//! `cargo xtask bench ios` and `bench android`: how long an app takes from its start to Today, on the library that phones get, with a
//! full phone. As far as the models of the iOS app go, that is without a screen.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::{Figure, measure, table, write_table};
use crate::build;
use crate::context::Context;
use crate::report::{Verdict, columns};
use crate::{android, ios};

/// An app, and how its start is measured.
pub(super) struct App {
    /// Between these marks of the page stands the table.
    mark: &'static str,
    /// What its bench measures.
    expected: &'static [&'static str],
    /// Its bench, with the library in that folder, on the phone in that one.
    bench: fn(&Context, &Path, &Path) -> Result<Command>,
}

pub(super) const IOS: App = App {
    mark: "ios",
    expected: &["start of the app to Today", "of it: to the targets"],
    bench: |context, library, phone| {
        let mut bench = ios::bench(context, library)?;
        bench.arg(phone).arg(LOGIN);
        Ok(bench)
    },
};

pub(super) const ANDROID: App = App {
    mark: "android",
    expected: &["start of the app to Today", "of it: to the targets", "start of the app to a window with targets"],
    bench: |context, library, phone| android::bench(context, library, phone, LOGIN),
};

/// Whose phone it is.
const LOGIN: &str = "rep";

/// Runs the bench; with `write`, the table in the page becomes what was measured.
pub(super) fn run(context: &Context, app: &App, write: bool) -> Result<Verdict> {
    let library = build::mobile(context)?.library()?.to_path_buf();
    // Below the target folder: a compiler in a sandbox sees nothing else.
    let phone = context.target_dir()?.join("full-phone");
    if phone.exists() {
        fs::remove_dir_all(&phone).with_context(|| format!("cannot clear {}", phone.display()))?;
    }
    if !context.run(context.command(build::helper(context, "full_phone")?).arg(&phone).arg(LOGIN))? {
        bail!("the phone could not be filled, see above");
    }
    let folder = library.parent().context("the library is in no folder")?;
    let figures = measure(context, &mut (app.bench)(context, folder, &phone)?)?;
    context.say(&format!("\n{}\n", columns(&rows(&figures))));
    if write {
        write_table(context, app.mark, &markdown(&figures))?;
    }
    Ok(super::verdict(&figures, app.expected))
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
