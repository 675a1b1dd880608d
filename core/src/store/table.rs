//! The table of a kind: which columns it has, the statements that follow from them, and a row in and out.

use rusqlite::{Connection, OptionalExtension, Row, types::Value as Sql};
use saha_domain::Kind;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::codec::{self, Column, Words};
use crate::error::Result;

/// A column that is computed from the body, for searching.
pub(crate) struct Derived {
    pub name: &'static str,
    pub make: fn(&Map<String, Value>) -> String,
}

/// The table of a kind. `id`, `version` and `rest` stand in every one.
pub(crate) struct Table {
    pub kind: Kind,
    pub columns: &'static [&'static [Column]],
    pub derived: &'static [Derived],
}

/// The statements of a table, made once.
pub(crate) struct Statements {
    pub table: &'static Table,
    /// `SELECT id, version, …, rest FROM kind`, for a store to put its condition behind.
    pub select: String,
    by_id: String,
    upsert: String,
    delete: String,
}

/// A row as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StoredRow {
    pub id: Uuid,
    /// Version of the confirmed body beneath; none while there is none.
    pub version: Option<i64>,
    pub body: Value,
}

impl Statements {
    pub(crate) fn of(table: &'static Table) -> Self {
        let columns = table.columns.iter().copied().flatten().map(|column| column.name);
        let stored: Vec<&str> = ["id", "version"].into_iter().chain(columns).chain(["rest"]).collect();
        let written: Vec<&str> = stored.iter().copied().chain(table.derived.iter().map(|d| d.name)).collect();
        let name = table.kind.name();
        let places: Vec<String> = (1..=written.len()).map(|place| format!("?{place}")).collect();
        let updates: Vec<String> =
            written.iter().skip(1).map(|column| format!("{column} = excluded.{column}")).collect();
        let select = format!("SELECT {} FROM {name}", stored.join(", "));
        Self {
            table,
            by_id: format!("{select} WHERE id = ?1"),
            select,
            upsert: format!(
                "INSERT INTO {name} ({}) VALUES ({}) ON CONFLICT (id) DO UPDATE SET {}",
                written.join(", "),
                places.join(", "),
                updates.join(", ")
            ),
            delete: format!("DELETE FROM {name} WHERE id = ?1"),
        }
    }

    /// The row, if there is one.
    pub(crate) fn get(&self, conn: &Connection, words: &mut Words, id: Uuid) -> Result<Option<StoredRow>> {
        let raw = conn.prepare_cached(&self.by_id)?.query_row([id.as_bytes()], |row| self.raw(row)).optional()?;
        raw.map(|raw| self.read(conn, words, raw)).transpose()
    }

    /// Writes the row over whatever stood there.
    pub(crate) fn upsert(
        &self,
        conn: &Connection,
        words: &mut Words,
        id: Uuid,
        version: Option<i64>,
        body: &Value,
    ) -> Result<()> {
        let nothing = Map::new();
        let body = body.as_object().unwrap_or(&nothing);
        let mut values = vec![Sql::Blob(id.as_bytes().to_vec()), version.map_or(Sql::Null, Sql::Integer)];
        let (columns, rest) = codec::split(conn, words, self.table.columns, body)?;
        values.extend(columns);
        values.push(if rest.is_empty() { Sql::Null } else { Sql::Text(Value::Object(rest).to_string()) });
        values.extend(self.table.derived.iter().map(|derived| Sql::Text((derived.make)(body))));
        conn.prepare_cached(&self.upsert)?.execute(rusqlite::params_from_iter(values))?;
        Ok(())
    }

    pub(crate) fn delete(&self, conn: &Connection, id: Uuid) -> Result<()> {
        conn.prepare_cached(&self.delete)?.execute([id.as_bytes()])?;
        Ok(())
    }

    /// A row of `self.select` as it comes.
    pub(crate) fn raw(&self, row: &Row<'_>) -> rusqlite::Result<Vec<Sql>> {
        let columns: usize = self.table.columns.iter().map(|group| group.len()).sum();
        (0..columns + 3).map(|index| row.get(index)).collect()
    }

    /// Makes sense of a raw row.
    pub(crate) fn read(&self, conn: &Connection, words: &mut Words, raw: Vec<Sql>) -> Result<StoredRow> {
        let broken = || saha_domain::SahaError::StorageDamaged { reason: format!("a row of {}", self.table.kind) };
        let mut raw = raw;
        let (Some(rest), mut values) = (raw.pop(), raw.into_iter()) else { return Err(broken().into()) };
        let (Some(Sql::Blob(id)), Some(version)) = (values.next(), values.next()) else { return Err(broken().into()) };
        let id = Uuid::from_slice(&id).map_err(|_| broken())?;
        let mut body: Map<String, Value> = match rest {
            Sql::Text(json) => serde_json::from_str(&json).map_err(|_| broken())?,
            _ => Map::new(),
        };
        codec::join(conn, words, self.table.columns, values, &mut body)?;
        body.insert("id".to_owned(), Value::String(id.to_string()));
        let version = if let Sql::Integer(version) = version { Some(version) } else { None };
        Ok(StoredRow { id, version, body: Value::Object(body) })
    }
}

#[cfg(test)]
mod tests;
