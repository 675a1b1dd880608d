use saha_domain::wire::{Outcome, RejectionCode};
use serde_json::json;

use crate::testing::{NOW_MS, World, call, id, prospect, raw, rejection, sale, version, visit};

#[test]
fn an_accepted_change_comes_back_in_the_same_answer() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    phone.pull(&world, 500);
    let create = phone.create("visit", id(1), visit(id(1), phone.rep(), world.customer("C1"), NOW_MS));
    let answer = phone.sync(&world, vec![create]);
    assert_eq!(answer.snapshot, version(&answer.results[0]));
    assert_eq!(phone.rows[&("visit".to_owned(), id(1))].0, answer.snapshot);
}

#[test]
fn the_same_change_again_has_one_effect_and_the_same_answer() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let create = phone.create("visit", id(1), visit(id(1), phone.rep(), world.customer("C1"), NOW_MS));
    let first = phone.push_one(&world, &create);
    let snapshot = phone.sync(&world, vec![]).snapshot;
    let mut other_device = world.phone("ayse", 2);
    for again in [phone.push_one(&world, &create), other_device.push_one(&world, &create)] {
        assert!(again.replayed);
        assert_eq!(again.outcome, first.outcome);
    }
    assert_eq!(phone.sync(&world, vec![]).snapshot, snapshot, "nothing was committed");
}

#[test]
fn one_op_id_twice_in_a_batch_has_one_effect() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let create = phone.create("visit", id(1), visit(id(1), phone.rep(), world.customer("C1"), NOW_MS));
    let results = phone.push(&world, &[create.clone(), create]);
    assert!(!results[0].replayed && results[1].replayed);
    assert_eq!(results[0].outcome, results[1].outcome);
}

#[test]
fn an_op_id_with_another_content_or_of_another_rep_is_a_conflict() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    let mut mehmet = world.phone("mehmet", 2);
    let create = ayse.create("visit", id(1), visit(id(1), ayse.rep(), world.customer("C2"), NOW_MS));
    ayse.push_one(&world, &create);
    let mut forged = create.clone();
    forged.payload = Some(raw(&visit(id(1), ayse.rep(), world.customer("C1"), NOW_MS)));
    assert_eq!(ayse.push_one(&world, &forged).outcome, Outcome::Conflict);
    assert_eq!(mehmet.push_one(&world, &create).outcome, Outcome::Conflict);
    let body = ayse.body("visit", id(1)).unwrap();
    assert_eq!(body["customer"], json!(world.customer("C2")));
}

#[test]
fn a_poison_change_harms_no_other() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let before = phone.create("visit", id(1), visit(id(1), phone.rep(), world.customer("C1"), NOW_MS));
    let mut poison = phone.create("visit", id(2), visit(id(2), phone.rep(), world.customer("C1"), NOW_MS));
    poison.payload = Some(raw(&json!({ "id": id(2), "check_in": "yesterday" })));
    let mut deep = phone.create("visit", id(3), json!({}));
    deep.payload = Some(serde_json::from_str(&format!(r#"{{"a":{}1{}}}"#, "[".repeat(40), "]".repeat(40))).unwrap());
    let after = phone.create("call", id(4), call(id(4), phone.rep(), world.customer("C2")));
    let results = phone.push(&world, &[before, poison, deep, after]);
    assert_eq!(rejection(&results[1]).0, RejectionCode::Invalid);
    assert_eq!(rejection(&results[2]), (RejectionCode::Invalid, Some("payload".into())));
    assert_eq!(version(&results[3]), version(&results[0]) + 1, "a refused change leaves no gap in the sequence");
}

#[test]
fn what_rests_on_a_refused_change_is_blocked_by_it() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let refused = phone.create("customer", id(1), prospect(id(1), "Taken", Some("2160960606")));
    let visit_there = phone.create("visit", id(2), visit(id(2), phone.rep(), id(1).into(), NOW_MS));
    let on_the_visit = phone.patch("visit", id(2), json!({ "note": "x" }));
    let by = refused.op_id;
    let results = phone.push(&world, &[refused, visit_there.clone(), on_the_visit]);
    assert_eq!(rejection(&results[0]), (RejectionCode::DuplicateTaxNo, Some("tax_no".into())));
    assert_eq!(results[1].outcome, Outcome::Blocked { by });
    assert_eq!(results[2].outcome, Outcome::Blocked { by: visit_there.op_id });
    // In a later batch, too, and not refused for good.
    assert_eq!(phone.push_one(&world, &visit_there).outcome, Outcome::Blocked { by });
}

#[test]
fn a_refusal_is_repeated_until_a_higher_attempt_and_then_judged_again() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let body = sale(id(1), phone.rep(), world.customer("C1"), world.product("P1"), 7);
    let mut create = phone.create("sale", id(1), body);
    assert_eq!(rejection(&phone.push_one(&world, &create)).0, RejectionCode::PriceBelowFloor);
    let header = "code,name,group,unit,price,vat,floor_price\n";
    world.import(crate::ImportKind::Products, &format!("{header}P1,Kola,icecek,adet,10,20,6\n"));
    assert!(phone.push_one(&world, &create).replayed);
    create.attempt = 2;
    let judged = phone.push_one(&world, &create);
    assert!(!judged.replayed);
    version(&judged);
}

