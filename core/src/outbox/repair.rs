//! Writing changes, and what a rep can do about a refused one: fix it, resend it, withdraw it.

use saha_domain::{
    Kind, OpId, SahaError,
    life::{ChangeState, Happening, Next},
    merge::{self, Edit},
    wire::Op,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    entry::{Entry, MAX_PAYLOAD_BYTES},
    store,
};
use crate::{
    count::signed,
    customers,
    error::{Error, Result},
    retained,
    store::{Pending, RowState, Tx, WriteTx},
};

/// Queues `edit` over `row`. The payload is serialised here, once and for all.
pub(crate) fn append(tx: &mut Tx<'_>, row: &mut RowState, edit: Edit) -> Result<()> {
    let new = tx.new_change();
    let (op, payload) = crate::store::serialised(&edit)?;
    check_size(&payload)?;
    let entry = Entry {
        seq: 0,
        op_id: new.op_id,
        kind: row.kind,
        id: row.id,
        op,
        state: ChangeState::Queued,
        attempt: 1,
        hlc: new.hlc,
        // The version of the last applied body, never that of an acknowledgement: an edit made on top of an unseen
        // answer did not see what others wrote meanwhile.
        base_version: row.base_version(),
        payload,
        replaces: None,
        captured_ms: new.captured_ms,
        unstamped: new.unstamped,
        was_sent: false,
        acked_version: None,
        was_acked: false,
        code: None,
        field: None,
        message: None,
        existing: None,
        superseded: Vec::new(),
        wants_full: false,
        wants_parent: None,
    };
    let seq = store::insert(tx.conn(), &entry)?;
    link(tx, row, seq, &edit)?;
    row.overlay.push(crate::store::queued(seq, new.op_id, edit));
    Ok(())
}

fn check_size(payload: &[u8]) -> Result<()> {
    if payload.len() > MAX_PAYLOAD_BYTES {
        let max_chars = signed(MAX_PAYLOAD_BYTES);
        return Err(SahaError::invalid("payload", saha_domain::Problem::TooLong { max_chars }).into());
    }
    Ok(())
}

/// Notes what the change waits for: the unresolved creates of the rows that it names, or, for a delete, the unresolved
/// changes that name its row. Earlier changes of the same row need no note.
fn link(tx: &Tx<'_>, row: &RowState, seq: i64, edit: &Edit) -> Result<()> {
    let conn = tx.conn();
    match edit {
        Edit::Create(payload) | Edit::Patch(payload) => {
            // What no rep can make is never waited for.
            let made_here = |named: &(Kind, Uuid)| named.0.spec().rep.create;
            for (_, named) in row.kind.spec().named_by(payload).into_iter().filter(made_here) {
                if let Some(on_op) = store::unresolved_create(conn, named)? {
                    store::insert_dependency(conn, seq, on_op)?;
                }
            }
        }
        Edit::Delete => {
            for waited_for in store::unresolved_that_name(conn, row.id)? {
                store::insert_dependency(conn, seq, waited_for.op_id)?;
            }
        }
    }
    Ok(())
}

/// Corrects the refused change at `seq` by `patch`, which is the difference to what the rep sees: a new op id takes its
/// place in outbox and overlay, its clock and its dependants.
///
/// Patches of the row that wait behind it are folded in, with their dependants: laid over the fix they would hide it, and
/// the fix alone is what the rep means now.
pub(crate) fn fix(tx: &mut Tx<'_>, row: &mut RowState, seq: i64, patch: Value) -> Result<()> {
    let missing = || Error::internal("the change to fix does not lie over its row");
    let place = row.overlay.iter().position(|pending| pending.seq == seq).ok_or_else(missing)?;
    let Some(behind) = take_behind(row, place) else { return append(tx, row, Edit::Patch(patch)) };
    let new = tx.new_change();
    let pending = row.overlay.get_mut(place).ok_or_else(missing)?;
    let Next::State(state) = pending.state.next(Happening::Fixed) else { return Err(missing()) };
    behind.iter().try_for_each(|(_, later)| lay_over(&mut pending.edit, later))?;
    lay_over(&mut pending.edit, &patch)?;
    let (_, payload) = crate::store::serialised(&pending.edit)?;
    check_size(&payload)?;
    let old = std::mem::replace(&mut pending.op_id, new.op_id.uuid());
    pending.state = state;
    let edit = pending.edit.clone();
    for (folded, _) in &behind {
        store::remove(tx.conn(), folded.seq)?;
        store::inherit_dependants(tx.conn(), folded.op_id.into(), new.op_id)?;
    }
    store::replace(tx.conn(), seq, new.op_id, &payload)?;
    store::inherit_dependants(tx.conn(), old.into(), new.op_id)?;
    store::clear_dependencies(tx.conn(), seq)?;
    link(tx, row, seq, &edit)
}

