//! Every message at its fullest and at its barest. Where the code gets a new field or variant, this does not compile
//! until a sample has it.

use std::iter;

use saha_domain::{
    Hlc, NaiveDate, OpId,
    wire::{
        BlobStatus, ChangeResult, DeviceInfo, ErrorBody, Figures, ImportProblem, ImportReport, Info, Limits,
        LoginRequest, Notice, Op, Outcome, PROTOCOL_VERSION, PulledItem, RefreshRequest, Rejection, RejectionCode,
        Role, Stub, SyncRequest, SyncResponse, TokenGrant, WireChange,
    },
};
use saha_server::{BadRequest, DeviceView, RequestError};
use serde::Serialize;
use serde_json::{Value, value::RawValue};
use uuid::Uuid;

type Sample = (&'static str, Value);

/// The name of a message's schema, and a message. The first one of a name is the fullest.
pub(crate) fn all() -> Vec<Sample> {
    let mut samples = sign_in();
    samples.extend(changes().into_iter().map(|change| sample("WireChange", &change)));
    samples.extend(requests());
    samples.extend([true, false].map(|is_full| sample("SyncResponse", &answer(is_full))));
    samples.extend(office());
    samples.extend(every_request_error().into_iter().map(|error| {
        let body = ErrorBody { code: error.code().to_owned(), message: text() };
        sample("ErrorBody", &body)
    }));
    samples
}

fn sample(schema: &'static str, message: &impl Serialize) -> Sample {
    (schema, serde_json::to_value(message).unwrap())
}

fn id<T: From<Uuid>>() -> T {
    Uuid::from_u128(0x0198_c0de_0000_7000_8000_0000_0000_0001).into()
}

fn text() -> String {
    "Ayşe".to_owned()
}

const MS: i64 = 1_795_467_890_123;

fn hlc() -> Hlc {
    Hlc::new(MS, 1)
}

fn raw() -> Box<RawValue> {
    RawValue::from_string(r#"{"a_field_of_a_newer_app": null}"#.to_owned()).unwrap()
}

fn sign_in() -> Vec<Sample> {
    let device = DeviceInfo { id: id(), name: text(), platform: "cli".to_owned() };
    let info = Info {
        server: "saha".to_owned(),
        versions: vec![PROTOCOL_VERSION],
        limits: Limits::default(),
        server_time_ms: MS,
    };
    let grant = |role, rep| TokenGrant {
        access_token: text(),
        expires_in_s: 900,
        refresh_token: text(),
        user: id(),
        role,
        rep,
        company: id(),
        series: "A".to_owned(),
        server_time_ms: MS,
    };
    vec![
        sample("Info", &info),
        sample("DeviceInfo", &device),
        sample("LoginRequest", &LoginRequest { login: text(), password: text(), device }),
        sample("RefreshRequest", &RefreshRequest { refresh_token: text() }),
        sample("TokenGrant", &grant(Role::Rep, Some(id()))),
        sample("TokenGrant", &grant(Role::Manager, None)),
        sample("TokenGrant", &grant(Role::Admin, None)),
    ]
}

fn changes() -> [WireChange; 3] {
    let full = WireChange {
        op_id: id(),
        seq: 1,
        attempt: 1,
        kind: "visit".to_owned(),
        id: id(),
        op: Op::Patch,
        base_version: Some(41),
        hlc: hlc(),
        payload: Some(raw()),
        replaces: Some(id()),
        full: Some(raw()),
        full_parent: Some(raw()),
        lacks_full: true,
    };
    let bare = WireChange {
        op: Op::Delete,
        base_version: None,
        payload: None,
        replaces: None,
        full: None,
        full_parent: None,
        lacks_full: false,
        ..full.clone()
    };
    let create = WireChange { op: Op::Create, payload: Some(raw()), ..bare.clone() };
    [full, bare, create]
}

fn requests() -> [Sample; 2] {
    let request = SyncRequest {
        schema: 1,
        request_id: id(),
        sent_at_ms: Some(MS),
        cursor: Some(text()),
        head: Some(text()),
        limit: 500,
        changes: changes().into(),
    };
    let mut bare = sample("SyncRequest", &SyncRequest { changes: Vec::new(), ..request.clone() });
    // Our own device writes null; another one may leave them out.
    bare.1.as_object_mut().unwrap().retain(|name, _| !["sent_at_ms", "cursor", "head"].contains(&name.as_str()));
    [sample("SyncRequest", &request), bare]
}

fn answer(is_full: bool) -> SyncResponse {
    let result = |outcome| ChangeResult { op_id: id(), replayed: is_full, outcome };
    SyncResponse {
        request_id: id(),
        history_changed: is_full,
        resync_required: is_full,
        results: every_outcome().into_iter().map(result).collect(),
        changes: every_item(),
        next_cursor: is_full.then(text),
        head: is_full.then(text),
        snapshot: 60,
        has_more: is_full,
        durable_through: 12,
        server_time_ms: MS,
        figures: is_full.then(|| Figures { seq: 60, as_of_ms: MS, hash: text() }),
        notice: is_full.then(|| Notice { code: Notice::DEVICE_REVOKED.to_owned(), message: text() }),
    }
}

fn every_outcome() -> Vec<Outcome> {
    let rejection =
        Rejection { code: RejectionCode::Invalid, field: Some(text()), message: text(), existing: Some(id()) };
    let bare = Rejection { field: None, existing: None, ..rejection.clone() };
    let next = |outcome: &Outcome| match outcome {
        Outcome::Applied { .. } => Some(Outcome::Rejected(rejection.clone())),
        Outcome::Rejected(_) => Some(Outcome::Blocked { by: id::<OpId>() }),
        Outcome::Blocked { .. } => Some(Outcome::Gone),
        Outcome::Gone => Some(Outcome::NeedFull { parent: Some(id()) }),
        Outcome::NeedFull { .. } => Some(Outcome::Conflict),
        Outcome::Conflict => Some(Outcome::Retry { reason: "busy".to_owned() }),
        Outcome::Retry { .. } => None,
    };
    let applied = |superseded| Outcome::Applied { version: 57, hlc: hlc(), superseded };
    let bare = [applied(vec![]), Outcome::Rejected(bare), Outcome::NeedFull { parent: None }];
    iter::successors(Some(applied(vec![text()])), next).chain(bare).collect()
}

fn every_item() -> Vec<PulledItem> {
    let none = || PulledItem {
        kind: None,
        id: None,
        version: None,
        hlc: None,
        body: None,
        deleted: false,
        entered: None,
        left: None,
        stub: None,
        aged: None,
    };
    vec![
        PulledItem::row("visit", id(), 57, hlc(), raw()),
        PulledItem::tombstone("visit", id(), 57, hlc()),
        PulledItem { entered: Some(id()), ..none() },
        PulledItem { left: Some(id()), ..none() },
        PulledItem { stub: Some(Stub { customer: id(), name: text() }), ..none() },
        PulledItem { aged: NaiveDate::from_ymd_opt(2025, 10, 24), ..none() },
    ]
}

fn office() -> Vec<Sample> {
    let device = |revoked_at_ms| DeviceView {
        id: id(),
        user: id(),
        name: text(),
        platform: "cli".to_owned(),
        series: "A".to_owned(),
        last_login_ms: MS,
        revoked_at_ms,
    };
    let problem = |column| ImportProblem { line: 2, column, code: "invalid".to_owned(), message: text() };
    let report =
        ImportReport { created: 1, updated: 2, unchanged: 3, problems: vec![problem(Some(text())), problem(None)] };
    vec![
        sample("DeviceView", &device(Some(MS))),
        sample("DeviceView", &device(None)),
        sample("BlobStatus", &BlobStatus { size_bytes: 2, received_bytes: 1 }),
        sample("ImportReport", &report),
    ]
}

/// Each refusal of a request as a whole.
pub(crate) fn every_request_error() -> Vec<RequestError> {
    let next = |error: &RequestError| match error {
        RequestError::Unauthenticated => Some(RequestError::WrongCredentials),
        RequestError::WrongCredentials => Some(RequestError::TooManyAttempts { retry_after_s: 1 }),
        RequestError::TooManyAttempts { .. } => Some(RequestError::DeviceRevoked),
        RequestError::DeviceRevoked => Some(RequestError::DeviceTaken),
        RequestError::DeviceTaken => Some(RequestError::Forbidden),
        RequestError::Forbidden => Some(RequestError::BadRequest(BadRequest::Body)),
        RequestError::BadRequest(_) => Some(RequestError::TooLarge),
        RequestError::TooLarge => Some(RequestError::TooManyChanges { max: 500 }),
        RequestError::TooManyChanges { .. } => Some(RequestError::StaleRequest),
        RequestError::StaleRequest => Some(RequestError::WrongOffset),
        RequestError::WrongOffset => Some(RequestError::WrongHash),
        RequestError::WrongHash => Some(RequestError::NotFound),
        RequestError::NotFound => Some(RequestError::Busy),
        RequestError::Busy => Some(RequestError::Internal),
        RequestError::Internal => None,
    };
    iter::successors(Some(RequestError::Unauthenticated), next).collect()
}

/// Each code by which this server rejects a change.
pub(crate) fn every_rejection_code() -> Vec<RejectionCode> {
    let next = |code: &RejectionCode| match code {
        RejectionCode::Invalid => Some(RejectionCode::Forbidden),
        RejectionCode::Forbidden => Some(RejectionCode::WrongState),
        RejectionCode::WrongState => Some(RejectionCode::DuplicateTaxNo),
        RejectionCode::DuplicateTaxNo => Some(RejectionCode::DuplicateId),
        RejectionCode::DuplicateId => Some(RejectionCode::PriceBelowFloor),
        RejectionCode::PriceBelowFloor => Some(RejectionCode::ParentMissing),
        RejectionCode::ParentMissing => Some(RejectionCode::ParentGone),
        RejectionCode::ParentGone => Some(RejectionCode::BaseMissing),
        RejectionCode::BaseMissing => Some(RejectionCode::NotYourCustomer),
        RejectionCode::NotYourCustomer => Some(RejectionCode::TooLarge),
        RejectionCode::TooLarge => Some(RejectionCode::Gone),
        RejectionCode::Gone => Some(RejectionCode::Conflict),
        RejectionCode::Conflict => Some(RejectionCode::ReplacedWasApplied),
        RejectionCode::ReplacedWasApplied | RejectionCode::Other(_) => None,
    };
    iter::successors(Some(RejectionCode::Invalid), next).collect()
}
