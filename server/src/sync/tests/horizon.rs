use chrono::NaiveDate;
use saha_domain::{
    Kind,
    wire::{Op, PulledItem},
};
use serde_json::json;

use super::sight::entered;
use crate::testing::{DAY_MS, NOW_MS, Phone, World, call, id, version, visit};

/// Today is 2026-11-23, and the company looks thirteen months back.
const HORIZON_MS: i64 = NOW_MS - 396 * DAY_MS;

fn aged(items: &[PulledItem]) -> Vec<NaiveDate> {
    items.iter().filter_map(|item| item.aged).collect()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Mehmet was at a shared customer on the horizon's own day, and Ayşe has it on her phone.
fn with_an_old_visit() -> (World, Phone, Phone) {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let old = mehmet.create("visit", id(1), visit(id(1), mehmet.rep(), world.customer("C2"), HORIZON_MS));
    version(&mehmet.push_one(&world, &old));
    ayse.pull(&world, 500);
    assert_eq!(ayse.ids("visit"), [id(1)].into(), "the horizon's own day is within");
    (world, ayse, mehmet)
}

#[test]
fn what_grows_too_old_leaves_others_phones_and_not_its_doers() {
    let (world, mut ayse, mut mehmet) = with_an_old_visit();
    let own = ayse.create("visit", id(2), visit(id(2), ayse.rep(), world.customer("C2"), HORIZON_MS));
    let younger = mehmet.create("visit", id(3), visit(id(3), mehmet.rep(), world.customer("C2"), HORIZON_MS + DAY_MS));
    ayse.push_one(&world, &own);
    mehmet.push_one(&world, &younger);
    ayse.pull(&world, 500);
    world.host.pass(DAY_MS);
    assert_eq!(aged(&ayse.pull(&world, 500)), [date("2025-10-24")]);
    assert_eq!(ayse.ids("visit"), [id(2), id(3)].into());
    mehmet.pull(&world, 500);
    assert_eq!(mehmet.ids("visit"), [id(1), id(3)].into());
    let mut fresh = world.phone("ayse", 3);
    assert_eq!(aged(&fresh.pull(&world, 500)), [], "who starts from nothing has nothing that is too old");
    assert_eq!(fresh.rows, ayse.rows);
}

#[test]
fn one_commit_tells_everyone_and_none_is_made_where_nothing_grows_old() {
    let (world, mut ayse, mut mehmet) = with_an_old_visit();
    let before = ayse.sync(&world, vec![]).snapshot;
    for (passed, told) in [1, 2, 3].into_iter().zip([1, 1, 1]) {
        world.host.pass(DAY_MS);
        assert_eq!(ayse.sync(&world, vec![]).snapshot, before + told, "day {passed}");
    }
    assert_eq!(aged(&mehmet.pull(&world, 500)), [date("2025-10-24")]);
    assert_eq!(world.count("SELECT count(*) FROM horizon_log"), 1);
}

#[test]
fn days_that_pass_unheard_of_are_told_of_in_one() {
    let (world, mut ayse, _) = with_an_old_visit();
    world.host.pass(40 * DAY_MS);
    assert_eq!(aged(&ayse.pull(&world, 500)), [date("2025-12-02")]);
    assert_eq!(ayse.ids("visit"), [].into());
}

#[test]
fn a_row_that_was_deleted_unheard_of_grows_old_like_any_other() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let mut old = call(id(1), mehmet.rep(), world.customer("C2"));
    old["at"] = visit(id(9), mehmet.rep(), world.customer("C2"), HORIZON_MS)["check_in"].clone();
    let old = mehmet.create("call", id(1), old);
    version(&mehmet.push_one(&world, &old));
    ayse.pull(&world, 500);
    let delete = mehmet.change(Op::Delete, "call", id(1), None);
    version(&mehmet.push_one(&world, &delete));
    world.host.pass(DAY_MS);
    ayse.pull(&world, 500);
    assert_eq!(ayse.ids("call"), [].into(), "its tombstone was too old to be sent");
}

