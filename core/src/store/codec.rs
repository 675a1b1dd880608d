//! How a field of a body becomes columns, and columns a field.
//!
//! What a codec can't hold to the letter (a newer server's shape, a text that is no id) stays in the row's `rest`, where
//! reading looks first. So nothing is ever lost by a column.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, types::Value as Sql};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::error::Result;

/// How one column holds one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codec {
    /// A UUID as 16 bytes.
    Id,
    /// A text as it is.
    Text,
    /// A text that repeats in many rows, as its number in `word`.
    Word,
    /// An integer.
    Int,
    /// A flag as 0 or 1.
    Flag,
    /// A date as days since 1970-01-01.
    Date,
    /// Anything, as JSON.
    Json,
}

/// A column: its name, the path of its value in the body, and how the value is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Column {
    pub name: &'static str,
    pub path: &'static [&'static str],
    pub codec: Codec,
}

/// The columns of a stamp in field `$field`, under the prefix `$column`.
macro_rules! stamp {
    ($field:literal, $column:literal) => {
        &[
            $crate::store::column(concat!($column, "_utc_ms"), &[$field, "device_utc_ms"], Codec::Int),
            $crate::store::column(concat!($column, "_correction_ms"), &[$field, "correction_ms"], Codec::Int),
            $crate::store::column(concat!($column, "_zone"), &[$field, "zone"], Codec::Word),
            $crate::store::column(concat!($column, "_offset_s"), &[$field, "utc_offset_s"], Codec::Int),
            $crate::store::column(concat!($column, "_date"), &[$field, "local_date"], Codec::Date),
            $crate::store::column(concat!($column, "_monotonic_ms"), &[$field, "monotonic_ms"], Codec::Int),
            $crate::store::column(concat!($column, "_boot"), &[$field, "boot_id"], Codec::Word),
            $crate::store::column(concat!($column, "_source"), &[$field, "source"], Codec::Word),
            $crate::store::column(concat!($column, "_uncertainty_ms"), &[$field, "uncertainty_ms"], Codec::Int),
        ]
    };
}

/// The columns of a location in field `$field`, under the prefix `$column`.
macro_rules! location {
    ($field:literal, $column:literal) => {
        &[
            $crate::store::column(concat!($column, "_lat_e7"), &[$field, "point", "lat_e7"], Codec::Int),
            $crate::store::column(concat!($column, "_lon_e7"), &[$field, "point", "lon_e7"], Codec::Int),
            $crate::store::column(concat!($column, "_accuracy_m"), &[$field, "accuracy_m"], Codec::Int),
            $crate::store::column(concat!($column, "_fix_age_ms"), &[$field, "fix_age_ms"], Codec::Int),
            $crate::store::column(concat!($column, "_provider"), &[$field, "provider"], Codec::Word),
            $crate::store::column(concat!($column, "_mocked"), &[$field, "mocked"], Codec::Flag),
        ]
    };
}

pub(crate) use {location, stamp};

/// A column of a table.
pub(crate) const fn column(name: &'static str, path: &'static [&'static str], codec: Codec) -> Column {
    Column { name, path, codec }
}

/// A column that has the name of its field.
pub(crate) const fn field(path: &'static [&'static str; 1], codec: Codec) -> Column {
    let [name] = path;
    Column { name, path, codec }
}

/// The numbers of repeating words, remembered by a connection. A number never changes its word; what a transaction that was
/// rolled back had numbered must be forgotten.
#[derive(Debug, Default)]
pub(crate) struct Words {
    numbers: HashMap<String, i64>,
    texts: HashMap<i64, String>,
}

impl Words {
    /// The word's number; a new word gets one.
    pub(crate) fn number(&mut self, conn: &Connection, text: &str) -> Result<i64> {
        if let Some(no) = self.known(conn, text)? {
            return Ok(no);
        }
        let no = conn
            .prepare_cached("INSERT INTO word (text) VALUES (?1) RETURNING no")?
            .query_row([text], |row| row.get(0))?;
        self.numbers.insert(text.to_owned(), no);
        Ok(no)
    }

    /// The word's number, if it has one: no row holds a word without.
    pub(crate) fn known(&mut self, conn: &Connection, text: &str) -> Result<Option<i64>> {
        if let Some(no) = self.numbers.get(text) {
            return Ok(Some(*no));
        }
        let known = conn
            .prepare_cached("SELECT no FROM word WHERE text = ?1")?
            .query_row([text], |row| row.get(0))
            .optional()?;
        self.numbers.extend(known.map(|no| (text.to_owned(), no)));
        Ok(known)
    }

    /// The word of a number.
    pub(crate) fn text(&mut self, conn: &Connection, no: i64) -> Result<String> {
        if let Some(text) = self.texts.get(&no) {
            return Ok(text.clone());
        }
        let text: String =
            conn.prepare_cached("SELECT text FROM word WHERE no = ?1")?.query_row([no], |row| row.get(0))?;
        self.texts.insert(no, text.clone());
        Ok(text)
    }
}

impl Codec {
    /// The value as SQL, or none where this codec can't hold it to the letter.
    fn encode(self, conn: &Connection, words: &mut Words, value: &Value) -> Result<Option<Sql>> {
        Ok(match (self, value) {
            (Self::Id, Value::String(text)) => parse_id(text).map(|id| Sql::Blob(id.as_bytes().to_vec())),
            (Self::Text, Value::String(text)) => Some(Sql::Text(text.clone())),
            (Self::Word, Value::String(text)) => Some(Sql::Integer(words.number(conn, text)?)),
            (Self::Int, Value::Number(number)) => number.as_i64().map(Sql::Integer),
            (Self::Flag, Value::Bool(flag)) => Some(Sql::Integer(i64::from(*flag))),
            (Self::Date, Value::String(text)) => parse_date(text).map(Sql::Integer),
            (Self::Json, value) if !value.is_null() => Some(Sql::Text(value.to_string())),
            _ => None,
        })
    }

