//! Rows that the server lost, because its data were restored from an older backup, back from the copies of devices.
//!
//! A copy counts as older than whatever anyone wrote: its fields get the lowest clock, and the changes that made it come
//! again from those who wrote them. What the office had edited lives on in the copy.

use saha_domain::{
    Hlc, Kind, OpId, merge,
    registry::Named,
    wire::{Outcome, RejectionCode, WireChange},
};
use serde_json::{Value, value::RawValue};
use uuid::Uuid;

use super::{
    clocks::{Clock, FieldClocks},
    judge::Judge,
    keys,
    merging::{self, Arrival},
    shown,
    verdict::Stop,
};
use crate::store::{Aggregate, ScopePair, StoreError};

impl Judge<'_> {
    /// The base of a patch that is not here: restored from the whole body, where the change brings one. Else its create was
    /// refused and waits at the rep's phone, or the device is asked for the body, or does not have it either.
    pub(super) fn missing_base(&self, change: &WireChange, kind: Kind) -> Result<Aggregate, Stop> {
        let waiting: Option<OpId> = self.ledger.tx.refused_create(kind, change.id, self.syncer.rep)?;
        if let Some(by) = waiting {
            return Err(Stop::Answer(Outcome::Blocked { by }));
        }
        match &change.full {
            Some(full) => {
                let body = self.whole_body(kind, change.id, full)?;
                self.check_parents(change, kind, &body)?;
                self.restore(kind, change.id, body)
            }
            None => Err(self.no_base(change)),
        }
    }

    /// Restores the parent which a change brings along, if the change names it and it is not here. It stays even where the
    /// change itself can't be applied yet: another parent may be missing, and only one body travels at a time.
    pub(super) fn take_parent(&self, change: &WireChange, kind: Kind, full: &RawValue) -> Result<(), Stop> {
        let sent = [change.payload.as_ref(), change.full.as_ref()];
        let bodies = sent.into_iter().flatten().map(|json| self.parsed(json)).collect::<Result<Vec<Value>, Stop>>()?;
        let id = shown::id_of(full);
        let mut named = bodies.iter().flat_map(|body| kind.spec().named_in(body));
        let Some(Named { kind: parent, id, .. }) = named.find(|named| Some(named.id) == id) else { return Ok(()) };
        if self.ledger.tx.record(parent, id)?.is_some() {
            return Ok(());
        }
        let body = self.whole_body(parent, id, full)?;
        self.restore(parent, id, body).map(|_| ())
    }

    /// A create whose row is here already: it came before, and its op id was forgotten since; or the row was restored from
    /// someone's copy before its maker's own change came again. Whatever else it is, it takes nothing that is another's.
    pub(super) fn meet(&self, change: &WireChange, row: &Aggregate, body: Value) -> Result<Outcome, Stop> {
        let hlc = self.not_ahead(change.hlc);
        if row.clocks.is_restored() {
            return self.meet_restored(change, row, body, hlc);
        }
        if self.sees(row)? && hlc <= row.clocks.creation() {
            return Ok(Outcome::Applied { version: row.version, hlc, superseded: Vec::new() });
        }
        Err(self.refuse(RejectionCode::DuplicateId, None))
    }

    /// The copy knows everything that the create says, or what came after it; what the copy lacks is filled in.
    fn meet_restored(&self, change: &WireChange, row: &Aggregate, mut body: Value, hlc: Hlc) -> Result<Outcome, Stop> {
        let kind = row.kind;
        let before = row.body.clone().ok_or(Stop::Answer(Outcome::Gone))?;
        merge::without_nulls(&mut body);
        if let Value::Object(fields) = &mut body {
            fields.retain(|field, _| before.get(field).is_none());
        }
        self.check_mergeable(kind, &body)?;
        self.check_parents(change, kind, &body)?;
        let (version, device) = (self.ledger.next_seq()?, self.syncer.device_no);
        let arrival = Arrival { base_version: None, hlc, device, version };
        let mut merged = merging::merge(row, before.clone(), body, kind.spec().children, arrival);
        merged.clocks.created(Clock::new(version, hlc, device));
        self.put_merged(row, &before, merged, version)?;
        if kind == Kind::Customer {
            self.assign_unless_seen(change.id, hlc)?;
        }
        Ok(Outcome::Applied { version, hlc, superseded: Vec::new() })
    }

    fn restore(&self, kind: Kind, id: Uuid, body: Value) -> Result<Aggregate, Stop> {
        let version = self.ledger.next_seq()?;
        let keys = keys::scope_keys(kind, id, &body);
        let clocks = FieldClocks::restored(version);
        let hlc = Hlc::LOWEST;
        let code = body.get("code").and_then(Value::as_str).map(str::to_owned);
        let row = Aggregate { kind, id, version, hlc, body: Some(body), clocks, keys };
        tracing::warn!(%kind, %id, "a lost row was restored from a device's copy");
        self.ledger.put(&row, None)?;
        if let Some(code) = code.filter(|_| kind == Kind::Customer)
            && self.ledger.tx.id_of_code(kind, &code)?.is_none()
        {
            // The next import of the company's file means this customer, and makes no second one.
            self.ledger.tx.put_code(kind, &code, id)?;
        }
        if kind == Kind::Customer {
            // His phone had the customer, so he was in his sight.
            self.assign_unless_seen(id, Hlc::new(self.ledger.now_ms, 0))?;
        }
        Ok(row)
    }

    fn assign_unless_seen(&self, customer: Uuid, hlc: Hlc) -> Result<(), StoreError> {
        let pair = ScopePair { rep: self.syncer.rep, customer: customer.into() };
        if self.ledger.tx.in_scope(pair)? { Ok(()) } else { self.assign_to_maker(customer, hlc) }
    }

    /// A body of a kind that reps make, by the rules of its kind. Whoever brings it may not be someone else than its doer.
    fn whole_body(&self, kind: Kind, id: Uuid, full: &RawValue) -> Result<Value, Stop> {
        if !kind.spec().rep.create {
            return Err(self.refuse(RejectionCode::Forbidden, None));
        }
        self.check_depth(full.get().as_bytes())?;
        let mut body: Value = self.parsed(full)?;
        merge::without_nulls(&mut body);
        self.check_body(kind, id, Some(&body), &body)?;
        self.check_rules(kind, Some(&body), &body)?;
        Ok(body)
    }

    fn parsed(&self, json: &RawValue) -> Result<Value, Stop> {
        serde_json::from_str(json.get()).map_err(|_| self.refuse(RejectionCode::Invalid, Some("payload")))
    }
}
