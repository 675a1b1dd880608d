//! The cube of facts on the phone: an index over the rows, adjusted in the same transaction, and always equal to a recount.
//!
//! Two tables: `rollup` holds the cells, `rollup_day` their sums over everything that a filter can ask for. Most targets have
//! no filter: a month of one rep is 30 rows there, and was 340 cells in a bench of 27 activities a day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, types::Value as Sql};
use saha_domain::{
    CurrencyCode, Kind, Lifecycle, RepId, Segment, TargetFilter,
    facts::{CubeKey, DaySum, Delta, FactKind, FactQuery, FactSource, FactStatus, Measures},
};

use crate::{
    error::{Error, Result},
    store::{Reader, Store, Tx, date_of, days_of},
};

/// What a row of `rollup_day` is about.
type DayKey = (RepId, FactKind, NaiveDate, FactStatus, Option<CurrencyCode>);

/// The statements of one of the two tables.
struct Level {
    add: &'static str,
    remove_if_zero: &'static str,
}

const CELLS: Level = Level {
    add: "INSERT INTO rollup (rep, fact, date, status, currency, outcome, segment, lifecycle, product_group,
                              count, amount_minor, duration_ms)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
          ON CONFLICT DO UPDATE SET count = count + excluded.count, amount_minor = amount_minor + excluded.amount_minor,
                                    duration_ms = duration_ms + excluded.duration_ms",
    remove_if_zero: "DELETE FROM rollup WHERE rep = ?1 AND fact = ?2 AND date = ?3 AND status = ?4 AND currency = ?5
                     AND outcome = ?6 AND segment = ?7 AND lifecycle = ?8 AND product_group = ?9
                     AND count = 0 AND amount_minor = 0 AND duration_ms = 0",
};

const DAYS: Level = Level {
    add: "INSERT INTO rollup_day (rep, fact, date, status, currency, count, amount_minor, duration_ms)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
          ON CONFLICT DO UPDATE SET count = count + excluded.count, amount_minor = amount_minor + excluded.amount_minor,
                                    duration_ms = duration_ms + excluded.duration_ms",
    remove_if_zero:
        "DELETE FROM rollup_day WHERE rep = ?1 AND fact = ?2 AND date = ?3 AND status = ?4 AND currency = ?5
                     AND count = 0 AND amount_minor = 0 AND duration_ms = 0",
};

/// Adds differences to the cells and to their days, and takes out what became zero.
pub(crate) fn adjust(conn: &Connection, differences: &BTreeMap<(CubeKey, FactStatus), Measures>) -> Result<()> {
    let mut days: BTreeMap<DayKey, Measures> = BTreeMap::new();
    for ((key, status), measures) in differences.iter().filter(|(_, measures)| !measures.is_zero()) {
        let day = (key.rep, key.kind, key.date, *status, key.currency);
        let rest = [&key.outcome, key.segment.name(), key.lifecycle.name(), &key.product_group];
        CELLS.adjust(conn, place(&day).chain(rest.map(|text| Sql::Text(text.to_owned()))), *measures)?;
        let sum = days.entry(day).or_default();
        *sum = sum.plus(*measures);
    }
    days.iter().filter(|(_, measures)| !measures.is_zero()).try_for_each(|(day, m)| DAYS.adjust(conn, place(day), *m))
}

impl Level {
    fn adjust(&self, conn: &Connection, key: impl Iterator<Item = Sql>, measures: Measures) -> Result<()> {
        let key: Vec<Sql> = key.collect();
        let values = [measures.count, measures.amount_minor, measures.duration_ms];
        let params = key.iter().cloned().chain(values.map(Sql::Integer));
        conn.prepare_cached(self.add)?.execute(rusqlite::params_from_iter(params))?;
        if values.iter().any(|value| *value < 0) {
            conn.prepare_cached(self.remove_if_zero)?.execute(rusqlite::params_from_iter(key))?;
        }
        Ok(())
    }
}

/// The part of a key that both tables share.
fn place((rep, fact, date, status, currency): &DayKey) -> impl Iterator<Item = Sql> + use<> {
    [
        Sql::Blob(rep.uuid().as_bytes().to_vec()),
        Sql::Integer(fact.code()),
        Sql::Integer(days_of(*date)),
        Sql::Integer(status.code()),
        Sql::Text(currency.map_or("", CurrencyCode::code).to_owned()),
    ]
    .into_iter()
}

const OF_DAYS: &str = "SELECT date, status, currency, count, amount_minor, duration_ms FROM rollup_day
    WHERE rep = ?1 AND fact = ?2 AND date BETWEEN ?3 AND ?4";

/// The sums of the cells that a filter lets through: only what it asks for is compared.
fn of_cells(filter: &TargetFilter) -> String {
    let asked = [
        (filter.outcome.is_some(), " AND outcome = ?5"),
        (filter.segment.is_some(), " AND segment = ?6"),
        (filter.lifecycle.is_some(), " AND lifecycle = ?7"),
        (filter.product_group.is_some(), " AND product_group = ?8"),
    ];
    let conditions: String = asked.into_iter().filter(|(is_asked, _)| *is_asked).map(|(_, sql)| sql).collect();
    format!(
        "SELECT date, status, currency, sum(count), sum(amount_minor), sum(duration_ms) FROM rollup
         WHERE rep = ?1 AND fact = ?2 AND date BETWEEN ?3 AND ?4{conditions} GROUP BY date, status, currency"
    )
}

impl FactSource for Reader {
    type Error = Error;

