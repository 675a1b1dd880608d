use saha_domain::wire::{Op, Outcome, PulledItem};
use serde_json::json;

use crate::testing::{DAY_MS, NOW_MS, Phone, World, call, id, prospect, version, visit};

pub(super) fn entered(items: &[PulledItem]) -> usize {
    items.iter().filter(|item| item.entered.is_some()).count()
}

pub(super) fn left(items: &[PulledItem]) -> usize {
    items.iter().filter(|item| item.left.is_some()).count()
}

/// Ayşe's phone, to which C3 comes with 25 calls of Mehmet's at its next pull.
fn about_to_see_25_calls(world: &World) -> Phone {
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let calls: Vec<_> =
        (1..=25).map(|n| mehmet.create("call", id(n), call(id(n), mehmet.rep(), world.customer("C3")))).collect();
    mehmet.push(world, &calls);
    ayse.pull(world, 500);
    world.assign("C3,R1,2026-11-01,\n");
    ayse
}

#[test]
fn a_rep_sees_company_data_his_customers_and_what_lies_beneath_by_anyone() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let at_shared = mehmet.create("call", id(1), call(id(1), mehmet.rep(), world.customer("C2")));
    let at_his_own = mehmet.create("call", id(2), call(id(2), mehmet.rep(), world.customer("C3")));
    mehmet.push(&world, &[at_shared, at_his_own]);
    ayse.pull(&world, 500);
    assert_eq!(ayse.ids("customer"), [world.customer("C1").uuid(), world.customer("C2").uuid()].into());
    assert_eq!(ayse.ids("call"), [id(1)].into());
    assert_eq!(ayse.ids("product").len(), 2);
    assert_eq!(ayse.ids("rep").len(), 2);
    assert_eq!(ayse.ids("company").len(), 1);
}

#[test]
fn a_target_is_its_reps_alone() {
    let world = World::new();
    let header = "rep_code,metric,period,value,effective_from\n";
    world.import(
        crate::ImportKind::Targets,
        &format!("{header}R1,visits,day,8,2026-01-01\nR2,visits,day,9,2026-01-01\n"),
    );
    let mut ayse = world.phone("ayse", 1);
    ayse.pull(&world, 500);
    assert_eq!(ayse.ids("target").len(), 1);
}

#[test]
fn a_customer_who_comes_brings_everything_beneath_him_whatever_its_version() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let old = mehmet.create("visit", id(1), visit(id(1), mehmet.rep(), world.customer("C3"), NOW_MS));
    mehmet.push_one(&world, &old);
    ayse.pull(&world, 500);
    assert_eq!(ayse.body("visit", id(1)), None);
    world.assign("C3,R1,2026-11-01,\n");
    let items = ayse.pull(&world, 500);
    assert_eq!(entered(&items), 1);
    assert!(ayse.body("visit", id(1)).is_some());
    assert!(ayse.body("customer", world.customer("C3")).is_some());
}

#[test]
fn a_backfill_goes_on_page_by_page() {
    let world = World::new();
    let mut ayse = about_to_see_25_calls(&world);
    let items = ayse.pull(&world, 4);
    assert_eq!(entered(&items), 1);
    assert_eq!(ayse.ids("call").len(), 25);
}

#[test]
fn a_backfill_ends_when_its_customer_leaves_halfway() {
    let world = World::new();
    let mut ayse = about_to_see_25_calls(&world);
    assert!(ayse.page(&world, vec![], 10).has_more);
    assert!(!ayse.ids("call").is_empty());
    world.assign("C3,R1,2026-11-01,2026-11-02\n");
    ayse.pull(&world, 10);
    assert_eq!(ayse.ids("call"), [].into());
    assert_eq!(ayse.body("customer", world.customer("C3")), None);
    // And comes back whole.
    world.assign("C3,R1,2026-11-20,\n");
    ayse.pull(&world, 10);
    assert_eq!(ayse.ids("call").len(), 25);
}

#[test]
fn a_backfill_sends_nothing_of_a_customer_who_is_out_of_sight_by_then() {
    let world = World::new();
    let mut ayse = about_to_see_25_calls(&world);
    assert!(ayse.page(&world, vec![], 10).has_more);
    world.assign("C3,R1,2026-11-01,2026-11-02\n");
    let next = ayse.page(&world, vec![], 10).changes;
    assert_eq!((next.len(), left(&next)), (1, 1), "{next:?}");
}

