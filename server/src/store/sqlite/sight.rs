use chrono::NaiveDate;
use rusqlite::{Row, params};
use saha_domain::{AssignmentId, CustomerId, Kind, RepId};
use uuid::Uuid;

use super::{
    columns,
    session::{COMPANY, Session},
};
use crate::store::{AssignmentRow, Result, ScopeEvent, ScopeEventKind, ScopePair, ScopeReads, ScopeWrites, StoreError};

const LEFT: u8 = 0;
const ENTERED: u8 = 1;
const MOVED: u8 = 2;

pub(super) const IN_SCOPE: &str = "SELECT 1 FROM scope WHERE company = ?1 AND rep = ?2 AND customer = ?3";
pub(super) const WAS_IN_SCOPE: &str = "SELECT 1 FROM scope_log INDEXED BY scope_log_by_pair \
     WHERE company = ?1 AND rep = ?2 AND customer = ?3 AND what = ?4 LIMIT 1";
pub(super) const IS_ASSIGNED: &str = "SELECT 1 FROM assignment INDEXED BY assignment_by_pair \
     WHERE company = ?1 AND rep = ?2 AND customer = ?3 AND first_day <= ?4 AND (last_day IS NULL OR last_day >= ?4) \
     LIMIT 1";
pub(super) const ASSIGNEE: &str = "SELECT rep FROM assignment INDEXED BY assignment_by_pair \
     WHERE company = ?1 AND customer = ?2 AND first_day <= ?3 AND (last_day IS NULL OR last_day >= ?3) \
     ORDER BY first_day DESC, rep LIMIT 1";
pub(super) const SCOPE_LOG: &str = "SELECT seq, what, customer, kind, row FROM scope_log \
     WHERE company = ?1 AND rep = ?2 AND seq > ?3 AND seq <= ?4 ORDER BY seq LIMIT ?5";
pub(super) const LOG_MOVE: &str = "INSERT INTO scope_log (company, rep, seq, what, customer, kind, row) \
     SELECT company, rep, ?3, ?4, customer, ?5, ?6 FROM scope INDEXED BY scope_by_customer \
     WHERE company = ?1 AND customer = ?2";

fn row_to_event(row: &Row<'_>) -> Result<ScopeEvent> {
    let what = match row.get(1)? {
        LEFT => ScopeEventKind::Left(columns::id(row, 2)?),
        ENTERED => ScopeEventKind::Entered(columns::id(row, 2)?),
        MOVED => ScopeEventKind::Moved { kind: columns::kind(row, 3)?, id: columns::id(row, 4)? },
        _ => return Err(StoreError::Unreadable { what: "scope event" }),
    };
    Ok(ScopeEvent { seq: row.get(0)?, what })
}

fn row_to_pair(row: &Row<'_>) -> Result<ScopePair> {
    Ok(ScopePair { rep: columns::id(row, 0)?, customer: columns::id(row, 1)? })
}

fn pair_bytes(pair: ScopePair) -> ([u8; 16], [u8; 16]) {
    (columns::bytes(pair.rep.uuid()), columns::bytes(pair.customer.uuid()))
}

impl ScopeReads for Session<'_> {
    fn in_scope(&self, pair: ScopePair) -> Result<bool> {
        let (rep, customer) = pair_bytes(pair);
        self.exists(IN_SCOPE, params![COMPANY, rep, customer])
    }

    fn was_in_scope(&self, pair: ScopePair) -> Result<bool> {
        let (rep, customer) = pair_bytes(pair);
        self.exists(WAS_IN_SCOPE, params![COMPANY, rep, customer, ENTERED])
    }

    fn is_assigned(&self, pair: ScopePair, date: NaiveDate) -> Result<bool> {
        let (rep, customer) = pair_bytes(pair);
        self.exists(IS_ASSIGNED, params![COMPANY, rep, customer, columns::date_text(date)])
    }

    fn assignee(&self, customer: CustomerId, date: NaiveDate) -> Result<Option<RepId>> {
        let params = params![COMPANY, columns::bytes(customer.uuid()), columns::date_text(date)];
        self.maybe(ASSIGNEE, params, |row| columns::id(row, 0))
    }

    fn out_of_date(&self, date: NaiveDate) -> Result<Vec<ScopePair>> {
        self.all(include_str!("out_of_date.sql"), params![COMPANY, columns::date_text(date)], row_to_pair)
    }

    fn scope_log(&self, rep: RepId, after: i64, until: i64, limit: u32) -> Result<Vec<ScopeEvent>> {
        self.all(SCOPE_LOG, params![COMPANY, columns::bytes(rep.uuid()), after, until, limit], row_to_event)
    }
}

impl ScopeWrites for Session<'_> {
    fn put_assignment(&self, assignment: &AssignmentRow) -> Result<()> {
        let (rep, customer) = pair_bytes(assignment.pair);
        let sql = "INSERT OR REPLACE INTO assignment (company, id, rep, customer, first_day, last_day) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.run(
            sql,
            params![
                COMPANY,
                columns::bytes(assignment.id.uuid()),
                rep,
                customer,
                columns::date_text(assignment.from),
                columns::maybe_date_text(assignment.to)
            ],
        )?;
        Ok(())
    }

    fn remove_assignment(&self, id: AssignmentId) -> Result<Option<ScopePair>> {
        let sql = "DELETE FROM assignment WHERE company = ?1 AND id = ?2 RETURNING rep, customer";
        self.maybe(sql, params![COMPANY, columns::bytes(id.uuid())], row_to_pair)
    }

    fn enter_scope(&self, pair: ScopePair, seq: i64) -> Result<()> {
        let (rep, customer) = pair_bytes(pair);
        let sql = "INSERT INTO scope (company, rep, customer) VALUES (?1, ?2, ?3)";
        self.run(sql, params![COMPANY, rep, customer])?;
        self.log(pair, seq, ENTERED)
    }

    fn leave_scope(&self, pair: ScopePair, seq: i64) -> Result<()> {
        let (rep, customer) = pair_bytes(pair);
        let sql = "DELETE FROM scope WHERE company = ?1 AND rep = ?2 AND customer = ?3";
        self.run(sql, params![COMPANY, rep, customer])?;
        self.log(pair, seq, LEFT)
    }

    fn log_move(&self, customer: CustomerId, kind: Kind, id: Uuid, seq: i64) -> Result<()> {
        let customer = columns::bytes(customer.uuid());
        self.run(LOG_MOVE, params![COMPANY, customer, seq, MOVED, kind.name(), columns::bytes(id)])?;
        Ok(())
    }
}

impl Session<'_> {
    fn log(&self, pair: ScopePair, seq: i64, what: u8) -> Result<()> {
        let (rep, customer) = pair_bytes(pair);
        let sql = "INSERT INTO scope_log (company, rep, seq, what, customer) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.run(sql, params![COMPANY, rep, seq, what, customer])?;
        Ok(())
    }
}
