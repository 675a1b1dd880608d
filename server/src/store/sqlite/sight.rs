use chrono::NaiveDate;
use rusqlite::{Row, params};
use saha_domain::{AssignmentId, CustomerId, RepId};

use super::{
    columns,
    session::{COMPANY, Session},
};
use crate::store::{
    AssignmentRow, Moved, Result, ScopeEvent, ScopeEventKind, ScopePair, ScopeReads, ScopeWrites, StoreError,
};

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
pub(super) const HAS_DATED: &str = "SELECT 1 FROM record INDEXED BY record_by_date \
     WHERE company = ?1 AND on_date >= ?2 AND on_date < ?3 LIMIT 1";
pub(super) const SCOPE_LOG: &str = "SELECT seq, what, customer, kind, row FROM scope_log \
     WHERE company = ?1 AND rep = ?2 AND seq > ?3 AND seq <= ?4 ORDER BY seq LIMIT ?5";
pub(super) const HORIZON_LOG: &str = "SELECT seq, horizon FROM horizon_log \
     WHERE company = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq LIMIT ?4";
pub(super) const LOG_ENTERED: &str = "INSERT INTO scope_log (company, rep, seq, what, customer) \
     SELECT company, rep, ?3, ?4, customer FROM scope INDEXED BY scope_by_customer WHERE company = ?1 AND customer = ?2";
pub(super) const LOG_MOVE: &str = "INSERT INTO scope_log (company, rep, seq, what, kind, row) \
     SELECT company, rep, ?3, ?4, ?5, ?6 FROM scope INDEXED BY scope_by_customer WHERE company = ?1 AND customer = ?2";

fn row_to_event(row: &Row<'_>) -> Result<ScopeEvent> {
    let what = match row.get(1)? {
        LEFT => ScopeEventKind::Left(columns::id(row, 2)?),
        ENTERED => ScopeEventKind::Entered(columns::id(row, 2)?),
        MOVED => ScopeEventKind::Moved { kind: columns::kind(row, 3)?, id: columns::id(row, 4)? },
        _ => return Err(StoreError::Unreadable { what: "scope event" }),
    };
    Ok(ScopeEvent { seq: row.get(0)?, what })
}

fn row_to_aged(row: &Row<'_>) -> Result<ScopeEvent> {
    let horizon = columns::maybe_date(row, 1)?.ok_or(StoreError::Unreadable { what: "horizon" })?;
    Ok(ScopeEvent { seq: row.get(0)?, what: ScopeEventKind::Aged(horizon) })
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

    fn has_dated(&self, first: NaiveDate, end: NaiveDate) -> Result<bool> {
        self.exists(HAS_DATED, params![COMPANY, columns::date_text(first), columns::date_text(end)])
    }

    fn seen_customers(&self) -> Result<Vec<CustomerId>> {
        let sql = "SELECT DISTINCT customer FROM scope WHERE company = ?1 ORDER BY customer";
        self.all(sql, [COMPANY], |row| columns::id(row, 0))
    }

    fn scope_log(&self, rep: RepId, after: i64, until: i64, limit: u32) -> Result<Vec<ScopeEvent>> {
        let rep = columns::bytes(rep.uuid());
        let mut events = self.all(SCOPE_LOG, params![COMPANY, rep, after, until, limit], row_to_event)?;
        events.extend(self.all(HORIZON_LOG, params![COMPANY, after, until, limit], row_to_aged)?);
        events.sort_by_key(|event| event.seq);
        events.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(events)
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

    fn announce_anew(&self, customer: CustomerId, seq: i64) -> Result<()> {
        self.run(LOG_ENTERED, params![COMPANY, columns::bytes(customer.uuid()), seq, ENTERED])?;
        Ok(())
    }

    fn log_move(&self, moved: &Moved) -> Result<()> {
        let Moved { kind, id, customer, rep, seq } = *moved;
        let (kind, id) = (kind.name(), columns::bytes(id));
        if let Some(customer) = customer {
            self.run(LOG_MOVE, params![COMPANY, columns::bytes(customer.uuid()), seq, MOVED, kind, id])?;
        }
        if let Some(rep) = rep {
            // He may see the customer, too, and then he is told already.
            let sql = "INSERT OR IGNORE INTO scope_log (company, rep, seq, what, kind, row) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            self.run(sql, params![COMPANY, columns::bytes(rep.uuid()), seq, MOVED, kind, id])?;
        }
        Ok(())
    }

    fn log_aged(&self, horizon: NaiveDate, seq: i64) -> Result<()> {
        let sql = "INSERT INTO horizon_log (company, seq, horizon) VALUES (?1, ?2, ?3)";
        self.run(sql, params![COMPANY, seq, columns::date_text(horizon)])?;
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
