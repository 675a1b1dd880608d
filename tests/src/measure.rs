//! Times, their medians, and figures in the form that `cargo xtask bench` reads.

use std::{
    io::{self, Write as _},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result};
use serde::Serialize;

/// Does it, and how long that took.
pub fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(T, Duration)> {
    let start = Instant::now();
    let done = work()?;
    Ok((done, start.elapsed()))
}

/// The middle one; the higher of two. Zero where there is none.
pub fn median(mut samples: Vec<Duration>) -> Duration {
    samples.sort_unstable();
    samples.get(samples.len() / 2).copied().unwrap_or_default()
}

/// Medians of the core and of raw `SQLite` at the same work.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    /// The core.
    pub core: Duration,
    /// Raw `SQLite`.
    pub raw: Duration,
}

impl Pair {
    /// Measures both in turns, and each goes first every other time, so that whatever else the machine does meets both alike.
    /// The first rounds, one or a tenth as many, warm up and are not counted. Each side times itself and may do more than it
    /// times.
    pub fn measure(
        rounds: usize,
        mut core: impl FnMut() -> Result<Duration>,
        mut raw: impl FnMut() -> Result<Duration>,
    ) -> Result<Self> {
        let warm_up = (rounds / 10).max(1);
        let mut samples = (Vec::with_capacity(rounds), Vec::with_capacity(rounds));
        for round in 0..rounds + warm_up {
            let (ours, theirs) = if round % 2 == 0 {
                let ours = core()?;
                (ours, raw()?)
            } else {
                let theirs = raw()?;
                (core()?, theirs)
            };
            if round >= warm_up {
                samples.0.push(ours);
                samples.1.push(theirs);
            }
        }
        Ok(Self { core: median(samples.0), raw: median(samples.1) })
    }

    /// How many times as long the core takes.
    pub fn ratio(&self) -> f64 {
        self.core.as_secs_f64() / self.raw.as_secs_f64()
    }

    /// As a figure: the core's time, in `unit`, and its ratio to the raw one.
    pub fn figure(&self, name: &str, unit: Unit) -> Figure {
        Figure { ratio: Some(self.ratio()), ..Figure::new(name, unit.of(self.core), unit.name()) }
    }
}

/// Of a time.
#[derive(Debug, Clone, Copy)]
pub enum Unit {
    /// Microseconds.
    Micro,
    /// Milliseconds.
    Milli,
    /// Seconds.
    Second,
}

impl Unit {
    /// The time in this unit.
    pub fn of(self, time: Duration) -> f64 {
        let factor = match self {
            Self::Micro => 1e6,
            Self::Milli => 1e3,
            Self::Second => 1.0,
        };
        time.as_secs_f64() * factor
    }

    /// As written behind a number.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Micro => "µs",
            Self::Milli => "ms",
            Self::Second => "s",
        }
    }
}

/// One figure. Lower is better in each of ours.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ratio: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    floor: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    goal: Option<f64>,
}

impl Figure {
    /// A value without a bound.
    pub fn new(name: &str, value: f64, unit: &'static str) -> Self {
        Self { name: name.to_owned(), value, unit, ratio: None, floor: None, goal: None }
    }

    /// With what it is worth: beyond `floor` it falls short, up to `goal` it is as we want it. They bound the ratio where
    /// there is one.
    #[must_use]
    pub fn bounded(self, floor: f64, goal: f64) -> Self {
        Self { floor: Some(floor), goal: Some(goal), ..self }
    }

    /// With what we aim at and no floor.
    #[must_use]
    pub fn aimed(self, goal: f64) -> Self {
        Self { goal: Some(goal), ..self }
    }

    /// Prints it for people and for `cargo xtask bench`.
    pub fn tell(&self) -> Result<()> {
        let ratio = self.ratio.map(|ratio| format!(", {ratio:.3}× raw SQLite")).unwrap_or_default();
        tell(&format!("{}: {:.2} {}{ratio}", self.name, self.value, self.unit))?;
        tell(&format!("@figure {}", serde_json::to_string(self)?))
    }
}

/// Prints a line.
pub fn tell(line: &str) -> Result<()> {
    writeln!(io::stdout().lock(), "{line}").context("cannot print")
}

/// A count as a number to divide by.
pub fn count(of: usize) -> Result<f64> {
    Ok(f64::from(u32::try_from(of)?))
}
