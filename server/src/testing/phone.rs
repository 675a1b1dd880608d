use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use saha_domain::{
    CustomerId, Hlc, Kind, ProductId, RepId,
    facts::Fingerprint,
    registry::Scope,
    wire::{ChangeResult, Op, Outcome, Pulled, PulledItem, RejectionCode, SyncRequest, SyncResponse, WireChange},
};
use serde_json::{Value, value::RawValue};
use uuid::Uuid;

use super::{NOW_MS, TestHost, World, id};
use crate::{Caller, Host as _, RequestError};

/// The id of a row, typed or not.
pub(crate) trait RowId {
    fn row_id(self) -> Uuid;
}

impl RowId for Uuid {
    fn row_id(self) -> Uuid {
        self
    }
}

impl RowId for CustomerId {
    fn row_id(self) -> Uuid {
        self.uuid()
    }
}

impl RowId for ProductId {
    fn row_id(self) -> Uuid {
        self.uuid()
    }
}

/// A phone as the protocol sees it: what it holds, and where it goes on.
pub(crate) struct Phone {
    pub(crate) caller: Caller,
    pub(crate) cursor: Option<String>,
    pub(crate) head: Option<String>,
    /// Bodies by kind and id, with their versions.
    pub(crate) rows: BTreeMap<(String, Uuid), (i64, Value)>,
    pub(crate) stubs: BTreeMap<CustomerId, String>,
    /// It knows the server's time.
    host: Arc<TestHost>,
    device: u128,
    changes: u128,
}

impl Phone {
    pub(crate) fn new(caller: Caller, device: u128, host: Arc<TestHost>) -> Self {
        let (rows, stubs) = (BTreeMap::new(), BTreeMap::new());
        Self { caller, cursor: None, head: None, rows, stubs, host, device, changes: 0 }
    }

    pub(crate) fn rep(&self) -> RepId {
        self.caller.rep.unwrap()
    }

    /// A change of the phone's own, with the clock of its place in the outbox.
    pub(crate) fn change(&mut self, op: Op, kind: &str, row: Uuid, payload: Option<Value>) -> WireChange {
        self.changes += 1;
        WireChange {
            op_id: id(0x00aa_0000 + self.device * 0x1000 + self.changes).into(),
            seq: i64::try_from(self.changes).unwrap(),
            attempt: 1,
            kind: kind.into(),
            id: row,
            op,
            base_version: self.rows.get(&(kind.to_owned(), row)).map(|(version, _)| *version),
            hlc: Hlc::new(NOW_MS - 60_000, u16::try_from(self.changes).unwrap()),
            payload: payload.map(|payload| raw(&payload)),
            replaces: None,
            full: None,
            full_parent: None,
            lacks_full: false,
        }
    }

    pub(crate) fn create(&mut self, kind: &str, row: Uuid, body: Value) -> WireChange {
        self.change(Op::Create, kind, row, Some(body))
    }

    pub(crate) fn patch(&mut self, kind: &str, row: impl RowId, fields: Value) -> WireChange {
        self.change(Op::Patch, kind, row.row_id(), Some(fields))
    }

    pub(crate) fn delete(&mut self, kind: &str, row: Uuid) -> WireChange {
        self.change(Op::Delete, kind, row, None)
    }

    pub(crate) fn request(&self, changes: Vec<WireChange>, limit: u32) -> SyncRequest {
        SyncRequest {
            schema: 1,
            request_id: id(0x00bb_0000 + self.changes),
            sent_at_ms: Some(self.host.now_ms()),
            cursor: self.cursor.clone(),
            head: self.head.clone(),
            limit,
            changes,
        }
    }

    /// One round trip, applied to what the phone holds.
    pub(crate) fn sync(&mut self, world: &World, changes: Vec<WireChange>) -> SyncResponse {
        self.page(world, changes, 500)
    }

    pub(crate) fn page(&mut self, world: &World, changes: Vec<WireChange>, limit: u32) -> SyncResponse {
        let response = world.server.sync(&self.caller, &self.request(changes, limit)).unwrap();
        if response.resync_required {
            self.rows.clear();
            self.stubs.clear();
        }
        if response.history_changed {
            self.cursor = None;
            self.head = None;
            return response;
        }
        self.cursor.clone_from(&response.next_cursor);
        self.head.clone_from(&response.head);
        response.changes.iter().for_each(|item| self.apply(item));
        response
    }

