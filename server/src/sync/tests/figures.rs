use saha_domain::{Kind, facts::Fingerprint, wire::Figures};
use serde_json::json;

use crate::{
    sync::figures,
    testing::{NOW_MS, Phone, World, call, id, sale, visit},
};

/// What the last page of a pull says of the rep's figures.
fn said(world: &World, phone: &mut Phone) -> Figures {
    let page = phone.sync(world, vec![]);
    assert!(!page.has_more);
    let figures = page.figures.unwrap();
    assert_eq!(figures.seq, page.snapshot);
    figures
}

#[test]
fn figures_of_a_last_page_move_with_the_reps_own_rows() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    ayse.pull(&world, 500);
    let nothing = said(&world, &mut ayse).hash;
    assert_eq!(nothing, Fingerprint::default().to_string());

    let (rep, shop) = (ayse.rep(), world.customer("C1"));
    let changes = [
        ayse.create("visit", id(1), visit(id(1), rep, shop, NOW_MS)),
        ayse.create("sale", id(2), sale(id(2), rep, shop, world.product("P1"), 10)),
        ayse.create("call", id(3), call(id(3), rep, shop)),
    ];
    ayse.push(&world, &changes);
    let before = said(&world, &mut ayse).hash;
    assert_eq!(before, ayse.fingerprint().to_string());
    assert_ne!(before, nothing);

    let (voided, gone) = (ayse.patch("visit", id(1), json!({ "state": "voided" })), ayse.delete("call", id(3)));
    ayse.push(&world, &[voided, gone]);
    let after = said(&world, &mut ayse).hash;
    assert_eq!(after, ayse.fingerprint().to_string());
    assert_ne!(after, before);
}

#[test]
fn only_the_last_page_says_figures_and_each_rep_hears_his_own() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 3));
    let body = visit(id(1), ayse.rep(), world.customer("C2"), NOW_MS);
    let change = ayse.create("visit", id(1), body);
    let first = ayse.page(&world, vec![change], 1);
    assert!(first.has_more && first.figures.is_none());
    ayse.pull(&world, 3);
    assert_eq!(said(&world, &mut ayse).hash, ayse.fingerprint().to_string());
    mehmet.pull(&world, 500);
    assert!(mehmet.body("visit", id(1)).is_some(), "he sees it");
    assert_eq!(said(&world, &mut mehmet).hash, Fingerprint::default().to_string(), "and it is not his");
}

#[test]
fn an_activity_that_the_office_gave_to_another_rep_counts_for_that_one() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 3));
    let body = visit(id(1), ayse.rep(), world.customer("C2"), NOW_MS);
    let change = ayse.create("visit", id(1), body);
    ayse.push_one(&world, &change);
    world.office(Kind::Visit, id(1), json!({ "rep": mehmet.rep() }));
    ayse.pull(&world, 500);
    mehmet.pull(&world, 500);
    assert_eq!(said(&world, &mut ayse).hash, Fingerprint::default().to_string());
    assert_eq!(said(&world, &mut mehmet).hash, mehmet.fingerprint().to_string());
    assert_ne!(mehmet.fingerprint(), Fingerprint::default());
}

#[test]
fn a_refused_change_moves_no_figures() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    let elses = visit(id(1), world.rep("R2"), world.customer("C1"), NOW_MS);
    let change = ayse.create("visit", id(1), elses);
    ayse.push_one(&world, &change);
    let view = world.server.store().view().unwrap();
    assert!(figures::recounted(&*view).unwrap().is_empty());
    for rep in ["R1", "R2"] {
        assert_eq!(view.fingerprint(world.rep(rep)).unwrap(), Fingerprint::default());
    }
}

#[test]
fn figures_by_other_rules_are_counted_anew_when_the_server_starts() {
    let mut world = World::new();
    let mut ayse = world.phone("ayse", 1);
    let body = visit(id(1), ayse.rep(), world.customer("C1"), NOW_MS);
    let change = ayse.create("visit", id(1), body);
    ayse.push_one(&world, &change);
    let kept = said(&world, &mut ayse).hash;
    let file = rusqlite::Connection::open(world.dir.path().join("saha-server.db")).unwrap();
    file.execute_batch("UPDATE figures SET fingerprint = zeroblob(16)").unwrap();
    world.restart();
    assert_ne!(said(&world, &mut ayse).hash, kept, "nothing is counted where the rules are the same");
    file.execute_batch("UPDATE company SET fact_rules = 0").unwrap();
    world.restart();
    assert_eq!(said(&world, &mut ayse).hash, kept);
}
