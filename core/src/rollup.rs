//! The cube of facts on the phone: an index over the rows, adjusted in the same transaction, and always equal to a recount.
//!
//! Two tables: `rollup` holds the cells, `rollup_day` their sums over everything that a filter can ask for. Most targets have
//! no filter: a month of one rep is 30 rows there, and was 340 cells in a bench of 27 activities a day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, params_from_iter};
use saha_domain::{
    CurrencyCode, Kind, Lifecycle, RepId, Segment, TargetFilter,
    facts::{CubeKey, DaySum, Delta, FactKind, FactQuery, FactSource, FactStatus, Measures},
};

use crate::{
    error::{Error, Result},
    store::{Reader, Store, Tx, Words, date_of, days_of},
};

/// What a row of `rollup_day` is about.
type DayKey = (RepId, FactKind, NaiveDate, FactStatus, Option<CurrencyCode>);

/// The statements of one of the two tables.
struct Level {
    /// Says whether the sums became zero.
    add: &'static str,
    remove: &'static str,
}

const CELLS: Level = Level {
    add: "INSERT INTO rollup (rep, fact, date, status, currency, outcome, segment, lifecycle, product_group,
                              count, amount_minor, duration_ms)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
          ON CONFLICT DO UPDATE SET count = count + excluded.count, amount_minor = amount_minor + excluded.amount_minor,
                                    duration_ms = duration_ms + excluded.duration_ms
          RETURNING count = 0 AND amount_minor = 0 AND duration_ms = 0",
    remove: "DELETE FROM rollup WHERE rep = ?1 AND fact = ?2 AND date = ?3 AND status = ?4 AND currency = ?5
                     AND outcome = ?6 AND segment = ?7 AND lifecycle = ?8 AND product_group = ?9",
};

const DAYS: Level = Level {
    add: "INSERT INTO rollup_day (rep, fact, date, status, currency, count, amount_minor, duration_ms)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
          ON CONFLICT DO UPDATE SET count = count + excluded.count, amount_minor = amount_minor + excluded.amount_minor,
                                    duration_ms = duration_ms + excluded.duration_ms
          RETURNING count = 0 AND amount_minor = 0 AND duration_ms = 0",
    remove: "DELETE FROM rollup_day WHERE rep = ?1 AND fact = ?2 AND date = ?3 AND status = ?4 AND currency = ?5",
};

/// Adds differences to the cells and to their days, and takes out what became zero.
pub(crate) fn adjust(
    conn: &Connection,
    words: &mut Words,
    differences: &BTreeMap<(CubeKey, FactStatus), Measures>,
) -> Result<()> {
    let mut days: BTreeMap<DayKey, Measures> = BTreeMap::new();
    for ((key, status), measures) in differences.iter().filter(|(_, measures)| !measures.is_zero()) {
        let day = (key.rep, key.kind, key.date, *status, key.currency);
        let mut cell = place(conn, words, &day)?;
        for text in [&key.outcome, key.segment.name(), key.lifecycle.name(), &key.product_group] {
            cell.push(words.number(conn, text)?);
        }
        CELLS.adjust(conn, &cell, *measures)?;
        let sum = days.entry(day).or_default();
        *sum = sum.plus(*measures);
    }
    for (day, measures) in days.iter().filter(|(_, measures)| !measures.is_zero()) {
        DAYS.adjust(conn, &place(conn, words, day)?, *measures)?;
    }
    Ok(())
}

impl Level {
    fn adjust(&self, conn: &Connection, key: &[i64], measures: Measures) -> Result<()> {
        let values = [measures.count, measures.amount_minor, measures.duration_ms];
        let mut add = conn.prepare_cached(self.add)?;
        // A sum may rise to zero as well as fall to it: that of a deletion which waits is negative.
        if add.query_row(params_from_iter(key.iter().chain(&values)), |row| row.get(0))? {
            conn.prepare_cached(self.remove)?.execute(params_from_iter(key))?;
        }
        Ok(())
    }
}

/// The part of a key that both tables share.
fn place(conn: &Connection, words: &mut Words, (rep, fact, date, status, currency): &DayKey) -> Result<Vec<i64>> {
    let currency = currency.map_or("", CurrencyCode::code);
    let (rep, currency) = (words.number(conn, &rep.to_string())?, words.number(conn, currency)?);
    Ok(vec![rep, fact.code(), days_of(*date), status.code(), currency])
}

const OF_DAYS: &str = "SELECT date, status, currency, count, amount_minor, duration_ms FROM rollup_day
    WHERE rep = ?1 AND fact = ?2 AND date BETWEEN ?3 AND ?4";

