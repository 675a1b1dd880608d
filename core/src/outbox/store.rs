//! Every statement on the tables `outbox` and `outbox_dependency`.

use std::ops::ControlFlow;

use rusqlite::{Connection, OptionalExtension, Row};
use saha_domain::{Hlc, Kind, OpId, SahaError, life::ChangeState, merge::Edit, wire::Op};
use uuid::Uuid;

use super::entry::Entry;
use crate::{
    clock::SinceBoot,
    error::Result,
    store::{Pending, ids},
};

const OVERLAY: &str = "state IN ('queued', 'sent', 'acked', 'rejected')";
const QUEUED: &str = "state = 'queued'";
const UNRESOLVED: &str = "state IN ('queued', 'sent', 'rejected')";

const COLUMNS: &str = "seq, op_id, kind, id, op, state, attempt, hlc, base_version, payload, replaces, captured_ms, \
                       acked_version, was_acked, code, field, message, existing, superseded, wants_full, \
                       wants_parent, was_sent, unstamped_boot, unstamped_monotonic_ms";

fn row_to_entry(row: &Row<'_>) -> rusqlite::Result<Result<Entry>> {
    let op_id: Uuid = blob(row, 1)?;
    let (kind, op, state): (String, String, String) = (row.get(2)?, row.get(4)?, row.get(5)?);
    let (Ok(kind), Some(op), Some(state)) = (kind.parse(), Op::from_name(&op), ChangeState::from_name(&state)) else {
        return Ok(Err(broken(op_id).into()));
    };
    let superseded: Option<String> = row.get(18)?;
    let unstamped: (Option<String>, Option<i64>) = (row.get(22)?, row.get(23)?);
    Ok(Ok(Entry {
        seq: row.get(0)?,
        op_id: op_id.into(),
        kind,
        id: blob(row, 3)?,
        op,
        state,
        attempt: row.get(6)?,
        hlc: Hlc::from_packed(row.get(7)?),
        base_version: row.get(8)?,
        payload: row.get(9)?,
        replaces: optional_blob(row, 10)?.map(OpId::from),
        captured_ms: row.get(11)?,
        acked_version: row.get(12)?,
        was_acked: row.get(13)?,
        code: row.get(14)?,
        field: row.get(15)?,
        message: row.get(16)?,
        existing: optional_blob(row, 17)?,
        superseded: superseded.map(|fields| fields.split(' ').map(str::to_owned).collect()).unwrap_or_default(),
        wants_full: row.get(19)?,
        wants_parent: optional_blob(row, 20)?,
        was_sent: row.get(21)?,
        unstamped: unstamped.0.zip(unstamped.1).map(|(boot_id, monotonic_ms)| SinceBoot { boot_id, monotonic_ms }),
    }))
}

fn broken(op_id: Uuid) -> SahaError {
    SahaError::StorageDamaged { reason: format!("change {op_id}") }
}

fn blob(row: &Row<'_>, index: usize) -> rusqlite::Result<Uuid> {
    let bytes: [u8; 16] = row.get(index)?;
    Ok(Uuid::from_bytes(bytes))
}

fn optional_blob(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<Uuid>> {
    let bytes: Option<[u8; 16]> = row.get(index)?;
    Ok(bytes.map(Uuid::from_bytes))
}

/// Changes by a condition on the columns, in the order in which they were written.
fn select(conn: &Connection, condition: &str, params: impl rusqlite::Params) -> Result<Vec<Entry>> {
    conn.prepare_cached(&select_where(condition))?.query_map(params, row_to_entry)?.map(|row| row?).collect()
}

fn select_where(condition: &str) -> String {
    format!("SELECT {COLUMNS} FROM outbox WHERE {condition} ORDER BY seq")
}

/// Everything that is not settled: waiting, on its way, refused, or accepted and not seen yet.
pub(crate) fn entries(conn: &Connection) -> Result<Vec<Entry>> {
    select(conn, OVERLAY, [])
}

/// One change.
pub(super) fn entry(conn: &Connection, op_id: OpId) -> Result<Entry> {
    let found = select(conn, "op_id = ?1", [op_id.uuid().as_bytes()])?.pop();
    Ok(found.ok_or_else(|| SahaError::NotFound { kind: "change".to_owned(), id: op_id.to_string() })?)
}

/// Changes waiting to be sent, from the first on.
pub(super) fn queued(conn: &Connection) -> Result<Vec<Entry>> {
    select(conn, QUEUED, [])
}

/// The same one by one, for as long as `take` goes on: an outbox of a month offline is not read whole for each request.
pub(super) fn each_queued(conn: &Connection, mut take: impl FnMut(Entry) -> ControlFlow<()>) -> Result<()> {
    let mut statement = conn.prepare_cached(&select_where(QUEUED))?;
    for entry in statement.query_map([], row_to_entry)? {
        if take(entry??).is_break() {
            break;
        }
    }
    Ok(())
}

/// The first change that waits or is on its way.
pub(crate) fn oldest_waiting(conn: &Connection) -> Result<Option<Entry>> {
    Ok(select(conn, "seq = (SELECT min(seq) FROM outbox WHERE state IN ('queued', 'sent'))", [])?.pop())
}

/// Changes that the server refused.
pub(crate) fn refused(conn: &Connection) -> Result<Vec<Entry>> {
    select(conn, "state = 'rejected'", [])
}

/// How many changes there are in each state that lies over a row.
pub(crate) fn counts(conn: &Connection) -> Result<Vec<(ChangeState, i64)>> {
    let sql = format!("SELECT state, count(*) FROM outbox WHERE {OVERLAY} GROUP BY state");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
    let known = |(state, count): (String, i64)| ChangeState::from_name(&state).map(|state| (state, count));
    rows.filter_map(|row| row.map(known).transpose()).map(|row| Ok(row?)).collect()
}

/// Whether any change lies over any row.
pub(crate) fn has_overlay(conn: &Connection) -> Result<bool> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM outbox WHERE {OVERLAY})");
    Ok(conn.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
}

