//! A sync: judge what the device says, then tell it what happened. Push and pull travel together, and the pull comes
//! second, so that a device hears its own accepted changes at once.

mod clocks;
mod cursor;
mod figures;
mod judge;
mod keys;
mod ledger;
mod merging;
mod parents;
mod pull;
mod push;
mod restoring;
mod rules;
mod scope;
mod shown;
#[cfg(test)]
mod tests;
mod verdict;

pub(crate) use clocks::FieldClocks;
pub(crate) use figures::keep_up as keep_figures_up;
pub(crate) use ledger::Ledger;
pub(crate) use scope::refresh as refresh_scope;

use saha_domain::{
    Company, Kind, RepId,
    catalog::Lang,
    registry,
    wire::{ChangeResult, Limits, Notice, SyncRequest, SyncResponse},
};

use crate::{
    error::{BadRequest, RequestError},
    host::Host,
    store::{Commit, Store, StoreError, View},
    texts,
};
use cursor::Cursor;

/// A request older than this is an echo: the device has moved on since.
const STALE_AFTER_MS: i64 = 10 * 60_000;
/// Without a backup, a commit counts as safe from restores after this long.
const DURABLE_AFTER_MS: i64 = 30 * DAY_MS;
/// Answers to changes are remembered for so long.
const OPS_REMEMBERED_MS: i64 = 400 * DAY_MS;
const DAY_MS: i64 = 24 * 3_600_000;

/// Who syncs. From the token, never from the body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Syncer {
    /// The rep.
    pub(crate) rep: RepId,
    /// His device's number in field clocks.
    pub(crate) device_no: u32,
    /// The language of what people read.
    pub(crate) lang: Lang,
    /// When his device was revoked: it hands in what was written before, and hears nothing else.
    pub(crate) revoked_at_ms: Option<i64>,
}

/// Answers one sync request.
pub(crate) fn sync(
    store: &dyn Store,
    host: &dyn Host,
    limits: &Limits,
    syncer: Syncer,
    request: &SyncRequest,
) -> Result<SyncResponse, RequestError> {
    let now_ms = host.now_ms();
    check_request(request, limits, now_ms)?;
    let before = store.view()?;
    let History::Known { cursor } = history_of(&*before, syncer.rep, request)? else {
        return Ok(history_changed(request, now_ms));
    };
    let was_away = was_away(&*before, request, now_ms)?;
    let zone = company(&*before)?.zone;
    let is_new_day = before.scope_date()? != Some(ledger::local_date(now_ms, &zone)?);
    drop(before);

    let results = if is_new_day || !request.changes.is_empty() {
        push::push(store, host, &zone, syncer, &request.changes)?
    } else {
        Vec::new()
    };

    if syncer.revoked_at_ms.is_some() {
        return Ok(handed_in(request, results, syncer.lang, host.now_ms()));
    }
    let view = store.view()?;
    let cursor = cursor.filter(|_| !was_away);
    let page = pull::page(&*view, syncer.rep, cursor, request.limit.clamp(1, limits.max_page.max(1)))?;
    let figures = figures::of_page(&*view, syncer.rep, &page, host.now_ms())?;
    Ok(SyncResponse {
        request_id: request.request_id,
        history_changed: false,
        resync_required: was_away,
        results,
        changes: page.items,
        next_cursor: Some(page.cursor.encode()),
        head: Some(cursor::encode_commit(page.snapshot)),
        snapshot: page.snapshot.seq,
        has_more: page.has_more,
        durable_through: view.last_seq_before(now_ms.saturating_sub(DURABLE_AFTER_MS))?,
        server_time_ms: host.now_ms(),
        figures,
        notice: None,
    })
}

