//! The cube of facts on the phone: an index over the rows, adjusted in the same transaction, and always equal to a recount.

use std::collections::BTreeMap;

use rusqlite::{Connection, types::Value as Sql};
use saha_domain::{
    CurrencyCode, Kind, Lifecycle, Segment,
    facts::{CubeKey, Delta, FactQuery, FactSource, FactStatus, FactSum, Measures},
};

use crate::{
    error::{Error, Result},
    store::{Reader, Store, Tx, days_of},
};

/// Adds differences to the cells, and takes out cells that became zero.
pub(crate) fn adjust(conn: &Connection, differences: &BTreeMap<(CubeKey, FactStatus), Measures>) -> Result<()> {
    for ((key, status), measures) in differences.iter().filter(|(_, measures)| !measures.is_zero()) {
        add(conn, key, *status, *measures)?;
        if measures.count < 0 || measures.amount_minor < 0 || measures.duration_ms < 0 {
            remove_if_zero(conn, key, *status)?;
        }
    }
    Ok(())
}

fn add(conn: &Connection, key: &CubeKey, status: FactStatus, measures: Measures) -> Result<()> {
    let sql = "INSERT INTO rollup (rep, fact, date, outcome, segment, lifecycle, product_group, currency, status,
                                   count, amount_minor, duration_ms)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
               ON CONFLICT DO UPDATE SET count = count + excluded.count, amount_minor = amount_minor + excluded.amount_minor,
                                         duration_ms = duration_ms + excluded.duration_ms";
    let params = cell(key, status)
        .into_iter()
        .chain([measures.count, measures.amount_minor, measures.duration_ms].into_iter().map(Sql::Integer));
    conn.prepare_cached(sql)?.execute(rusqlite::params_from_iter(params))?;
    Ok(())
}

fn remove_if_zero(conn: &Connection, key: &CubeKey, status: FactStatus) -> Result<()> {
    let sql = "DELETE FROM rollup WHERE rep = ?1 AND fact = ?2 AND date = ?3 AND outcome = ?4 AND segment = ?5
               AND lifecycle = ?6 AND product_group = ?7 AND currency = ?8 AND status = ?9
               AND count = 0 AND amount_minor = 0 AND duration_ms = 0";
    conn.prepare_cached(sql)?.execute(rusqlite::params_from_iter(cell(key, status)))?;
    Ok(())
}

fn cell(key: &CubeKey, status: FactStatus) -> [Sql; 9] {
    [
        Sql::Blob(key.rep.uuid().as_bytes().to_vec()),
        Sql::Integer(key.kind.code()),
        Sql::Integer(days_of(key.date)),
        Sql::Text(key.outcome.clone()),
        Sql::Text(key.segment.name().to_owned()),
        Sql::Text(key.lifecycle.name().to_owned()),
        Sql::Text(key.product_group.clone()),
        Sql::Text(key.currency.map_or("", CurrencyCode::code).to_owned()),
        Sql::Integer(status.code()),
    ]
}

/// The sums of a range, with each filter that is set. A filter that is not set compares a column with itself, which the
/// planner skips; the key's prefix (rep, fact, date) does the work.
const SUM: &str = "SELECT status, currency, sum(count), sum(amount_minor), sum(duration_ms) FROM rollup
    WHERE rep = ?1 AND fact = ?2 AND date BETWEEN ?3 AND ?4
      AND outcome = coalesce(?5, outcome) AND segment = coalesce(?6, segment)
      AND lifecycle = coalesce(?7, lifecycle) AND product_group = coalesce(?8, product_group)
    GROUP BY status, currency";

impl FactSource for Reader {
    type Error = Error;

    fn sum(&self, query: &FactQuery) -> Result<Vec<FactSum>> {
        let mut statement = self.conn().prepare_cached(SUM)?;
        let params = (
            query.rep.uuid().into_bytes(),
            query.kind.code(),
            days_of(query.range.first),
            days_of(query.range.last),
            &query.filter.outcome,
            query.filter.segment.map(Segment::name),
            query.filter.lifecycle.map(Lifecycle::name),
            &query.filter.product_group,
        );
        let rows = statement.query_map(params, |row| {
            let (status, currency): (i64, String) = (row.get(0)?, row.get(1)?);
            let measures = Measures { count: row.get(2)?, amount_minor: row.get(3)?, duration_ms: row.get(4)? };
            Ok((status, currency, measures))
        })?;
        rows.map(|row| {
            let (status, currency, measures) = row?;
            let status = FactStatus::ALL.iter().copied().find(|known| known.code() == status);
            let status = status.ok_or_else(|| Error::internal("a status in the rollup that is none"))?;
            Ok(FactSum { status, currency: currency.parse().ok(), measures })
        })
        .collect()
    }
}

/// Compares the cube with a recount of every row. What differs is said as `cell: stored / recounted`; nothing is the answer
/// of a healthy database.
pub(crate) fn verify(store: &Store) -> Result<Vec<String>> {
    let stored = store.read(|reader| cells(reader.conn()))?;
    let recounted = store.write(|tx| recount(tx.inner()))?;
    let keys: std::collections::BTreeSet<_> = stored.keys().chain(recounted.keys()).collect();
    let differs = keys.into_iter().filter(|key| stored.get(*key) != recounted.get(*key));
    Ok(differs.map(|key| format!("{key}: {:?} / {:?}", stored.get(key), recounted.get(key))).collect())
}

type Cells = BTreeMap<String, [i64; 3]>;

fn cells(conn: &Connection) -> Result<Cells> {
    let sql = "SELECT hex(rep) || ' ' || fact || ' ' || date || ' ' || outcome || ' ' || segment || ' ' || lifecycle || ' '
                      || product_group || ' ' || currency || ' ' || status, count, amount_minor, duration_ms FROM rollup";
    let mut statement = conn.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?])))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The cube as the rows themselves give it.
fn recount(tx: &mut Tx<'_>) -> Result<Cells> {
    let mut cells: BTreeMap<(CubeKey, FactStatus), Measures> = BTreeMap::new();
    for kind in Kind::ALL {
        let ids = ids(tx.conn(), *kind)?;
        for id in ids {
            for (key, status, measures) in tx.row(*kind, id)?.contribution().since(Delta::default()) {
                let sum = cells.entry((key, status)).or_default();
                *sum = sum.plus(measures);
            }
        }
    }
    let named = cells.into_iter().filter(|(_, measures)| !measures.is_zero()).map(|((key, status), measures)| {
        let rep: String = key.rep.uuid().simple().to_string().to_uppercase();
        let name = format!(
            "{rep} {} {} {} {} {} {} {} {}",
            key.kind.code(),
            days_of(key.date),
            key.outcome,
            key.segment.name(),
            key.lifecycle.name(),
            key.product_group,
            key.currency.map_or("", CurrencyCode::code),
            status.code()
        );
        (name, [measures.count, measures.amount_minor, measures.duration_ms])
    });
    Ok(named.collect())
}

/// Every row of a kind: what is visible, and what a pending deletion hides.
fn ids(conn: &Connection, kind: Kind) -> Result<Vec<uuid::Uuid>> {
    let sql = format!("SELECT id FROM {kind} UNION SELECT id FROM shadow WHERE kind = '{kind}'");
    let mut statement = conn.prepare(&sql)?;
    let ids = statement.query_map([], |row| row.get::<_, [u8; 16]>(0))?;
    Ok(ids.map(|id| id.map(uuid::Uuid::from_bytes)).collect::<rusqlite::Result<_>>()?)
}
