//! A visit and a call, logged durably, against the same rows put into the same tables by hand.

use std::{path::Path, time::Duration};

use anyhow::{Context as _, Result};
use rusqlite::{Connection, params_from_iter, types::Value};
use saha_core::{NewCall, Saha, VisitEnd};
use saha_domain::{CallDirection, CallDisposition, Customer, CustomerId, Location};
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
    let customers = company.customers();
    let mut bench = Bench { saha: &saha, customers, dice: Dice::new(2) };
    let mut by_hand = ByHand { conn: raw::open(&copy)?, customers, dice: Dice::new(3) };

    let (arrival, end) = bench.arrival();
    let id = saha.visits().check_in(arrival.0, arrival.1)?.id;
    let begun = Example::read(folder.path(), "visit", "create", id.uuid())?;
    saha.visits().check_out(id, end)?;
    let ended = Example::read(folder.path(), "visit", "patch", id.uuid())?;
    let visit = Pair::measure(ROUNDS, || bench.visit(), || by_hand.visit(&begun, &ended))?;
    tell(&format!("a visit by hand: {:.1} µs", Unit::Micro.of(visit.raw)))?;
    visit.figure("log a visit: check-in and check-out", Unit::Micro).bounded(1.3, 1.15).tell()?;

    let logged = Example::read(folder.path(), "call", "create", bench.call()?.0)?;
    let call = Pair::measure(ROUNDS, || Ok(bench.call()?.1), || by_hand.call(&logged))?;
    tell(&format!("a call by hand: {:.1} µs", Unit::Micro.of(call.raw)))?;
    call.figure("log a call", Unit::Micro).bounded(1.3, 1.15).tell()?;
    saha.shutdown()?;
    Ok(())
}

/// The core's side.
struct Bench<'a> {
    saha: &'a Saha,
    customers: &'a [Customer],
    dice: Dice,
}

impl Bench<'_> {
    /// Where a visit begins, and what came of it.
    fn arrival(&mut self) -> ((CustomerId, Option<Location>), VisitEnd) {
        let customer = self.dice.pick(self.customers);
        let location = door(customer);
        let end = VisitEnd { outcome: "order".to_owned(), location: location.clone(), note: None };
        ((customer.id, location), end)
    }

    /// Two durable writes: each is row and change, and the second one counts.
    fn visit(&mut self) -> Result<Duration> {
        let (visits, ((customer, location), end)) = (self.saha.visits(), self.arrival());
        let (_, time) = timed(|| {
            let visit = visits.check_in(customer, location)?;
            Ok(visits.check_out(visit.id, end)?)
        })?;
        Ok(time)
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

fn door(customer: &Customer) -> Option<Location> {
    let point = customer.location?;
    Some(Location { point, accuracy_m: 12, fix_age_ms: 900, provider: "fused".to_owned(), mocked: false })
}

/// A row and a change of it as the core wrote them.
struct Example {
    row: Row,
    change: Row,
}

struct Row {
    table: String,
    insert: String,
    columns: Vec<String>,
    values: Vec<Value>,
}

impl Example {
    /// Reads what the core wrote last, beside the open core.
    fn read(folder: &Path, table: &str, op: &str, id: Uuid) -> Result<Self> {
        let conn = raw::open(&folder.join(DATABASE))?;
        let change = format!("SELECT * FROM outbox WHERE id = ?1 AND op = '{op}'");
        Ok(Self {
            row: Row::read(&conn, table, &format!("SELECT * FROM {table} WHERE id = ?1"), id)?,
            change: Row::read(&conn, "outbox", &change, id)?,
        })
    }
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
        Ok(Self { table: table.to_owned(), insert, columns, values })
    }

    /// The statement that makes this row of the one that was `before`, and its values: what differs, and behind it the id.
    fn update(&self, before: &Self, id: Uuid) -> (String, Vec<Value>) {
        let stood = self.columns.iter().zip(&self.values).zip(&before.values);
        let differs = stood.filter(|((_, value), before)| value != before).map(|(column, _)| column);
        let (columns, mut values): (Vec<_>, Vec<_>) = differs.map(|(column, value)| (column, value.clone())).unzip();
        values.push(Value::Blob(id.as_bytes().to_vec()));
        let sets: Vec<String> = columns.iter().zip(1..).map(|(column, place)| format!("{column} = ?{place}")).collect();
        (format!("UPDATE {} SET {} WHERE id = ?{}", self.table, sets.join(", "), values.len()), values)
    }

    /// The same row with other ids.
    fn with<const N: usize>(&self, ids: [(&str, Uuid); N]) -> Result<Vec<Value>> {
        let mut values = self.values.clone();
        for (column, id) in ids {
            self.set(&mut values, column, id)?;
        }
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
struct ByHand<'a> {
    conn: Connection,
    customers: &'a [Customer],
    dice: Dice,
}

impl ByHand<'_> {
    /// Two durable transactions: a row and its create, what differs at the row's end and its patch.
    fn visit(&mut self, begun: &Example, ended: &Example) -> Result<Duration> {
        let (id, customer) = (self.dice.id(now_ms()), self.dice.pick(self.customers).id.uuid());
        let (first, (_, patch)) = (self.values(begun, id, customer)?, self.values(ended, id, customer)?);
        let (update, end) = ended.row.update(&begun.row, id);
        let conn = &mut self.conn;
        let ((), time) = timed(|| {
            write(conn, &begun.row.insert, begun, first)?;
            write(conn, &update, ended, (end, patch))
        })?;
        Ok(time)
    }

    fn call(&mut self, example: &Example) -> Result<Duration> {
        let (id, customer) = (self.dice.id(now_ms()), self.dice.pick(self.customers).id.uuid());
        let values = self.values(example, id, customer)?;
        let conn = &mut self.conn;
        Ok(timed(|| write(conn, &example.row.insert, example, values))?.1)
    }

    fn values(&mut self, example: &Example, id: Uuid, customer: Uuid) -> Result<(Vec<Value>, Vec<Value>)> {
        let op_id = self.dice.id(now_ms());
        Ok((
            example.row.with([("id", id), ("customer", customer)])?,
            example.change.with([("id", id), ("op_id", op_id)])?,
        ))
    }
}

/// A row and a change in one durable transaction, by statements that were prepared before.
fn write(conn: &mut Connection, row: &str, example: &Example, values: (Vec<Value>, Vec<Value>)) -> Result<()> {
    let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    tx.prepare_cached(row)?.execute(params_from_iter(values.0))?;
    tx.prepare_cached(&example.change.insert)?.execute(params_from_iter(values.1))?;
    Ok(tx.commit()?)
}
