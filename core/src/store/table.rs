//! The table of a kind: which columns it has, the statements that follow from them, and a row in and out.

use std::sync::LazyLock;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter, types::Value as Sql};
use saha_domain::{Kind, RepId, SahaError, registry::Scope};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    codec::{self, Column, Words},
    ids,
};
use crate::error::Result;

/// A column that is computed from the body, for searching.
pub(crate) struct Derived {
    pub name: &'static str,
    pub make: fn(&Map<String, Value>) -> String,
}

/// The table of a child collection: a row for each child, under the number of its parent's row.
pub(crate) struct ChildTable {
    pub name: &'static str,
    /// The field of the body that holds the children, keyed by their ids.
    pub field: &'static str,
    pub columns: &'static [&'static [Column]],
}

/// The table of a kind. `id`, `version` and `rest` stand in every one.
pub(crate) struct Table {
    pub kind: Kind,
    pub columns: &'static [&'static [Column]],
    pub derived: &'static [Derived],
    pub children: &'static [ChildTable],
}

/// The statements of a table, made once.
pub(crate) struct Statements {
    pub table: &'static Table,
    /// `SELECT no, id, version, …, rest FROM kind`, for a store to put its condition behind.
    pub select: String,
    by_id: String,
    number: String,
    insert: String,
    /// The columns behind `id`, in the order of `insert`.
    written: Vec<&'static str>,
    delete: String,
    children: Vec<ChildStatements>,
}

/// The statements of a child table.
struct ChildStatements {
    table: &'static ChildTable,
    of_parent: String,
    insert: String,
    delete: String,
}

/// What a row holds: the version of its confirmed body, and the body that is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Content<'b> {
    pub version: Option<i64>,
    pub body: &'b Value,
}

impl<'b> Content<'b> {
    fn fields(self) -> &'b Map<String, Value> {
        static NOTHING: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
        self.body.as_object().unwrap_or(&NOTHING)
    }
}

/// A row as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StoredRow {
    pub id: Uuid,
    /// Version of the confirmed body beneath; none while there is none.
    pub version: Option<i64>,
    pub body: Value,
}

fn names(columns: &'static [&'static [Column]]) -> impl Iterator<Item = &'static str> {
    columns.iter().copied().flatten().map(|column| column.name)
}

fn places(count: usize) -> String {
    (1..=count).map(|place| format!("?{place}")).collect::<Vec<_>>().join(", ")
}

impl ChildStatements {
    fn of(parent: Kind, table: &'static ChildTable) -> Self {
        let (name, parent) = (table.name, parent.name());
        let stored: Vec<&str> = ["id"].into_iter().chain(names(table.columns)).chain(["rest"]).collect();
        let columns = stored.join(", ");
        Self {
            table,
            of_parent: format!("SELECT {columns} FROM {name} WHERE {parent} = ?1"),
            insert: format!("INSERT INTO {name} ({columns}, {parent}) VALUES ({})", places(stored.len() + 1)),
            delete: format!("DELETE FROM {name} WHERE {parent} = (SELECT no FROM {parent} WHERE id = ?1)"),
        }
    }

    /// The children, where each can be held by a row of its own.
    fn held<'b>(&self, body: &'b Map<String, Value>) -> Option<Vec<(Uuid, &'b Map<String, Value>)>> {
        let children = body.get(self.table.field)?.as_object()?;
        let held = |(id, child): (&String, &'b Value)| Some((codec::parse_id(id)?, child.as_object()?));
        children.iter().map(held).collect::<Option<Vec<_>>>().filter(|children| !children.is_empty())
    }

    fn insert(
        &self,
        conn: &Connection,
        words: &mut Words,
        parent_no: i64,
        (id, body): (Uuid, &Map<String, Value>),
    ) -> Result<()> {
        let (columns, rest) = codec::split(conn, words, self.table.columns, Vec::new(), body)?;
        let mut values = vec![Sql::Blob(id.as_bytes().to_vec())];
        values.extend(columns);
        values.extend([json_of(rest), Sql::Integer(parent_no)]);
        conn.prepare_cached(&self.insert)?.execute(params_from_iter(values))?;
        Ok(())
    }

    /// Puts the children of a row back into its body.
    fn read(&self, conn: &Connection, words: &mut Words, no: i64, body: &mut Map<String, Value>) -> Result<()> {
        let mut statement = conn.prepare_cached(&self.of_parent)?;
        let count = statement.column_count();
        let mut rows = statement.query([no])?;
        let mut children = Map::new();
        while let Some(row) = rows.next()? {
            let values = (0..count).map(|index| row.get(index)).collect::<rusqlite::Result<Vec<Sql>>>()?;
            let (id, child) =
                body_of(conn, words, self.table.columns, values).ok_or_else(|| damaged(self.table.name))??;
            children.insert(id.to_string(), Value::Object(child));
        }
        if !children.is_empty() {
            body.insert(self.table.field.to_owned(), Value::Object(children));
        }
        Ok(())
    }
}

