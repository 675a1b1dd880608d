//! The tables of company, working calendar, rep and call cycle.

use rusqlite::{Connection, OptionalExtension};
use saha_domain::Kind;
use uuid::Uuid;

use crate::{
    error::Result,
    store::{Codec, Table, field},
};

/// The id of the one company whose data this is.
pub(crate) fn id(conn: &Connection) -> Result<Option<Uuid>> {
    let mut statement = conn.prepare_cached("SELECT id FROM company LIMIT 1")?;
    let id: Option<[u8; 16]> = statement.query_row([], |row| row.get(0)).optional()?;
    Ok(id.map(Uuid::from_bytes))
}

pub(crate) static COMPANY: Table = Table { kind: Kind::Company, columns: &[], derived: &[], children: &[] };

pub(crate) static WORK_CALENDAR: Table = Table { kind: Kind::WorkCalendar, columns: &[], derived: &[], children: &[] };

pub(crate) static CALL_CYCLE: Table = Table { kind: Kind::CallCycle, columns: &[], derived: &[], children: &[] };

pub(crate) static REP: Table = Table {
    kind: Kind::Rep,
    columns: &[&[field(&["code"], Codec::Text), field(&["name"], Codec::Text)]],
    derived: &[],
    children: &[],
};
