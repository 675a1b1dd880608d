//! The cube of facts on the phone: an index over the rows, adjusted in the same transaction, and always equal to a recount.
//!
//! A row of `rollup` is a day of a fact by status and currency, with its sums and, packed, the cells that they are of. Most
//! targets have no filter: a month of one rep is 30 rows to them, of 340 cells in a bench of 27 activities a day.

mod cells;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params_from_iter};
use saha_domain::{
    CurrencyCode, Kind, Lifecycle, RepId, SahaError, Segment, TargetFilter,
    facts::{CubeKey, DaySum, Delta, FactKind, FactQuery, FactSource, Fingerprint, Measures, RecordState},
};

use crate::{
    error::{Error, Result},
    rollup::cells::{CellKey, Cells},
    store::{self, Reader, Store, Tx, Words, date_of, days_of},
};

/// What a row is about.
type DayKey = (RepId, FactKind, NaiveDate, RecordState, Option<CurrencyCode>);

const CELLS_OF: &str =
    "SELECT cells FROM rollup WHERE rep = ?1 AND fact = ?2 AND date = ?3 AND status = ?4 AND currency = ?5";
const INSERT: &str = "INSERT INTO rollup (rep, fact, date, status, currency, count, amount_minor, duration_ms, cells)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
const UPDATE: &str = "UPDATE rollup SET count = ?6, amount_minor = ?7, duration_ms = ?8, cells = ?9
    WHERE rep = ?1 AND fact = ?2 AND date = ?3 AND status = ?4 AND currency = ?5";
const DELETE: &str = "DELETE FROM rollup WHERE rep = ?1 AND fact = ?2 AND date = ?3 AND status = ?4 AND currency = ?5";

/// Adds differences to the cells of their days, and takes out what became zero.
pub(crate) fn adjust(
    conn: &Connection,
    words: &mut Words,
    differences: &BTreeMap<(CubeKey, RecordState), Measures>,
) -> Result<()> {
    let mut days: BTreeMap<DayKey, Vec<(&CubeKey, Measures)>> = BTreeMap::new();
    for ((key, status), measures) in differences.iter().filter(|(_, measures)| !measures.is_zero()) {
        let day = (key.rep, key.kind, key.date, *status, key.currency);
        days.entry(day).or_default().push((key, *measures));
    }
    days.iter().try_for_each(|(day, differences)| adjust_day(conn, words, day, differences))
}

fn adjust_day(conn: &Connection, words: &mut Words, day: &DayKey, differences: &[(&CubeKey, Measures)]) -> Result<()> {
    let day = place(conn, words, day)?;
    let stored = conn.prepare_cached(CELLS_OF)?.query_row(day, cells_of).optional()?.transpose()?;
    let is_stored = stored.is_some();
    let mut cells = stored.unwrap_or_default();
    for (key, measures) in differences {
        cells.add(cell(conn, words, key)?, *measures);
    }
    if cells.is_empty() {
        conn.prepare_cached(DELETE)?.execute(day)?;
        return Ok(());
    }
    let (sum, packed) = (cells.sum([None; 4]), cells.pack());
    let sums = [sum.count, sum.amount_minor, sum.duration_ms];
    let numbers = day.iter().chain(&sums).map(|number| number as &dyn ToSql);
    let sql = if is_stored { UPDATE } else { INSERT };
    conn.prepare_cached(sql)?.execute(params_from_iter(numbers.chain([&packed as &dyn ToSql])))?;
    Ok(())
}

/// The cells of a row whose first column they are.
fn cells_of(row: &Row<'_>) -> rusqlite::Result<Result<Cells>> {
    let damaged = || SahaError::StorageDamaged { reason: "the cells of a day".to_owned() }.into();
    Ok(Cells::unpack(row.get_ref(0)?.as_blob()?).ok_or_else(damaged))
}

fn cell(conn: &Connection, words: &mut Words, key: &CubeKey) -> Result<CellKey> {
    let mut number = |text| words.number(conn, text);
    Ok([number(&key.outcome)?, number(key.segment.name())?, number(key.lifecycle.name())?, number(&key.product_group)?])
}

/// The key of a row.
fn place(conn: &Connection, words: &mut Words, (rep, fact, date, status, currency): &DayKey) -> Result<[i64; 5]> {
    let currency = currency.map_or("", CurrencyCode::code);
    let (rep, currency) = (words.number(conn, &rep.to_string())?, words.number(conn, currency)?);
    Ok([rep, fact.code(), days_of(*date), status.code(), currency])
}

const DAYS: &str = "SELECT cells, date, status, currency, count, amount_minor, duration_ms FROM rollup
    WHERE rep = ?1 AND fact = ?2 AND date BETWEEN ?3 AND ?4";

impl FactSource for Reader {
    type Error = Error;

    fn days(&self, query: &FactQuery) -> Result<Vec<DaySum>> {
        let (conn, mut words) = (self.conn(), self.words());
        let Some(rep) = words.known(conn, &query.rep.to_string())? else { return Ok(Vec::new()) };
        let Some(asked) = asked(conn, &mut words, &query.filter)? else { return Ok(Vec::new()) };
        let params = (rep, query.kind.code(), days_of(query.range.first), days_of(query.range.last));
        let mut statement = conn.prepare_cached(DAYS)?;
        let mut rows = statement.query(params)?;
        let mut sums = Vec::new();
        // Most answers are in one currency, or in none.
        let mut last: Option<(i64, Option<CurrencyCode>)> = None;
        while let Some(row) = rows.next()? {
            let number = row.get(3)?;
            let currency = match last.filter(|(known, _)| *known == number) {
                Some((_, currency)) => currency,
                None => words.text(conn, number)?.parse().ok(),
            };
            last = Some((number, currency));
            sums.push(day_sum(row, currency, asked)?);
        }
        Ok(sums)
    }
}

