//! The one way in which a record is written, by a rep or by the office: it takes the next place of the company's
//! sequence, and what follows from it for people's sight is written with it.

use chrono::NaiveDate;
use saha_domain::{Assignment, Customer, CustomerId, Hlc, Kind, Record, Stamp, registry};
use serde_json::Value;
use uuid::Uuid;

use super::{
    clocks::{Clock, FieldClocks, OFFICE},
    figures,
    keys::scope_keys,
    merging::{self, Arrival},
};
use crate::{
    host::{self, Host},
    store::{Aggregate, AssignmentRow, Moved, ScopeKeys, ScopePair, StoreError, Tx},
};

/// A write transaction, and the moment at which it happens.
pub(crate) struct Ledger<'a> {
    /// The transaction.
    pub(crate) tx: &'a dyn Tx,
    host: &'a dyn Host,
    /// The server's clock, milliseconds since 1970 UTC.
    pub(crate) now_ms: i64,
    zone: String,
}

impl<'a> Ledger<'a> {
    /// Opens the ledger of a company whose day is counted in `zone`.
    pub(crate) fn new(tx: &'a dyn Tx, host: &'a dyn Host, zone: &str) -> Self {
        Self { tx, host, now_ms: host.now_ms(), zone: zone.to_owned() }
    }

    /// The company's own date of a moment.
    pub(crate) fn date_of(&self, utc_ms: i64) -> Result<NaiveDate, StoreError> {
        local_date(utc_ms, &self.zone)
    }

    /// The company's own date now.
    pub(crate) fn today(&self) -> Result<NaiveDate, StoreError> {
        self.date_of(self.now_ms)
    }

    /// Takes the next place of the company's sequence.
    pub(crate) fn next_seq(&self) -> Result<i64, StoreError> {
        let id = host::random(self.host).map_err(|_| StoreError::NoRandomness)?;
        self.tx.next_seq(i64::from_le_bytes(id), self.now_ms)
    }

    /// A new id for a record that the server makes itself.
    pub(crate) fn new_id(&self) -> Result<Uuid, StoreError> {
        host::new_id(self.host).map_err(|_| StoreError::NoRandomness)
    }

    /// Writes a row whose version was taken from [`Ledger::next_seq`] in place of what it was before, and what follows from it
    /// for sight and figures.
    pub(crate) fn put(&self, row: &Aggregate, before: Option<&Aggregate>) -> Result<(), StoreError> {
        self.tx.put_record(row)?;
        figures::count(self.tx, row, before)?;
        before.map_or(Ok(()), |before| self.log_move(row, &before.keys))?;
        if row.kind == Kind::Assignment { self.put_assignment(row) } else { Ok(()) }
    }

    /// Creates a record of the company's own: from an import, or as a consequence of a rep's change.
    pub(crate) fn create<R: Record>(&self, record: &R) -> Result<(), StoreError> {
        let mut body = registry::body(record).map_err(|_| StoreError::Unreadable { what: "new record" })?;
        saha_domain::merge::without_nulls(&mut body);
        let version = self.next_seq()?;
        let hlc = Hlc::new(self.now_ms, 0);
        let keys = scope_keys(R::KIND, record.uuid(), &body);
        let clocks = FieldClocks::all(Clock::new(version, hlc, OFFICE));
        self.put(&Aggregate { kind: R::KIND, id: record.uuid(), version, hlc, body: Some(body), clocks, keys }, None)
    }

    /// Writes the company's own change of a row: it knew the row as it is, and overrides what it names.
    pub(crate) fn update(&self, row: &Aggregate, body: Value, patch: Value) -> Result<(), StoreError> {
        let version = self.next_seq()?;
        let arrival =
            Arrival { base_version: Some(row.version), hlc: Hlc::new(self.now_ms, 0), device: OFFICE, version };
        let merged = merging::merge(row, body, patch, row.kind.spec().children, arrival);
        let keys = scope_keys(row.kind, row.id, &merged.body);
        let (kind, id, hlc) = (row.kind, row.id, row.hlc.max(merged.hlc));
        let body = Some(merged.body);
        self.put(&Aggregate { kind, id, version, hlc, body, clocks: merged.clocks, keys }, Some(row))
    }

    /// Another live customer with the same tax number.
    pub(crate) fn same_tax_no(&self, customer: &Customer) -> Result<Option<CustomerId>, StoreError> {
        let Some(tax_no) = &customer.tax_no else { return Ok(None) };
        Ok(self.tx.customer_with_tax_no(tax_no)?.filter(|other| *other != customer.id))
    }

    /// A row that goes to another customer, another rep or an earlier date may leave the sight of those who have it.
    fn log_move(&self, row: &Aggregate, was: &ScopeKeys) -> Result<(), StoreError> {
        let is_earlier = row.keys.on_date.is_some_and(|date| was.on_date.is_none_or(|was| date < was));
        let Aggregate { kind, id, version: seq, .. } = *row;
        let customer = was.customer.filter(|_| is_earlier || row.keys.customer != was.customer);
        let rep = was.rep.filter(|_| row.keys.rep != was.rep);
        self.tx.log_move(&Moved { kind, id, customer, rep, seq })
    }

    fn put_assignment(&self, row: &Aggregate) -> Result<(), StoreError> {
        let unreadable = || StoreError::Unreadable { what: "assignment" };
        let before = self.tx.remove_assignment(row.id.into())?;
        let mut pairs = Vec::from_iter(before);
        if let Some(body) = &row.body {
            let assignment: Assignment = registry::read(body).map_err(|_| unreadable())?;
            let pair = ScopePair { rep: assignment.rep, customer: assignment.customer };
            let Assignment { id, from, to, .. } = assignment;
            self.tx.put_assignment(&AssignmentRow { id, pair, from, to })?;
            if before != Some(pair) {
                pairs.push(pair);
            }
        }
        pairs.into_iter().try_for_each(|pair| self.settle(pair))
    }

    /// Makes the rep's sight of the customer what the assignments say for today.
    pub(super) fn settle(&self, pair: ScopePair) -> Result<(), StoreError> {
        let assigned = self.tx.is_assigned(pair, self.today()?)?;
        match (self.tx.in_scope(pair)?, assigned) {
            (false, true) => self.tx.enter_scope(pair, self.next_seq()?),
            (true, false) => self.tx.leave_scope(pair, self.next_seq()?),
            _ => Ok(()),
        }
    }
}

/// The date on the wall of `zone` at a moment.
pub(super) fn local_date(utc_ms: i64, zone: &str) -> Result<NaiveDate, StoreError> {
    Stamp::place(utc_ms, zone).map(|(_, date)| date).map_err(|_| StoreError::Unreadable { what: "time zone" })
}
