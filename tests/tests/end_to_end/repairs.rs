//! What a rep can do about a refusal.

use saha_domain::{SahaError, life::ChangeState};

use crate::world::{Phone, TAX_NO_OF_C3, World};

/// A prospect with the tax number of someone whom the company knows, a visit and a sale there; refused.
fn a_refused_prospect(phone: &Phone<'_>, tax_no: &str) -> saha_domain::Customer {
    let prospect = phone.prospect("Köşe Kafe", Some(tax_no));
    phone.visit(prospect.id);
    phone.sell(prospect.id, None).unwrap();
    assert_eq!(phone.sync().unwrap().rejected, 1);
    prospect
}

fn refused(phone: &Phone<'_>) -> saha_core::OutboxEntry {
    let mut entries = phone.saha.outbox().list().unwrap();
    entries.retain(|entry| entry.state == ChangeState::Rejected);
    entries.pop().unwrap()
}

#[test]
fn visit_and_sale_at_a_duplicate_move_to_the_reps_own_customer() {
    let world = World::new();
    let phone = world.phone("ayse");
    let shop = phone.customer("C1");
    let prospect = a_refused_prospect(&phone, "1234567890");
    let entry = refused(&phone);
    assert_eq!(entry.existing, Some(shop.id.to_string()));
    phone.saha.outbox().use_existing(entry.op_id).unwrap();
    let before = phone.saha.targets().progress().unwrap()[0].clone();
    assert_eq!((phone.sync().unwrap().rejected, phone.saha.outbox().list().unwrap()), (0, vec![]));
    let after = phone.saha.targets().progress().unwrap()[0].clone();
    assert_eq!((before.actual, before.confirmed), (after.actual, 0), "it counted before the company had it");
    assert_eq!(after.confirmed, after.actual);
    let other = world.phone("ayse");
    for phone in [&phone, &other] {
        assert!(phone.saha.customers().get(prospect.id).is_err());
        assert_eq!(phone.saha.visits().list_of(shop.id, 10, 0).unwrap().len(), 1);
        assert_eq!(phone.saha.sales().list_of(shop.id, 10, 0).unwrap().len(), 1);
    }
}

#[test]
fn visit_and_sale_at_a_duplicate_move_to_another_reps_customer_of_whom_only_the_name_is_told() {
    let world = World::new();
    let phone = world.phone("ayse");
    a_refused_prospect(&phone, TAX_NO_OF_C3);
    let entry = refused(&phone);
    let existing = entry.existing.clone().unwrap().parse().unwrap();
    phone.saha.outbox().use_existing(entry.op_id).unwrap();
    assert_eq!(phone.saha.customers().name(existing).unwrap(), "Köşe Kafe", "as she called him, until she is told");
    assert_eq!((phone.sync().unwrap().rejected, phone.saha.outbox().list().unwrap()), (0, vec![]));
    assert_eq!(phone.saha.customers().name(existing).unwrap(), "Beyoğlu Büfe");
    assert!(matches!(phone.saha.customers().get(existing), Err(SahaError::NotFound { .. })));
    assert_eq!(phone.saha.targets().progress().unwrap()[0].confirmed, 1);
    let owner = world.phone("mehmet");
    assert_eq!(owner.saha.visits().list_of(existing, 10, 0).unwrap().len(), 1);
}

#[test]
fn what_hangs_on_a_duplicate_can_be_taken_back_with_it() {
    let world = World::new();
    let phone = world.phone("ayse");
    a_refused_prospect(&phone, "1234567890");
    let entry = refused(&phone);
    assert_eq!(phone.saha.outbox().withdraw(entry.op_id, false), Err(SahaError::UnsentWork { count: 3 }));
    phone.saha.outbox().withdraw(entry.op_id, true).unwrap();
    assert_eq!(phone.saha.outbox().list().unwrap(), []);
    let report = phone.sync().unwrap();
    assert_eq!((report.applied, report.rejected), (0, 0));
    assert_eq!(phone.saha.targets().progress().unwrap()[0].actual, 0);
}