impl Statements {
    pub(crate) fn of(table: &'static Table) -> Self {
        let stored: Vec<&str> = ["id", "version"].into_iter().chain(names(table.columns)).chain(["rest"]).collect();
        let written: Vec<&str> = stored.iter().copied().chain(table.derived.iter().map(|d| d.name)).collect();
        let name = table.kind.name();
        let select = format!("SELECT no, {} FROM {name}", stored.join(", "));
        Self {
            table,
            by_id: format!("{select} WHERE id = ?1"),
            select,
            insert: format!("INSERT INTO {name} ({}) VALUES ({})", written.join(", "), places(written.len())),
            written: written.into_iter().skip(1).collect(),
            number: format!("SELECT no FROM {name} WHERE id = ?1"),
            delete: format!("DELETE FROM {name} WHERE id = ?1"),
            children: table.children.iter().map(|child| ChildStatements::of(table.kind, child)).collect(),
        }
    }

    /// The row, if there is one.
    pub(crate) fn get(&self, conn: &Connection, words: &mut Words, id: Uuid) -> Result<Option<StoredRow>> {
        let raw = conn.prepare_cached(&self.by_id)?.query_row([id.as_bytes()], |row| self.raw(row)).optional()?;
        raw.map(|raw| self.read(conn, words, raw)).transpose()
    }

    /// Writes a row that is not there yet.
    pub(crate) fn insert(&self, conn: &Connection, words: &mut Words, id: Uuid, row: Content<'_>) -> Result<()> {
        let values = std::iter::once(Sql::Blob(id.as_bytes().to_vec())).chain(self.values(conn, words, row)?);
        conn.prepare_cached(&self.insert)?.execute(params_from_iter(values))?;
        self.insert_children(conn, words, conn.last_insert_rowid(), row.fields())
    }

    /// Writes what differs from the row that is there: an index over anything else is left alone.
    pub(crate) fn update(
        &self,
        conn: &Connection,
        words: &mut Words,
        id: Uuid,
        before: Content<'_>,
        after: Content<'_>,
    ) -> Result<()> {
        let written = self.written.iter().zip(self.values(conn, words, after)?);
        let (names, mut values): (Vec<&str>, Vec<Sql>) = written
            .zip(self.differences(before, after))
            .filter_map(|(column, differs)| differs.then_some(column))
            .unzip();
        let sets: Vec<String> = names.iter().zip(1..).map(|(name, place)| format!("{name} = ?{place}")).collect();
        values.push(Sql::Blob(id.as_bytes().to_vec()));
        let (kind, sets, place) = (self.table.kind, sets.join(", "), values.len());
        let sql = format!("UPDATE {kind} SET {sets} WHERE id = ?{place}");
        if conn.prepare_cached(&sql)?.execute(params_from_iter(values))? == 0 {
            return Err(damaged(kind.name()).into());
        }
        let (before, after) = (before.fields(), after.fields());
        if self.children.iter().all(|child| before.get(child.table.field) == after.get(child.table.field)) {
            return Ok(());
        }
        self.delete_children(conn, id)?;
        let no = conn.prepare_cached(&self.number)?.query_row([id.as_bytes()], |row| row.get(0))?;
        self.insert_children(conn, words, no, after)
    }

    /// The values of `written`.
    fn values(&self, conn: &Connection, words: &mut Words, row: Content<'_>) -> Result<Vec<Sql>> {
        let body = row.fields();
        let is_held = |child: &&ChildStatements| child.held(body).is_some();
        let children = self.children.iter().filter(is_held).map(|child| std::slice::from_ref(&child.table.field));
        let elsewhere = [["id"].as_slice()].into_iter().chain(children).collect();
        let (columns, rest) = codec::split(conn, words, self.table.columns, elsewhere, body)?;
        let mut values = vec![row.version.map_or(Sql::Null, Sql::Integer)];
        values.extend(columns);
        values.push(json_of(rest));
        values.extend(self.table.derived.iter().map(|derived| Sql::Text((derived.make)(body))));
        Ok(values)
    }

    /// For each of `written` whether it may hold another value after than before.
    fn differences(&self, before: Content<'_>, after: Content<'_>) -> impl Iterator<Item = bool> {
        let has_other_version = before.version != after.version;
        let (before, after) = (before.fields(), after.fields());
        let columns = self.table.columns.iter().copied().flatten();
        let columns = columns.map(move |column| codec::at(before, column.path) != codec::at(after, column.path));
        let derived = self.table.derived.iter().map(move |derived| (derived.make)(before) != (derived.make)(after));
        // The rest may hold any field.
        std::iter::once(has_other_version).chain(columns).chain([true]).chain(derived)
    }

    fn insert_children(&self, conn: &Connection, words: &mut Words, no: i64, body: &Map<String, Value>) -> Result<()> {
        for statements in &self.children {
            let mut children = statements.held(body).into_iter().flatten();
            children.try_for_each(|child| statements.insert(conn, words, no, child))?;
        }
        Ok(())
    }