#[test]
fn a_backfill_begins_again_when_its_customer_left_and_came_back() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let calls: Vec<_> =
        (1..=9).map(|n| mehmet.create("call", id(n), call(id(n), mehmet.rep(), world.customer("C3")))).collect();
    mehmet.push(&world, &calls);
    ayse.pull(&world, 500);
    world.assign("C3,R1,2026-11-01,\n");
    assert!(ayse.page(&world, vec![], 6).has_more);
    let first: Vec<_> = ayse.ids("call").into_iter().collect();
    assert!(!first.is_empty() && first.len() < 9);
    world.assign("C3,R1,2026-11-01,2026-11-02\n");
    world.assign("C3,R1,2026-11-20,\n");
    ayse.pull(&world, 6);
    assert_eq!(ayse.ids("call").len(), 9, "those too that came before he left");
}

#[test]
fn who_loses_a_customer_keeps_his_own_work_and_the_name() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let shared = world.customer("C2");
    let own = ayse.create("visit", id(1), visit(id(1), ayse.rep(), shared, NOW_MS));
    let others = mehmet.create("visit", id(2), visit(id(2), mehmet.rep(), shared, NOW_MS));
    ayse.push_one(&world, &own);
    mehmet.push_one(&world, &others);
    ayse.pull(&world, 500);
    world.assign("C2,R1,2026-01-01,2026-11-22\n");
    let items = ayse.pull(&world, 500);
    assert_eq!(left(&items), 1);
    assert_eq!(ayse.ids("visit"), [id(1)].into());
    assert_eq!(ayse.body("customer", shared), None);
    assert_eq!(ayse.stubs[&shared], "İkbal Büfe");
    // A new phone of the same rep is told the same.
    let mut new_phone = world.phone("ayse", 3);
    new_phone.pull(&world, 500);
    assert_eq!(new_phone.rows, ayse.rows);
    assert_eq!(new_phone.stubs, ayse.stubs);
}

#[test]
fn the_name_stands_on_the_page_that_says_who_left() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    let own = ayse.create("visit", id(1), visit(id(1), ayse.rep(), world.customer("C1"), NOW_MS));
    ayse.push_one(&world, &own);
    ayse.pull(&world, 500);
    world.assign("C1,R1,2026-01-01,2026-11-22\n");
    while left(&ayse.page(&world, vec![], 1).changes) == 0 {}
    assert_eq!(ayse.stubs[&world.customer("C1")], "Işık Market");
}

#[test]
fn an_assignment_is_no_work_of_the_rep_whom_it_names() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    ayse.pull(&world, 500);
    // One to come, and one that ended before she ever worked there.
    world.assign("C3,R1,2026-12-01,\nC1,R1,2026-01-01,2026-11-22\n");
    let items = ayse.pull(&world, 500);
    assert_eq!((items.len(), left(&items)), (1, 1), "{items:?}");
    assert_eq!(ayse.ids("assignment").len(), 2, "those of C2");
    let mut fresh = world.phone("ayse", 3);
    fresh.pull(&world, 500);
    assert_eq!((&fresh.rows, &fresh.stubs), (&ayse.rows, &ayse.stubs));
    assert_eq!(fresh.stubs, [].into());
    let at_a_stranger = ayse.create("visit", id(1), visit(id(1), ayse.rep(), world.customer("C3"), NOW_MS));
    let as_if_absent = Outcome::NeedFull { parent: Some(world.customer("C3").uuid()) };
    assert_eq!(ayse.push_one(&world, &at_a_stranger).outcome, as_if_absent);
}

#[test]
fn assignments_begin_and_end_with_the_companys_day() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    world.assign("C3,R1,2026-11-24,2026-11-24\n");
    ayse.pull(&world, 500);
    assert_eq!(ayse.body("customer", world.customer("C3")), None);
    world.host.pass(DAY_MS);
    assert_eq!(entered(&ayse.pull(&world, 500)), 1);
    assert!(ayse.body("customer", world.customer("C3")).is_some());
    world.host.pass(DAY_MS);
    assert_eq!(left(&ayse.pull(&world, 500)), 1);
    assert_eq!(ayse.body("customer", world.customer("C3")), None);
}

#[test]
fn a_prospect_is_his_finders_and_nobody_elses() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let found = ayse.create("customer", id(1), prospect(id(1), "Yeni Büfe", None));
    ayse.push_one(&world, &found);
    assert!(ayse.body("customer", id(1)).is_some());
    assert_eq!(ayse.ids("assignment").len(), 1 + 3, "his new one, and those of C1 and C2");
    mehmet.pull(&world, 500);
    assert_eq!(mehmet.body("customer", id(1)), None);
    let edit = ayse.patch("customer", id(1), json!({ "note": "owner is called Ali" }));
    version(&ayse.push_one(&world, &edit));
}