/// Takes what lies behind the change at `place` off the overlay: the patches that the server does not have. None, and
/// nothing taken, where something else lies there too.
fn take_behind(row: &mut RowState, place: usize) -> Option<Vec<(Folded, Value)>> {
    let foldable = |pending: &Pending| match (&pending.edit, pending.state) {
        (Edit::Patch(patch), ChangeState::Queued | ChangeState::Rejected) => {
            Some((Folded { seq: pending.seq, op_id: pending.op_id }, patch.clone()))
        }
        _ => None,
    };
    let behind = row.overlay.iter().skip(place + 1).map(foldable).collect::<Option<Vec<_>>>()?;
    row.overlay.truncate(place + 1);
    Some(behind)
}

/// A change that became part of a fix.
struct Folded {
    seq: i64,
    op_id: Uuid,
}

fn lay_over(edit: &mut Edit, patch: &Value) -> Result<()> {
    match edit {
        Edit::Create(body) => {
            merge::lay_over(body, patch);
            merge::without_nulls(body);
        }
        Edit::Patch(older) => merge::lay_over(older, patch),
        Edit::Delete => return Err(Error::internal("a deletion can't be fixed")),
    }
    Ok(())
}

/// Sends a refused change again as it is: the office has removed the obstacle.
pub(crate) fn resend(tx: &mut WriteTx<'_>, op_id: OpId) -> Result<()> {
    let entry = refused(tx, op_id, "resend")?;
    tx.inner().change_row(entry.kind, entry.id, |tx, row| {
        store::set_resent(tx.conn(), entry.seq)?;
        tx.touch_outbox();
        row.overlay.iter_mut().filter(|p| p.seq == entry.seq).for_each(|p| p.state = ChangeState::Queued);
        Ok(())
    })
}

/// Takes a refused change back. What hangs on a withdrawn create (a visit at a refused prospect) goes with it only when
/// `with_dependants` says so; else nothing happens, and the error tells how many there are.
pub(crate) fn withdraw(tx: &mut WriteTx<'_>, op_id: OpId, with_dependants: bool) -> Result<()> {
    let entry = refused(tx, op_id, "withdraw")?;
    let mut doomed = vec![entry];
    let mut next = 0;
    // Later edits of a row whose edit is withdrawn stand on their own; only a create carries others.
    while let Some(parent) = doomed.get(next).cloned() {
        if parent.op == Op::Create {
            let dependants = store::dependants(tx.conn(), &parent)?;
            doomed.extend(
                dependants.into_iter().filter(|d| !doomed.iter().any(|there| there.seq == d.seq)).collect::<Vec<_>>(),
            );
        }
        next += 1;
    }
    let count = signed(doomed.len() - 1);
    if count > 0 && !with_dependants {
        return Err(SahaError::UnsentWork { count }.into());
    }
    doomed.iter().rev().try_for_each(|entry| take_out(tx, entry))?;
    tx.inner().release_retained()
}

fn take_out(tx: &mut WriteTx<'_>, entry: &Entry) -> Result<()> {
    tx.inner().change_row(entry.kind, entry.id, |tx, row| {
        store::remove(tx.conn(), entry.seq)?;
        tx.touch_outbox();
        row.overlay.retain(|pending| pending.seq != entry.seq);
        Ok(())
    })
}

