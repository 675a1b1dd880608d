use rusqlite::params;
use saha_domain::{RepId, facts::Fingerprint};

use super::{
    columns,
    session::{COMPANY, Session},
};
use crate::store::{CountedRow, FigureReads, FigureWrites, Result, StoreError};

pub(super) const FINGERPRINT: &str = "SELECT fingerprint FROM figures WHERE company = ?1 AND rep = ?2";
pub(super) const ROWS_OF_REPS: &str = "SELECT kind, version, body FROM record INDEXED BY record_by_version \
     WHERE company = ?1 AND version > ?2 AND rep IS NOT NULL AND body IS NOT NULL ORDER BY version LIMIT ?3";

impl FigureReads for Session<'_> {
    fn fingerprint(&self, rep: RepId) -> Result<Fingerprint> {
        let kept = self.maybe(FINGERPRINT, params![COMPANY, columns::bytes(rep.uuid())], |row| Ok(row.get(0)?))?;
        Ok(kept.map(Fingerprint::from_bytes).unwrap_or_default())
    }

    fn fact_rules(&self) -> Result<u32> {
        let rules = self.maybe("SELECT fact_rules FROM company WHERE no = ?1", [COMPANY], |row| Ok(row.get(0)?))?;
        rules.ok_or(StoreError::Unreadable { what: "company" })
    }

    fn rows_of_reps(&self, after: i64, limit: u32) -> Result<Vec<CountedRow>> {
        self.all(ROWS_OF_REPS, params![COMPANY, after, limit], |row| {
            Ok(CountedRow { kind: columns::kind(row, 0)?, version: row.get(1)?, body: row.get(2)? })
        })
    }
}

impl FigureWrites for Session<'_> {
    fn put_fingerprint(&self, rep: RepId, fingerprint: Fingerprint) -> Result<()> {
        let sql = "INSERT INTO figures (company, rep, fingerprint) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (company, rep) DO UPDATE SET fingerprint = excluded.fingerprint";
        self.run(sql, params![COMPANY, columns::bytes(rep.uuid()), fingerprint.to_bytes()])?;
        Ok(())
    }

    fn forget_fingerprints(&self, fact_rules: u32) -> Result<()> {
        self.run("DELETE FROM figures WHERE company = ?1", [COMPANY])?;
        self.run("UPDATE company SET fact_rules = ?2 WHERE no = ?1", params![COMPANY, fact_rules])?;
        Ok(())
    }
}
