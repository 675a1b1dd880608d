//! The phone's confirmed figures and the company's. Every sync of every test here holds them against each other; these say what
//! is found where they differ.

use saha_core::{FiguresCheck, SyncBudget};
use saha_domain::Customer;

use crate::world::{Phone, TAX_NO_OF_C3, World};

/// Somebody writes into the phone's database beside the core.
fn spoil(phone: &Phone<'_>, sql: &str) {
    let database = rusqlite::Connection::open(phone.path().join(saha_tests::phone::DATABASE)).unwrap();
    database.execute_batch(sql).unwrap();
}

fn sync(phone: &Phone<'_>) -> FiguresCheck {
    assert!(phone.sync_unchecked(SyncBudget::default()).unwrap().is_complete);
    phone.figures()
}

#[test]
fn two_phones_of_one_rep_agree_with_the_company_over_a_days_work_and_a_restore() {
    let world = World::new();
    let (one, other) = (world.phone("ayse"), world.phone("ayse"));
    let night = tempfile::tempdir().unwrap();
    let backup = night.path().join("night.db");

    let shop = one.customer("C1").id;
    let visit = one.visit(shop);
    let sale = one.sell(shop, None).unwrap();
    let call = other.log_call("C2");
    for phone in [&one, &other, &one] {
        phone.sync().unwrap();
    }
    world.company.back_up(&backup).unwrap();

    // What was agreed upon is edited, taken back and deleted, on the phone that did not make it.
    other.saha.visits().amend(visit.id, "no_need".into(), Some("kapalı".into())).unwrap();
    other.saha.sales().cancel(sale.id).unwrap();
    one.saha.calls().delete(call.id).unwrap();
    // A refused prospect, and a visit that hangs on him, count nowhere at the company.
    let prospect = one.prospect("Yeni Büfe", Some(TAX_NO_OF_C3));
    one.visit(prospect.id);
    // And the customer goes to somebody else: what was done with him stays the rep's.
    world.assign("C1", "R1", "2026-01-01", Some(world.date(-1)));
    for phone in [&one, &other, &one] {
        phone.sync().unwrap();
    }
    one.saha.customers().update(Customer { tax_no: None, ..prospect }).unwrap();
    one.sync().unwrap();

    world.company.restore(&backup).unwrap();
    other.log_call("C2");
    for phone in [&one, &other, &one, &other] {
        phone.sync().unwrap();
    }
    assert_eq!(world.phone("ayse").figures(), FiguresCheck::Agree);
}

#[test]
fn figures_that_were_spoilt_on_the_phone_are_reported_until_they_are_mended() {
    let world = World::new();
    let phone = world.phone("ayse");
    let visit = phone.visit(phone.customer("C1").id);
    phone.sync().unwrap();
    assert_eq!(phone.figures(), FiguresCheck::Agree);

    // A day's visits have one more than was made.
    let cells = "UPDATE rollup SET count = count + 1 WHERE fact = 1 AND status = 1";
    spoil(&phone, cells);
    phone.log_call("C1");
    let FiguresCheck::Differ { since_ms } = sync(&phone) else { panic!("nobody noticed") };
    phone.log_call("C2");
    assert_eq!(sync(&phone), FiguresCheck::Differ { since_ms }, "and it goes on syncing");
    assert_eq!(phone.saha.outbox().list().unwrap(), []);
    let phone = phone.reopened();
    assert_eq!(phone.figures(), FiguresCheck::Differ { since_ms });

    spoil(&phone, &cells.replace("+ 1", "- 1"));
    assert_eq!(sync(&phone), FiguresCheck::Agree);
    phone.saha.visits().void(visit.id).unwrap();
    phone.sync().unwrap();
}

#[test]
fn a_row_that_the_phone_lost_is_reported_until_it_comes_again() {
    let world = World::new();
    let phone = world.phone("ayse");
    let shop = phone.customer("C1").id;
    let visit = phone.visit(shop);
    phone.sync().unwrap();
    // It is gone, and so are its figures: by itself the phone can't know.
    spoil(&phone, "DELETE FROM visit; DELETE FROM rollup WHERE fact = 1;");
    let phone = phone.reopened();
    assert_eq!(phone.saha.verify_figures().unwrap(), Vec::<String>::new());
    phone.log_call("C1");
    assert!(matches!(sync(&phone), FiguresCheck::Differ { .. }));

    // Another phone of his edits the visit, and so it comes again.
    let other = world.phone("ayse");
    other.saha.visits().amend(visit.id, "order".into(), Some("arka kapı".into())).unwrap();
    other.sync().unwrap();
    assert_eq!(sync(&phone), FiguresCheck::Agree);
    phone.sync().unwrap();
}