    pub(crate) fn delete(&self, conn: &Connection, id: Uuid) -> Result<()> {
        self.delete_children(conn, id)?;
        conn.prepare_cached(&self.delete)?.execute([id.as_bytes()])?;
        Ok(())
    }

    /// Forgets the versions of all confirmed bodies.
    pub(crate) fn unannounce_all(&self, conn: &Connection) -> Result<()> {
        conn.execute(&format!("UPDATE {} SET version = 0 WHERE version > 0", self.table.kind), [])?;
        Ok(())
    }

    /// The rows that name a rep, in the order in which they were made.
    pub(crate) fn of_rep(&self, conn: &Connection, rep: RepId) -> Result<Vec<Uuid>> {
        let kind = self.table.kind;
        ids(conn, &format!("SELECT id FROM {kind} WHERE rep = ?1 ORDER BY id"), [rep.uuid().as_bytes()])
    }

    /// Rows of anyone but `own` that are dated before `date` and that the server announces. None of a kind that does not age.
    pub(crate) fn dated_before(&self, conn: &Connection, date: NaiveDate, own: RepId, limit: u32) -> Result<Vec<Uuid>> {
        let Scope::BeneathCustomer { date: Some(path), .. } = self.table.kind.spec().scope else {
            return Ok(Vec::new());
        };
        let is_it = |column: &&Column| column.path.iter().copied().eq(path.split('/').skip(1));
        let column = self.table.columns.iter().copied().flatten().find(is_it).ok_or_else(|| damaged(path))?;
        let (kind, column) = (self.table.kind, column.name);
        let sql = format!("SELECT id FROM {kind} WHERE {column} < ?1 AND rep IS NOT ?2 AND version > 0 LIMIT ?3");
        ids(conn, &sql, (codec::days_of(date), own.uuid().as_bytes(), limit))
    }

    /// The next rows, by id, whose confirmed body the server does not announce.
    pub(crate) fn unannounced(&self, conn: &Connection, after: Option<Uuid>, limit: u32) -> Result<Vec<Uuid>> {
        let kind = self.table.kind;
        let sql = format!("SELECT id FROM {kind} WHERE version = 0 AND id > ?1 ORDER BY id LIMIT ?2");
        ids(conn, &sql, (after.map_or_else(Vec::new, |id| id.as_bytes().to_vec()), limit))
    }

    fn delete_children(&self, conn: &Connection, parent: Uuid) -> Result<()> {
        for statements in &self.children {
            conn.prepare_cached(&statements.delete)?.execute([parent.as_bytes()])?;
        }
        Ok(())
    }

    /// A row of `self.select` as it comes.
    pub(crate) fn raw(&self, row: &Row<'_>) -> rusqlite::Result<Vec<Sql>> {
        let columns: usize = self.table.columns.iter().map(|group| group.len()).sum();
        (0..columns + 4).map(|index| row.get(index)).collect()
    }

    /// Makes sense of a raw row.
    pub(crate) fn read(&self, conn: &Connection, words: &mut Words, mut raw: Vec<Sql>) -> Result<StoredRow> {
        let broken = || damaged(self.table.kind.name());
        if raw.len() < 4 {
            return Err(broken().into());
        }
        let (Sql::Integer(no), version) = (raw.remove(0), raw.remove(1)) else { return Err(broken().into()) };
        let (id, mut body) = body_of(conn, words, self.table.columns, raw).ok_or_else(broken)??;
        for statements in &self.children {
            statements.read(conn, words, no, &mut body)?;
        }
        body.insert("id".to_owned(), Value::String(id.to_string()));
        let version = if let Sql::Integer(version) = version { Some(version) } else { None };
        Ok(StoredRow { id, version, body: Value::Object(body) })
    }
}

/// Id and body of `id, …, rest`; none where the row is damaged.
fn body_of(
    conn: &Connection,
    words: &mut Words,
    columns: &[&[Column]],
    mut values: Vec<Sql>,
) -> Option<Result<(Uuid, Map<String, Value>)>> {
    let rest = values.pop()?;
    let mut values = values.into_iter();
    let Sql::Blob(id) = values.next()? else { return None };
    let id = Uuid::from_slice(&id).ok()?;
    let mut body: Map<String, Value> = match rest {
        Sql::Text(json) => serde_json::from_str(&json).ok()?,
        _ => Map::new(),
    };
    Some(codec::join(conn, words, columns, values, &mut body).map(|()| (id, body)))
}

fn json_of(rest: Map<String, Value>) -> Sql {
    if rest.is_empty() { Sql::Null } else { Sql::Text(Value::Object(rest).to_string()) }
}

/// A row that is not as it was written.
pub(crate) fn damaged(table: &str) -> SahaError {
    SahaError::StorageDamaged { reason: format!("a row of {table}") }
}

#[cfg(test)]
mod tests;
