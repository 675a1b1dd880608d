//! Every statement on the table `visit`.

use rusqlite::{Connection, OptionalExtension};
use saha_domain::{CustomerId, Kind, NaiveDate, RepId, Visit, VisitId, period::DateRange};
use uuid::Uuid;

use crate::{
    error::Result,
    page::Page,
    store::{Codec, Reader, Table, days_of, field, ids, location, stamp},
};

pub(crate) static TABLE: Table = Table {
    kind: Kind::Visit,
    columns: &[
        &[
            field(&["customer"], Codec::Id),
            field(&["rep"], Codec::Id),
            field(&["segment"], Codec::Word),
            field(&["lifecycle"], Codec::Word),
            field(&["state"], Codec::Word),
        ],
        stamp!("check_in", "check_in"),
        location!("check_in_location", "check_in"),
        &[field(&["distance_m"], Codec::Int), field(&["geo_verdict"], Codec::Word)],
        stamp!("check_out", "check_out"),
        location!("check_out_location", "check_out"),
        &[field(&["checkout_kind"], Codec::Word), field(&["outcome"], Codec::Word), field(&["note"], Codec::Text)],
    ],
    derived: &[],
    children: &[],
};

/// `check_out_utc_ms IS NULL` is what the index `visit_without_end` holds; voided visits may also lack an end.
const IN_PROGRESS: &str = "check_out_utc_ms IS NULL AND state = (SELECT no FROM word WHERE text = 'in_progress')";

/// The rep's visit that has no end yet, of the newest days.
pub(super) fn in_progress(conn: &Connection, rep: Uuid) -> Result<Option<VisitId>> {
    let sql = format!("SELECT id FROM visit WHERE {IN_PROGRESS} AND rep = ?1 ORDER BY check_in_utc_ms DESC LIMIT 1");
    let id: Option<[u8; 16]> = conn.prepare_cached(&sql)?.query_row([rep.as_bytes()], |row| row.get(0)).optional()?;
    Ok(id.map(|id| Uuid::from_bytes(id).into()))
}

/// A rep's visits of these days.
pub(crate) fn made_in(conn: &Connection, rep: RepId, range: DateRange) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM visit WHERE check_in_date BETWEEN ?2 AND ?3 AND rep = ?1";
    ids(conn, sql, (rep.uuid().as_bytes(), days_of(range.first), days_of(range.last)))
}

pub(super) fn on_date(reader: &Reader, date: NaiveDate, page: Page) -> Result<Vec<Visit>> {
    let condition = "WHERE check_in_date = ?1 ORDER BY check_in_utc_ms, id LIMIT ?2 OFFSET ?3";
    reader.list(condition, (days_of(date), page.limit, page.offset))
}

/// A rep's visits at a customer on a day.
pub(crate) fn of_customer_on(reader: &Reader, rep: RepId, customer: CustomerId, date: NaiveDate) -> Result<Vec<Visit>> {
    let condition = "WHERE customer = ?1 AND check_in_date = ?2 AND rep = ?3";
    reader.list(condition, (customer.uuid().as_bytes(), days_of(date), rep.uuid().as_bytes()))
}

pub(super) fn of_customer(reader: &Reader, customer: CustomerId, page: Page) -> Result<Vec<Visit>> {
    let condition = "WHERE customer = ?1 ORDER BY check_in_date DESC, check_in_utc_ms DESC LIMIT ?2 OFFSET ?3";
    reader.list(condition, (customer.uuid().as_bytes(), page.limit, page.offset))
}