/// Ends a refused new record in favour of the one that stands in its way: a prospect whom the company knows already. What
/// hangs on the refused one moves over, which is a fix of each such change; edits of the refused record itself go with it.
pub(crate) fn use_existing(tx: &mut WriteTx<'_>, op_id: OpId) -> Result<()> {
    let refused = refused(tx, op_id, "use_existing")?;
    let (Op::Create, Some(existing)) = (refused.op, refused.existing) else {
        let state = refused.code.unwrap_or_default();
        let (kind, wanted) = ("change".to_owned(), "use_existing".to_owned());
        return Err(SahaError::WrongState { kind, id: op_id.to_string(), state, wanted }.into());
    };
    for entry in store::unresolved_that_name(tx.conn(), refused.id)? {
        move_over(tx, &entry, &refused, existing)?;
    }
    keep_name(tx, &refused, existing)?;
    let own = store::dependants(tx.conn(), &refused)?.into_iter().filter(|entry| entry.id == refused.id);
    own.chain([refused.clone()]).collect::<Vec<_>>().iter().rev().try_for_each(|entry| take_out(tx, entry))?;
    tx.inner().release_retained()
}

/// A customer of whom the phone has nothing is shown by the name that the rep gave him, until the server tells his own. What
/// the rep wrote of him is retained: a server that was restored may have forgotten that it ever named him.
fn keep_name(tx: &mut WriteTx<'_>, refused: &Entry, existing: Uuid) -> Result<()> {
    if refused.kind != Kind::Customer || customers::store::is_known(tx.conn(), existing.into())? {
        return Ok(());
    }
    match Edit::parse(refused.op, &refused.payload)? {
        Edit::Create(mut body) => {
            merge::merge_patch(&mut body, &json!({ "id": existing }));
            retained::put(tx.conn(), Kind::Customer, existing, &body)?;
            match body.get("name").and_then(Value::as_str) {
                Some(name) => customers::store::put_stub(tx.conn(), existing.into(), name),
                None => Ok(()),
            }
        }
        Edit::Patch(_) | Edit::Delete => Ok(()),
    }
}

/// Lets a change name `existing` where it named the refused record.
fn move_over(tx: &mut WriteTx<'_>, entry: &Entry, refused: &Entry, existing: Uuid) -> Result<()> {
    let frozen = match refused.kind {
        Kind::Customer => customers::store::frozen(tx.conn(), existing.into())?,
        _ => None,
    };
    tx.inner().change_row(entry.kind, entry.id, |tx, row| {
        let missing = || Error::internal("a change that moves does not lie over its row");
        let pending = row.overlay.iter_mut().find(|pending| pending.seq == entry.seq).ok_or_else(missing)?;
        let (Edit::Create(payload) | Edit::Patch(payload)) = &mut pending.edit else { return Ok(()) };
        if !entry.kind.spec().rename(payload, refused.kind, refused.id, existing) {
            return Ok(());
        }
        if let (Some(frozen), Op::Create) = (&frozen, entry.op) {
            frozen.write_into(payload)?;
        }
        let (_, bytes) = crate::store::serialised(&pending.edit)?;
        check_size(&bytes)?;
        let new = tx.new_change();
        pending.op_id = new.op_id.uuid();
        pending.state = ChangeState::Queued;
        let edit = pending.edit.clone();
        store::replace(tx.conn(), entry.seq, new.op_id, &bytes)?;
        store::inherit_dependants(tx.conn(), entry.op_id, new.op_id)?;
        store::clear_dependencies(tx.conn(), entry.seq)?;
        link(tx, row, entry.seq, &edit)
    })
}

/// The rep has seen what overrode his change.
pub(crate) fn dismiss(tx: &mut WriteTx<'_>, op_id: OpId) -> Result<()> {
    let entry = store::entry(tx.conn(), op_id)?;
    store::clear_superseded(tx.conn(), entry.seq)?;
    tx.inner().touch_outbox();
    Ok(())
}

fn refused(tx: &WriteTx<'_>, op_id: OpId, wanted: &str) -> Result<Entry> {
    let entry = store::entry(tx.conn(), op_id)?;
    if entry.state == ChangeState::Rejected {
        return Ok(entry);
    }
    Err(SahaError::WrongState {
        kind: "change".to_owned(),
        id: op_id.to_string(),
        state: entry.state.name().to_owned(),
        wanted: wanted.to_owned(),
    }
    .into())
}
