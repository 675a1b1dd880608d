//! What a file of `tests/scenarios` says.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};
use chrono::{DateTime, FixedOffset};
use serde::Deserialize;
use serde_json::{Map, Value};

/// A story of phones and a company's server.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    #[serde(skip)]
    pub(crate) name: String,
    #[expect(dead_code, reason = "for whoever reads the file")]
    shows: String,
    pub(crate) starts_at: DateTime<FixedOffset>,
    pub(crate) steps: Vec<Step>,
}

/// One call, and what has to come out of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    #[serde(rename = "do")]
    pub(crate) what: String,
    pub(crate) on: Option<String>,
    #[serde(default)]
    pub(crate) with: Map<String, Value>,
    #[serde(rename = "as")]
    pub(crate) name: Option<String>,
    pub(crate) expect: Option<Value>,
    pub(crate) error: Option<Value>,
    #[expect(dead_code, reason = "for whoever reads the file")]
    note: Option<String>,
}

/// Every scenario in `folder`, by name.
pub(crate) fn all_in(folder: &Path) -> Result<Vec<Scenario>> {
    let mut scenarios = Vec::new();
    for entry in fs::read_dir(folder).context("no scenarios")? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            scenarios.push(read(&path).with_context(|| path.display().to_string())?);
        }
    }
    scenarios.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(scenarios)
}

fn read(path: &Path) -> Result<Scenario> {
    let scenario: Scenario = serde_json::from_str(&fs::read_to_string(path)?)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Scenario { name, ..scenario })
}
