//! `cargo xtask ci`: everything that a change must pass, in order, leaving nothing out.
//!
//! A step that falls short does not stop the ones after it: one run tells everything that is to be done.

use std::time::{Duration, Instant};

use anyhow::Result;
use serde_json::json;

use crate::context::Context;
use crate::report::{Verdict, columns, count, took};
use crate::{bindings, checks, doc, hygiene, kill9, simulate, test};

#[cfg(test)]
mod tests;

/// How many clients `ci` kills.
const KILLS: u64 = 100;

/// How many histories `ci` plays, and from which seed: the same ones each time, so that a failure is a change's own.
const HISTORIES: u64 = 10_000;
const FIRST_SEED: u64 = 1;

struct Step {
    name: &'static str,
    run: fn(&Context) -> Result<Verdict>,
}

const STEPS: &[Step] = &[
    Step { name: "format", run: checks::format },
    Step { name: "clippy", run: checks::clippy },
    Step { name: "test", run: |context| test::run(context, test::LeftOut::FallsShort) },
    Step { name: "kill9", run: |context| kill9::times(context, KILLS, None) },
    Step { name: "simulate", run: |context| simulate::play(context, HISTORIES, FIRST_SEED) },
    Step { name: "bindings", run: |context| bindings::run(context, false) },
    Step { name: "doc", run: doc::run },
    Step { name: "dependencies", run: checks::dependencies },
    Step { name: "hygiene", run: hygiene::run },
];

/// How a step went.
struct Done {
    name: &'static str,
    verdict: Verdict,
    duration: Duration,
}

/// Runs every step and closes with a table of them.
pub(crate) fn run(context: &Context) -> Verdict {
    let start = Instant::now();
    let mut steps = Vec::new();
    for (number, step) in (1..).zip(STEPS) {
        context.say(&format!("\n=== {number}/{} {}", STEPS.len(), step.name));
        steps.push(carry_out(context, step));
    }
    context.say(&format!("\n{}\n", table(&steps)));
    verdict(&steps, start.elapsed())
}

fn carry_out(context: &Context, step: &Step) -> Done {
    let start = Instant::now();
    let verdict = (step.run)(context).unwrap_or_else(|error| Verdict::new(false, format!("{}: {error:#}", step.name)));
    context.say(&verdict.line);
    Done { name: step.name, verdict, duration: start.elapsed() }
}

fn table(steps: &[Done]) -> String {
    let heading = ["step", "result", "took", "found"].map(str::to_owned).to_vec();
    let row = |step: &Done| {
        let result = if step.verdict.passed { "passed" } else { "FAILED" };
        let own_name = format!("{}: ", step.name);
        let found = step.verdict.line.strip_prefix(&own_name).unwrap_or(&step.verdict.line);
        vec![step.name.to_owned(), result.to_owned(), took(step.duration), found.to_owned()]
    };
    let rows: Vec<_> = std::iter::once(heading).chain(steps.iter().map(row)).collect();
    columns(&rows)
}

fn verdict(steps: &[Done], total: Duration) -> Verdict {
    let failed: Vec<&str> = steps.iter().filter(|step| !step.verdict.passed).map(|step| step.name).collect();
    let all = count(steps.len(), "step");
    let line = if failed.is_empty() {
        format!("ci: {all} passed in {}", took(total))
    } else {
        format!("ci: {} of {all} failed in {}: {}", failed.len(), took(total), failed.join(", "))
    };
    let step = |step: &Done| {
        json!({
            "name": step.name,
            "passed": step.verdict.passed,
            "seconds": step.duration.as_secs_f64(),
            "found": step.verdict.line,
            "figures": step.verdict.figures,
        })
    };
    let figures = json!({ "seconds": total.as_secs_f64(), "steps": steps.iter().map(step).collect::<Vec<_>>() });
    Verdict::new(failed.is_empty(), line).with_figures(figures)
}
