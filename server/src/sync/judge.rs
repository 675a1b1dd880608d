//! One change, judged: what it would do is computed and checked, and then written, or refused with a reason.

use saha_domain::{
    Assignment, FieldError, Hlc, Kind, RepId, merge,
    merge::Edit,
    registry::Refusal,
    wire::{Op, Outcome, Rejection, RejectionCode, WireChange},
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    Syncer,
    clocks::{Clock, FieldClocks},
    keys,
    ledger::Ledger,
    merging::{self, Arrival, Merged, Unmergeable},
    shown,
    verdict::{Stop, Unsettled},
};
use crate::{
    json_depth, json_size,
    store::{Aggregate, OpRow, OpState, ScopePair, Sight, StoreError},
};

/// Deeper payloads are nobody's record.
const MAX_DEPTH: usize = 32;

/// A larger body is nobody's record either: everyone who sees it would have to pull it, whole, after each change.
const MAX_BODY_BYTES: usize = 256 << 10;

/// Judges the changes of one rep.
pub(super) struct Judge<'a> {
    pub(super) ledger: &'a Ledger<'a>,
    pub(super) syncer: Syncer,
    pub(super) unsettled: &'a Unsettled,
}

impl<'a> Judge<'a> {
    pub(super) fn new(ledger: &'a Ledger<'a>, syncer: Syncer, unsettled: &'a Unsettled) -> Self {
        Self { ledger, syncer, unsettled }
    }

    /// Applies a change, or says why not. What was written by then is the caller's to roll back.
    pub(super) fn judge(&self, change: &WireChange, kind: Kind) -> Result<Outcome, Stop> {
        if self.syncer.revoked_at_ms.is_some_and(|revoked_at_ms| change.hlc.ms() > revoked_at_ms) {
            return Err(self.refuse(RejectionCode::Forbidden, None));
        }
        if let Some(by) = self.unsettled.of(&change.kind, change.id).filter(|by| change.replaces != Some(*by)) {
            return Err(Stop::Answer(Outcome::Blocked { by }));
        }
        self.close_replaced(change, kind)?;
        let edit = self.read(change)?;
        let row = self.ledger.tx.record(kind, change.id)?;
        match (edit, row) {
            (Edit::Create(_), Some(row)) if row.body.is_none() => Err(Stop::Answer(Outcome::Gone)),
            (Edit::Create(body), Some(row)) => self.meet(change, &row, body),
            (Edit::Create(body), None) => self.create(change, kind, body),
            (Edit::Patch(patch), Some(row)) => self.patch(change, &row, patch),
            (Edit::Patch(patch), None) => self.patch(change, &self.missing_base(change, kind)?, patch),
            (Edit::Delete, row) => self.delete(change, kind, row),
        }
    }

    fn read(&self, change: &WireChange) -> Result<Edit, Stop> {
        self.check_depth(change.payload_bytes())?;
        change.edit().map_err(|_| self.refuse(RejectionCode::Invalid, Some("payload")))
    }

    pub(super) fn check_depth(&self, json: &[u8]) -> Result<(), Stop> {
        json_depth::check(json, MAX_DEPTH).map_err(|_| self.refuse(RejectionCode::Invalid, Some("payload")))
    }

    /// The corrected change takes the place of the refused one for good, should it be applied itself.
    fn close_replaced(&self, change: &WireChange, kind: Kind) -> Result<(), Stop> {
        let Some(replaced) = change.replaces else { return Ok(()) };
        let known = self.ledger.tx.op(replaced)?;
        match known.as_ref().map(|op| (op.rep == self.syncer.rep, &op.state)) {
            // Another rep's; or it was corrected before, and two corrections of one change would have two effects.
            Some((false, _) | (true, OpState::Replaced)) => return Err(Stop::Answer(Outcome::Conflict)),
            Some((true, OpState::Judged(Outcome::Applied { .. }))) => {
                let existing = known.as_ref().map(|op| op.row);
                return Err(self.refuse_for(RejectionCode::ReplacedWasApplied, None, existing));
            }
            _ => {}
        }
        let hash = known.as_ref().and_then(|op| op.hash);
        self.ledger.tx.remember_op(&OpRow {
            op_id: replaced,
            hash,
            attempt: known.map_or(0, |op| op.attempt),
            rep: self.syncer.rep,
            kind,
            row: change.id,
            creates: false,
            state: OpState::Replaced,
            at_ms: self.ledger.now_ms,
        })?;
        Ok(())
    }