    pub(crate) fn refused(&self, world: &World, changes: Vec<WireChange>) -> RequestError {
        world.server.sync(&self.caller, &self.request(changes, 500)).unwrap_err()
    }

    pub(crate) fn push(&mut self, world: &World, changes: &[WireChange]) -> Vec<ChangeResult> {
        self.sync(world, changes.to_vec()).results
    }

    pub(crate) fn push_one(&mut self, world: &World, change: &WireChange) -> ChangeResult {
        let mut results = self.push(world, std::slice::from_ref(change));
        assert_eq!(results.len(), 1);
        results.remove(0)
    }

    /// Pulls pages of `limit` to the end and returns every message.
    pub(crate) fn pull(&mut self, world: &World, limit: u32) -> Vec<PulledItem> {
        let mut items = Vec::new();
        loop {
            let page = self.page(world, vec![], limit);
            assert!(!page.history_changed);
            items.extend(page.changes);
            if !page.has_more {
                return items;
            }
        }
    }

    pub(crate) fn body(&self, kind: &str, row: impl RowId) -> Option<&Value> {
        self.rows.get(&(kind.to_owned(), row.row_id())).map(|(_, body)| body)
    }

    /// Of the figures that the rep's own rows give.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        let mut fingerprint = Fingerprint::default();
        for ((kind, _), (_, body)) in &self.rows {
            fingerprint.add_all(kind.parse::<Kind>().unwrap().facts(body).of(self.rep()));
        }
        fingerprint
    }

    pub(crate) fn ids(&self, kind: &str) -> BTreeSet<Uuid> {
        self.rows.keys().filter(|(name, _)| name == kind).map(|(_, id)| *id).collect()
    }

    fn apply(&mut self, item: &PulledItem) {
        match item.read() {
            Pulled::Row { kind, id, version, body, .. } => {
                let body = serde_json::from_str(body.get()).unwrap();
                self.rows.insert((kind.to_owned(), id), (version, body));
            }
            Pulled::Tombstone { kind, id, .. } => {
                self.rows.remove(&(kind.to_owned(), id));
            }
            Pulled::Left(customer) => {
                let (gone, rep) = (customer.to_string(), self.rep().to_string());
                self.rows.retain(|(kind, id), (_, body)| {
                    let is_own = kind != "assignment" && body.get("rep").is_some_and(|named| *named == *rep);
                    let is_beneath = body.get("customer").is_some_and(|named| *named == *gone);
                    !(kind == "customer" && *id == customer.uuid()) && (is_own || !is_beneath)
                });
            }
            Pulled::Stub(stub) => {
                self.stubs.insert(stub.customer, stub.name.clone());
            }
            Pulled::Aged(horizon) => {
                let (horizon, rep) = (horizon.to_string(), self.rep().to_string());
                self.rows.retain(|(kind, _), (_, body)| {
                    let date = dated_at(kind).and_then(|path| body.pointer(path)?.as_str());
                    body.get("rep").is_some_and(|named| *named == *rep) || date.is_none_or(|date| date >= &*horizon)
                });
            }
            Pulled::Entered(_) | Pulled::Unknown => {}
        }
    }
}

/// Where the body of a kind holds the date by which it grows too old.
pub(crate) fn dated_at(kind: &str) -> Option<&'static str> {
    match kind.parse::<Kind>().ok()?.spec().scope {
        Scope::BeneathCustomer { date, .. } => date,
        _ => None,
    }
}

pub(crate) fn raw(value: &Value) -> Box<RawValue> {
    RawValue::from_string(value.to_string()).unwrap()
}

/// The version of an applied change.
pub(crate) fn version(result: &ChangeResult) -> i64 {
    match &result.outcome {
        Outcome::Applied { version, .. } => *version,
        other => panic!("not applied: {other:?}"),
    }
}

/// Code and field of a rejection.
pub(crate) fn rejection(result: &ChangeResult) -> (RejectionCode, Option<String>) {
    match &result.outcome {
        Outcome::Rejected(rejection) => (rejection.code.clone(), rejection.field.clone()),
        other => panic!("not rejected: {other:?}"),
    }
}
