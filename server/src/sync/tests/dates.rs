use chrono::DateTime;
use saha_domain::wire::PulledItem;

use super::sight::{entered, left};
use crate::testing::{DAY_MS, NOW_MS, Phone, World};

/// Midnight in Istanbul, 2026-11-24.
const MIDNIGHT_MS: i64 = 1_795_467_600_000;

/// Lets time pass up to a moment.
fn wait(world: &World, until_ms: i64) {
    world.host.pass(until_ms - crate::Host::now_ms(&*world.host));
}

fn moves(items: &[PulledItem]) -> (usize, usize) {
    (entered(items), left(items))
}

fn sees(phone: &Phone, world: &World, code: &str) -> bool {
    phone.body("customer", world.customer(code)).is_some()
}

#[test]
fn an_assignment_begins_at_the_companys_midnight() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    world.assign("C3,R1,2026-11-24,\n");
    ayse.pull(&world, 500);
    wait(&world, MIDNIGHT_MS - 1);
    assert_eq!(ayse.pull(&world, 500).len(), 0, "21:00 UTC is not here yet");
    wait(&world, MIDNIGHT_MS);
    assert_eq!(moves(&ayse.pull(&world, 500)), (1, 0));
    assert_eq!(ayse.pull(&world, 500).len(), 0, "once a day");
}

#[test]
fn a_midnight_that_is_left_out_or_comes_twice_is_one_midnight() {
    // In Chile clocks are set back at midnight, 2027-04-04, and go forward at midnight, 2027-09-05.
    let world = World::founded(|config| "America/Santiago".clone_into(&mut config.zone)).filled();
    world.assign("C3,R1,2027-04-04,2027-09-04\n");
    let mut ayse = world.phone("ayse", 1);
    let mut moves_at = |time: &str| {
        wait(&world, DateTime::parse_from_rfc3339(time).unwrap().timestamp_millis());
        moves(&ayse.pull(&world, 500))
    };
    assert_eq!(moves_at("2027-04-04T02:59:59Z"), (0, 0), "23:59:59 for the first time");
    assert_eq!(moves_at("2027-04-04T03:00:00Z"), (0, 0), "23:00 for the second time");
    assert_eq!(moves_at("2027-04-04T03:59:59Z"), (0, 0));
    assert_eq!(moves_at("2027-04-04T04:00:00Z"), (1, 0));
    assert_eq!(moves_at("2027-09-05T03:59:59Z"), (0, 0));
    assert_eq!(moves_at("2027-09-05T04:00:00Z"), (0, 1), "01:00 is the first hour of the day");
}

#[test]
fn days_that_pass_without_a_request_leave_what_holds_at_their_end() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    world.assign("C3,R1,2026-11-24,2026-11-25\nC1,R1,2026-01-01,2026-11-24\n");
    ayse.pull(&world, 500);
    world.host.pass(5 * DAY_MS);
    let items = ayse.pull(&world, 500);
    assert_eq!(moves(&items), (0, 1), "C3 came and went unseen");
    assert!(!sees(&ayse, &world, "C1") && !sees(&ayse, &world, "C3"));
}

#[test]
fn an_assignment_that_follows_another_without_a_gap_tells_of_nothing() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    world.assign("C1,R1,2026-01-01,2026-11-24\nC1,R1,2026-11-25,\n");
    ayse.pull(&world, 500);
    for _ in 0..4 {
        world.host.pass(DAY_MS);
        assert_eq!(moves(&ayse.pull(&world, 500)), (0, 0));
    }
    assert!(sees(&ayse, &world, "C1"));
}

#[test]
fn of_assignments_that_overlap_the_last_one_ends_the_sight() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    world.assign("C3,R1,2026-11-01,2026-11-24\nC3,R1,2026-11-20,2026-11-25\n");
    assert_eq!(world.count("SELECT count(*) FROM scope_log WHERE what = 1"), 5, "once for each pair");
    ayse.pull(&world, 500);
    world.host.pass(2 * DAY_MS);
    assert_eq!(ayse.pull(&world, 500).len(), 0, "the second one holds");
    world.host.pass(DAY_MS);
    assert_eq!(moves(&ayse.pull(&world, 500)), (0, 1));
    assert!(!sees(&ayse, &world, "C3"));
}

#[test]
fn who_leaves_and_comes_on_one_day_leaves_first() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    ayse.pull(&world, 500);
    world.assign("C1,R1,2026-01-01,2026-11-22\n");
    world.assign("C1,R1,2026-11-23,\n");
    assert_eq!(moves(&ayse.pull(&world, 500)), (1, 1));
    assert!(sees(&ayse, &world, "C1"));
}

#[test]
fn a_clock_that_is_set_back_over_midnight_takes_what_it_gave() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    world.assign("C3,R1,2026-11-24,\n");
    ayse.pull(&world, 500);
    wait(&world, MIDNIGHT_MS);
    assert_eq!(moves(&ayse.pull(&world, 500)), (1, 0));
    wait(&world, NOW_MS);
    assert_eq!(moves(&ayse.pull(&world, 500)), (0, 1));
    wait(&world, MIDNIGHT_MS);
    assert_eq!(moves(&ayse.pull(&world, 500)), (1, 0));
}