#[test]
fn what_grows_too_old_during_a_first_sync_is_taken_back() {
    let (world, _, mut mehmet) = with_an_old_visit();
    let later = mehmet.create("call", id(2), call(id(2), mehmet.rep(), world.customer("C2")));
    mehmet.push_one(&world, &later);
    let mut fresh = world.phone("ayse", 3);
    while fresh.body("visit", id(1)).is_none() {
        assert!(fresh.page(&world, vec![], 1).has_more);
    }
    world.host.pass(DAY_MS);
    fresh.pull(&world, 1);
    assert_eq!((fresh.ids("visit"), fresh.ids("call")), ([].into(), [id(2)].into()));
}

#[test]
fn a_company_that_looks_further_back_sends_its_customers_anew() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let old = mehmet.create("visit", id(1), visit(id(1), mehmet.rep(), world.customer("C2"), NOW_MS - 500 * DAY_MS));
    mehmet.push_one(&world, &old);
    ayse.pull(&world, 500);
    world.look_back(20);
    ayse.pull(&world, 500);
    assert_eq!(ayse.ids("visit"), [].into(), "not before midnight");
    world.host.pass(DAY_MS);
    let items = ayse.pull(&world, 2);
    assert_eq!((entered(&items), aged(&items)), (2, vec![]));
    assert_eq!(ayse.ids("visit"), [id(1)].into());
    world.look_back(13);
    world.host.pass(DAY_MS);
    assert_eq!(aged(&ayse.pull(&world, 500)), [date("2025-10-25")]);
    assert_eq!(ayse.ids("visit"), [].into());
}

#[test]
fn a_clock_that_is_set_back_over_midnight_sends_nothing_anew() {
    let (world, mut ayse, _) = with_an_old_visit();
    world.host.pass(DAY_MS);
    assert_eq!(aged(&ayse.pull(&world, 500)).len(), 1);
    for ms in [-DAY_MS, DAY_MS] {
        world.host.pass(ms);
        assert_eq!(ayse.pull(&world, 500).len(), 0);
    }
}

#[test]
fn a_row_that_is_dated_earlier_leaves_others_phones() {
    let (world, mut ayse, mut mehmet) = with_an_old_visit();
    let recent = mehmet.create("visit", id(2), visit(id(2), mehmet.rep(), world.customer("C2"), NOW_MS));
    mehmet.push_one(&world, &recent);
    ayse.pull(&world, 500);
    // Dated within the horizon, and too old by the time that her phone hears of it.
    let earlier = visit(id(2), mehmet.rep(), world.customer("C2"), HORIZON_MS)["check_in"].clone();
    world.office(Kind::Visit, id(2), json!({ "check_in": earlier }));
    world.host.pass(DAY_MS);
    ayse.pull(&world, 500);
    assert_eq!(ayse.ids("visit"), [].into());
    mehmet.pull(&world, 500);
    assert_eq!(mehmet.ids("visit").len(), 2);
}

#[test]
fn work_that_becomes_another_reps_leaves_the_first_ones_phone() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let own = ayse.create("visit", id(1), visit(id(1), ayse.rep(), world.customer("C1"), NOW_MS));
    ayse.push_one(&world, &own);
    world.assign("C1,R1,2026-01-01,2026-11-22\n");
    ayse.pull(&world, 500);
    assert_eq!(ayse.ids("visit"), [id(1)].into());
    world.office(Kind::Visit, id(1), json!({ "rep": mehmet.rep() }));
    ayse.pull(&world, 500);
    assert_eq!(ayse.ids("visit"), [].into());
    mehmet.pull(&world, 500);
    assert_eq!(mehmet.ids("visit"), [id(1)].into(), "and he is told the customer's name");
    assert_eq!(mehmet.stubs[&world.customer("C1")], "Işık Market");
}
