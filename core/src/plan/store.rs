//! Every statement on the table `plan_item`.

use rusqlite::Connection;
use saha_domain::{Kind, NaiveDate, PlanItem, RepId};

use crate::{
    error::Result,
    store::{Codec, Reader, Table, days_of, field},
};

pub(crate) static TABLE: Table = Table {
    kind: Kind::PlanItem,
    columns: &[&[
        field(&["customer"], Codec::Id),
        field(&["rep"], Codec::Id),
        field(&["date"], Codec::Date),
        field(&["sequence"], Codec::Int),
    ]],
    derived: &[],
    children: &[],
};

/// A rep's items of a day, in their order.
pub(super) fn of_day(reader: &Reader, rep: RepId, date: NaiveDate) -> Result<Vec<PlanItem>> {
    reader.list("WHERE date = ?1 AND rep = ?2 ORDER BY sequence, id", (days_of(date), rep.uuid().as_bytes()))
}

/// The place behind the last of a rep's items of a day.
pub(super) fn next_sequence(conn: &Connection, rep: RepId, date: NaiveDate) -> Result<i32> {
    let sql = "SELECT coalesce(max(sequence), 0) + 1 FROM plan_item WHERE date = ?1 AND rep = ?2";
    let params = (days_of(date), rep.uuid().into_bytes());
    Ok(conn.prepare_cached(sql)?.query_row(params, |row| row.get(0))?)
}
