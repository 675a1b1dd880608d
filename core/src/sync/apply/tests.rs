use saha_domain::{Assignment, Call, Customer, facts::FactKind, wire::Stub};
use serde_json::value::RawValue;

use super::*;
use crate::testing::*;

fn raw(kind: &str, row: Uuid, version: i64, body: &str) -> PulledItem {
    PulledItem::row(kind, row, version, saha_domain::Hlc::new(1, 0), RawValue::from_string(body.into()).unwrap())
}

#[test]
fn the_highest_clock_of_a_page_outlives_the_process() {
    let phone = Phone::new();
    let of = |n: u128, hlc| PulledItem::row("promotion", Uuid::from_u128(n), 5, hlc, RawValue::NULL.to_owned());
    let [lower, highest] = [30, 60].map(|min| saha_domain::Hlc::new(crate::clock::tests::MONDAY_10 + min * 60_000, 0));
    phone.pull(&[of(71, lower), of(72, highest), of(73, lower)]);
    let phone = phone.restart();
    phone.log_call();
    assert!(phone.count("SELECT max(hlc) FROM outbox") > highest.packed());
}

#[test]
fn a_pull_never_overwrites_an_edit_that_waits() {
    let phone = Phone::new();
    let customer = phone.saha.customers().get(phone.customer_id()).unwrap();
    phone.saha.customers().update(Customer { note: Some("benim".into()), ..customer.clone() }).unwrap();
    phone.pull(&[phone.row(&Customer { name: "Ihlamur Café".into(), note: Some("merkez".into()), ..customer })]);
    let shown = phone.saha.customers().get(phone.customer_id()).unwrap();
    assert_eq!((shown.name.as_str(), shown.note.as_deref()), ("Ihlamur Café", Some("benim")));
}

#[test]
fn an_accepted_edit_never_flickers_back() {
    let phone = Phone::new();
    let before = phone.saha.customers().get(phone.customer_id()).unwrap();
    let after = Customer { note: Some("benim".into()), ..before.clone() };
    phone.saha.customers().update(after.clone()).unwrap();
    let older = phone.version();
    phone.push(|entry| phone.applied(entry));
    // A page that was made before the edit was accepted, and is not the last.
    phone.page(&[phone.row_at(&before, older)], true, older);
    assert_eq!(phone.saha.customers().get(before.id).unwrap(), after);
    phone.pull(&[phone.row(&after)]);
    assert_eq!(phone.saha.customers().get(before.id).unwrap(), after);
    assert_eq!(phone.count("SELECT count(*) FROM shadow"), 0);
}