/// The statement for the cells that a filter lets through, and the words that it asks for.
fn of_cells<'f>(filter: &'f TargetFilter) -> (String, Vec<&'f str>) {
    let asked = [
        ("outcome", filter.outcome.as_deref()),
        ("segment", filter.segment.map(Segment::name)),
        ("lifecycle", filter.lifecycle.map(Lifecycle::name)),
        ("product_group", filter.product_group.as_deref()),
    ];
    let asked: Vec<(&str, &'f str)> = asked.into_iter().filter_map(|(column, text)| Some((column, text?))).collect();
    let conditions: Vec<String> =
        asked.iter().zip(5..).map(|((column, _), place)| format!("AND {column} = ?{place}")).collect();
    let sql = format!(
        "SELECT date, status, currency, sum(count), sum(amount_minor), sum(duration_ms) FROM rollup
         WHERE rep = ?1 AND fact = ?2 AND date BETWEEN ?3 AND ?4 {} GROUP BY date, status, currency",
        conditions.join(" ")
    );
    (sql, asked.into_iter().map(|(_, text)| text).collect())
}

impl FactSource for Reader {
    type Error = Error;

    fn days(&self, query: &FactQuery) -> Result<Vec<DaySum>> {
        let (conn, mut words) = (self.conn(), self.words());
        let Some(rep) = words.known(conn, &query.rep.to_string())? else { return Ok(Vec::new()) };
        let mut params = vec![rep, query.kind.code(), days_of(query.range.first), days_of(query.range.last)];
        let is_unfiltered = query.filter == TargetFilter::default();
        let (sql, asked) = if is_unfiltered { (OF_DAYS.to_owned(), Vec::new()) } else { of_cells(&query.filter) };
        for text in asked {
            let Some(number) = words.known(conn, text)? else { return Ok(Vec::new()) };
            params.push(number);
        }
        sums(conn, &mut words, conn.prepare_cached(&sql)?.query(params_from_iter(params))?)
    }
}

fn sums(conn: &Connection, words: &mut Words, mut rows: rusqlite::Rows<'_>) -> Result<Vec<DaySum>> {
    let mut sums = Vec::new();
    // Most answers are in one currency, or in none.
    let mut last: Option<(i64, Option<CurrencyCode>)> = None;
    while let Some(row) = rows.next()? {
        let number = row.get(2)?;
        let currency = match last.filter(|(known, _)| *known == number) {
            Some((_, currency)) => currency,
            None => words.text(conn, number)?.parse().ok(),
        };
        last = Some((number, currency));
        let status: i64 = row.get(1)?;
        let status = FactStatus::ALL.iter().copied().find(|known| known.code() == status);
        sums.push(DaySum {
            date: date_of(row.get(0)?).ok_or_else(|| Error::internal("a date in the rollup that is none"))?,
            status: status.ok_or_else(|| Error::internal("a status in the rollup that is none"))?,
            currency,
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

const STORED_CELLS: &str = "SELECT rep.text || ' ' || fact || ' ' || date || ' ' || status || ' ' || currency.text || ' '
    || outcome.text || ' ' || segment.text || ' ' || lifecycle.text || ' ' || product_group.text, count, amount_minor, duration_ms
    FROM rollup JOIN word AS rep ON rep.no = rep JOIN word AS currency ON currency.no = currency
    JOIN word AS outcome ON outcome.no = outcome JOIN word AS segment ON segment.no = segment
    JOIN word AS lifecycle ON lifecycle.no = lifecycle JOIN word AS product_group ON product_group.no = product_group";
const STORED_DAYS: &str = "SELECT rep.text || ' ' || fact || ' ' || date || ' ' || status || ' ' || currency.text,
    count, amount_minor, duration_ms
    FROM rollup_day JOIN word AS rep ON rep.no = rep JOIN word AS currency ON currency.no = currency";

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
                    "{} {} {} {} {}",
                    key.rep,
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

/// Every row of a kind: what is visible, and what a deletion that waits hides, be it of a row that was never confirmed.
fn ids(conn: &Connection, kind: Kind) -> Result<Vec<uuid::Uuid>> {
    let sql = format!(
        "SELECT id FROM {kind} UNION SELECT id FROM shadow WHERE kind = '{kind}'
         UNION SELECT id FROM outbox WHERE kind = '{kind}' AND state <> 'seen'"
    );
    let mut statement = conn.prepare(&sql)?;
    let ids = statement.query_map([], |row| row.get::<_, [u8; 16]>(0))?;
    Ok(ids.map(|id| id.map(uuid::Uuid::from_bytes)).collect::<rusqlite::Result<_>>()?)
}
