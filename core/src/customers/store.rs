//! Every statement on the tables `customer`, `customer_stub` and `assignment`.

use rusqlite::{Connection, OptionalExtension};
use saha_domain::{
    Customer, CustomerId, GeoPoint, Kind, Lifecycle, NaiveDate, RepId, Segment, VisitState, registry::Scope, text,
};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::Frozen;
use crate::{
    error::{Error, Result},
    page::Page,
    store::{Codec, Derived, Reader, Table, column, damaged, date_of, days_of, field, ids},
};

pub(crate) static TABLE: Table = Table {
    kind: Kind::Customer,
    columns: &[&[
        field(&["code"], Codec::Text),
        field(&["name"], Codec::Text),
        field(&["lifecycle"], Codec::Text),
        field(&["segment"], Codec::Text),
        column("lat_e7", &["location", "lat_e7"], Codec::Int),
        column("lon_e7", &["location", "lon_e7"], Codec::Int),
    ]],
    derived: &[Derived { name: "search_key", make: search_key }],
    children: &[],
};

pub(crate) static ASSIGNMENT: Table = Table {
    kind: Kind::Assignment,
    columns: &[&[
        field(&["customer"], Codec::Id),
        field(&["rep"], Codec::Id),
        column("first_day", &["from"], Codec::Date),
        column("last_day", &["to"], Codec::Date),
    ]],
    derived: &[],
    children: &[],
};

/// What a search reads: name, district and code, folded.
fn search_key(body: &Map<String, Value>) -> String {
    let part = |field: &str| body.get(field).and_then(Value::as_str).map(text::fold);
    ["name", "district", "code"].into_iter().filter_map(part).collect::<Vec<_>>().join(" ")
}

/// Customers whose key holds every word, those whose name is spelled as typed first, then by name.
///
/// `instr` and not `LIKE` or a full-text query: what a rep types is text, never a pattern.
pub(super) fn search(reader: &Reader, words: &[String], typed: &str, page: Page) -> Result<Vec<Customer>> {
    let holds = "(SELECT count(*) FROM json_each(?1) WHERE instr(search_key, value) = 0) = 0";
    let order = "ORDER BY instr(name, ?2) = 0, search_key, id LIMIT ?3 OFFSET ?4";
    reader.list(&format!("WHERE {holds} {order}"), (json(words), typed, page.limit, page.offset))
}

fn json(words: &[String]) -> String {
    Value::from(words.to_vec()).to_string()
}

