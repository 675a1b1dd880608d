use rusqlite::{Row, params};
use saha_domain::{CustomerId, Hlc, Kind, RepId, registry::NamedFile};
use uuid::Uuid;

use super::{
    columns,
    session::{COMPANY, Session},
};
use crate::store::{Aggregate, RecordReads, RecordWrites, Result, ScopeKeys, SentRow, Sight, StoreError, Walk, Walked};

pub(super) const RECORD: &str = "SELECT kind, id, version, hlc, body, clocks, sight, customer, rep, on_date, tax_no, file_sha256, file_bytes FROM record \
     WHERE company = ?1 AND kind = ?2 AND id = ?3";
pub(super) const WALK: &str = include_str!("walk.sql");
pub(super) const WALK_BENEATH: &str = include_str!("walk_beneath.sql");
pub(super) const WITH_TAX_NO: &str =
    "SELECT id FROM record INDEXED BY record_by_tax_no WHERE company = ?1 AND tax_no = ?2";
pub(super) const OWN_BENEATH: &str = "SELECT 1 FROM record INDEXED BY record_by_rep \
     WHERE company = ?1 AND rep = ?2 AND customer = ?3 AND body IS NOT NULL LIMIT 1";

const fn sight_code(sight: Sight) -> u8 {
    match sight {
        Sight::Company => 0,
        Sight::Customer => 1,
        Sight::Rep => 2,
    }
}

fn sight_at(row: &Row<'_>, column: usize) -> Result<Sight> {
    match row.get(column)? {
        0_u8 => Ok(Sight::Company),
        1 => Ok(Sight::Customer),
        2 => Ok(Sight::Rep),
        _ => Err(StoreError::Unreadable { what: "sight" }),
    }
}

fn file_at(row: &Row<'_>, column: usize) -> Result<Option<NamedFile>> {
    let sha256: Option<[u8; 32]> = row.get(column)?;
    Ok(sha256
        .zip(columns::maybe_length(row, column + 1)?)
        .map(|(sha256, size_bytes)| NamedFile { sha256: sha256.into(), size_bytes }))
}

fn row_to_aggregate(row: &Row<'_>) -> Result<Aggregate> {
    let body: Option<String> = row.get(4)?;
    let clocks: String = row.get(5)?;
    Ok(Aggregate {
        kind: columns::kind(row, 0)?,
        id: columns::id(row, 1)?,
        version: row.get(2)?,
        hlc: Hlc::from_packed(row.get(3)?),
        body: body.map(|text| columns::json(&text, "body")).transpose()?,
        clocks: columns::json(&clocks, "field clocks")?,
        keys: ScopeKeys {
            sight: sight_at(row, 6)?,
            customer: columns::maybe_id(row, 7)?,
            rep: columns::maybe_id(row, 8)?,
            on_date: columns::maybe_date(row, 9)?,
            tax_no: row.get(10)?,
            file: file_at(row, 11)?,
        },
    })
}

fn row_to_sent(row: &Row<'_>) -> Result<SentRow> {
    Ok(SentRow {
        kind: columns::kind(row, 0)?,
        id: columns::id(row, 1)?,
        version: row.get(2)?,
        hlc: Hlc::from_packed(row.get(3)?),
        body: row.get(4)?,
        customer: columns::maybe_id(row, 5)?,
        rep: columns::maybe_id(row, 6)?,
    })
}

impl RecordReads for Session<'_> {
    fn record(&self, kind: Kind, id: Uuid) -> Result<Option<Aggregate>> {
        self.maybe(RECORD, params![COMPANY, kind.name(), columns::bytes(id)], row_to_aggregate)
    }

    fn walk(&self, walk: &Walk) -> Result<Walked> {
        let rep = columns::bytes(walk.rep.uuid());
        let horizon = columns::date_text(walk.horizon);
        let Walk { after, until, tombstones_after, limit, max_bytes, .. } = *walk;
        let mut bytes = 0;
        let has_room = |row: &SentRow| {
            bytes += row.body.as_ref().map_or(0, String::len);
            bytes < max_bytes
        };
        let rows = match walk.beneath.map(|customer| columns::bytes(customer.uuid())) {
            None => {
                let params = params![COMPANY, after, until, rep, horizon, tombstones_after, limit];
                self.all_while(WALK, params, row_to_sent, has_room)?
            }
            Some(customer) => {
                let params = params![COMPANY, after, until, rep, horizon, tombstones_after, limit, customer];
                self.all_while(WALK_BENEATH, params, row_to_sent, has_room)?
            }
        };
        let cut = bytes >= max_bytes || u32::try_from(rows.len()).is_ok_and(|len| len == limit);
        Ok(Walked { rows, cut })
    }

    fn customer_with_tax_no(&self, tax_no: &str) -> Result<Option<CustomerId>> {
        self.maybe(WITH_TAX_NO, params![COMPANY, tax_no], |row| columns::id(row, 0))
    }

    fn has_own_beneath(&self, rep: RepId, customer: CustomerId) -> Result<bool> {
        self.exists(OWN_BENEATH, params![COMPANY, columns::bytes(rep.uuid()), columns::bytes(customer.uuid())])
    }

    fn id_of_code(&self, kind: Kind, code: &str) -> Result<Option<Uuid>> {
        let sql = "SELECT id FROM import_key WHERE company = ?1 AND kind = ?2 AND code = ?3";
        self.maybe(sql, params![COMPANY, kind.name(), code], |row| columns::id(row, 0))
    }
}

impl RecordWrites for Session<'_> {
    fn put_record(&self, row: &Aggregate) -> Result<()> {
        let sql = "INSERT INTO record (company, kind, id, version, hlc, body, clocks, sight, customer, rep, on_date, \
                   tax_no, file_sha256, file_bytes) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) \
                   ON CONFLICT (company, kind, id) DO UPDATE SET version = excluded.version, hlc = excluded.hlc, \
                   body = excluded.body, clocks = excluded.clocks, sight = excluded.sight, \
                   customer = excluded.customer, rep = excluded.rep, on_date = excluded.on_date, \
                   tax_no = excluded.tax_no, file_sha256 = excluded.file_sha256, file_bytes = excluded.file_bytes";
        let body = row.body.as_ref().map(|body| columns::json_text(body, "body")).transpose()?;
        self.run(
            sql,
            params![
                COMPANY,
                row.kind.name(),
                columns::bytes(row.id),
                row.version,
                row.hlc.packed(),
                body,
                columns::json_text(&row.clocks, "field clocks")?,
                sight_code(row.keys.sight),
                row.keys.customer.map(|customer| columns::bytes(customer.uuid())),
                row.keys.rep.map(|rep| columns::bytes(rep.uuid())),
                columns::maybe_date_text(row.keys.on_date),
                row.keys.tax_no,
                row.keys.file.map(|file| file.sha256.bytes()),
                row.keys.file.map(|file| columns::length(file.size_bytes)),
            ],
        )?;
        Ok(())
    }

    fn put_code(&self, kind: Kind, code: &str, id: Uuid) -> Result<()> {
        let sql = "INSERT INTO import_key (company, kind, code, id) VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, params![COMPANY, kind.name(), code, columns::bytes(id)])?;
        Ok(())
    }
}