/// The rows of a kind over which changes lie.
pub(crate) fn rows_under_changes(conn: &Connection, kind: Kind) -> Result<Vec<Uuid>> {
    ids(conn, &format!("SELECT DISTINCT id FROM outbox WHERE kind = ?1 AND {OVERLAY}"), [kind.name()])
}

/// The changes that lie over a row. `<>` where a list of states would be looked up in a table that `SQLite` makes each time.
pub(crate) fn overlay(conn: &Connection, id: Uuid) -> Result<Vec<Pending>> {
    let sql = "SELECT seq, op_id, state, acked_version, op, payload FROM outbox
               WHERE id = ?1 AND state <> 'seen' ORDER BY seq";
    conn.prepare_cached(sql)?.query_map([id.as_bytes()], row_to_pending)?.map(|row| row?).collect()
}

fn row_to_pending(row: &Row<'_>) -> rusqlite::Result<Result<Pending>> {
    let op_id = blob(row, 1)?;
    let state = row.get_ref(2)?.as_str().ok().and_then(ChangeState::from_name);
    let op = row.get_ref(4)?.as_str().ok().and_then(Op::from_name);
    let (Some(state), Some(op)) = (state, op) else { return Ok(Err(broken(op_id).into())) };
    let (seq, acked_version) = (row.get(0)?, row.get(3)?);
    let edit = Edit::parse(op, row.get_ref(5)?.as_blob()?);
    Ok(edit.map(|edit| Pending { seq, op_id, state, acked_version, edit }).map_err(Into::into))
}

/// Whether the payload of a kept change holds `text`, whatever its state: it may be sent again, or taken back.
pub(crate) fn holds_text(conn: &Connection, text: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM outbox WHERE instr(CAST(payload AS TEXT), ?1) > 0)";
    Ok(conn.prepare_cached(sql)?.query_row([text], |row| row.get(0))?)
}

/// How many changes the server has not accepted.
pub(crate) fn count_unresolved(conn: &Connection) -> Result<i64> {
    let sql = format!("SELECT count(*) FROM outbox WHERE {UNRESOLVED}");
    Ok(conn.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
}

/// Writes a new change and gives its place in the order.
pub(super) fn insert(conn: &Connection, entry: &Entry) -> Result<i64> {
    let sql = "INSERT INTO outbox (op_id, kind, id, op, state, hlc, base_version, payload, captured_ms,
                                   unstamped_boot, unstamped_monotonic_ms)
               VALUES (?1, ?2, ?3, ?4, 'queued', ?5, ?6, ?7, ?8, ?9, ?10)";
    let params = (
        entry.op_id.uuid().into_bytes(),
        entry.kind.name(),
        entry.id.as_bytes(),
        entry.op.name(),
        entry.hlc.packed(),
        entry.base_version,
        &entry.payload,
        entry.captured_ms,
        entry.unstamped.as_ref().map(|since_boot| &since_boot.boot_id),
        entry.unstamped.as_ref().map(|since_boot| since_boot.monotonic_ms),
    );
    conn.prepare_cached(sql)?.execute(params)?;
    Ok(conn.last_insert_rowid())
}

