use saha_domain::{
    Call, Hlc, Kind, Record as _,
    wire::{ChangeResult, Figures, Outcome, PulledItem, RejectionCode, SyncResponse},
};
use serde_json::{json, value::RawValue};
use uuid::Uuid;

use super::*;
use crate::{
    clock::tests::MONDAY_10,
    sync::{exchange, sight},
    testing::{CUSTOMER, Phone, REP, answer, customer, id, rejected, tombstone},
};

/// What a company says that has these calls of the rep's, and no other work of his.
fn of(calls: &[&Call]) -> String {
    let mut fingerprint = Fingerprint::default();
    for call in calls {
        fingerprint.add_all(call.facts().of(id(REP)));
    }
    fingerprint.to_string()
}

/// The end of a pull at which the company says so; what is found.
fn hear(phone: &Phone, hash: &str) -> FiguresCheck {
    let figures = Some(Figures { seq: 7, as_of_ms: MONDAY_10, hash: hash.to_owned() });
    hear_answer(phone, &SyncResponse { figures, snapshot: 7, ..answer(Uuid::nil()) })
}

fn hear_answer(phone: &Phone, answer: &SyncResponse) -> FiguresCheck {
    check(&phone.store, answer).unwrap();
    phone.saha.sync().status().unwrap().figures
}

fn is_different(found: FiguresCheck) -> bool {
    matches!(found, FiguresCheck::Differ { .. })
}

/// A call that the company has.
fn settled_call(phone: &Phone) -> Call {
    let call = phone.log_call();
    phone.push(|entry| phone.applied(entry));
    phone.pull(&[phone.row(&call)]);
    call
}

/// The phone loses a row of the server's, in good order with its own figures.
fn lose(phone: &Phone, call: &Call) {
    let lost = phone.store.apply(|tx| tx.change_row(Kind::Call, call.id.uuid(), |_, row| Ok(row.confirmed.take())));
    assert!(lost.unwrap().is_some());
}

#[test]
fn figures_that_the_company_has_agree_and_only_what_it_does_not_have_waits() {
    let phone = Phone::new();
    assert_eq!(phone.saha.sync().status().unwrap().figures, FiguresCheck::NotCompared);
    assert_eq!(hear(&phone, &of(&[])), FiguresCheck::Agree);
    let call = settled_call(&phone);
    assert_eq!(phone.saha.sync().status().unwrap().figures, FiguresCheck::NotCompared, "they moved");
    assert_eq!(hear(&phone, &of(&[&call])), FiguresCheck::Agree);
    let waiting = phone.log_call();
    assert_eq!(hear(&phone, &of(&[&call])), FiguresCheck::Agree);
    phone.push(|_| rejected(RejectionCode::Invalid));
    assert_eq!(hear(&phone, &of(&[&call])), FiguresCheck::Agree);
    assert!(is_different(hear(&phone, &of(&[&call, &waiting]))), "the company would have what it refused");
}

#[test]
fn a_row_that_is_missing_is_found_and_the_difference_goes_when_it_is_back() {
    let phone = Phone::new();
    let call = settled_call(&phone);
    assert_eq!(hear(&phone, &of(&[&call])), FiguresCheck::Agree);
    lose(&phone, &call);
    let found = hear(&phone, &of(&[&call]));
    assert_eq!(found, FiguresCheck::Differ { since_ms: phone.store.time().reading().utc_ms });
    phone.host.pass_ms(60_000);
    assert_eq!(hear(&phone, &of(&[&call])), found, "since it was found first");
    let phone = phone.restart();
    assert_eq!(phone.saha.sync().status().unwrap().figures, found);
    phone.pull(&[phone.row(&call)]);
    assert_eq!(phone.saha.sync().status().unwrap().figures, found, "until it was looked at again");
    assert_eq!(hear(&phone, &of(&[&call])), FiguresCheck::Agree);
}

#[test]
fn a_cell_that_was_spoilt_is_found_when_the_figures_move_next() {
    let phone = Phone::new();
    let call = settled_call(&phone);
    assert_eq!(hear(&phone, &of(&[&call])), FiguresCheck::Agree);
    let spoil = |by: i64| {
        let sql = format!("UPDATE rollup SET count = count + {by} WHERE status = 1");
        phone.store.write(|tx| Ok(tx.conn().execute_batch(&sql)?)).unwrap();
    };
    spoil(1);
    assert_eq!(hear(&phone, &of(&[&call])), FiguresCheck::Agree, "nothing moved, so nothing is counted");
    let second = Call { id: id(901), ..call.clone() };
    spoil(-1);
    phone.pull(&[phone.row(&second)]);
    spoil(1);
    assert!(is_different(hear(&phone, &of(&[&call, &second]))));
    spoil(-1);
    assert_eq!(hear(&phone, &of(&[&call, &second])), FiguresCheck::Agree);
}

#[test]
fn a_difference_ends_even_where_the_company_says_what_it_said_before() {
    let phone = Phone::new();
    let call = settled_call(&phone);
    assert_eq!(hear(&phone, &of(&[&call])), FiguresCheck::Agree);
    assert!(is_different(hear(&phone, &of(&[]))));
    assert_eq!(hear(&phone, &of(&[&call])), FiguresCheck::Agree);
}

