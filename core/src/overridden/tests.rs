use saha_domain::{Customer, wire::Outcome};

use super::*;
use crate::testing::*;

#[test]
fn a_rep_is_shown_what_overrode_him_until_he_has_seen_it() {
    let phone = Phone::new();
    let before = phone.saha.customers().get(phone.customer_id()).unwrap();
    let mine = Customer { note: Some("benim".into()), district: Some("Moda".into()), ..before.clone() };
    phone.saha.customers().update(mine).unwrap();
    phone.push(|entry| Outcome::Applied { version: phone.version(), hlc: entry.hlc, superseded: vec!["note".into()] });
    phone.pull(&[phone.row(&Customer { note: Some("merkez".into()), district: Some("Moda".into()), ..before })]);
    let outbox = phone.saha.outbox();
    let lost = outbox.list_overridden().unwrap();
    assert_eq!((lost.len(), lost[0].title.as_str()), (1, "Ihlamur Kafe"));
    let field = OverriddenField {
        field: "note".into(),
        name: "note".into(),
        yours: Some("benim".into()),
        theirs: Some("merkez".into()),
    };
    assert_eq!(lost[0].fields, [field]);
    outbox.dismiss_overridden(lost[0].op_id).unwrap();
    assert_eq!(outbox.list_overridden().unwrap(), []);
    assert!(matches!(outbox.dismiss_overridden(id(1)), Err(SahaError::NotFound { .. })));
}

#[test]
fn an_edit_that_lost_nothing_is_not_listed() {
    let phone = Phone::new();
    let before = phone.saha.customers().get(phone.customer_id()).unwrap();
    phone.saha.customers().update(Customer { note: Some("benim".into()), ..before }).unwrap();
    phone.push(|entry| phone.applied(entry));
    assert_eq!(phone.saha.outbox().list_overridden().unwrap(), []);
}
