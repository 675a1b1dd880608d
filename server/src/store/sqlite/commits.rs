use chrono::NaiveDate;
use rusqlite::params;
use saha_domain::CompanyId;

use super::{
    columns,
    session::{COMPANY, Session},
};
use crate::store::{Commit, CommitReads, CommitWrites, Result, StoreError};

pub(super) const HEAD: &str = "SELECT seq, id FROM commit_log WHERE company = ?1 ORDER BY seq DESC LIMIT 1";
pub(super) const LAST_SEQ_BEFORE: &str = "SELECT seq FROM commit_log INDEXED BY commit_log_by_time \
     WHERE company = ?1 AND at_ms < ?2 ORDER BY at_ms DESC, seq DESC LIMIT 1";
/// A clock that was set back must not make a commit look older than one before it: phones forget what is old.
pub(super) const LOG_COMMIT: &str = "INSERT INTO commit_log (company, seq, id, at_ms) VALUES (?1, ?2, ?3, \
     max(?4, coalesce((SELECT at_ms FROM commit_log WHERE company = ?1 AND seq = ?2 - 1), ?4)))";

impl CommitReads for Session<'_> {
    fn company(&self) -> Result<Option<CompanyId>> {
        self.maybe("SELECT id FROM company WHERE no = ?1", [COMPANY], |row| columns::id(row, 0))
    }

    fn head(&self) -> Result<Commit> {
        let head = self.maybe(HEAD, [COMPANY], |row| Ok(Commit { seq: row.get(0)?, id: row.get(1)? }))?;
        Ok(head.unwrap_or(Commit::NONE))
    }

    fn commit_at(&self, seq: i64) -> Result<Option<Commit>> {
        if seq == Commit::NONE.seq {
            return Ok(Some(Commit::NONE));
        }
        let sql = "SELECT id FROM commit_log WHERE company = ?1 AND seq = ?2";
        self.maybe(sql, params![COMPANY, seq], |row| Ok(Commit { seq, id: row.get(0)? }))
    }

    fn last_seq_before(&self, at_ms: i64) -> Result<i64> {
        Ok(self.maybe(LAST_SEQ_BEFORE, params![COMPANY, at_ms], |row| Ok(row.get(0)?))?.unwrap_or(Commit::NONE.seq))
    }

    fn commit_ms(&self, seq: i64) -> Result<Option<i64>> {
        let sql = "SELECT at_ms FROM commit_log WHERE company = ?1 AND seq = ?2";
        self.maybe(sql, params![COMPANY, seq], |row| Ok(row.get(0)?))
    }

    fn scope_date(&self) -> Result<Option<NaiveDate>> {
        let sql = "SELECT scope_date FROM company WHERE no = ?1";
        Ok(self.maybe(sql, [COMPANY], |row| columns::maybe_date(row, 0))?.flatten())
    }

    fn horizon(&self) -> Result<Option<NaiveDate>> {
        let sql = "SELECT horizon FROM company WHERE no = ?1";
        Ok(self.maybe(sql, [COMPANY], |row| columns::maybe_date(row, 0))?.flatten())
    }
}

impl CommitWrites for Session<'_> {
    fn create_company(&self, id: CompanyId) -> Result<()> {
        self.run("INSERT INTO company (no, id) VALUES (?1, ?2)", params![COMPANY, columns::bytes(id.uuid())])?;
        Ok(())
    }

    fn next_seq(&self, id: i64, at_ms: i64) -> Result<i64> {
        let sql = "UPDATE company SET seq = seq + 1 WHERE no = ?1 RETURNING seq";
        let seq: Option<i64> = self.maybe(sql, [COMPANY], |row| Ok(row.get(0)?))?;
        let seq = seq.ok_or(StoreError::Unreadable { what: "company" })?;
        self.run(LOG_COMMIT, params![COMPANY, seq, id, at_ms])?;
        Ok(seq)
    }

    fn set_scope_date(&self, date: NaiveDate) -> Result<()> {
        self.run("UPDATE company SET scope_date = ?2 WHERE no = ?1", params![COMPANY, columns::date_text(date)])?;
        Ok(())
    }

    fn set_horizon(&self, date: NaiveDate) -> Result<()> {
        self.run("UPDATE company SET horizon = ?2 WHERE no = ?1", params![COMPANY, columns::date_text(date)])?;
        Ok(())
    }
}