/// Puts a corrected change into the place of a refused one.
pub(super) fn replace(conn: &Connection, seq: i64, op_id: OpId, payload: &[u8]) -> Result<()> {
    let sql = "UPDATE outbox SET replaces = op_id, op_id = ?2, payload = ?3, state = 'queued', attempt = 1,
                                 was_sent = 0, was_acked = 0, code = NULL, field = NULL, message = NULL,
                                 existing = NULL, wants_full = 0, wants_parent = NULL WHERE seq = ?1";
    conn.prepare_cached(sql)?.execute((seq, op_id.uuid().as_bytes(), payload))?;
    Ok(())
}

/// What a transition writes beside the state.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Verdict {
    pub acked_version: Option<i64>,
    pub hlc: Option<Hlc>,
    pub code: Option<String>,
    pub field: Option<String>,
    pub message: Option<String>,
    pub existing: Option<Uuid>,
    pub superseded: Vec<String>,
}

/// Sets the state of a change and why.
pub(super) fn set_state(conn: &Connection, seq: i64, state: ChangeState, verdict: &Verdict) -> Result<()> {
    let sql = "UPDATE outbox SET state = ?2, acked_version = ?3,
                                 was_acked = max(was_acked, ?3 IS NOT NULL), hlc = coalesce(?4, hlc), code = ?5, field = ?6,
                                 message = ?7, existing = ?8, superseded = ?9 WHERE seq = ?1";
    let superseded = (!verdict.superseded.is_empty()).then(|| verdict.superseded.join(" "));
    conn.prepare_cached(sql)?.execute((
        seq,
        state.name(),
        verdict.acked_version,
        verdict.hlc.map(Hlc::packed),
        &verdict.code,
        &verdict.field,
        &verdict.message,
        verdict.existing.map(Uuid::into_bytes),
        superseded,
    ))?;
    Ok(())
}

/// The server asked for the whole body of the row, or of `parent`.
pub(super) fn set_wanted(conn: &Connection, seq: i64, parent: Option<Uuid>) -> Result<()> {
    let sql = "UPDATE outbox SET wants_full = max(wants_full, ?2 IS NULL), wants_parent = coalesce(?2, wants_parent)
               WHERE seq = ?1";
    conn.prepare_cached(sql)?.execute((seq, parent.map(Uuid::into_bytes)))?;
    Ok(())
}

/// The server's own row shows the change.
pub(crate) fn set_seen(conn: &Connection, seq: i64) -> Result<()> {
    conn.prepare_cached("UPDATE outbox SET state = 'seen' WHERE seq = ?1")?.execute([seq])?;
    Ok(())
}

/// One more attempt of the same change.
pub(super) fn set_resent(conn: &Connection, seq: i64) -> Result<()> {
    let sql = "UPDATE outbox SET state = 'queued', attempt = attempt + 1, code = NULL, field = NULL, message = NULL,
                                 existing = NULL WHERE seq = ?1";
    conn.prepare_cached(sql)?.execute([seq])?;
    Ok(())
}

/// They are in a request now.
pub(super) fn set_sent(conn: &Connection, seqs: &[i64]) -> Result<()> {
    let mut statement =
        conn.prepare_cached("UPDATE outbox SET state = 'sent', was_sent = 1 WHERE seq = ?1 AND state = 'queued'")?;
    seqs.iter().try_for_each(|seq| statement.execute([seq]).map(|_| ()))?;
    Ok(())
}

/// What was sent has no answer.
pub(super) fn requeue_all_sent(conn: &Connection) -> Result<usize> {
    Ok(conn.prepare_cached("UPDATE outbox SET state = 'queued' WHERE state = 'sent'")?.execute([])?)
}

/// Takes a change out.
pub(super) fn remove(conn: &Connection, seq: i64) -> Result<()> {
    conn.prepare_cached("DELETE FROM outbox_dependency WHERE seq = ?1")?.execute([seq])?;
    conn.prepare_cached("DELETE FROM outbox WHERE seq = ?1")?.execute([seq])?;
    Ok(())
}

/// Takes out what the company's backups hold.
pub(super) fn remove_durable(conn: &Connection, through: i64) -> Result<usize> {
    let sql = "DELETE FROM outbox WHERE state = 'seen' AND acked_version <= ?1";
    Ok(conn.prepare_cached(sql)?.execute([through])?)
}

/// The unresolved create of a row.
pub(super) fn unresolved_create(conn: &Connection, id: Uuid) -> Result<Option<OpId>> {
    let sql = "SELECT op_id FROM outbox WHERE id = ?1 AND op = 'create' AND state NOT IN ('acked', 'seen')";
    let found = conn.prepare_cached(sql)?.query_row([id.as_bytes()], |row| blob(row, 0)).optional()?;
    Ok(found.map(OpId::from))
}

