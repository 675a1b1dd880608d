//! The server's database is replaced by an older copy, in the default configuration, and nobody says so.

use std::path::PathBuf;

use saha_domain::{Customer, CustomerId};
use tempfile::TempDir;

use crate::world::{Phone, TAX_NO_OF_C3, World};

fn edit(phone: &Phone<'_>, shop: CustomerId, change: impl FnOnce(Customer) -> Customer) {
    phone.saha.customers().update(change(phone.saha.customers().get(shop).unwrap())).unwrap();
}

/// A copy of the server's database as it is now; the folder holds it for as long as it lives.
fn backed_up(world: &World) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("night.db");
    world.company.back_up(&backup).unwrap();
    (folder, backup)
}

#[test]
fn two_phones_that_work_on_each_others_rows_lose_and_double_nothing() {
    let world = World::new();
    world.import("assignments", "customer_code,rep_code,from,to\nC1,R2,2026-01-01,\n");
    let (ayse, mehmet) = (world.phone("ayse"), world.phone("mehmet"));
    let shop = ayse.customer("C1").id;
    let (_folder, backup) = backed_up(&world);

    // A day of which the backup knows nothing: each edits what the other has, and both have seen it all.
    let visit = ayse.visit(shop);
    edit(&ayse, shop, |shop| Customer { note: Some("arka kapı".into()), ..shop });
    ayse.sync().unwrap();
    mehmet.sync().unwrap();
    edit(&mehmet, shop, |shop| Customer { phone: Some("+902161112233".into()), ..shop });
    let call = mehmet.log_call("C1");
    mehmet.sync().unwrap();
    ayse.sync().unwrap();
    world.company.restore(&backup).unwrap();

    let waiting = ayse.log_call("C1");
    for phone in [&ayse, &mehmet, &ayse, &mehmet] {
        phone.sync().unwrap();
    }
    let fresh = world.phone("ayse");
    for phone in [&ayse, &mehmet, &fresh] {
        let seen = phone.saha.customers().get(shop).unwrap();
        assert_eq!((seen.note.as_deref(), seen.phone.as_deref()), (Some("arka kapı"), Some("+902161112233")));
        assert_eq!(phone.saha.visits().list_of(shop, 10, 0).unwrap(), std::slice::from_ref(&visit));
        let mut calls = phone.saha.calls().list_of(shop, 10, 0).unwrap();
        calls.sort_by_key(|call| call.id);
        assert_eq!(calls, [call.clone(), waiting.clone()]);
        assert_eq!(phone.saha.outbox().list().unwrap(), []);
    }
    assert_eq!(ayse.saha.targets().progress().unwrap(), fresh.saha.targets().progress().unwrap());
}

#[test]
fn a_row_that_only_its_colleague_sends_first_is_brought_whole() {
    let world = World::new();
    let (ayse, mehmet) = (world.phone("ayse"), world.phone("mehmet"));
    let (_folder, backup) = backed_up(&world);
    let made = ayse.prospect("Yeni Büfe", None);
    ayse.sync().unwrap();
    // The office gave the prospect a code and shared him; then it lost the day.
    let database = rusqlite::Connection::open(world.company.folder.join(saha_tests::live::DATABASE)).unwrap();
    let id = made.id.uuid().into_bytes();
    database.execute("INSERT INTO import_key VALUES (1, 'customer', 'C9', ?1)", [id]).unwrap();
    drop(database);
    world.import("customers", "code,name,status,segment\nC9,Yeni Büfe,active,B\n");
    world.import("assignments", "customer_code,rep_code,from,to\nC9,R2,2026-01-01,\n");
    mehmet.sync().unwrap();
    ayse.sync().unwrap();
    edit(&mehmet, made.id, |shop| Customer { phone: Some("+902161112233".into()), ..shop });
    let visit = mehmet.visit(made.id);
    mehmet.sync().unwrap();
    ayse.sync().unwrap();
    world.company.restore(&backup).unwrap();

    // The one who has only an edit and a visit of it comes first.
    for phone in [&mehmet, &ayse, &mehmet] {
        phone.sync().unwrap();
        assert_eq!(phone.saha.outbox().list().unwrap(), []);
    }
    for phone in [&mehmet, &ayse, &world.phone("mehmet")] {
        let seen = phone.saha.customers().get(made.id).unwrap();
        assert_eq!((seen.phone.as_deref(), seen.code.as_deref()), (Some("+902161112233"), Some("C9")));
        assert_eq!(phone.saha.visits().list_of(made.id, 10, 0).unwrap(), std::slice::from_ref(&visit));
    }
}

#[test]
fn rows_that_the_restored_server_never_had_go_from_the_phones() {
    let world = World::new();
    let ayse = world.phone("ayse");
    let (_folder, backup) = backed_up(&world);
    world.import_many_customers(3);
    ayse.sync().unwrap();
    let dead = ayse.customer("C10").id;
    world.company.restore(&backup).unwrap();
    ayse.sync().unwrap();
    assert!(ayse.saha.customers().get(dead).is_err());
    assert!(ayse.saha.customers().get_by_code("C1".into()).is_ok());
    assert!(ayse.saha.sync().status().unwrap().is_complete);
}

#[test]
fn a_refusal_stays_a_refusal_through_a_restore() {
    let world = World::new();
    let ayse = world.phone("ayse");
    let (_folder, backup) = backed_up(&world);
    ayse.prospect("Kopya", Some(TAX_NO_OF_C3));
    ayse.log_call("C1");
    let report = ayse.sync().unwrap();
    assert_eq!((report.applied, report.rejected), (1, 1));
    world.company.restore(&backup).unwrap();
    assert_eq!(ayse.sync().unwrap().applied, 1);
    let left = ayse.saha.outbox().list().unwrap();
    assert_eq!((left.len(), left[0].code.as_deref()), (1, Some("duplicate_tax_no")));
}