/// Customers with a place whose latitude is within the range, and where that is. Everything is in the index.
pub(super) fn between_latitudes(
    conn: &Connection,
    south_e7: i32,
    north_e7: i32,
) -> Result<Vec<(CustomerId, GeoPoint)>> {
    let sql = "SELECT id, lat_e7, lon_e7 FROM customer WHERE lat_e7 BETWEEN ?1 AND ?2 AND lon_e7 IS NOT NULL";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map((south_e7, north_e7), |row| {
        let id: [u8; 16] = row.get(0)?;
        Ok((Uuid::from_bytes(id).into(), GeoPoint { lat_e7: row.get(1)?, lon_e7: row.get(2)? }))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Of customers who are a rep's on `today`, and for whose segment `interval_days` has an entry: who is due by then, when he was
/// last visited by anyone, and since when he is due. Those who are due longest come first. Lost ones are not visited.
pub(super) fn due(
    reader: &Reader,
    interval_days: &Map<String, Value>,
    (rep, today): (RepId, NaiveDate),
    page: Page,
) -> Result<Vec<(CustomerId, Option<NaiveDate>, NaiveDate)>> {
    let sql = "WITH mine AS (
                   SELECT customer, min(first_day) AS first_day FROM assignment
                   WHERE rep = ?2 AND first_day <= ?3 AND (last_day IS NULL OR last_day >= ?3) GROUP BY customer),
               standing AS (
                   SELECT c.id, c.search_key, mine.first_day, cycle.value AS days, (
                       SELECT v.check_in_date FROM visit AS v WHERE v.customer = c.id AND v.state = ?4
                       ORDER BY v.check_in_date DESC LIMIT 1) AS visited
                   FROM mine JOIN customer AS c ON c.id = mine.customer
                   JOIN json_each(?1) AS cycle ON cycle.key = c.segment
                   WHERE c.lifecycle IS NOT ?5)
               SELECT id, visited, coalesce(visited + days, first_day) AS due FROM standing
               WHERE due <= ?3 ORDER BY due, search_key, id LIMIT ?6 OFFSET ?7";
    let completed = reader.words().known(reader.conn(), VisitState::Completed.name())?;
    let cycles = serde_json::to_string(interval_days).map_err(Error::internal)?;
    let lost = Lifecycle::Lost.name();
    let mut statement = reader.conn().prepare_cached(sql)?;
    let params = (cycles, rep.uuid().into_bytes(), days_of(today), completed, lost, page.limit, page.offset);
    let rows = statement.query_map(params, |row| {
        let id: [u8; 16] = row.get(0)?;
        Ok((Uuid::from_bytes(id), row.get::<_, Option<i64>>(1)?, row.get::<_, i64>(2)?))
    })?;
    rows.map(|row| {
        let (id, visited, due) = row?;
        Ok((id.into(), visited.and_then(date_of), date_of(due).ok_or_else(|| damaged("assignment"))?))
    })
    .collect()
}

pub(super) fn by_code(reader: &Reader, code: &str) -> Result<Option<Customer>> {
    Ok(reader.list("WHERE code = ?1", [code])?.pop())
}

/// Every prospect, in the order in which they were made.
pub(crate) fn prospects(conn: &Connection) -> Result<Vec<Uuid>> {
    ids(conn, "SELECT id FROM customer WHERE lifecycle = ?1 ORDER BY id", [Lifecycle::Prospect.name()])
}

/// What an activity keeps of its customer. Whatever a readable customer says of it stands in columns, so the rest of the row
/// is not looked at.
pub(crate) fn frozen(conn: &Connection, id: CustomerId) -> Result<Option<Frozen>> {
    let sql = "SELECT segment, lifecycle, lat_e7, lon_e7 FROM customer WHERE id = ?1";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([id.uuid().as_bytes()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (segment, lifecycle) = (row.get_ref(0)?.as_str_or_null(), row.get_ref(1)?.as_str_or_null());
    let (segment, lifecycle) = (segment.map_err(Error::internal)?, lifecycle.map_err(Error::internal)?);
    let location = match (row.get(2)?, row.get(3)?) {
        (Some(lat_e7), Some(lon_e7)) => Some(GeoPoint { lat_e7, lon_e7 }),
        _ => None,
    };
    Ok(Some(Frozen {
        id,
        segment: Segment::from_name(segment.unwrap_or_default()),
        lifecycle: Lifecycle::from_name(lifecycle.unwrap_or_default()),
        location,
    }))
}

/// Whether the phone has the customer, or his name.
pub(crate) fn is_known(conn: &Connection, id: CustomerId) -> Result<bool> {
    let sql =
        "SELECT EXISTS (SELECT 1 FROM customer WHERE id = ?1) OR EXISTS (SELECT 1 FROM customer_stub WHERE id = ?1)";
    Ok(conn.prepare_cached(sql)?.query_row([id.uuid().as_bytes()], |row| row.get(0))?)
}

/// The name that is left of a customer out of sight.
pub(crate) fn stub_name(conn: &Connection, id: CustomerId) -> Result<Option<String>> {
    let sql = "SELECT name FROM customer_stub WHERE id = ?1";
    Ok(conn.prepare_cached(sql)?.query_row([id.uuid().as_bytes()], |row| row.get(0)).optional()?)
}

/// Keeps the name of a customer out of sight.
pub(crate) fn put_stub(conn: &Connection, id: CustomerId, name: &str) -> Result<()> {
    let sql =
        "INSERT INTO customer_stub (id, name) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET name = excluded.name";
    conn.prepare_cached(sql)?.execute((id.uuid().as_bytes(), name))?;
    Ok(())
}

/// The customer is in sight: his name stands in his own row.
pub(crate) fn delete_stub(conn: &Connection, id: CustomerId) -> Result<()> {
    conn.prepare_cached("DELETE FROM customer_stub WHERE id = ?1")?.execute([id.uuid().as_bytes()])?;
    Ok(())
}

/// The name of a customer goes, unless some row beneath him is still here.
pub(crate) fn delete_idle_stub(conn: &Connection, id: CustomerId) -> Result<()> {
    for kind in beneath_customers() {
        if !ids_beneath(conn, kind, id)?.is_empty() {
            return Ok(());
        }
    }
    delete_stub(conn, id)
}

/// The kinds whose rows lie beneath a customer.
pub(crate) fn beneath_customers() -> impl Iterator<Item = Kind> {
    let lies_beneath = |kind: &Kind| matches!(kind.spec().scope, Scope::BeneathCustomer { .. });
    Kind::ALL.iter().copied().filter(lies_beneath)
}

/// The rows of `kind` beneath a customer; the kind has a column `customer`.
pub(crate) fn ids_beneath(conn: &Connection, kind: Kind, customer: CustomerId) -> Result<Vec<Uuid>> {
    ids(conn, &format!("SELECT id FROM {kind} WHERE customer = ?1"), [customer.uuid().as_bytes()])
}
