use rusqlite::{Row, params};
use saha_domain::{BlobHash, RepId};

use super::{
    columns,
    session::{COMPANY, Session},
};
use crate::store::{BlobReads, BlobWrites, FileSight, Result};

pub(super) const FILE_SIGHT: &str = include_str!("file_sight.sql");
pub(super) const BLOB: &str = "SELECT size_bytes FROM blob WHERE company = ?1 AND sha256 = ?2";
pub(super) const PUT_HOLDER: &str = "INSERT OR IGNORE INTO blob_holder (company, sha256, rep) \
     SELECT company, sha256, ?3 FROM blob WHERE company = ?1 AND sha256 = ?2";
/// Reads every file's row, once a day.
const REMOVE_UNNAMED: &str = "DELETE FROM blob WHERE company = ?1 AND NOT EXISTS ( \
     SELECT 1 FROM record INDEXED BY record_by_file WHERE record.file_sha256 = blob.sha256 AND record.company = ?1) \
     RETURNING sha256";

fn row_to_sight(row: &Row<'_>) -> Result<FileSight> {
    Ok(FileSight {
        is_readable: row.get::<_, Option<bool>>(0)?.unwrap_or(false),
        own_bytes: columns::maybe_length(row, 1)?,
        is_holder: row.get(2)?,
    })
}

impl BlobReads for Session<'_> {
    fn file_sight(&self, sha256: BlobHash, rep: RepId) -> Result<FileSight> {
        let params = params![COMPANY, sha256.bytes(), columns::bytes(rep.uuid())];
        Ok(self.maybe(FILE_SIGHT, params, row_to_sight)?.unwrap_or_default())
    }

    fn blob_bytes(&self, sha256: BlobHash) -> Result<Option<u64>> {
        Ok(self.maybe(BLOB, params![COMPANY, sha256.bytes()], |row| columns::maybe_length(row, 0))?.flatten())
    }
}

impl BlobWrites for Session<'_> {
    fn put_blob(&self, sha256: BlobHash, size_bytes: u64, at_ms: i64) -> Result<()> {
        let sql = "INSERT INTO blob (company, sha256, size_bytes, at_ms) VALUES (?1, ?2, ?3, ?4) \
                   ON CONFLICT (company, sha256) DO UPDATE SET size_bytes = excluded.size_bytes";
        self.run(sql, params![COMPANY, sha256.bytes(), columns::length(size_bytes), at_ms])?;
        Ok(())
    }

    fn put_blob_holder(&self, sha256: BlobHash, rep: RepId) -> Result<()> {
        self.run(PUT_HOLDER, params![COMPANY, sha256.bytes(), columns::bytes(rep.uuid())])?;
        Ok(())
    }

    fn remove_unnamed_blobs(&self) -> Result<Vec<BlobHash>> {
        self.all(REMOVE_UNNAMED, [COMPANY], |row| Ok(row.get::<_, [u8; 32]>(0)?.into()))
    }
}