    /// Back from SQL; none for NULL and for what this codec never wrote.
    fn decode(self, conn: &Connection, words: &mut Words, sql: Sql) -> Result<Option<Value>> {
        Ok(match (self, sql) {
            (Self::Id, Sql::Blob(bytes)) => Uuid::from_slice(&bytes).ok().map(|id| Value::String(id.to_string())),
            (Self::Text, Sql::Text(text)) => Some(Value::String(text)),
            (Self::Word, Sql::Integer(no)) => Some(Value::String(words.text(conn, no)?)),
            (Self::Int, Sql::Integer(number)) => Some(Value::from(number)),
            (Self::Flag, Sql::Integer(flag)) => Some(Value::Bool(flag != 0)),
            (Self::Date, Sql::Integer(days)) => date_of(days).map(|date| Value::String(date.to_string())),
            (Self::Json, Sql::Text(json)) => serde_json::from_str(&json).ok(),
            _ => None,
        })
    }
}

/// The id of a text in its one canonical spelling.
pub(super) fn parse_id(text: &str) -> Option<Uuid> {
    let id = Uuid::try_parse(text).ok()?;
    (id.as_hyphenated().encode_lower(&mut Uuid::encode_buffer()) == text).then_some(id)
}

/// Days since 1970 of an ISO date in its one canonical spelling.
fn parse_date(text: &str) -> Option<i64> {
    let date: NaiveDate = text.parse().ok()?;
    (text.len() == 10).then(|| days_of(date))
}

/// Days since 1970-01-01.
pub(crate) fn days_of(date: NaiveDate) -> i64 {
    date.signed_duration_since(NaiveDate::default()).num_days()
}

/// The date so many days after 1970-01-01.
pub(crate) fn date_of(days: i64) -> Option<NaiveDate> {
    NaiveDate::default().checked_add_signed(chrono::TimeDelta::try_days(days)?)
}

/// The columns of `body`, and the rest of it: what no column holds. `elsewhere` are paths that are held by other means.
pub(crate) fn split<'p>(
    conn: &Connection,
    words: &mut Words,
    columns: &[&'p [Column]],
    mut elsewhere: Vec<&'p [&'p str]>,
    body: &Map<String, Value>,
) -> Result<(Vec<Sql>, Map<String, Value>)> {
    let mut values = Vec::with_capacity(columns.iter().map(|group| group.len()).sum());
    let held = &mut elsewhere;
    for column in columns.iter().copied().flatten() {
        let value = at(body, column.path).unwrap_or(&Value::Null);
        let sql = column.codec.encode(conn, words, value)?;
        if sql.is_some() {
            held.push(column.path);
        }
        values.push(sql.unwrap_or(Sql::Null));
    }
    // Of most activities nothing is left, and seeing that is cheaper than looking for it.
    let rest = if count_of(body) == held.len() { Map::new() } else { rest_of(body, held, 0) };
    Ok((values, rest))
}

/// The value at a path of a body.
pub(super) fn at<'b>(body: &'b Map<String, Value>, path: &[&str]) -> Option<&'b Value> {
    let (first, deeper) = path.split_first()?;
    let value = body.get(*first)?;
    if deeper.is_empty() { Some(value) } else { at(value.as_object()?, deeper) }
}

/// How many values there are that say something: absent and null are the same.
fn count_of(body: &Map<String, Value>) -> usize {
    let count = |value: &Value| match value {
        Value::Null => 0,
        Value::Object(inner) if !inner.is_empty() => count_of(inner),
        _ => 1,
    };
    body.values().map(count).sum()
}

/// What is not `held`: paths, of which the first `depth` names lead here.
fn rest_of(body: &Map<String, Value>, held: &[&[&str]], depth: usize) -> Map<String, Value> {
    let mut rest = Map::new();
    for (field, value) in body.iter().filter(|(_, value)| !value.is_null()) {
        let here: Vec<&[&str]> =
            held.iter().copied().filter(|path| path.get(depth).is_some_and(|name| name == field)).collect();
        if here.iter().any(|path| path.len() == depth + 1) {
            continue;
        }
        match value {
            Value::Object(inner) if !here.is_empty() => {
                let inner = rest_of(inner, &here, depth + 1);
                if !inner.is_empty() {
                    rest.insert(field.clone(), Value::Object(inner));
                }
            }
            value => {
                rest.insert(field.clone(), value.clone());
            }
        }
    }
    rest
}

/// Puts the columns back into `body`, which holds the rest. What the rest says wins.
pub(crate) fn join(
    conn: &Connection,
    words: &mut Words,
    columns: &[&[Column]],
    values: impl IntoIterator<Item = Sql>,
    body: &mut Map<String, Value>,
) -> Result<()> {
    for (column, sql) in columns.iter().copied().flatten().zip(values) {
        if let Some(value) = column.codec.decode(conn, words, sql)? {
            put(body, column.path, value);
        }
    }
    Ok(())
}

fn put(object: &mut Map<String, Value>, path: &[&str], value: Value) {
    let Some((first, deeper)) = path.split_first() else { return };
    let entry = object.entry(*first);
    if deeper.is_empty() {
        entry.or_insert(value);
    } else if let Value::Object(inner) = entry.or_insert_with(|| Value::Object(Map::new())) {
        put(inner, deeper, value);
    }
}