#[test]
fn a_visit_that_moves_to_a_customer_out_of_sight_goes_from_others_phones() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let at_shared = mehmet.create("visit", id(1), visit(id(1), mehmet.rep(), world.customer("C2"), NOW_MS));
    mehmet.push_one(&world, &at_shared);
    ayse.pull(&world, 500);
    assert!(ayse.body("visit", id(1)).is_some());
    let moved = mehmet.patch("visit", id(1), json!({ "customer": world.customer("C3") }));
    version(&mehmet.push_one(&world, &moved));
    ayse.pull(&world, 500);
    assert_eq!(ayse.body("visit", id(1)), None);
    assert!(mehmet.body("visit", id(1)).is_some());
}

#[test]
fn other_peoples_old_activities_are_not_sent_and_own_ones_are() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let long_ago = NOW_MS - 500 * DAY_MS;
    let old = mehmet.create("visit", id(1), visit(id(1), mehmet.rep(), world.customer("C2"), long_ago));
    mehmet.push_one(&world, &old);
    ayse.pull(&world, 500);
    assert_eq!(ayse.ids("visit"), [].into());
    let mut new_phone = world.phone("mehmet", 3);
    new_phone.pull(&world, 500);
    assert_eq!(new_phone.ids("visit"), [id(1)].into());
}

#[test]
fn a_forged_cursor_shows_nothing_out_of_sight() {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let his = mehmet.create("call", id(1), call(id(1), mehmet.rep(), world.customer("C3")));
    mehmet.push_one(&world, &his);
    ayse.pull(&world, 500);
    let cursor = BASE64.decode(ayse.cursor.as_ref().unwrap()).unwrap();
    let mut cursor: serde_json::Value = serde_json::from_slice(&cursor).unwrap();
    cursor["start"] = json!(0);
    cursor["backfill"] = json!({ "customer": world.customer("C3"), "after": 0 });
    ayse.cursor = Some(BASE64.encode(cursor.to_string()));
    let items = ayse.pull(&world, 500);
    assert!(items.iter().all(|item| item.body.is_none()), "{items:?}");
}

#[test]
fn a_tombstone_reaches_who_has_the_row_and_not_who_starts_anew() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let create = mehmet.create("call", id(1), call(id(1), mehmet.rep(), world.customer("C2")));
    mehmet.push_one(&world, &create);
    ayse.pull(&world, 500);
    let mut delete = mehmet.change(Op::Delete, "call", id(1), None);
    delete.payload = None;
    mehmet.push_one(&world, &delete);
    ayse.pull(&world, 500);
    assert_eq!(ayse.ids("call"), [].into());
    let items = world.phone("ayse", 3).pull(&world, 500);
    assert!(items.iter().all(|item| !item.deleted));
}

#[test]
fn a_plan_is_the_reps_to_change_and_whoever_sees_the_customer_sees_it() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let lines = "R1,C2,2026-11-23\nR1,C1,2026-11-23\nR2,C3,2026-11-23\n";
    world.import(crate::ImportKind::Plan, &format!("rep_code,customer_code,date\n{lines}"));
    world.import(crate::ImportKind::CallCycles, "segment,required_visits,period\nA,4,month\n");
    ayse.pull(&world, 500);
    mehmet.pull(&world, 500);
    assert_eq!((ayse.ids("plan_item").len(), ayse.ids("call_cycle").len()), (2, 1));
    assert_eq!(mehmet.ids("plan_item").len(), 2, "his own, and hers at the customer whom they share");

    let own = |n: u128| json!({ "id": id(n), "rep": ayse.rep(), "customer": world.customer("C1"), "date": "2026-11-24", "sequence": 1 });
    let (mine, of_another) = (
        own(70),
        json!({ "rep": mehmet.rep(), "sequence": 1, "id": id(71), "customer": world.customer("C2"), "date": "2026-11-24" }),
    );
    let made = ayse.create("plan_item", id(70), mine);
    assert!(matches!(ayse.push_one(&world, &made).outcome, Outcome::Applied { .. }));
    let moved = ayse.patch("plan_item", id(70), json!({ "date": "2026-11-25" }));
    assert!(matches!(ayse.push_one(&world, &moved).outcome, Outcome::Applied { .. }));
    let for_him = ayse.create("plan_item", id(71), of_another);
    assert!(matches!(ayse.push_one(&world, &for_him).outcome, Outcome::Rejected(_)));
    let out = ayse.delete("plan_item", id(70));
    assert!(matches!(ayse.push_one(&world, &out).outcome, Outcome::Applied { .. }));
    let cycle = ayse.create(
        "call_cycle",
        id(72),
        json!({ "id": id(72), "segment": "B", "required_visits": 1, "period": "week" }),
    );
    assert!(matches!(ayse.push_one(&world, &cycle).outcome, Outcome::Rejected(_)), "how often is the company's word");
}