#[test]
fn kinds_and_shapes_of_a_newer_server_are_parked_and_harm_nothing() {
    let phone = Phone::new();
    let promotion = Uuid::from_u128(77);
    phone.pull(&[
        raw("promotion", promotion, 5, r#"{"percent": 12345678901234567890123}"#),
        raw("visit", Uuid::from_u128(78), 6, r#"{"how": "by drone"}"#),
        phone.row(&customer(201, "Yeni Market")),
    ]);
    assert_eq!(phone.count("SELECT count(*) FROM parked"), 2);
    assert_eq!(phone.count("SELECT body LIKE '%12345678901234567890123%' FROM parked WHERE kind = 'promotion'"), 1);
    assert!(phone.saha.customers().get(id(201)).is_ok());
    phone.pull(&[PulledItem::tombstone("promotion", promotion, 7, saha_domain::Hlc::LOWEST)]);
    assert_eq!(phone.count("SELECT count(*) FROM parked"), 1);
}

#[test]
fn a_body_that_is_nested_too_deep_is_parked_and_costs_nothing_else() {
    let phone = Phone::new();
    let deep = format!(r#"{{"name": {}1{}}}"#, "[".repeat(500), "]".repeat(500));
    phone.pull(&[raw("customer", Uuid::from_u128(79), 5, &deep), phone.row(&customer(201, "Yeni Market"))]);
    assert_eq!(phone.count("SELECT count(*) FROM parked WHERE kind = 'customer'"), 1);
    assert!(phone.saha.customers().get(id(201)).is_ok());
}

#[test]
fn a_customer_who_leaves_takes_others_work_along_and_leaves_the_reps_own() {
    let phone = Phone::new();
    let own = phone.log_call();
    phone.push(|entry| phone.applied(entry));
    phone.pull(&[phone.row(&own)]);
    let others = Call { id: id(900), rep: id(101), ..own.clone() };
    let assignment =
        Assignment { id: id(901), customer: phone.customer_id(), rep: id(REP), from: own.at.local_date, to: None };
    phone.pull(&[phone.row(&others), phone.row(&assignment)]);
    let stub = Stub { customer: phone.customer_id(), name: "Ihlamur Kafe".into() };
    phone.pull(&[
        PulledItem { left: Some(phone.customer_id()), ..PulledItem::default() },
        PulledItem { stub: Some(stub), ..PulledItem::default() },
    ]);
    assert!(phone.saha.calls().get(own.id).is_ok(), "his own count stays");
    assert!(phone.saha.calls().get(others.id).is_err());
    assert!(phone.saha.customers().get(phone.customer_id()).is_err());
    assert_eq!(phone.count("SELECT count(*) FROM assignment"), 0);
    assert_eq!(phone.saha.customers().name(phone.customer_id()).unwrap(), "Ihlamur Kafe");
    assert_eq!(phone.counted(FactKind::Call), [1, 0, 0]);
}

#[test]
fn unsent_work_at_a_customer_who_left_is_kept_and_sent() {
    let phone = Phone::new();
    let call = phone.log_call();
    phone.pull(&[PulledItem { left: Some(phone.customer_id()), ..PulledItem::default() }]);
    assert!(phone.saha.calls().get(call.id).is_ok());
    assert_eq!(phone.push(|entry| phone.applied(entry)).len(), 1);
    // Its row does not come back; the last page of a pull closes it all the same.
    phone.pull(&[]);
    assert_eq!(phone.saha.calls().get(call.id).unwrap(), call);
    assert_eq!(phone.count("SELECT count(*) FROM outbox WHERE state = 'seen'"), 1);
    assert_eq!(phone.counted(FactKind::Call), [1, 0, 0]);
}

#[test]
fn a_deleted_row_goes_with_its_figures() {
    let phone = Phone::new();
    let call = phone.log_call();
    phone.push(|entry| phone.applied(entry));
    phone.pull(&[phone.row(&call)]);
    let version = phone.version();
    phone.pull(&[tombstone(Kind::Call, call.id.uuid(), version)]);
    assert!(phone.saha.calls().get(call.id).is_err());
    assert_eq!(phone.counted(FactKind::Call), [0, 0, 0]);
}

#[test]
fn a_first_sync_is_complete_only_after_its_last_page() {
    let phone = Phone::new();
    phone.store.apply(sight::history_changed).unwrap();
    assert!(!phone.saha.sync().status().unwrap().is_complete);
    phone.page(&[phone.row(&customer(201, "Bir"))], true, 50);
    assert!(!phone.saha.sync().status().unwrap().is_complete);
    assert!(phone.saha.customers().get(id(201)).is_ok(), "usable by then");
    phone.page(&[phone.row(&customer(202, "İki"))], false, 60);
    assert!(phone.saha.sync().status().unwrap().is_complete);
}

#[test]
fn a_page_that_cannot_be_saved_whole_leaves_rows_and_cursor_as_they_were() {
    let phone = Phone::new();
    let broken = raw(
        "customer",
        Uuid::from_u128(203),
        -1,
        r#"{"id":"00000000-0000-0000-0000-0000000000cb","name":"x","lifecycle":"active","segment":"A"}"#,
    );
    let answer = SyncResponse {
        changes: vec![phone.row(&customer(201, "Bir")), broken],
        next_cursor: Some("further".into()),
        ..answer(Uuid::nil())
    };
    assert!(phone.store.apply(|tx| page(tx, &answer)).is_err(), "a negative version breaks a CHECK");
    assert!(phone.saha.customers().get(id(201)).is_err());
    assert_eq!(phone.count("SELECT count(*) FROM local WHERE value = 'further'"), 0);
    phone.check();
}

#[test]
fn a_first_sync_says_how_much_came_and_how_far_it_is() {
    let phone = Phone::new();
    phone.store.apply(sight::resync_required).unwrap();
    let standing = || {
        let status = phone.saha.sync().status().unwrap();
        (status.received, status.received_bp, status.is_complete)
    };
    assert_eq!(standing(), (0, 0, false));
    phone.page(&[phone.row_at(&customer(201, "Bir"), 10), phone.row_at(&customer(202, "İki"), 50)], true, 200);
    assert_eq!(standing(), (2, 2_500, false));
    // A page of old rows does not lead back, and a message is no row.
    let message = PulledItem { entered: Some(id(203)), ..PulledItem::default() };
    phone.page(&[message, phone.row_at(&customer(203, "Üç"), 20)], true, 200);
    assert_eq!(standing(), (3, 2_500, false));
    phone.page(&[phone.row_at(&customer(204, "Dört"), 200)], true, 200);
    assert_eq!(standing(), (4, 9_999, false), "only the last page completes it");
    phone.page(&[], false, 200);
    assert_eq!(standing(), (4, 10_000, true));
    phone.pull(&[phone.row_at(&customer(205, "Beş"), 300)]);
    assert_eq!(standing(), (4, 10_000, true), "what comes later is no part of it");
}