/// The words that a filter asks for; none where no cell has one of them.
fn asked(conn: &Connection, words: &mut Words, filter: &TargetFilter) -> Result<Option<[Option<i64>; 4]>> {
    let texts = [
        filter.outcome.as_deref(),
        filter.segment.map(Segment::name),
        filter.lifecycle.map(Lifecycle::name),
        filter.product_group.as_deref(),
    ];
    let mut asked = [None; 4];
    for (number, text) in asked.iter_mut().zip(texts) {
        let Some(text) = text else { continue };
        *number = words.known(conn, text)?;
        if number.is_none() {
            return Ok(None);
        }
    }
    Ok(Some(asked))
}

/// A row of [`DAYS`]. Where nothing is asked for, its cells need not be looked at.
fn day_sum(row: &Row<'_>, currency: Option<CurrencyCode>, asked: [Option<i64>; 4]) -> Result<DaySum> {
    let status: i64 = row.get(2)?;
    let status = RecordState::ALL.iter().copied().find(|known| known.code() == status);
    let measures = if asked == [None; 4] { sum_of(row)? } else { cells_of(row)??.sum(asked) };
    Ok(DaySum {
        date: date_in(row, 1)?,
        status: status.ok_or_else(|| Error::internal("a status in the rollup that is none"))?,
        currency,
        measures,
    })
}

fn date_in(row: &Row<'_>, column: usize) -> Result<NaiveDate> {
    date_of(row.get(column)?).ok_or_else(|| Error::internal("a date in the rollup that is none"))
}

/// The sums of a row of [`DAYS`] or of [`CONFIRMED`].
fn sum_of(row: &Row<'_>) -> Result<Measures> {
    Ok(Measures { count: row.get(4)?, amount_minor: row.get(5)?, duration_ms: row.get(6)? })
}

const CONFIRMED: &str = "SELECT cells, date, fact, currency, count, amount_minor, duration_ms FROM rollup
    WHERE rep = ?1 AND status = ?2";

/// The fingerprint of what is a rep's and confirmed.
pub(crate) fn fingerprint(reader: &Reader, rep: RepId) -> Result<Fingerprint> {
    let (conn, mut words) = (reader.conn(), reader.words());
    let mut fingerprint = Fingerprint::default();
    let Some(number) = words.known(conn, &rep.to_string())? else { return Ok(fingerprint) };
    let mut statement = conn.prepare_cached(CONFIRMED)?;
    let mut rows = statement.query((number, RecordState::Confirmed.code()))?;
    while let Some(row) = rows.next()? {
        let day = CubeKey {
            rep,
            date: date_in(row, 1)?,
            kind: FactKind::from_code(row.get(2)?)
                .ok_or_else(|| Error::internal("a fact in the rollup that is none"))?,
            currency: words.text(conn, row.get(3)?)?.parse().ok(),
            outcome: String::new(),
            segment: Segment::Unknown,
            lifecycle: Lifecycle::Unknown,
            product_group: String::new(),
        };
        let cells = cells_of(row)??;
        for (cell, measures) in cells.iter() {
            fingerprint.add(&cube_key(conn, &mut words, &day, cell)?, *measures);
        }
        // Sums that are not those of the cells are no figures of any record, and have to show.
        fingerprint.add(&day, sum_of(row)?.plus(cells.sum([None; 4]).negated()));
    }
    Ok(fingerprint)
}

fn cube_key(conn: &Connection, words: &mut Words, day: &CubeKey, cell: &CellKey) -> Result<CubeKey> {
    let [outcome, segment, lifecycle, product_group] = *cell;
    let mut text = |number| words.text(conn, number);
    Ok(CubeKey {
        outcome: text(outcome)?,
        segment: Segment::from_name(&text(segment)?),
        lifecycle: Lifecycle::from_name(&text(lifecycle)?),
        product_group: text(product_group)?,
        ..day.clone()
    })
}

/// Compares the cube with a recount of every row. What differs is said as `cell: stored / recounted`; nothing is the answer
/// of a healthy database.
pub(crate) fn verify(store: &Store) -> Result<Vec<String>> {
    let (cells, days) = store.read(stored)?;
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

const STORED: &str = "SELECT cells, rep.text || ' ' || fact || ' ' || date || ' ' || status || ' ' || currency.text,
    count, amount_minor, duration_ms
    FROM rollup JOIN word AS rep ON rep.no = rep JOIN word AS currency ON currency.no = currency";

/// Cells and days as they are stored.
fn stored(reader: &Reader) -> Result<(Named, Named)> {
    let (conn, mut words) = (reader.conn(), reader.words());
    let (mut cells, mut days) = (BTreeMap::new(), BTreeMap::new());
    let mut statement = conn.prepare(STORED)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let day: String = row.get(1)?;
        for (key, measures) in cells_of(row)??.iter() {
            let texts = key.iter().map(|number| words.text(conn, *number)).collect::<Result<Vec<_>>>()?;
            add_named(&mut cells, format!("{day} {}", texts.join(" ")), *measures);
        }
        let sum = Measures { count: row.get(2)?, amount_minor: row.get(3)?, duration_ms: row.get(4)? };
        add_named(&mut days, day, sum);
    }
    Ok((without_zeros(cells), without_zeros(days)))
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
    Ok((without_zeros(cells), without_zeros(days)))
}

/// A cell of nothing says nothing, and neither does a day whose cells make up for each other.
fn without_zeros(mut named: Named) -> Named {
    named.retain(|_, measures| *measures != [0; 3]);
    named
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
    store::ids(conn, &sql, [])
}