fn check_request(request: &SyncRequest, limits: &Limits, now_ms: i64) -> Result<(), RequestError> {
    let max = usize::try_from(limits.max_changes).unwrap_or(usize::MAX);
    if request.changes.len() > max {
        return Err(RequestError::TooManyChanges { max: limits.max_changes });
    }
    match request.sent_at_ms {
        Some(sent_at_ms) if now_ms.saturating_sub(sent_at_ms) > STALE_AFTER_MS => Err(RequestError::StaleRequest),
        // Without it, an echo of any age would be taken. A device that does not know the server's time pulls first.
        None if !request.changes.is_empty() => Err(BadRequest::NoSentAt.into()),
        _ => Ok(()),
    }
}

/// What the past that a request names is to this server.
enum History {
    /// Its own.
    Known {
        /// Where the pull goes on; none for a first sync.
        cursor: Option<Cursor>,
    },
    /// Cursor or head name a commit that it never made, or can't be read: its data was restored, or the device comes
    /// from elsewhere.
    Changed,
}

fn history_of(view: &dyn View, rep: RepId, request: &SyncRequest) -> Result<History, StoreError> {
    let is_known = |commit: Commit| Ok::<_, StoreError>(view.commit_at(commit.seq)? == Some(commit));
    if let Some(head) = &request.head {
        match cursor::decode_commit(head) {
            Some(head) if is_known(head)? => {}
            _ => return Ok(History::Changed),
        }
    }
    let Some(text) = &request.cursor else { return Ok(History::Known { cursor: None }) };
    match Cursor::decode(text) {
        // Whoever became another rep pulls from the beginning what that one sees.
        Some(cursor) if is_known(cursor.at)? => {
            Ok(History::Known { cursor: Some(cursor).filter(|cursor| cursor.is_of(rep)) })
        }
        _ => Ok(History::Changed),
    }
}

/// Whether the device was last told of anything so long ago that answers to its changes may be forgotten: the first commit
/// of which it has not heard is that old. What it sends is judged all the same, and it pulls from the start.
fn was_away(view: &dyn View, request: &SyncRequest, now_ms: i64) -> Result<bool, StoreError> {
    let Some(head) = request.head.as_deref().and_then(cursor::decode_commit) else { return Ok(false) };
    let unheard_ms = view.commit_ms(head.seq.saturating_add(1))?;
    Ok(unheard_ms.is_some_and(|at_ms| now_ms.saturating_sub(at_ms) > OPS_REMEMBERED_MS))
}

fn history_changed(request: &SyncRequest, now_ms: i64) -> SyncResponse {
    SyncResponse {
        request_id: request.request_id,
        history_changed: true,
        resync_required: false,
        results: Vec::new(),
        changes: Vec::new(),
        next_cursor: None,
        head: None,
        snapshot: Commit::NONE.seq,
        has_more: false,
        durable_through: Commit::NONE.seq,
        server_time_ms: now_ms,
        figures: None,
        notice: None,
    }
}

/// What a revoked device gets: the answers to its changes, and not a row.
fn handed_in(request: &SyncRequest, results: Vec<ChangeResult>, lang: Lang, now_ms: i64) -> SyncResponse {
    SyncResponse {
        request_id: request.request_id,
        history_changed: false,
        resync_required: false,
        results,
        changes: Vec::new(),
        next_cursor: request.cursor.clone(),
        head: request.head.clone(),
        snapshot: Commit::NONE.seq,
        has_more: false,
        durable_through: Commit::NONE.seq,
        server_time_ms: now_ms,
        figures: None,
        notice: Some(Notice { code: Notice::DEVICE_REVOKED.to_owned(), message: texts::hand_in(lang) }),
    }
}

/// The company's own record.
pub(crate) fn company(view: &dyn View) -> Result<Company, StoreError> {
    let unreadable = || StoreError::Unreadable { what: "company" };
    let id = view.company()?.ok_or_else(unreadable)?;
    let row = view.record(Kind::Company, id.uuid())?.ok_or_else(unreadable)?;
    registry::read(&row.body.ok_or_else(unreadable)?).map_err(|_| unreadable())
}