    fn days(&self, query: &FactQuery) -> Result<Vec<DaySum>> {
        let (rep, fact) = (query.rep.uuid().into_bytes(), query.kind.code());
        let (first, last) = (days_of(query.range.first), days_of(query.range.last));
        let filter = &query.filter;
        if *filter == TargetFilter::default() {
            let mut statement = self.conn().prepare_cached(OF_DAYS)?;
            return sums(statement.query((rep, fact, first, last))?);
        }
        let mut statement = self.conn().prepare_cached(&of_cells(filter))?;
        let (segment, lifecycle) = (filter.segment.map(Segment::name), filter.lifecycle.map(Lifecycle::name));
        // A filter that is not asked for has no place in the statement.
        let places = statement.parameter_count();
        let asked: [(usize, &dyn rusqlite::ToSql); 8] = [
            (1, &rep),
            (2, &fact),
            (3, &first),
            (4, &last),
            (5, &filter.outcome),
            (6, &segment),
            (7, &lifecycle),
            (8, &filter.product_group),
        ];
        for (place, value) in asked.into_iter().filter(|(place, _)| *place <= places) {
            statement.raw_bind_parameter(place, value)?;
        }
        sums(statement.raw_query())
    }
}

fn sums(mut rows: rusqlite::Rows<'_>) -> Result<Vec<DaySum>> {
    let mut sums = Vec::new();
    while let Some(row) = rows.next()? {
        let status: i64 = row.get(1)?;
        let status = FactStatus::ALL.iter().copied().find(|known| known.code() == status);
        let currency = row.get_ref(2)?.as_str().map_err(Error::internal)?;
        sums.push(DaySum {
            date: date_of(row.get(0)?).ok_or_else(|| Error::internal("a date in the rollup that is none"))?,
            status: status.ok_or_else(|| Error::internal("a status in the rollup that is none"))?,
            currency: currency.parse().ok(),
            measures: Measures { count: row.get(3)?, amount_minor: row.get(4)?, duration_ms: row.get(5)? },
        });
    }
    Ok(sums)
}

/// Compares the cube with a recount of every row. What differs is said as `cell: stored / recounted`; nothing is the answer
/// of a healthy database.
pub(crate) fn verify(store: &Store) -> Result<Vec<String>> {
    let (cells, days) =
        store.read(|reader| Ok((stored(reader.conn(), STORED_CELLS)?, stored(reader.conn(), STORED_DAYS)?)))?;
    let (counted_cells, counted_days) = store.write(|tx| recount(tx.inner()))?;
    Ok([differences(&cells, &counted_cells), differences(&days, &counted_days)].concat())
}

/// Cells by their names.
type Named = BTreeMap<String, [i64; 3]>;

fn differences(stored: &Named, counted: &Named) -> Vec<String> {
    let keys: std::collections::BTreeSet<_> = stored.keys().chain(counted.keys()).collect();
    let differs = keys.into_iter().filter(|key| stored.get(*key) != counted.get(*key));
    differs.map(|key| format!("{key}: {:?} / {:?}", stored.get(key), counted.get(key))).collect()
}

const STORED_CELLS: &str =
    "SELECT hex(rep) || ' ' || fact || ' ' || date || ' ' || status || ' ' || currency || ' ' || outcome
    || ' ' || segment || ' ' || lifecycle || ' ' || product_group, count, amount_minor, duration_ms FROM rollup";
const STORED_DAYS: &str = "SELECT hex(rep) || ' ' || fact || ' ' || date || ' ' || status || ' ' || currency,
    count, amount_minor, duration_ms FROM rollup_day";

fn stored(conn: &Connection, sql: &str) -> Result<Named> {
    let mut statement = conn.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?])))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Cells and days as the rows themselves give them.
fn recount(tx: &mut Tx<'_>) -> Result<(Named, Named)> {
    let (mut cells, mut days) = (BTreeMap::new(), BTreeMap::new());
    for kind in Kind::ALL {
        for id in ids(tx.conn(), *kind)? {
            for (key, status, measures) in tx.row(*kind, id)?.contribution().since(Delta::default()) {
                let day = format!(
                    "{:X} {} {} {} {}",
                    key.rep.uuid().simple(),
                    key.kind.code(),
                    days_of(key.date),
                    status.code(),
                    key.currency.map_or("", CurrencyCode::code)
                );
                let rest = [&key.outcome, key.segment.name(), key.lifecycle.name(), &key.product_group].join(" ");
                add_named(&mut cells, format!("{day} {rest}"), measures);
                add_named(&mut days, day, measures);
            }
        }
    }
    for named in [&mut cells, &mut days] {
        named.retain(|_, measures| *measures != [0; 3]);
    }
    Ok((cells, days))
}

fn add_named(named: &mut Named, name: String, measures: Measures) {
    let [count, amount_minor, duration_ms] = named.entry(name).or_default();
    *count += measures.count;
    *amount_minor += measures.amount_minor;
    *duration_ms += measures.duration_ms;
}

/// Every row of a kind: what is visible, and what a pending deletion hides.
fn ids(conn: &Connection, kind: Kind) -> Result<Vec<uuid::Uuid>> {
    let sql = format!("SELECT id FROM {kind} UNION SELECT id FROM shadow WHERE kind = '{kind}'");
    let mut statement = conn.prepare(&sql)?;
    let ids = statement.query_map([], |row| row.get::<_, [u8; 16]>(0))?;
    Ok(ids.map(|id| id.map(uuid::Uuid::from_bytes)).collect::<rusqlite::Result<_>>()?)
}
