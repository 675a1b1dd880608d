//! Every statement on the table `call`.

use rusqlite::Connection;
use saha_domain::{Call, CustomerId, Kind, NaiveDate, RepId, period::DateRange};
use uuid::Uuid;

use crate::{
    error::Result,
    page::Page,
    store::{Codec, Reader, Table, days_of, field, ids, stamp},
};

pub(crate) static TABLE: Table = Table {
    kind: Kind::Call,
    columns: &[
        &[
            field(&["customer"], Codec::Id),
            field(&["rep"], Codec::Id),
            field(&["segment"], Codec::Word),
            field(&["lifecycle"], Codec::Word),
        ],
        stamp!("at", "at"),
        &[
            field(&["direction"], Codec::Word),
            field(&["disposition"], Codec::Word),
            field(&["duration_s"], Codec::Int),
            field(&["outcome"], Codec::Word),
            field(&["note"], Codec::Text),
        ],
    ],
    derived: &[],
    children: &[],
};

/// A rep's calls of these days.
pub(crate) fn made_in(conn: &Connection, rep: RepId, range: DateRange) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM call WHERE at_date BETWEEN ?2 AND ?3 AND rep = ?1";
    ids(conn, sql, (rep.uuid().as_bytes(), days_of(range.first), days_of(range.last)))
}

pub(super) fn on_date(reader: &Reader, date: NaiveDate, page: Page) -> Result<Vec<Call>> {
    reader
        .list("WHERE at_date = ?1 ORDER BY at_utc_ms, id LIMIT ?2 OFFSET ?3", (days_of(date), page.limit, page.offset))
}

pub(super) fn of_customer(reader: &Reader, customer: CustomerId, page: Page) -> Result<Vec<Call>> {
    let condition = "WHERE customer = ?1 ORDER BY at_date DESC, at_utc_ms DESC LIMIT ?2 OFFSET ?3";
    reader.list(condition, (customer.uuid().as_bytes(), page.limit, page.offset))
}