#[test]
fn what_colleagues_did_is_nothing_to_the_reps_own_figures() {
    let phone = Phone::new();
    let call = settled_call(&phone);
    assert_eq!(hear(&phone, &of(&[&call])), FiguresCheck::Agree);
    let others = Call { id: id(900), rep: id(101), ..call.clone() };
    phone.pull(&[phone.row(&others)]);
    assert_eq!(phone.saha.sync().status().unwrap().figures, FiguresCheck::Agree, "his own did not move");
    settled_call(&phone);
    assert_ne!(phone.saha.sync().status().unwrap().figures, FiguresCheck::Agree);
}

#[test]
fn nothing_is_said_of_figures_that_may_differ_by_right() {
    let phone = Phone::new();
    let call = settled_call(&phone);
    let theirs = |hash: &str| Some(Figures { seq: 7, as_of_ms: MONDAY_10, hash: hash.to_owned() });
    let wrong = of(&[&call, &call]);
    let answers = [
        ("a server that says none", SyncResponse { figures: None, snapshot: 7, ..answer(Uuid::nil()) }),
        ("other rules", SyncResponse { figures: theirs("2-00"), snapshot: 7, ..answer(Uuid::nil()) }),
        ("no hash of ours", SyncResponse { figures: theirs("abc"), snapshot: 7, ..answer(Uuid::nil()) }),
        ("not the page's snapshot", SyncResponse { figures: theirs(&wrong), snapshot: 8, ..answer(Uuid::nil()) }),
        (
            "a page on the way",
            SyncResponse { figures: theirs(&wrong), snapshot: 7, has_more: true, ..answer(Uuid::nil()) },
        ),
    ];
    for (what, answer) in &answers {
        assert_eq!(hear_answer(&phone, answer), FiguresCheck::NotCompared, "{what}");
    }
    assert!(is_different(hear(&phone, &wrong)));
    for (what, answer) in &answers {
        assert!(is_different(hear_answer(&phone, answer)), "{what} takes nothing back");
    }
}

#[test]
fn accepted_work_that_has_not_come_back_is_waited_for() {
    let phone = Phone::new();
    let call = phone.log_call();
    phone.push(|entry| phone.applied(entry));
    // The company's copy that answers pulls is behind the one that judges changes.
    assert_eq!(hear(&phone, &of(&[])), FiguresCheck::NotCompared);
    phone.pull(&[phone.row(&call)]);
    assert_eq!(hear(&phone, &of(&[&call])), FiguresCheck::Agree);
}

#[test]
fn a_body_that_this_build_cannot_read_is_no_difference() {
    let phone = Phone::new();
    let call = settled_call(&phone);
    let parked = |version: i64| {
        let body = RawValue::from_string(json!({ "id": call.id, "rep": call.rep, "talk": {} }).to_string()).unwrap();
        PulledItem::row("call", call.id.uuid(), version, Hlc::new(1, 0), body)
    };
    phone.pull(&[parked(phone.version())]);
    assert_eq!(hear(&phone, &of(&[])), FiguresCheck::NotCompared);
    // A later version can be read again, and says what the parked one said.
    phone.pull(&[phone.row(&Call { duration_s: 90, ..call.clone() })]);
    assert_eq!(hear(&phone, &of(&[&Call { duration_s: 90, ..call.clone() }])), FiguresCheck::Agree);
    // A kind of which this build has never heard has no facts by its rules.
    let promotion = RawValue::from_string(json!({ "rep": call.rep }).to_string()).unwrap();
    phone.pull(&[PulledItem::row("promotion", id(77), phone.version(), Hlc::new(1, 0), promotion)]);
    assert!(is_different(hear(&phone, &of(&[]))));
}

#[test]
fn what_a_restored_server_never_had_is_not_counted_under_the_reps_own_change() {
    let phone = Phone::new();
    let call = settled_call(&phone);
    phone.store.apply(|tx| outbox::durable_through(tx, i64::MAX)).unwrap();
    phone.saha.calls().delete(call.id).unwrap();
    phone.store.apply(sight::history_changed).unwrap();
    assert_eq!(phone.saha.sync().status().unwrap().figures, FiguresCheck::NotCompared);
    phone.page(&[phone.row(&customer(CUSTOMER, "Ihlamur Kafe"))], false, 9);
    assert_eq!(phone.count("SELECT count(*) FROM shadow WHERE version = 0"), 1, "it waits under the deletion");
    assert_eq!(hear(&phone, &of(&[])), FiguresCheck::Agree);
    phone.push(|entry| phone.applied(entry));
    phone.pull(&[tombstone(Kind::Call, call.id.uuid(), phone.version())]);
    assert_eq!(hear(&phone, &of(&[])), FiguresCheck::Agree);
}

#[test]
fn an_answer_is_held_against_the_figures_with_its_own_changes_and_rows() {
    let phone = Phone::new();
    let call = phone.log_call();
    let flight = exchange::prepare(&phone.store, 500).unwrap();
    let version = phone.version();
    let outcome = Outcome::Applied { version, hlc: Hlc::new(1, 0), superseded: vec![] };
    let op_id = flight.request.changes[0].op_id;
    let answer = SyncResponse {
        results: vec![ChangeResult { op_id, replayed: false, outcome }],
        changes: vec![phone.row_at(&call, version)],
        snapshot: version,
        figures: Some(Figures { seq: version, as_of_ms: MONDAY_10, hash: of(&[&call]) }),
        ..answer(flight.request.request_id)
    };
    exchange::accept(&phone.store, &flight, &answer).unwrap().unwrap();
    assert_eq!(phone.saha.sync().status().unwrap().figures, FiguresCheck::Agree);
}
