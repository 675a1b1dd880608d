//! A page of what happened, read from one snapshot: rows in the order of their versions, and between them, in the same
//! order, what came into the rep's sight and what left it.

use std::collections::HashSet;

use chrono::NaiveDate;
use saha_domain::{
    CustomerId, Kind, RepId,
    wire::{PulledItem, Stub},
};
use serde_json::value::RawValue;

use super::cursor::{Backfill, Cursor};
use crate::store::{
    Commit, ScopeEvent, ScopeEventKind, ScopeKeys, ScopePair, SentRow, Sight, StoreError, View, Walk, Walked,
};

/// A page is closed when its bodies are larger than this together.
const MAX_PAGE_BYTES: usize = 1 << 20;

/// A page of a pull.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) items: Vec<PulledItem>,
    pub(super) cursor: Cursor,
    pub(super) snapshot: Commit,
    pub(super) has_more: bool,
}

/// The page after `cursor`; the first one without.
pub(super) fn page(view: &dyn View, rep: RepId, cursor: Option<Cursor>, limit: u32) -> Result<Page, StoreError> {
    let snapshot = view.head()?;
    let horizon = view.horizon()?.ok_or(StoreError::Unreadable { what: "horizon" })?;
    let cursor = cursor.unwrap_or_else(|| Cursor::new(rep, Commit::NONE, snapshot.seq, None));
    let mut writer = PageWriter {
        view,
        rep,
        horizon,
        start: cursor.start,
        items: Vec::new(),
        room: limit,
        bytes: 0,
        stubbed: HashSet::new(),
    };
    let (seq, backfill) = writer.fill(cursor, snapshot.seq)?;
    let at = view.commit_at(seq)?.unwrap_or(snapshot);
    let has_more = backfill.is_some() || at.seq < snapshot.seq;
    Ok(Page { items: writer.items, cursor: Cursor::new(rep, at, cursor.start, backfill), snapshot, has_more })
}

struct PageWriter<'a> {
    view: &'a dyn View,
    rep: RepId,
    /// Other people's activities before this date are out of sight.
    horizon: NaiveDate,
    start: i64,
    items: Vec<PulledItem>,
    /// How many more items the device wants.
    room: u32,
    bytes: usize,
    /// Customers whose stub is on the page.
    stubbed: HashSet<CustomerId>,
}

/// What comes next in the company's sequence.
enum Next {
    Row(SentRow),
    Event(ScopeEvent),
}

impl Next {
    fn seq(&self) -> i64 {
        match self {
            Self::Row(row) => row.version,
            Self::Event(event) => event.seq,
        }
    }
}