#[test]
fn a_fix_takes_the_place_of_the_refused_change_for_good() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let mut refused = phone.create("customer", id(1), prospect(id(1), "New", Some("2160960606")));
    phone.push_one(&world, &refused);
    let mut fix = phone.create("customer", id(1), prospect(id(1), "New", None));
    fix.replaces = Some(refused.op_id);
    version(&phone.push_one(&world, &fix));
    refused.attempt = 2;
    assert_eq!(phone.push_one(&world, &refused).outcome, Outcome::Conflict, "the old one is closed");
}

#[test]
fn a_change_is_fixed_once() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let refused = phone.create("customer", id(1), prospect(id(1), "New", Some("2160960606")));
    phone.push_one(&world, &refused);
    let mut fixes = [1, 2].map(|row| phone.create("customer", id(row), prospect(id(row), "New", None)));
    for fix in &mut fixes {
        fix.replaces = Some(refused.op_id);
    }
    version(&phone.push_one(&world, &fixes[0]));
    assert_eq!(phone.push_one(&world, &fixes[1]).outcome, Outcome::Conflict);
    assert!(phone.push_one(&world, &fixes[0]).replayed, "the one that was applied is still answered");
}

#[test]
fn a_fix_that_is_refused_closes_nothing() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let mut refused = phone.create("customer", id(1), prospect(id(1), "", None));
    phone.push_one(&world, &refused);
    let mut fix = phone.create("customer", id(1), prospect(id(1), " ", None));
    fix.replaces = Some(refused.op_id);
    assert_eq!(rejection(&phone.push_one(&world, &fix)).1.as_deref(), Some("name"));
    refused.attempt = 2;
    assert_eq!(rejection(&phone.push_one(&world, &refused)).1.as_deref(), Some("name"), "judged, not closed");
}

#[test]
fn a_fix_of_what_had_been_applied_after_all_names_the_row() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let create = phone.create("visit", id(1), visit(id(1), phone.rep(), world.customer("C1"), NOW_MS));
    phone.push_one(&world, &create);
    let mut fix = phone.create("visit", id(2), visit(id(2), phone.rep(), world.customer("C1"), NOW_MS));
    fix.replaces = Some(create.op_id);
    match phone.push_one(&world, &fix).outcome {
        Outcome::Rejected(rejection) => {
            assert_eq!((rejection.code, rejection.existing), (RejectionCode::ReplacedWasApplied, Some(id(1))));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_kind_of_a_newer_app_waits_for_the_server() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let unknown = phone.create("promotion", id(1), json!({ "id": id(1) }));
    let outcome = phone.push_one(&world, &unknown).outcome;
    assert_eq!(outcome, Outcome::Retry { reason: "needs_server".into() });
}

#[test]
fn unknown_fields_of_a_newer_app_are_kept_and_given_back() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let mut body = visit(id(1), phone.rep(), world.customer("C1"), NOW_MS);
    body["loyalty"] = serde_json::from_str(r#"{"points":123456789012345678901234567890.10}"#).unwrap();
    let create = phone.create("visit", id(1), body.clone());
    phone.push_one(&world, &create);
    assert_eq!(phone.body("visit", id(1)).unwrap()["loyalty"], body["loyalty"]);
}

#[test]
fn an_unknown_field_in_a_patch_of_a_newer_app_is_kept_and_given_back() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let create = phone.create("visit", id(1), visit(id(1), phone.rep(), world.customer("C1"), NOW_MS));
    let patch = phone.patch("visit", id(1), json!({ "note": "x", "mood": { "at_door": "good" } }));
    let price = phone.patch("product", world.product("P1"), json!({ "mood": "good" }));
    let results = phone.push(&world, &[create, patch, price]);
    version(&results[1]);
    assert_eq!(phone.body("visit", id(1)).unwrap()["mood"], json!({ "at_door": "good" }));
    assert_eq!(rejection(&results[2]), (RejectionCode::Forbidden, Some("mood".into())), "not a rep's to patch at all");
}

#[test]
fn a_deleted_row_stays_deleted() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let create = phone.create("call", id(1), call(id(1), phone.rep(), world.customer("C1")));
    let delete = phone.delete("call", id(1));
    let results = phone.push(&world, &[create, delete]);
    version(&results[1]);
    assert_eq!(phone.body("call", id(1)), None);
    let late_patch = phone.patch("call", id(1), json!({ "note": "late" }));
    assert_eq!(phone.push_one(&world, &late_patch).outcome, Outcome::Gone);
    let again = phone.create("call", id(1), call(id(1), phone.rep(), world.customer("C1")));
    assert_eq!(phone.push_one(&world, &again).outcome, Outcome::Gone);
}

#[test]
fn a_delete_before_its_create_leaves_a_tombstone() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let delete = phone.delete("call", id(1));
    version(&phone.push_one(&world, &delete));
    let create = phone.create("call", id(1), call(id(1), phone.rep(), world.customer("C1")));
    assert_eq!(phone.push_one(&world, &create).outcome, Outcome::Gone);
}
