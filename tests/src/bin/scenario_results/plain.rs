//! Results without what differs from run to run.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde_json::Value;
use uuid::Uuid;

/// Bytes that travelled depend on how well ids compress, and these times are drawn by lot.
const DIFFERS: &[&str] = &["next_try_ms", "received_bytes", "sent_bytes"];

/// The steps of a results file.
pub(crate) fn steps(results: &Value) -> Result<Vec<Value>> {
    let text = |field: &str| results.get(field).and_then(Value::as_str).context("it does not say where it ran");
    let mut names =
        Names { places: [(text("folder")?, "<folder>"), (text("server")?, "<server>")], ids: BTreeMap::new() };
    let steps = results.get("steps").and_then(Value::as_array).context("no steps")?;
    Ok(steps.iter().map(|step| names.plain(step)).collect())
}

/// What stands for a place or an id.
struct Names<'a> {
    places: [(&'a str, &'a str); 2],
    ids: BTreeMap<Uuid, String>,
}

impl Names<'_> {
    fn plain(&mut self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.text(text).into(),
            Value::Array(values) => values.iter().map(|value| self.plain(value)).collect(),
            Value::Object(fields) => {
                let plain = |(name, value): (&String, &Value)| {
                    let differs = DIFFERS.contains(&name.as_str());
                    (name.clone(), if differs { "…".into() } else { self.plain(value) })
                };
                Value::Object(fields.iter().map(plain).collect())
            }
            other => other.clone(),
        }
    }

    fn text(&mut self, text: &str) -> String {
        let mut text = text.to_owned();
        for (place, name) in self.places {
            text = text.replace(place, name);
        }
        let is_of_id = |c: char| c.is_ascii_hexdigit() || c == '-';
        let words: Vec<String> =
            text.split(|c| !is_of_id(c)).filter(|word| word.len() == 36).map(str::to_owned).collect();
        for word in words {
            if let Ok(id) = Uuid::try_parse(&word) {
                let next = format!("id-{}", self.ids.len() + 1);
                text = text.replace(&word, self.ids.entry(id).or_insert(next));
            }
        }
        text
    }
}
