//! Results as JSON: how a record looks, what was remembered of it, and whether it is what was expected.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

/// What a value of the façade looks like in every language.
pub(crate) fn shown(value: impl Serialize) -> Result<Value> {
    Ok(plain(serde_json::to_value(value)?))
}

/// On the wire children are keyed by their ids, and segments are capitals; in the bindings neither is.
fn plain(value: Value) -> Value {
    match value {
        Value::Object(fields) if !fields.is_empty() && fields.keys().all(|key| is_uuid(key)) => children(fields),
        Value::Object(fields) => Value::Object(fields.into_iter().filter_map(field).collect()),
        Value::Array(values) => values.into_iter().map(plain).collect(),
        other => other,
    }
}

fn field((name, value): (String, Value)) -> Option<(String, Value)> {
    let value = match value {
        Value::Null => return None,
        Value::String(segment) if name == "segment" => segment.to_lowercase().into(),
        other => plain(other),
    };
    Some((name, value))
}

fn children(keyed: Map<String, Value>) -> Value {
    let with_id = |(id, child): (String, Value)| {
        let mut child = plain(child);
        child["id"] = id.into();
        child
    };
    let mut children: Vec<Value> = keyed.into_iter().map(with_id).collect();
    children.sort_by_key(|child| child["position"].as_i64());
    children.into()
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && Uuid::try_parse(text).is_ok()
}

/// Results by the names that steps gave them.
#[derive(Debug, Default)]
pub(crate) struct Memory(BTreeMap<String, Value>);

impl Memory {
    pub(crate) fn keep(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// `value`, with what is remembered in place of each `$name.field`.
    pub(crate) fn fill(&self, value: &Value) -> Result<Value> {
        Ok(match value {
            Value::String(text) => match text.strip_prefix('$') {
                Some(path) => self.find(path).with_context(|| format!("nothing is remembered as {text}"))?.clone(),
                None => value.clone(),
            },
            Value::Array(values) => values.iter().map(|value| self.fill(value)).collect::<Result<_>>()?,
            Value::Object(fields) => {
                let filled = fields.iter().map(|(name, value)| Ok((name.clone(), self.fill(value)?)));
                Value::Object(filled.collect::<Result<_>>()?)
            }
            other => other.clone(),
        })
    }

    fn find(&self, path: &str) -> Option<&Value> {
        let (name, fields) = path.split_once('.').map_or((path, None), |(name, fields)| (name, Some(fields)));
        let pointer = fields.map_or_else(String::new, |fields| format!("/{}", fields.replace('.', "/")));
        self.0.get(name)?.pointer(&pointer)
    }
}

/// Where `actual` is not as `expected`, if it is not.
pub(crate) fn difference(expected: &Value, actual: &Value, path: &str) -> Option<String> {
    let differs = || Some(format!("{path}: expected {expected}, and it is {actual}"));
    match (expected, actual) {
        (Value::String(text), _) if text == "<any>" && !actual.is_null() => None,
        (Value::String(text), Value::String(id)) if text == "<uuid>" && is_uuid(id) => None,
        (Value::Object(expected), Value::Object(actual)) => expected.iter().find_map(|(name, expected)| {
            difference(expected, actual.get(name).unwrap_or(&Value::Null), &format!("{path}.{name}"))
        }),
        (Value::Array(expected), Value::Array(actual)) => {
            let is_open = expected.last().is_some_and(|last| last == "<more>");
            let expected = if is_open { &expected[..expected.len() - 1] } else { expected };
            if expected.len() > actual.len() || (!is_open && expected.len() < actual.len()) {
                return differs();
            }
            let mut pairs = expected.iter().zip(actual).enumerate();
            pairs.find_map(|(at, (expected, actual))| difference(expected, actual, &format!("{path}.{at}")))
        }
        _ if expected == actual => None,
        _ => differs(),
    }
}

#[test]
fn an_expectation_is_part_of_what_comes_out() {
    let actual = serde_json::json!({ "id": Uuid::nil(), "lines": [{ "n": 1 }, { "n": 2 }], "note": "ok" });
    let is_met = |expected: Value| difference(&expected, &actual, "result");
    for met in [
        serde_json::json!({ "id": "<uuid>", "note": "<any>", "gone": null }),
        serde_json::json!({ "lines": [{ "n": 1 }, {}] }),
        serde_json::json!({ "lines": [{ "n": 1 }, "<more>"] }),
    ] {
        assert_eq!(is_met(met), None);
    }
    for (unmet, said) in [
        (serde_json::json!({ "note": "<uuid>" }), "result.note: "),
        (serde_json::json!({ "note": null }), "result.note: "),
        (serde_json::json!({ "gone": "<any>" }), "result.gone: "),
        (serde_json::json!({ "lines": [{ "n": 1 }] }), "result.lines: "),
        (serde_json::json!({ "lines": [{}, { "n": 3 }] }), "result.lines.1.n: "),
        (serde_json::json!({ "lines": [{}, {}, {}, "<more>"] }), "result.lines: "),
    ] {
        assert!(is_met(unmet.clone()).is_some_and(|difference| difference.starts_with(said)), "{unmet}");
    }
}

#[test]
fn a_record_looks_as_in_the_bindings() {
    let line = Uuid::from_u128(7).to_string();
    let wire = serde_json::json!({ "segment": "A", "note": null, "lines": { line.clone(): { "position": 1 } } });
    let shown = shown(wire).unwrap();
    assert_eq!(shown, serde_json::json!({ "segment": "a", "lines": [{ "id": line, "position": 1 }] }));
}
