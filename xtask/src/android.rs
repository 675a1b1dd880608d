//! `cargo xtask android`: the Android app, as far as it goes without a phone and without Android's own build.
//!
//! Gradle builds the app (`android/`). Here the same sources are compiled against the same libraries, both of which
//! `android/gradle/libs.versions.toml` names, and its tests run on a plain JVM: Robolectric plays Android, the core is the real
//! one, and so is the server. That the app is put together and starts on a phone is for the hosted workflow `android`.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};
use serde_json::json;

use crate::context::Context;
use crate::report::Verdict;
use crate::setup::{self, Consent};
use crate::test::Counts;
use crate::{apt, kotlin};

mod app;
mod catalogue;
mod classes;
mod libraries;
mod metadata;
mod resources;
mod stamp;
#[cfg(test)]
mod tests;

use app::App;

/// Below the workspace.
const FOLDER: &str = "android";

/// Debian's package of `aapt2`, which compiles resources.
const PACKAGE: &str = "aapt";

/// What is to be run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only the tests of the classes whose name ends so; none compiles alone
    #[arg(value_name = "CLASS")]
    only: Option<String>,
}

/// Why the app can't be tested here, and the command that would change it; none where it can.
pub(crate) fn missing(context: &Context) -> Option<String> {
    let has_aapt2 = context.command("aapt2").arg("version").output().is_ok_and(|output| output.status.success());
    let aapt2 = || "no aapt2: `cargo xtask setup android` gets it, or says how to".to_owned();
    kotlin::missing(context).or_else(|| (!has_aapt2).then(aapt2))
}

/// Installs a JDK, Maven and aapt2 where they are missing and it can be done.
///
/// # Errors
/// Where it can't be done, in a sentence that says how to get them.
pub(crate) fn toolchain(context: &Context, consent: Consent) -> Result<()> {
    kotlin::toolchain(context, consent)?;
    if missing(context).is_none() {
        return Ok(());
    }
    if !apt::can_install(context)? {
        bail!(
            "installing aapt2 wants apt-get and root: put the one of Android's build-tools on the PATH, then run this again"
        );
    }
    setup::ask(consent, "aapt2", "compile the resources of the Android app; 30 MB")?;
    apt::update(context)?;
    apt::install(context, &[PACKAGE])?;
    match missing(context) {
        None => Ok(()),
        Some(why) => bail!("after the installation: {why}"),
    }
}

/// Runs what is asked for and closes with one line.
pub(crate) fn run(context: &Context, options: &Options) -> Result<Verdict> {
    if let Some(reason) = missing(context) {
        return Ok(Verdict::new(false, format!("android: {reason}")));
    }
    Ok(verdict(App::compiled(context)?.test(options.only.as_deref())?))
}

/// Checks the format of the app, and runs all its tests. A toolchain has to be here: see [`missing`].
pub(crate) fn test(context: &Context) -> Result<Counts> {
    App::compiled(context)?.test(None)
}

/// What measures the start of the app, with the library in that folder, on the full phone of `login` in that one.
pub(crate) fn bench(context: &Context, library: &Path, phone: &Path, login: &str) -> Result<Command> {
    if let Some(reason) = missing(context) {
        bail!("{reason}");
    }
    App::compiled(context)?.bench(library, phone, login)
}

fn verdict(counts: Counts) -> Verdict {
    let Counts { passed, failed, ignored, broken } = counts;
    let mut line = format!("android: {passed} passed, {failed} failed, {ignored} ignored");
    if broken {
        line.push_str("; the versions, the format or the run fall short, see above");
    }
    let figures = json!({ "passed": passed, "failed": failed, "ignored": ignored, "broken": broken });
    Verdict::new(passed > 0 && failed == 0 && !broken, line).with_figures(figures)
}
