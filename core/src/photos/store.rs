//! Every statement on the table `photo`.

use rusqlite::Connection;
use saha_domain::{BlobHash, Kind, Photo, VisitId};

use crate::{
    blobs::store::Waiting,
    error::Result,
    page::Page,
    store::{Codec, Reader, Table, field, stamp},
};

pub(crate) static TABLE: Table = Table {
    kind: Kind::Photo,
    columns: &[
        &[
            field(&["visit"], Codec::Id),
            field(&["customer"], Codec::Id),
            field(&["rep"], Codec::Id),
            field(&["purpose"], Codec::Word),
            field(&["sha256"], Codec::Text),
            field(&["size_bytes"], Codec::Int),
            field(&["media_type"], Codec::Word),
        ],
        stamp!("taken", "taken"),
        &[field(&["note"], Codec::Text)],
    ],
    derived: &[],
    children: &[],
};

pub(super) fn of_visit(reader: &Reader, visit: VisitId, page: Page) -> Result<Vec<Photo>> {
    let condition = "WHERE visit = ?1 ORDER BY taken_utc_ms, id LIMIT ?2 OFFSET ?3";
    reader.list(condition, (visit.uuid().as_bytes(), page.limit, page.offset))
}

/// Whether a photo names the file.
pub(crate) fn names(conn: &Connection, sha256: BlobHash) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM photo WHERE sha256 = ?1)";
    Ok(conn.prepare_cached(sql)?.query_row([sha256.to_string()], |row| row.get(0))?)
}

/// The file, if the server has the record of a photo that names it.
pub(crate) fn only_accepted(conn: &Connection, waiting: Result<Waiting>) -> Result<Option<Waiting>> {
    let waiting = waiting?;
    let sql = "SELECT EXISTS (SELECT 1 FROM photo WHERE sha256 = ?1 AND version > 0)";
    let is_accepted: bool = conn.prepare_cached(sql)?.query_row([waiting.sha256.to_string()], |row| row.get(0))?;
    Ok(is_accepted.then_some(waiting))
}
