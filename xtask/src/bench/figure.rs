//! One measured figure and what it is worth.

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

const PREFIX: &str = "@figure ";

/// A figure as a bench prints it. Floor and goal bound the ratio where there is one, else the value.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Figure {
    pub(super) name: String,
    /// What was measured, in `unit`.
    pub(super) value: f64,
    pub(super) unit: String,
    /// How many times the same work on raw SQLite, in the same run.
    #[serde(default)]
    pub(super) ratio: Option<f64>,
    /// Worse than this falls short.
    #[serde(default)]
    pub(super) floor: Option<f64>,
    /// What we aim at.
    #[serde(default)]
    pub(super) goal: Option<f64>,
    #[serde(default)]
    pub(super) better: Better,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Better {
    #[default]
    Lower,
    Higher,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grade {
    /// At the goal or better; at the floor or better where there is no goal.
    Passed,
    /// Measured for information: nothing was asked of it.
    Unbounded,
    ShortOfGoal,
    ShortOfFloor,
}

impl Grade {
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Passed => "pass",
            Self::Unbounded => "no bound",
            Self::ShortOfGoal => "short of goal",
            Self::ShortOfFloor => "SHORT OF FLOOR",
        }
    }
}

impl Figure {
    /// Reads a figure; `None` when the line is none.
    ///
    /// # Errors
    /// When the line says it is a figure but does not read as one: it must not vanish.
    pub(super) fn from_line(line: &str) -> Result<Option<Self>> {
        let Some(text) = line.strip_prefix(PREFIX) else { return Ok(None) };
        serde_json::from_str(text).map(Some).with_context(|| format!("not a figure: {text}"))
    }

    pub(super) fn grade(&self) -> Grade {
        if self.floor.is_none() && self.goal.is_none() {
            return Grade::Unbounded;
        }
        let measured = self.ratio.unwrap_or(self.value);
        let holds = |bound: Option<f64>| {
            bound.is_none_or(|bound| match self.better {
                Better::Lower => measured <= bound,
                Better::Higher => measured >= bound,
            })
        };
        match (holds(self.floor), holds(self.goal)) {
            (false, _) => Grade::ShortOfFloor,
            (true, false) => Grade::ShortOfGoal,
            (true, true) => Grade::Passed,
        }
    }
}
