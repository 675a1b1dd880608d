use saha_domain::{Customer, Hlc, facts::FactKind, registry, wire::PulledItem};
use serde_json::value::RawValue;

use super::*;
use crate::testing::*;

fn raw(kind: &str, id: Uuid, version: i64, body: &str) -> PulledItem {
    PulledItem::row(kind, id, version, Hlc::new(1, 0), RawValue::from_string(body.into()).unwrap())
}

/// What an older build would have kept of it.
fn parked_by_an_older_build(phone: &Phone, customer: &Customer, version: i64) {
    let body = registry::body(customer).unwrap().to_string();
    phone
        .store
        .apply(|tx| {
            tx.set(Key::Schema, &0)?;
            put(tx.conn(), "customer", customer.id.uuid(), version, &body)
        })
        .unwrap();
}

#[test]
fn what_an_older_build_could_not_read_is_used_after_the_upgrade() {
    let phone = Phone::new();
    parked_by_an_older_build(&phone, &customer(205, "Yeni Market"), 9);
    phone.pull(&[raw("promotion", Uuid::from_u128(77), 8, "{}")]);
    assert!(phone.saha.customers().get(id(205)).is_err());
    let phone = phone.restart();
    assert_eq!(phone.saha.customers().get(id(205)).unwrap().name, "Yeni Market");
    assert_eq!(phone.count("SELECT count(*) FROM parked"), 1, "the rest waits for another upgrade");
    phone.check();
}

#[test]
fn what_came_later_in_a_shape_that_could_be_read_stays() {
    let phone = Phone::new();
    parked_by_an_older_build(&phone, &customer(205, "Eski Ad"), 9);
    phone.page(&[phone.row_at(&customer(205, "Yeni Ad"), 12)], false, 12);
    let phone = phone.restart();
    assert_eq!(phone.saha.customers().get(id(205)).unwrap().name, "Yeni Ad");
    assert_eq!(phone.count("SELECT count(*) FROM parked"), 0);
}

#[test]
fn an_edit_that_waits_lies_over_a_row_that_is_used_after_the_upgrade() {
    let phone = Phone::new();
    let before = phone.saha.customers().get(phone.customer_id()).unwrap();
    phone.saha.customers().update(Customer { note: Some("benim".into()), ..before.clone() }).unwrap();
    parked_by_an_older_build(&phone, &Customer { name: "Yeni Ad".into(), ..before }, 900);
    let phone = phone.restart();
    let shown = phone.saha.customers().get(phone.customer_id()).unwrap();
    assert_eq!((shown.name.as_str(), shown.note.as_deref()), ("Yeni Ad", Some("benim")));
}

#[test]
fn what_is_parked_leaves_sight_with_its_customer_and_the_reps_own_stays() {
    let phone = Phone::new();
    let (shop, own): (CustomerId, RepId) = (phone.customer_id(), id(REP));
    phone.pull(&[
        raw("promotion", Uuid::from_u128(77), 8, &format!(r#"{{"customer":"{shop}"}}"#)),
        raw("promotion", Uuid::from_u128(78), 9, &format!(r#"{{"customer":"{shop}","rep":"{own}"}}"#)),
    ]);
    phone.pull(&[PulledItem { left: Some(shop), ..PulledItem::default() }]);
    assert_eq!(phone.count("SELECT count(*) FROM parked"), 1);
    assert_eq!(phone.counted(FactKind::Call), [0, 0, 0]);
}

#[test]
fn a_deleted_row_is_not_used_after_an_upgrade() {
    let phone = Phone::new();
    parked_by_an_older_build(&phone, &customer(205, "Yeni Market"), 9);
    phone.pull(&[tombstone(Kind::Customer, Uuid::from_u128(205), 12)]);
    let phone = phone.restart();
    assert!(phone.saha.customers().get(id(205)).is_err());
}