/// Unresolved changes of other rows whose payload names `id`. Deletes and moves are rare, so this may read every payload.
pub(super) fn unresolved_that_name(conn: &Connection, id: Uuid) -> Result<Vec<Entry>> {
    let condition = format!("id <> ?1 AND instr(CAST(payload AS TEXT), ?2) > 0 AND {UNRESOLVED}");
    select(conn, &condition, (id.as_bytes(), id.to_string()))
}

/// Accepted changes of which a concurrent edit overrode some fields.
pub(crate) fn overridden(conn: &Connection) -> Result<Vec<Entry>> {
    select(conn, "superseded IS NOT NULL AND state IN ('acked', 'seen')", [])
}

/// Forgets what was overridden of a change.
pub(super) fn clear_superseded(conn: &Connection, seq: i64) -> Result<()> {
    conn.prepare_cached("UPDATE outbox SET superseded = NULL WHERE seq = ?1")?.execute([seq])?;
    Ok(())
}

/// Every change that is kept.
pub(super) fn all(conn: &Connection) -> Result<Vec<Entry>> {
    select(conn, "TRUE", [])
}

/// `seq` waits for `on_op`.
pub(super) fn insert_dependency(conn: &Connection, seq: i64, on_op: OpId) -> Result<()> {
    conn.prepare_cached("INSERT OR IGNORE INTO outbox_dependency (seq, on_op) VALUES (?1, ?2)")?
        .execute((seq, on_op.uuid().as_bytes()))?;
    Ok(())
}

/// `seq` waits for nothing that it names.
pub(super) fn clear_dependencies(conn: &Connection, seq: i64) -> Result<()> {
    conn.prepare_cached("DELETE FROM outbox_dependency WHERE seq = ?1")?.execute([seq])?;
    Ok(())
}

/// Whoever waited for `old` waits for `new`, once where it waited for several that `new` replaces.
pub(super) fn inherit_dependants(conn: &Connection, old: OpId, new: OpId) -> Result<()> {
    conn.prepare_cached("UPDATE OR REPLACE outbox_dependency SET on_op = ?2 WHERE on_op = ?1")?
        .execute((old.uuid().as_bytes(), new.uuid().as_bytes()))?;
    Ok(())
}

/// Every (waiting, waited-for) pair among unresolved changes.
pub(super) fn dependencies(conn: &Connection) -> Result<Vec<(i64, OpId)>> {
    let mut statement = conn.prepare_cached("SELECT seq, on_op FROM outbox_dependency ORDER BY seq")?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, OpId::from(blob(row, 1)?))))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Unresolved changes that wait for `op_id`, or come after it on the same row, in order.
pub(super) fn dependants(conn: &Connection, of: &Entry) -> Result<Vec<Entry>> {
    let condition = format!(
        "{UNRESOLVED} AND seq <> ?1 AND ((id = ?2 AND seq > ?1) OR seq IN (SELECT seq FROM outbox_dependency WHERE on_op = ?3))"
    );
    select(conn, &condition, (of.seq, of.id.as_bytes(), of.op_id.uuid().as_bytes()))
}

/// Changes that the server applied at or below `snapshot` and whose rows have not come back.
pub(super) fn acked_through(conn: &Connection, snapshot: i64) -> Result<Vec<Entry>> {
    select(conn, "state = 'acked' AND acked_version <= ?1", [snapshot])
}

/// Whether the server applied any change whose row has not come back.
pub(crate) fn has_acked(conn: &Connection) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'acked')";
    Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Changes that a restored server may have forgotten.
pub(super) fn kept(conn: &Connection) -> Result<Vec<Entry>> {
    select(conn, "state IN ('sent', 'acked', 'seen')", [])
}

/// Versions of a history that is no more say nothing, and what was asked in it is asked no more.
pub(super) fn forget_base_versions(conn: &Connection) -> Result<()> {
    let sql = "UPDATE outbox SET base_version = NULL, wants_full = 0, wants_parent = NULL";
    conn.prepare_cached(sql)?.execute([])?;
    Ok(())
}

/// Gives a waiting change another clock, which is the server's.
pub(super) fn set_hlc(conn: &Connection, seq: i64, hlc: Hlc) -> Result<()> {
    let sql = "UPDATE outbox SET hlc = ?2, unstamped_boot = NULL, unstamped_monotonic_ms = NULL WHERE seq = ?1";
    conn.prepare_cached(sql)?.execute((seq, hlc.packed()))?;
    Ok(())
}

/// Gives a waiting change that was never sent another payload.
pub(super) fn set_payload(conn: &Connection, seq: i64, payload: &[u8]) -> Result<()> {
    conn.prepare_cached("UPDATE outbox SET payload = ?2 WHERE seq = ?1")?.execute((seq, payload))?;
    Ok(())
}
