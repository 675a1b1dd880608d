//! Every statement on the table `blob`.

use rusqlite::{Connection, OptionalExtension, Row};
use saha_domain::{BlobHash, SahaError};

use crate::{count::signed, error::Result, photos};

/// A file that the company does not have for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Waiting {
    pub sha256: BlobHash,
    pub size_bytes: u64,
    /// What the company had of it when it was last asked.
    pub sent_bytes: u64,
    /// Failures since something last went well.
    pub failures: u32,
    /// Why it was not sent the last time that it was tried; for programs.
    pub problem: Option<String>,
}

const COLUMNS: &str = "sha256, size_bytes, sent_bytes, failures, problem";

fn row_to_waiting(row: &Row<'_>) -> rusqlite::Result<Result<Waiting>> {
    let (sha256, sent_bytes, problem) = (row.get::<_, String>(0)?, row.get(2)?, row.get(4)?);
    let (size_bytes, failures) = (row.get(1)?, row.get(3)?);
    Ok(hash_of(&sha256).map(|sha256| Waiting {
        sha256,
        size_bytes: bytes(size_bytes),
        sent_bytes: bytes(sent_bytes),
        failures,
        problem,
    }))
}

fn hash_of(text: &str) -> Result<BlobHash> {
    Ok(text.parse().map_err(|_| SahaError::StorageDamaged { reason: "a row of blob".to_owned() })?)
}

fn bytes(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or(0)
}

/// The file is here, and the company is to be told of it, even if it was before: a record that is new names it.
pub(crate) fn put_waiting(conn: &Connection, sha256: BlobHash, size_bytes: u64) -> Result<()> {
    let sql = "INSERT INTO blob (sha256, size_bytes) VALUES (?1, ?2)
               ON CONFLICT (sha256) DO UPDATE SET is_sent = 0, failures = 0, retry_at_ms = NULL, problem = NULL";
    conn.prepare_cached(sql)?.execute((sha256.to_string(), signed(size_bytes)))?;
    Ok(())
}

/// The file was fetched: the company has it.
pub(super) fn put_fetched(conn: &Connection, sha256: BlobHash, size_bytes: u64) -> Result<()> {
    let sql = "INSERT INTO blob (sha256, size_bytes, sent_bytes, is_sent) VALUES (?1, ?2, ?2, 1)
               ON CONFLICT (sha256) DO NOTHING";
    conn.prepare_cached(sql)?.execute((sha256.to_string(), signed(size_bytes)))?;
    Ok(())
}

/// The company has the whole file.
pub(super) fn set_sent(conn: &Connection, sha256: BlobHash) -> Result<()> {
    let sql = "UPDATE blob SET is_sent = 1, sent_bytes = size_bytes, failures = 0, retry_at_ms = NULL, problem = NULL
               WHERE sha256 = ?1";
    conn.prepare_cached(sql)?.execute([sha256.to_string()])?;
    Ok(())
}

/// It was tried, and did not get through.
pub(super) fn set_failed(conn: &Connection, failed: &Waiting, retry_at_ms: Option<i64>) -> Result<()> {
    let sql = "UPDATE blob SET sent_bytes = ?2, failures = ?3, problem = ?4, retry_at_ms = ?5 WHERE sha256 = ?1";
    let params = (failed.sha256.to_string(), signed(failed.sent_bytes), failed.failures, &failed.problem, retry_at_ms);
    conn.prepare_cached(sql)?.execute(params)?;
    Ok(())
}

/// The server's history changed: what it had of files is not known any more.
pub(crate) fn forget_sent(conn: &Connection) -> Result<()> {
    let sql = "UPDATE blob SET is_sent = 0, sent_bytes = 0, failures = 0, retry_at_ms = NULL, problem = NULL";
    conn.prepare_cached(sql)?.execute([])?;
    Ok(())
}

/// Files to send, those that never failed first, then as they came. One that failed is left alone until `retry_at_ms`; a
/// time further away than `max_pause_ms` was set by another clock.
pub(super) fn due(conn: &Connection, now_ms: i64, max_pause_ms: i64) -> Result<Vec<Waiting>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM blob
         WHERE is_sent = 0 AND (retry_at_ms IS NULL OR retry_at_ms <= ?1 OR retry_at_ms > ?1 + ?2) ORDER BY failures, no"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let waiting = statement.query_map((now_ms, max_pause_ms), row_to_waiting)?.map(|row| row?);
    waiting.filter_map(|waiting| photos::store::only_accepted(conn, waiting).transpose()).collect()
}

/// What is known of a file that the company does not have for certain; none of others.
pub(crate) fn waiting(conn: &Connection, sha256: BlobHash) -> Result<Option<Waiting>> {
    let sql = format!("SELECT {COLUMNS} FROM blob WHERE sha256 = ?1 AND is_sent = 0");
    conn.prepare_cached(&sql)?.query_row([sha256.to_string()], row_to_waiting).optional()?.transpose()
}

/// How many files the company does not have for certain. One whose photo was deleted is kept for a while, and does not wait.
pub(crate) fn count_waiting(conn: &Connection) -> Result<i64> {
    let mut statement = conn.prepare_cached("SELECT sha256 FROM blob WHERE is_sent = 0")?;
    let unsent = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut waiting = 0;
    for text in unsent {
        waiting += i64::from(photos::store::names(conn, hash_of(&text?)?)?);
    }
    Ok(waiting)
}

/// Every file that this table knows.
pub(super) fn all(conn: &Connection) -> Result<Vec<BlobHash>> {
    let mut statement = conn.prepare_cached("SELECT sha256 FROM blob")?;
    let all = statement.query_map([], |row| row.get::<_, String>(0))?;
    all.map(|text| hash_of(&text?)).collect()
}

/// Forgets a file.
pub(super) fn remove(conn: &Connection, sha256: BlobHash) -> Result<()> {
    conn.prepare_cached("DELETE FROM blob WHERE sha256 = ?1")?.execute([sha256.to_string()])?;
    Ok(())
}
