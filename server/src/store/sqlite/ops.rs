use rusqlite::{Row, params};
use saha_domain::{Kind, OpId, RepId, wire::Outcome};
use uuid::Uuid;

use super::{
    columns,
    session::{COMPANY, Session},
};
use crate::store::{OpReads, OpRow, OpState, OpWrites, Result};

pub(super) const OP: &str =
    "SELECT id, hash, attempt, rep, kind, row, creates, outcome, at_ms FROM op WHERE company = ?1 AND id = ?2";
pub(super) const REFUSED_CREATE: &str = "SELECT id FROM op INDEXED BY op_refused_create \
     WHERE company = ?1 AND kind = ?2 AND row = ?3 AND rep = ?4 AND creates = 1 AND refused = 1 \
     ORDER BY at_ms DESC, id DESC LIMIT 1";
pub(super) const FORGET_OPS: &str = "DELETE FROM op WHERE company = ?1 AND id IN (SELECT id FROM op INDEXED BY op_by_time \
     WHERE company = ?1 AND at_ms < ?2 ORDER BY at_ms LIMIT ?3)";

pub(super) const WAS_NAMED: &str =
    "SELECT 1 FROM op INDEXED BY op_existing WHERE company = ?1 AND existing = ?2 AND rep = ?3 LIMIT 1";

fn row_to_op(row: &Row<'_>) -> Result<OpRow> {
    let outcome: Option<String> = row.get(7)?;
    let state = match outcome {
        Some(text) => OpState::Judged(columns::json(&text, "outcome")?),
        None => OpState::Replaced,
    };
    Ok(OpRow {
        op_id: columns::id(row, 0)?,
        hash: row.get(1)?,
        attempt: row.get(2)?,
        rep: columns::id(row, 3)?,
        kind: columns::kind(row, 4)?,
        row: columns::id(row, 5)?,
        creates: row.get(6)?,
        state,
        at_ms: row.get(8)?,
    })
}

impl OpReads for Session<'_> {
    fn op(&self, op_id: OpId) -> Result<Option<OpRow>> {
        self.maybe(OP, params![COMPANY, columns::bytes(op_id.uuid())], row_to_op)
    }

    fn refused_create(&self, kind: Kind, row: Uuid, rep: RepId) -> Result<Option<OpId>> {
        let params = params![COMPANY, kind.name(), columns::bytes(row), columns::bytes(rep.uuid())];
        self.maybe(REFUSED_CREATE, params, |row| columns::id(row, 0))
    }

    fn was_named_to(&self, rep: RepId, existing: Uuid) -> Result<bool> {
        self.exists(WAS_NAMED, params![COMPANY, columns::bytes(existing), columns::bytes(rep.uuid())])
    }
}

impl OpWrites for Session<'_> {
    fn remember_op(&self, op: &OpRow) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO op (company, id, hash, attempt, rep, kind, row, creates, refused, outcome, \
                   at_ms, existing) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, \
                   coalesce(?12, (SELECT existing FROM op WHERE company = ?1 AND id = ?2)))";
        let (rejection, outcome) = match &op.state {
            OpState::Judged(outcome @ Outcome::Rejected(rejection)) => (Some(rejection), Some(outcome)),
            OpState::Judged(outcome) => (None, Some(outcome)),
            OpState::Replaced => (None, None),
        };
        let outcome = outcome.map(|outcome| columns::json_text(outcome, "outcome")).transpose()?;
        self.run(
            sql,
            params![
                COMPANY,
                columns::bytes(op.op_id.uuid()),
                op.hash,
                op.attempt,
                columns::bytes(op.rep.uuid()),
                op.kind.name(),
                columns::bytes(op.row),
                op.creates,
                rejection.is_some(),
                outcome,
                op.at_ms,
                rejection.and_then(|rejection| rejection.existing).map(columns::bytes)
            ],
        )?;
        Ok(())
    }

    fn forget_ops(&self, before_ms: i64, limit: u32) -> Result<usize> {
        self.run(FORGET_OPS, params![COMPANY, before_ms, limit])
    }
}
