//! The document, and as much of JSON Schema as it uses. A keyword that is not known here fails: nothing in the document
//! is there without being checked.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use saha_domain::{Hlc, NaiveDate};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// `docs/openapi.json`.
pub(crate) struct Document {
    root: Value,
    /// How often each place of it was met in what was checked and found right.
    met: RefCell<Met>,
}

type Met = BTreeMap<String, usize>;

impl Document {
    pub(crate) fn read() -> Self {
        let root = serde_json::from_str(include_str!("../../../docs/openapi.json")).unwrap();
        Self { root, met: RefCell::default() }
    }

    /// What stands at a place; a reference is followed.
    pub(crate) fn at(&self, pointer: &str) -> &Value {
        let found = self.root.pointer(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"));
        found.get("$ref").map_or(found, |reference| self.at(target(reference)))
    }

    /// Whether a value is what a schema of the components says, or else why not.
    pub(crate) fn check_named(&self, schema: &str, value: &Value) -> Result<(), String> {
        self.check(&format!("/components/schemas/{schema}"), value)
    }

    /// The same for the schema at a place.
    pub(crate) fn check(&self, pointer: &str, value: &Value) -> Result<(), String> {
        let met = self.visit(pointer, value)?;
        add(&mut self.met.borrow_mut(), met);
        Ok(())
    }

    /// Fields, alternatives and words of the schemas that nothing had so far.
    pub(crate) fn never_met(&self) -> BTreeSet<String> {
        let met = self.met.borrow();
        let mut places = BTreeSet::new();
        parts("/components/schemas", self.at("/components/schemas"), &mut |place, _| {
            if !met.contains_key(&place) {
                places.insert(place);
            }
        });
        places
    }

    /// Fields that nothing lacked so far, although they are not required.
    pub(crate) fn always_met(&self) -> BTreeSet<String> {
        let met = self.met.borrow();
        let mut places = BTreeSet::new();
        parts("/components/schemas", self.at("/components/schemas"), &mut |place, _| {
            let Some((of, field)) = place.rsplit_once("/properties/") else { return };
            let is_field = !field.contains('/') && met.get(of) == met.get(&place);
            let required = self.root.pointer(&format!("{of}/required")).and_then(Value::as_array);
            if is_field && !required.is_some_and(|names| names.contains(&json!(field))) {
                places.insert(place);
            }
        });
        places
    }

    fn visit(&self, pointer: &str, value: &Value) -> Result<Met, String> {
        let schema = self.root.pointer(pointer).and_then(Value::as_object);
        let schema = schema.ok_or_else(|| format!("there is no schema at {pointer}"))?;
        let mut met = Met::from([(pointer.to_owned(), 1)]);
        for (keyword, rule) in schema {
            let place = format!("{pointer}/{keyword}");
            let inner = self.apply(keyword, rule, &place, value);
            add(&mut met, inner.map_err(|wrong| format!("{wrong}\n at {place}"))?);
        }
        if schema.get("additionalProperties") == Some(&json!(false)) {
            check_closed(schema, value)?;
        }
        Ok(met)
    }

    fn apply(&self, keyword: &str, rule: &Value, place: &str, value: &Value) -> Result<Met, String> {
        let holds = match keyword {
            "$ref" => return self.visit(target(rule), value),
            "oneOf" => return self.one_of(rule, place, value),
            "properties" => return self.properties(rule, place, value),
            "items" => return self.items(place, value),
            "enum" => {
                let position = rule.as_array().and_then(|words| words.iter().position(|word| word == value));
                let position = position.ok_or_else(|| format!("{value} is none of {rule}"))?;
                return Ok(Met::from([(format!("{place}/{position}"), 1)]));
            }
            "const" => rule == value,
            "type" => types(rule).any(|name| is_of_type(name, value)),
            "required" => rule.as_array().unwrap().iter().all(|name| value.get(name.as_str().unwrap()).is_some()),
            "minimum" => value.as_i64().zip(rule.as_i64()).is_some_and(|(value, least)| value >= least),
            "format" => value.is_null() || has_format(rule.as_str().unwrap(), value),
            "additionalProperties" => rule == &json!(false),
            "description" | "examples" => true,
            _ => false,
        };
        if holds { Ok(Met::new()) } else { Err(format!("{value} against {keyword} {rule}")) }
    }

    fn one_of(&self, rule: &Value, place: &str, value: &Value) -> Result<Met, String> {
        let count = rule.as_array().unwrap().len();
        let tried = (0..count).map(|n| self.visit(&format!("{place}/{n}"), value));
        let (mut right, wrong): (Vec<_>, Vec<_>) = tried.partition(Result::is_ok);
        if right.len() == 1 {
            right.remove(0)
        } else {
            Err(format!("{} alternatives fit {value}: {wrong:#?}", right.len()))
        }
    }

    fn properties(&self, rule: &Value, place: &str, value: &Value) -> Result<Met, String> {
        let mut met = Met::new();
        for name in rule.as_object().unwrap().keys() {
            if let Some(field) = value.get(name) {
                add(&mut met, self.visit(&format!("{place}/{name}"), field)?);
            }
        }
        Ok(met)
    }

    fn items(&self, place: &str, value: &Value) -> Result<Met, String> {
        let mut met = Met::new();
        for item in value.as_array().into_iter().flatten() {
            add(&mut met, self.visit(place, item)?);
        }
        Ok(met)
    }
}

fn add(met: &mut Met, more: Met) {
    for (place, count) in more {
        *met.entry(place).or_default() += count;
    }
}

fn target(reference: &Value) -> &str {
    reference.as_str().and_then(|text| text.strip_prefix('#')).unwrap_or_else(|| panic!("{reference} is elsewhere"))
}

fn check_closed(schema: &Map<String, Value>, value: &Value) -> Result<(), String> {
    let known = |name: &String| schema.get("properties").is_some_and(|fields| fields.get(name).is_some());
    match value.as_object().and_then(|fields| fields.keys().find(|name| !known(name))) {
        Some(name) => Err(format!("{name} is not in the document")),
        None => Ok(()),
    }
}

/// The names of one type, or of several.
fn types(rule: &Value) -> impl Iterator<Item = &str> {
    rule.as_array().map_or(std::slice::from_ref(rule), Vec::as_slice).iter().filter_map(Value::as_str)
}

fn is_of_type(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        _ => false,
    }
}

fn has_format(format: &str, value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    match format {
        "uuid" => Uuid::parse_str(text).is_ok_and(|id| id.to_string() == text),
        "date" => text.parse::<NaiveDate>().is_ok(),
        "hlc" => text.parse::<Hlc>().is_ok(),
        "password" => true,
        "int64" => value.is_i64(),
        _ => false,
    }
}

/// Calls `tell` for every field, alternative and word of the schemas below a place.
fn parts(place: &str, value: &Value, tell: &mut impl FnMut(String, &Value)) {
    let Some(schema) = value.as_object() else { return };
    for (name, below) in schema {
        let place = format!("{place}/{name}");
        let inner: Vec<(String, &Value)> = match (name.as_str(), below) {
            ("properties", Value::Object(fields)) => fields.iter().map(|(name, field)| (name.clone(), field)).collect(),
            ("oneOf" | "enum", Value::Array(list)) => {
                list.iter().enumerate().map(|(n, below)| (n.to_string(), below)).collect()
            }
            _ => {
                parts(&place, below, tell);
                continue;
            }
        };
        for (name, below) in inner {
            let place = format!("{place}/{name}");
            parts(&place, below, tell);
            tell(place, below);
        }
    }
}
