//! `cargo xtask test`: every test suite, and a line for each that was left out.

use anyhow::Result;
use serde_json::json;

use crate::context::Context;
use crate::report::Verdict;
use crate::swift;

#[cfg(test)]
mod tests;

/// The tests of one language.
struct Suite {
    name: &'static str,
    /// Why it cannot run here and what to do about it; `None` when it can.
    missing: fn(&Context) -> Option<String>,
    run: fn(&Context) -> Result<Counts>,
}

const SUITES: &[Suite] = &[
    Suite { name: "Rust", missing: |_| None, run: rust },
    Suite { name: "Swift", missing: swift::missing, run: swift::test },
];

/// What a suite that cannot run here, or a test that is ignored, means for the verdict.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum LeftOut {
    /// It is named, and the rest decides.
    Named,
    /// It is named, and the whole falls short.
    FallsShort,
}

/// What came of the tests.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) ignored: u64,
    /// Something broke outside a test: the build, or a process that died.
    pub(crate) broken: bool,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
        self.broken |= other.broken;
    }
}

/// Runs every suite that can run here.
pub(crate) fn run(context: &Context, left_out: LeftOut) -> Result<Verdict> {
    let mut total = Counts::default();
    let mut absent = Vec::new();
    for suite in SUITES {
        match (suite.missing)(context) {
            Some(reason) => {
                context.say(&format!("test: left out the {} suite: {reason}", suite.name));
                absent.push(suite.name);
            }
            None => total.add(&(suite.run)(context)?),
        }
    }
    Ok(verdict(&total, &absent, left_out))
}

fn verdict(total: &Counts, absent: &[&str], left_out: LeftOut) -> Verdict {
    let Counts { passed, failed, ignored, broken } = total;
    // A test that is ignored was left out as much as a suite that is missing.
    let complete = (absent.is_empty() && *ignored == 0) || left_out == LeftOut::Named;
    let good = *failed == 0 && *passed > 0 && !broken && complete;
    let mut line = format!("test: {passed} passed, {failed} failed, {ignored} ignored");
    if *broken && *failed == 0 {
        line.push_str("; the run broke off, see above");
    }
    if !absent.is_empty() {
        line.push_str("; left out: ");
        line.push_str(&absent.join(", "));
    }
    let figures = json!({ "passed": passed, "failed": failed, "ignored": ignored, "left_out": absent });
    Verdict::new(good, line).with_figures(figures)
}

/// Every crate of the workspace; the first failure does not hide the others.
fn rust(context: &Context) -> Result<Counts> {
    let mut counts = Counts::default();
    let mut command = context.cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]);
    let success = Context::lines(&mut command, |line| {
        context.say(line);
        if let Some(one) = result_line(line) {
            counts.add(&one);
        }
        Ok(())
    })?;
    counts.broken = !success;
    Ok(counts)
}

/// Reads `test result: ok. 12 passed; 0 failed; 1 ignored; …`, which closes each test binary.
fn result_line(line: &str) -> Option<Counts> {
    let (_, figures) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut counts = Counts::default();
    for part in figures.split("; ") {
        let Some((number, what)) = part.split_once(' ') else { continue };
        match what {
            "passed" => counts.passed = number.parse().ok()?,
            "failed" => counts.failed = number.parse().ok()?,
            "ignored" => counts.ignored = number.parse().ok()?,
            _ => {}
        }
    }
    Some(counts)
}