    fn create(&self, change: &WireChange, kind: Kind, mut body: Value) -> Result<Outcome, Stop> {
        if !kind.spec().rep.create {
            return Err(self.refuse(RejectionCode::Forbidden, None));
        }
        merge::without_nulls(&mut body);
        self.check_body(kind, change.id, None, &body)?;
        self.check_parents(change, kind, &body)?;
        self.check_rules(kind, None, &body)?;
        let version = self.ledger.next_seq()?;
        let hlc = self.not_ahead(change.hlc);
        let clocks = FieldClocks::all(Clock::new(version, hlc, self.syncer.device_no));
        let keys = keys::scope_keys(kind, change.id, &body);
        self.ledger.put(&Aggregate { kind, id: change.id, version, hlc, body: Some(body), clocks, keys }, None)?;
        if kind == Kind::Customer {
            self.assign_to_maker(change.id, hlc)?;
        }
        Ok(Outcome::Applied { version, hlc, superseded: Vec::new() })
    }

    pub(super) fn patch(&self, change: &WireChange, row: &Aggregate, patch: Value) -> Result<Outcome, Stop> {
        let (kind, spec) = (row.kind, row.kind.spec());
        self.check_in_sight(change, row)?;
        self.check_fields(kind, &patch)?;
        self.check_mergeable(kind, &patch)?;
        self.check_parents(change, kind, &patch)?;
        let before = row.body.clone().ok_or(Stop::Answer(Outcome::Gone))?;
        let version = self.ledger.next_seq()?;
        let hlc = self.not_ahead(change.hlc);
        let arrival = Arrival { base_version: change.base_version, hlc, device: self.syncer.device_no, version };
        let mut merged = merging::merge(row, before.clone(), patch, spec.children, arrival);
        let hlc = merged.hlc;
        // Totals are computed from what won: that the writer's own were overridden is nothing to tell him.
        let mut superseded = std::mem::take(&mut merged.superseded);
        superseded.retain(|field| !kind.is_derived(field));
        self.put_merged(row, &before, merged, version)?;
        Ok(Outcome::Applied { version, hlc, superseded })
    }

    /// Writes what came of a merge, where it breaks no rule.
    pub(super) fn put_merged(&self, row: &Aggregate, before: &Value, merged: Merged, version: i64) -> Result<(), Stop> {
        let (kind, id, mut body) = (row.kind, row.id, merged.body);
        kind.settle(&mut body).map_err(|error| self.refusal(error.into()))?;
        self.check_body(kind, id, Some(before), &body)?;
        self.check_rules(kind, Some(before), &body)?;
        let (keys, hlc) = (keys::scope_keys(kind, id, &body), row.hlc.max(merged.hlc));
        self.ledger
            .put(&Aggregate { kind, id, version, hlc, body: Some(body), clocks: merged.clocks, keys }, Some(row))?;
        Ok(())
    }

    /// A delete of a row that nobody knows leaves a tombstone, so that its create can't come after it.
    fn delete(&self, change: &WireChange, kind: Kind, row: Option<Aggregate>) -> Result<Outcome, Stop> {
        if !kind.spec().rep.delete {
            return Err(self.refuse(RejectionCode::Forbidden, None));
        }
        row.as_ref().map_or(Ok(()), |row| self.check_in_sight(change, row))?;
        if let Some(body) = row.as_ref().and_then(|row| row.body.as_ref()) {
            kind.check_rep(self.syncer.rep, Some(body), body).map_err(|refusal| self.refusal(refusal))?;
        }
        let version = self.ledger.next_seq()?;
        let hlc = row.as_ref().map_or(Hlc::LOWEST, |row| row.hlc).after(self.not_ahead(change.hlc));
        let clocks = FieldClocks::all(Clock::new(version, hlc, self.syncer.device_no));
        let mut keys = row.as_ref().map_or_else(|| keys::unheard_of(kind, self.syncer.rep), |row| row.keys.clone());
        (keys.tax_no, keys.file) = (None, None);
        let tombstone = Aggregate { kind, id: change.id, version, hlc, body: None, clocks, keys };
        self.ledger.put(&tombstone, row.as_ref())?;
        Ok(Outcome::Applied { version, hlc, superseded: Vec::new() })
    }

    /// Who finds a customer keeps him, until the office decides otherwise.
    pub(super) fn assign_to_maker(&self, customer: Uuid, hlc: Hlc) -> Result<(), StoreError> {
        let from = self.ledger.date_of(hlc.ms())?;
        let id = self.ledger.new_id()?.into();
        self.ledger.create(&Assignment { id, customer: customer.into(), rep: self.syncer.rep, from, to: None })
    }

    /// A clock ahead of the server's would win every contest to come.
    pub(super) fn not_ahead(&self, hlc: Hlc) -> Hlc {
        if hlc.ms() > self.ledger.now_ms { Hlc::new(self.ledger.now_ms, 0) } else { hlc }
    }

