//! `cargo xtask ios`: the iOS app, as far as it goes without a Mac.
//!
//! Its package, which is everything but the views, is compiled and tested with the real core against a real server; among its
//! tests are those of the Xcode project and of the texts in both languages. The views themselves are parsed and their format is
//! checked. That they compile, and that the app starts, is for the hosted workflow `ios`.

use std::path::Path;
use std::process::Command;

use anyhow::Result;
use serde_json::json;

use crate::context::Context;
use crate::report::Verdict;
use crate::swift::{self, Package};
use crate::test::Counts;

#[cfg(test)]
mod tests;

/// Everything but the views.
const APP: Package = Package { folder: "ios/SahaApp", scratch: "ios", linker: LINKER };

/// What imports modules that only a Mac has.
const SHELL: [&str; 2] = ["ios/Saha", "ios/SahaTests"];

/// Swift's library of observation lacks a symbol on Linux that nothing calls.
const LINKER: &[&str] = if cfg!(target_os = "linux") { &["--allow-shlib-undefined"] } else { &[] };

/// Runs everything and closes with one line.
pub(crate) fn run(context: &Context) -> Result<Verdict> {
    if let Some(reason) = swift::missing(context) {
        return Ok(Verdict::new(false, format!("ios: {reason}")));
    }
    Ok(verdict(test(context)?))
}

/// The tests of the app. A toolchain has to be here: see [`swift::missing`].
pub(crate) fn test(context: &Context) -> Result<Counts> {
    let reads = swift::reads(context, &SHELL)?;
    let mut counts = swift::test_package(context, APP)?;
    counts.broken |= !reads;
    Ok(counts)
}

/// The app's bench, with the library in that folder; it wants the folder of an app that is filled, and a login. It looks into the
/// package as the tests do.
pub(crate) fn bench(context: &Context, libraries: &Path) -> Result<Command> {
    swift::run_optimised(context, APP, &["-Xswiftc", "-enable-testing", "TodayBench"], libraries)
}

fn verdict(counts: Counts) -> Verdict {
    let Counts { passed, failed, ignored, broken } = counts;
    let mut line = format!("ios: {passed} passed, {failed} failed, {ignored} ignored");
    if broken {
        line.push_str("; the views, the format or the build fall short, see above");
    }
    let figures = json!({ "passed": passed, "failed": failed, "ignored": ignored, "broken": broken });
    Verdict::new(passed > 0 && failed == 0 && !broken, line).with_figures(figures)
}
