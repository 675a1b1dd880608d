//! One durable visit and one durable call, against the same rows put into the same tables by hand.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, Result};
use rusqlite::{Connection, params_from_iter, types::Value};
use saha_core::{NewCall, Saha, VisitEnd};
use saha_domain::{CallDirection, CallDisposition, Customer};
use saha_tests::{
    canned::{Offline, now_ms},
    dice::Dice,
    measure::{Pair, Unit, tell, timed},
    office::{self, Plan},
    phone::{self, DATABASE},
    raw,
};
use uuid::Uuid;

const ROUNDS: usize = 400;

fn main() -> Result<()> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let company = office::fill(folder.path(), Plan::ONE_REP)?;
    let copy = folder.path().join("raw.db");
    std::fs::copy(folder.path().join(DATABASE), &copy)?;
    let saha = phone::open(folder.path(), Offline)?;
    let mut bench = Bench { saha: &saha, customers: company.customers(), dice: Dice::new(2) };
    let mut by_hand = ByHand { conn: raw::open(&copy)?, dice: Dice::new(3) };

    let example = example(folder.path(), "visit", bench.visit()?.0)?;
    let visit = Pair::measure(ROUNDS, || Ok(bench.visit()?.1), || by_hand.log(&example))?;
    tell(&format!("a visit by hand: {:.1} µs", Unit::Micro.of(visit.raw)))?;
    visit.figure("log a visit", Unit::Micro).bounded(1.3, 1.15).tell()?;

    let example = self::example(folder.path(), "call", bench.call()?.0)?;
    let call = Pair::measure(ROUNDS, || Ok(bench.call()?.1), || by_hand.log(&example))?;
    call.figure("log a call", Unit::Micro).tell()?;
    saha.shutdown();
    Ok(())
}

/// The core's side.
struct Bench<'a> {
    saha: &'a Saha,
    customers: &'a [Customer],
    dice: Dice,
}

impl Bench<'_> {
    /// Checks in, which is timed, and out again, so that the next check-in has no other visit to end.
    fn visit(&mut self) -> Result<(Uuid, Duration)> {
        let (visits, customer) = (self.saha.visits(), self.dice.pick(self.customers).id);
        let (visit, time) = timed(|| Ok(visits.check_in(customer, None)?))?;
        visits.check_out(visit.id, VisitEnd { outcome: "order".to_owned(), ..VisitEnd::default() })?;
        Ok((visit.id.uuid(), time))
    }

    fn call(&mut self) -> Result<(Uuid, Duration)> {
        let call = NewCall {
            customer: self.dice.pick(self.customers).id,
            disposition: CallDisposition::Connected,
            direction: CallDirection::Outgoing,
            duration_s: 90,
            outcome: Some("order".to_owned()),
            note: None,
        };
        let calls = self.saha.calls();
        let (call, time) = timed(|| Ok(calls.log(call)?))?;
        Ok((call.id.uuid(), time))
    }
}

/// A row and its queued change as the core wrote them.
struct Example {
    row: Row,
    change: Row,
}

struct Row {
    insert: String,
    columns: Vec<String>,
    values: Vec<Value>,
}

/// Reads what the core wrote, beside the open core.
fn example(folder: &Path, table: &str, id: Uuid) -> Result<Example> {
    let conn = raw::open(&folder.join(DATABASE))?;
    let row = Row::read(&conn, table, &format!("SELECT * FROM {table} WHERE id = ?1"), id)?;
    let change = Row::read(&conn, "outbox", "SELECT * FROM outbox WHERE id = ?1 AND op = 'create'", id)?;
    Ok(Example { row, change })
}

impl Row {
    /// The first column is the row's number, which is left to `SQLite`.
    fn read(conn: &Connection, table: &str, query: &str, id: Uuid) -> Result<Self> {
        let mut statement = conn.prepare(query)?;
        let columns: Vec<String> = statement.column_names().skip(1).map(str::to_owned).collect();
        let places: Vec<String> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
        let values = |row: &rusqlite::Row<'_>| (1..=columns.len()).map(|index| row.get(index)).collect();
        let values = statement.query_row([id.as_bytes()], values)?;
        let insert = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), places.join(", "));
        Ok(Self { insert, columns, values })
    }

    /// The same row under another id.
    fn with(&self, column: &str, id: Uuid) -> Result<Vec<Value>> {
        let mut values = self.values.clone();
        self.set(&mut values, column, id)?;
        Ok(values)
    }

    fn set(&self, values: &mut [Value], column: &str, id: Uuid) -> Result<()> {
        let index = self.columns.iter().position(|name| name == column);
        let value = index.and_then(|index| values.get_mut(index)).context("a column that is none")?;
        *value = Value::Blob(id.as_bytes().to_vec());
        Ok(())
    }
}

/// The raw side.
struct ByHand {
    conn: Connection,
    dice: Dice,
}

impl ByHand {
    /// Two inserts, prepared before, in one durable transaction.
    fn log(&mut self, example: &Example) -> Result<Duration> {
        let (id, op_id) = (self.dice.id(now_ms()), self.dice.id(now_ms()));
        let row = example.row.with("id", id)?;
        let mut change = example.change.with("id", id)?;
        example.change.set(&mut change, "op_id", op_id)?;
        let conn = &mut self.conn;
        let ((), time) = timed(|| {
            let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            tx.prepare_cached(&example.row.insert)?.execute(params_from_iter(row))?;
            tx.prepare_cached(&example.change.insert)?.execute(params_from_iter(change))?;
            Ok(tx.commit()?)
        })?;
        Ok(time)
    }
}
