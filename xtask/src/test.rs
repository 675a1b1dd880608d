//! `cargo xtask test`: every test suite, and a line for each that was left out.
//!
//! Rust's always runs; Kotlin's where a JDK and Maven are, that of the Android app where `aapt2` is as well; Swift's and that of the
//! iOS app where its toolchain is. The scenarios are played by every suite, and what they came to is compared at the end.

use anyhow::Result;
use serde_json::{Value, json};

use crate::context::Context;
use crate::report::Verdict;
use crate::scenarios::{self, Compared};
use crate::setup::Consent;
use crate::{android, ios, kotlin, swift};

#[cfg(test)]
mod tests;

/// The tests of one language.
struct Suite {
    name: &'static str,
    /// Why it cannot run here and what to do about it; `None` when it can.
    missing: fn(&Context) -> Option<String>,
    /// Gets what is missing.
    set_up: fn(&Context) -> Result<()>,
    run: fn(&Context) -> Result<Counts>,
}

const SUITES: &[Suite] = &[
    Suite { name: "Rust", missing: |_| None, set_up: |_| Ok(()), run: rust },
    Suite {
        name: "Kotlin",
        missing: kotlin::missing,
        set_up: |context| kotlin::toolchain(context, Consent::Given),
        run: kotlin::test,
    },
    Suite {
        name: "Swift",
        missing: swift::missing,
        set_up: |context| swift::toolchain(context, Consent::Given).map(drop),
        run: swift::test,
    },
    Suite {
        name: "iOS",
        missing: swift::missing,
        set_up: |context| swift::toolchain(context, Consent::Given).map(drop),
        run: ios::test,
    },
    Suite {
        name: "Android",
        missing: android::missing,
        set_up: |context| android::toolchain(context, Consent::Given),
        run: android::test,
    },
];

/// What a suite that cannot run here, or a test that is ignored, means for the verdict.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum LeftOut {
    /// It is named, and the rest decides.
    Named,
    /// What it lacks is set up first; where that fails it is named, and the whole falls short.
    FallsShort,
}

/// What came of the tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) ignored: u64,
    /// Something broke outside a test: the build, or a process that died.
    pub(crate) broken: bool,
}

impl Counts {
    /// Reads `<testsuite … tests="34" failures="1" errors="0" skipped="2" …>`, as Maven's Surefire writes it.
    pub(crate) fn of_suite(results: &str) -> Option<Self> {
        let (_, suite) = results.split_once("<testsuite ")?;
        let (suite, _) = suite.split_once('>')?;
        let number = |name: &str| {
            let (_, after) = suite.split_once(&format!(" {name}=\""))?;
            after.split_once('"')?.0.parse::<u64>().ok()
        };
        let failed = number("failures")? + number("errors").unwrap_or(0);
        let ignored = number("skipped").unwrap_or(0);
        let passed = number("tests")?.checked_sub(failed + ignored)?;
        Some(Self { passed, failed, ignored, broken: false })
    }

    /// Adds another's.
    pub(crate) fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
        self.broken |= other.broken;
    }
}

/// What came of the suites together.
#[derive(Default)]
struct Outcome {
    ran: Vec<(&'static str, Counts)>,
    absent: Vec<&'static str>,
    /// How the languages compare, where there was more than one.
    compared: Option<Compared>,
}

/// Runs every suite that can run here.
pub(crate) fn run(context: &Context, left_out: LeftOut) -> Result<Verdict> {
    scenarios::clear(context)?;
    let (mut outcome, mut reasons) = (Outcome::default(), Vec::new());
    for suite in SUITES {
        match lacks(context, suite, left_out) {
            Some(reason) => {
                reasons.push(format!("test: left out the {} suite: {reason}", suite.name));
                outcome.absent.push(suite.name);
            }
            None => outcome.ran.push((suite.name, (suite.run)(context)?)),
        }
    }
    let others = outcome.languages_beside_rust();
    if !others.is_empty() {
        outcome.compared = Some(scenarios::compare(context, &others)?);
    }
    // At the end, where a person looks.
    for reason in reasons {
        context.say(&reason);
    }
    Ok(verdict(&outcome, left_out))
}

/// Why a suite cannot run here, after setting up what it lacks where nothing may be left out.
fn lacks(context: &Context, suite: &Suite, left_out: LeftOut) -> Option<String> {
    let reason = (suite.missing)(context)?;
    if left_out == LeftOut::Named {
        return Some(reason);
    }
    context.say(&format!("test: setting up what the {} suite needs ({reason})", suite.name));
    match (suite.set_up)(context) {
        Ok(()) => None,
        Err(error) => Some(format!("{error:#}")),
    }
}

impl Outcome {
    fn total(&self) -> Counts {
        let mut total = Counts::default();
        self.ran.iter().for_each(|(_, counts)| total.add(counts));
        total
    }

    /// Those that play the scenarios and are held against Rust: an app stands on the package of its language.
    fn languages_beside_rust(&self) -> Vec<&'static str> {
        self.ran.iter().map(|(name, _)| *name).filter(|name| !["Rust", "iOS", "Android"].contains(name)).collect()
    }
}

fn verdict(outcome: &Outcome, left_out: LeftOut) -> Verdict {
    let Counts { passed, failed, ignored, broken } = outcome.total();
    let absent = &outcome.absent;
    // A test that is ignored was left out as much as a suite that is missing.
    let complete = (absent.is_empty() && ignored == 0) || left_out == LeftOut::Named;
    let tested = !outcome.ran.is_empty() && outcome.ran.iter().all(|(_, counts)| counts.passed > 0);
    let equal = outcome.compared.is_none_or(|compared| compared.differences == 0);
    let mut line = format!("test: {passed} passed, {failed} failed, {ignored} ignored");
    if outcome.ran.len() > 1 {
        let each: Vec<String> = outcome.ran.iter().map(|(name, counts)| format!("{name} {}", counts.passed)).collect();
        line = format!("{line} ({})", each.join(", "));
    }
    if broken && failed == 0 {
        line.push_str("; a run broke off, see above");
    }
    if let Some(compared) = outcome.compared {
        line = format!("{line}; {}", compared.line(&outcome.languages_beside_rust()));
    }
    if !absent.is_empty() {
        line = format!("{line}; left out: {}", absent.join(", "));
    }
    Verdict::new(failed == 0 && tested && !broken && complete && equal, line).with_figures(figures(outcome))
}

fn figures(outcome: &Outcome) -> Value {
    let Counts { passed, failed, ignored, .. } = outcome.total();
    let suite = |(name, counts): &(&str, Counts)| json!({ "name": name, "passed": counts.passed, "failed": counts.failed, "ignored": counts.ignored });
    let suites: Vec<Value> = outcome.ran.iter().map(suite).collect();
    json!({
        "passed": passed,
        "failed": failed,
        "ignored": ignored,
        "suites": suites,
        "left_out": outcome.absent,
        "scenarios": outcome.compared.map(|compared| compared.scenarios),
        "differences": outcome.compared.map(|compared| compared.differences),
    })
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
