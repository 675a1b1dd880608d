use saha_domain::wire::Outcome;

use crate::testing::{DAY_MS, NOW_MS, World, call, id, version, visit};

/// So long answers to changes are remembered.
const REMEMBERED_MS: i64 = 400 * DAY_MS;

#[test]
fn a_device_that_was_away_for_longer_than_answers_are_remembered_pulls_from_the_start() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let first = ayse.create("visit", id(1), visit(id(1), ayse.rep(), world.customer("C1"), NOW_MS));
    version(&ayse.push_one(&world, &first));
    let unheard = mehmet.create("call", id(2), call(id(2), mehmet.rep(), world.customer("C2")));
    mehmet.push_one(&world, &unheard);
    world.host.pass(REMEMBERED_MS + DAY_MS);
    let next = ayse.create("call", id(3), call(id(3), ayse.rep(), world.customer("C1")));
    let answer = ayse.page(&world, vec![next], 3);
    assert!(answer.resync_required && answer.has_more);
    version(&answer.results[0]);
    let rest = ayse.page(&world, vec![], 500);
    assert!(!rest.resync_required, "once");
    ayse.pull(&world, 500);
    let mut fresh = world.phone("ayse", 3);
    fresh.pull(&world, 500);
    assert_eq!(ayse.rows, fresh.rows);
    assert_eq!(ayse.ids("visit"), [id(1)].into());
}

#[test]
fn a_device_that_missed_nothing_is_never_too_late() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    ayse.pull(&world, 500);
    world.host.pass(3 * REMEMBERED_MS);
    let answer = ayse.sync(&world, vec![]);
    assert!(!answer.resync_required && answer.changes.is_empty(), "{answer:?}");
}

#[test]
fn a_device_that_asks_in_time_goes_on_from_its_cursor() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    ayse.pull(&world, 500);
    let unheard = mehmet.create("call", id(1), call(id(1), mehmet.rep(), world.customer("C2")));
    mehmet.push_one(&world, &unheard);
    world.host.pass(REMEMBERED_MS);
    let answer = ayse.sync(&world, vec![]);
    assert!(!answer.resync_required);
}

#[test]
fn answers_are_remembered_for_four_hundred_days_and_then_forgotten() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    let create = ayse.create("call", id(1), call(id(1), ayse.rep(), world.customer("C1")));
    version(&ayse.push_one(&world, &create));
    world.host.pass(REMEMBERED_MS);
    assert!(ayse.push_one(&world, &create).replayed);
    world.host.pass(DAY_MS);
    let again = ayse.push_one(&world, &create);
    assert!(!again.replayed);
    assert!(!matches!(again.outcome, Outcome::Conflict), "its id is as good as new");
    assert_eq!(ayse.ids("call").len(), 1, "and its row is where it was");
}

#[test]
fn so_many_answers_are_forgotten_on_one_day_at_most() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    let calls = (1..=5).map(|n| ayse.create("call", id(n), call(id(n), ayse.rep(), world.customer("C1"))));
    let calls: Vec<_> = calls.collect();
    ayse.push(&world, &calls);
    let tx = world.server.store().begin().unwrap();
    assert_eq!(tx.forget_ops(NOW_MS, 3).unwrap(), 0, "none is older");
    assert_eq!(tx.forget_ops(NOW_MS + 1, 3).unwrap(), 3);
    assert_eq!(tx.forget_ops(NOW_MS + 1, 3).unwrap(), 2);
}