impl PageWriter<'_> {
    /// Fills the page; the place up to which everything was sent, and the backfill that did not fit.
    fn fill(&mut self, cursor: Cursor, until: i64) -> Result<(i64, Option<Backfill>), StoreError> {
        let after = cursor.at.seq;
        if let Some(running) = cursor.backfill
            && let Some(rest) = self.go_on(running, after)?
        {
            return Ok((after, Some(rest)));
        }
        let (queue, complete) = self.queue(after, until)?;
        let mut done = after;
        for next in queue {
            if self.is_full() {
                return Ok((done, None));
            }
            done = next.seq();
            if let Some(rest) = self.send(next)? {
                return Ok((done, Some(rest)));
            }
        }
        Ok((complete, None))
    }

    /// Rows and events in order, as far as both are known, and how far that is.
    fn queue(&self, after: i64, until: i64) -> Result<(Vec<Next>, i64), StoreError> {
        let limit = self.room.saturating_add(1);
        let Walked { rows, cut } = self.view.walk(&self.walk(None, after, until, limit))?;
        let events = self.view.scope_log(self.rep, after.max(self.start), until, limit)?;
        let events_cut = u32::try_from(events.len()).is_ok_and(|len| len == limit);
        let rows_until = rows.last().map(|row| row.version).filter(|_| cut).unwrap_or(until);
        let events_until = events.last().map(|event| event.seq).filter(|_| events_cut).unwrap_or(until);
        let complete = rows_until.min(events_until);
        let mut queue: Vec<Next> = rows.into_iter().map(Next::Row).chain(events.into_iter().map(Next::Event)).collect();
        queue.sort_by_key(Next::seq);
        queue.retain(|next| next.seq() <= complete);
        Ok((queue, complete))
    }

    /// Sends a row or an event; a backfill that it began and that did not fit.
    fn send(&mut self, next: Next) -> Result<Option<Backfill>, StoreError> {
        match next {
            Next::Row(row) => self.send_row(row).map(|()| None),
            Next::Event(ScopeEvent { seq, what }) => match what {
                ScopeEventKind::Entered(customer) => self.send_entered(customer, seq),
                ScopeEventKind::Left(customer) => self.send_left(customer).map(|()| None),
                ScopeEventKind::Moved { kind, id } => self.send_moved(kind, id, seq).map(|()| None),
                ScopeEventKind::Aged(horizon) => {
                    self.push(PulledItem { aged: Some(horizon), ..PulledItem::default() });
                    Ok(None)
                }
            },
        }
    }

    fn send_row(&mut self, row: SentRow) -> Result<(), StoreError> {
        let stub_of = row.customer.filter(|_| row.rep == Some(self.rep) && row.body.is_some());
        let SentRow { kind, id, version, hlc, body, .. } = row;
        match body {
            Some(body) => {
                let body = RawValue::from_string(body).map_err(|_| StoreError::Unreadable { what: "body" })?;
                self.bytes += body.get().len();
                self.push(PulledItem::row(kind.name(), id, version, hlc, body));
            }
            None => self.push(PulledItem::tombstone(kind.name(), id, version, hlc)),
        }
        stub_of.map_or(Ok(()), |customer| self.send_stub(customer))
    }

    /// The customer came into sight: everything beneath him follows, whatever its version. What was changed since comes
    /// later on the way. Someone who has left again by now is passed over.
    fn send_entered(&mut self, customer: CustomerId, seq: i64) -> Result<Option<Backfill>, StoreError> {
        if !self.in_scope(customer)? {
            return Ok(None);
        }
        self.push(PulledItem { entered: Some(customer), ..PulledItem::default() });
        self.backfill(Backfill { customer, after: 0 }, seq)
    }

    /// Goes on with a backfill, unless its customer left meanwhile: that ends it, and should he have come back, then that
    /// begins another one at its place.
    fn go_on(&mut self, running: Backfill, until: i64) -> Result<Option<Backfill>, StoreError> {
        if self.in_scope(running.customer)? { self.backfill(running, until) } else { Ok(None) }
    }

    /// Sends what is beneath the customer, below `until`, as far as it fits; what is left to send.
    fn backfill(&mut self, running: Backfill, until: i64) -> Result<Option<Backfill>, StoreError> {
        let Backfill { customer, mut after } = running;
        let limit = self.room.saturating_add(1);
        let Walked { rows, cut } = self.view.walk(&self.walk(Some(customer), after, until, limit))?;
        for row in rows {
            if self.is_full() {
                return Ok(Some(Backfill { customer, after }));
            }
            after = row.version;
            self.send_row(row)?;
        }
        Ok(cut.then_some(Backfill { customer, after }))
    }

    fn send_left(&mut self, customer: CustomerId) -> Result<(), StoreError> {
        self.push(PulledItem { left: Some(customer), ..PulledItem::default() });
        if self.view.has_own_beneath(self.rep, customer)? { self.send_stub(customer) } else { Ok(()) }
    }

    /// A row that went out of sight is, for this rep, gone.
    fn send_moved(&mut self, kind: Kind, id: uuid::Uuid, seq: i64) -> Result<(), StoreError> {
        let Some(row) = self.view.record(kind, id)? else { return Ok(()) };
        if !self.sees(&row.keys)? {
            self.push(PulledItem::tombstone(kind.name(), id, seq, row.hlc));
        }
        Ok(())
    }

    /// What a walk sends, asked of a single row.
    fn sees(&self, keys: &ScopeKeys) -> Result<bool, StoreError> {
        if keys.sight == Sight::Company || keys.rep == Some(self.rep) {
            return Ok(true);
        }
        let is_recent = keys.on_date.is_none_or(|date| date >= self.horizon);
        match keys.customer.filter(|_| is_recent) {
            Some(customer) => self.in_scope(customer),
            None => Ok(false),
        }
    }

    /// The name of a customer out of sight whom the rep's own work names, once a page.
    fn send_stub(&mut self, customer: CustomerId) -> Result<(), StoreError> {
        if self.stubbed.contains(&customer) || self.in_scope(customer)? {
            return Ok(());
        }
        let body = self.view.record(Kind::Customer, customer.uuid())?.and_then(|row| row.body);
        if let Some(name) = body.as_ref().and_then(|body| body.get("name")?.as_str()) {
            self.stubbed.insert(customer);
            let stub = Stub { customer, name: name.to_owned() };
            // A stub takes no room of its own: it belongs to the item before it.
            self.items.push(PulledItem { stub: Some(stub), ..PulledItem::default() });
        }
        Ok(())
    }

    fn push(&mut self, item: PulledItem) {
        self.room = self.room.saturating_sub(1);
        self.items.push(item);
    }

    fn is_full(&self) -> bool {
        self.room == 0 || self.bytes >= MAX_PAGE_BYTES
    }

    fn in_scope(&self, customer: CustomerId) -> Result<bool, StoreError> {
        self.view.in_scope(ScopePair { rep: self.rep, customer })
    }

    fn walk(&self, beneath: Option<CustomerId>, after: i64, until: i64, limit: u32) -> Walk {
        let (rep, horizon) = (self.rep, self.horizon);
        // Whoever starts from nothing, or hears of a customer for the first time, has nothing to delete.
        let tombstones_after = if beneath.is_some() { i64::MAX } else { self.start };
        let max_bytes = MAX_PAGE_BYTES.saturating_sub(self.bytes);
        Walk { rep, horizon, after, until, beneath, tombstones_after, limit, max_bytes }
    }
}