    pub(super) fn check_mergeable(&self, kind: Kind, patch: &Value) -> Result<(), Stop> {
        merging::check(patch, kind.spec().children).map_err(|unmergeable| match unmergeable {
            Unmergeable::TooMany => self.refuse(RejectionCode::TooLarge, None),
            Unmergeable::Name => self.refuse(RejectionCode::Invalid, Some("payload")),
        })
    }

    /// A field that this server does not know is a newer app's, and is kept: an app must not lose what it writes
    /// because it was upgraded first. Of a kind that a rep may not patch at all, no field is his.
    pub(super) fn check_fields(&self, kind: Kind, patch: &Value) -> Result<(), Stop> {
        let (may_patch, known) = (kind.spec().rep.patch, kind.fields());
        let is_forbidden =
            |field: &str| may_patch.is_empty() || (known.contains(&field) && !may_patch.contains(&field));
        let mut fields = patch.as_object().into_iter().flat_map(|fields| fields.keys());
        let forbidden = fields.find(|field| is_forbidden(field));
        forbidden.map_or(Ok(()), |field| Err(self.refuse(RejectionCode::Forbidden, Some(field))))
    }

    pub(super) fn check_body(&self, kind: Kind, id: Uuid, before: Option<&Value>, body: &Value) -> Result<(), Stop> {
        let named = body.get("id").and_then(Value::as_str).and_then(|text| Uuid::try_parse(text).ok());
        if named != Some(id) || id.is_nil() {
            return Err(self.refuse(RejectionCode::Invalid, Some("id")));
        }
        if json_size::exceeds(body, MAX_BODY_BYTES) {
            return Err(self.refuse(RejectionCode::TooLarge, None));
        }
        let invalid = |error: FieldError| self.refusal(error.into());
        kind.check(body).map_err(invalid)?;
        if !kind.has_known_rules(body).map_err(invalid)? {
            // Priced by a newer app. What can't be checked is not accepted, and not refused either: it waits, visibly.
            return Err(Stop::Answer(Outcome::Retry { reason: "needs_server".to_owned() }));
        }
        kind.check_rep(self.syncer.rep, before, body).map_err(|refusal| self.refusal(refusal))
    }

    /// A row that the rep may not see answers as if it were absent, unless it is a customer whom he knew: then he learns who
    /// has him now.
    fn check_in_sight(&self, change: &WireChange, row: &Aggregate) -> Result<(), Stop> {
        if self.sees(row)? {
            return Ok(());
        }
        let is_known = || Ok::<_, StoreError>(self.knows(row)? || shown::shows(change.full.as_deref(), row));
        if row.kind != Kind::Customer || !is_known()? {
            return Err(self.no_base(change));
        }
        let owner = self.ledger.tx.assignee(row.id.into(), self.ledger.today()?)?;
        Err(self.refuse_for(RejectionCode::NotYourCustomer, None, owner.map(RepId::uuid)))
    }

    /// There is nothing to patch: the device is asked for the whole body, and where it can't help, nothing does.
    pub(super) fn no_base(&self, change: &WireChange) -> Stop {
        if change.op == Op::Patch && change.full.is_none() && !change.lacks_full {
            return Stop::Answer(Outcome::NeedFull { parent: None });
        }
        self.refuse(RejectionCode::BaseMissing, None)
    }

    pub(super) fn sees(&self, row: &Aggregate) -> Result<bool, StoreError> {
        if row.keys.sight == Sight::Company || row.keys.rep == Some(self.syncer.rep) {
            return Ok(true);
        }
        match row.keys.customer {
            Some(customer) => self.ledger.tx.in_scope(ScopePair { rep: self.syncer.rep, customer }),
            None => Ok(false),
        }
    }

    /// Whether the rep sees the row, or it is a customer of whom he holds at least the name, or was told that he is there.
    pub(super) fn knows(&self, row: &Aggregate) -> Result<bool, StoreError> {
        if self.sees(row)? {
            return Ok(true);
        }
        let (Kind::Customer, Some(customer)) = (row.kind, row.keys.customer) else { return Ok(false) };
        let rep = self.syncer.rep;
        Ok(self.ledger.tx.was_in_scope(ScopePair { rep, customer })?
            || self.ledger.tx.has_own_beneath(rep, customer)?
            || self.ledger.tx.was_named_to(rep, customer.uuid())?)
    }

    pub(super) fn refuse(&self, code: RejectionCode, field: Option<&str>) -> Stop {
        self.refuse_for(code, field, None)
    }

    pub(super) fn refuse_for(&self, code: RejectionCode, field: Option<&str>, existing: Option<Uuid>) -> Stop {
        let message = code.text(self.syncer.lang).unwrap_or_default();
        Stop::Answer(Outcome::Rejected(Rejection { code, field: field.map(str::to_owned), message, existing }))
    }

    fn refusal(&self, refusal: Refusal) -> Stop {
        self.refuse(refusal.code, refusal.field.as_deref())
    }
}
