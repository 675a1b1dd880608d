use saha_domain::wire::{ChangeResult, Outcome, RejectionCode, WireChange};
use serde_json::json;
use uuid::Uuid;

use crate::testing::{DAY_MS, NOW_MS, World, call, id, prospect, rejection, sale, version, visit};

#[test]
fn a_rep_may_patch_only_what_the_registry_lists() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    phone.pull(&world, 500);
    let segment = phone.patch("customer", world.customer("C1"), json!({ "phone": "+905321234567", "segment": "A" }));
    assert_eq!(rejection(&phone.push_one(&world, &segment)), (RejectionCode::Forbidden, Some("segment".into())));
    let price = phone.patch("product", world.product("P1"), json!({ "floor_price": null }));
    assert_eq!(rejection(&phone.push_one(&world, &price)), (RejectionCode::Forbidden, Some("floor_price".into())));
    let target = phone.create("target", id(1), json!({ "id": id(1) }));
    assert_eq!(rejection(&phone.push_one(&world, &target)).0, RejectionCode::Forbidden);
}

#[test]
fn a_rep_writes_in_his_own_name_only() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let forged = phone.create("visit", id(1), visit(id(1), world.rep("R2"), world.customer("C2"), NOW_MS));
    assert_eq!(rejection(&phone.push_one(&world, &forged)), (RejectionCode::Forbidden, Some("rep".into())));
    let mut mehmet = world.phone("mehmet", 2);
    let his = mehmet.create("call", id(2), call(id(2), mehmet.rep(), world.customer("C2")));
    mehmet.push_one(&world, &his);
    let delete = phone.delete("call", id(2));
    assert_eq!(rejection(&phone.push_one(&world, &delete)).0, RejectionCode::Forbidden);
}

#[test]
fn a_body_that_grew_too_large_is_refused_however_small_its_patch() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let mut body = call(id(1), phone.rep(), world.customer("C1"));
    body["photo"] = json!("x".repeat(200_000));
    let create = phone.create("call", id(1), body.clone());
    let grown = phone.patch("call", id(1), json!({ "second_photo": "x".repeat(100_000) }));
    body["photo"] = json!("x".repeat(300_000));
    body["id"] = json!(id(2));
    let large = phone.create("call", id(2), body);
    let results = phone.push(&world, &[create, grown, large]);
    version(&results[0]);
    assert_eq!([&results[1], &results[2]].map(|result| rejection(result).0), [const { RejectionCode::TooLarge }; 2]);
}

#[test]
fn nesting_can_not_hide_in_a_string() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let mut body = call(id(1), phone.rep(), world.customer("C1"));
    let nested = format!("{}1{}", "[".repeat(100), "]".repeat(100));
    body["extra"] = json!({ "$serde_json::private::RawValue": nested });
    let create = phone.create("call", id(1), body);
    assert_eq!(rejection(&phone.push_one(&world, &create)), (RejectionCode::Invalid, Some("payload".into())));
}

#[test]
fn the_id_in_the_body_must_be_the_rows() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let create = phone.create("visit", id(1), visit(id(2), phone.rep(), world.customer("C1"), NOW_MS));
    assert_eq!(rejection(&phone.push_one(&world, &create)), (RejectionCode::Invalid, Some("id".into())));
}

#[test]
fn an_id_is_used_once() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let first = phone.create("call", id(1), call(id(1), phone.rep(), world.customer("C1")));
    let second = phone.create("call", id(1), call(id(1), phone.rep(), world.customer("C2")));
    let results = phone.push(&world, &[first, second]);
    assert_eq!(rejection(&results[1]).0, RejectionCode::DuplicateId);
}

#[test]
fn a_row_out_of_sight_answers_as_if_it_were_absent() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let strange = world.customer("C3");
    let patch = phone.patch("customer", strange, json!({ "note": "hello" }));
    let absent = phone.patch("customer", id(99), json!({ "note": "hello" }));
    let results = phone.push(&world, &[patch, absent]);
    assert_eq!(results[0].outcome, results[1].outcome);
    assert_eq!(results[0].outcome, Outcome::NeedFull { parent: None });
    let there = phone.create("visit", id(1), visit(id(1), phone.rep(), strange, NOW_MS));
    let nowhere = phone.create("visit", id(2), visit(id(2), phone.rep(), id(99).into(), NOW_MS));
    let results = phone.push(&world, &[there.clone(), nowhere.clone()]);
    assert_eq!(results[0].outcome, Outcome::NeedFull { parent: Some(strange.uuid()) });
    assert_eq!(results[1].outcome, Outcome::NeedFull { parent: Some(id(99)) });
    let lacks = |change: &WireChange| WireChange { lacks_full: true, ..change.clone() };
    let results = phone.push(&world, &[lacks(&there), lacks(&nowhere)]);
    assert_eq!(results[0].outcome, results[1].outcome);
    assert_eq!(results[0].outcome, Outcome::Retry { reason: "parent_unknown".into() });
}

#[test]
fn a_deleted_row_out_of_sight_answers_as_if_it_had_never_been() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let create = mehmet.create("call", id(1), call(id(1), mehmet.rep(), world.customer("C3")));
    let delete = mehmet.delete("call", id(1));
    mehmet.push(&world, &[create, delete]);
    let patch = ayse.patch("call", id(1), json!({ "note": "x" }));
    let delete = ayse.delete("call", id(1));
    assert_eq!(ayse.push_one(&world, &patch).outcome, Outcome::NeedFull { parent: None });
    let lacks = WireChange { lacks_full: true, ..patch };
    let results = [ayse.push_one(&world, &lacks), ayse.push_one(&world, &delete)];
    assert!(results.iter().all(|result| rejection(result).0 == RejectionCode::BaseMissing), "{results:?}");
}

#[test]
fn a_customer_who_moved_away_takes_visits_but_no_edits() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    phone.pull(&world, 500);
    let moved = world.customer("C1");
    world.assign("C1,R1,2026-01-01,2026-11-22\nC1,R2,2026-11-23,\n");
    let visit = phone.create("visit", id(1), visit(id(1), phone.rep(), moved, NOW_MS));
    let edit = phone.patch("customer", moved, json!({ "note": "his dog bites" }));
    let results = phone.push(&world, &[visit, edit]);
    version(&results[0]);
    assert_eq!(rejection(&results[1]).0, RejectionCode::NotYourCustomer);
    assert_eq!(existing(&results[1]), Some(world.rep("R2").uuid()), "whose he is now");
}

#[test]
fn an_edit_of_a_customer_who_is_nobodys_now_names_nobody() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    phone.pull(&world, 500);
    let moved = world.customer("C1");
    world.assign("C1,R1,2026-01-01,2026-11-22\nC1,R2,2026-11-24,\n");
    let edit = phone.patch("customer", moved, json!({ "note": "his dog bites" }));
    assert_eq!(existing(&phone.push_one(&world, &edit)), None);
    world.host.pass(DAY_MS);
    let again = WireChange { attempt: 2, ..edit };
    assert_eq!(existing(&phone.push_one(&world, &again)), Some(world.rep("R2").uuid()), "his assignment has begun");
}

fn existing(result: &ChangeResult) -> Option<Uuid> {
    match &result.outcome {
        Outcome::Rejected(rejection) => rejection.existing,
        other => panic!("not rejected: {other:?}"),
    }
}

#[test]
fn a_deleted_parent_is_gone() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let delete_visitless = phone.delete("call", id(5));
    phone.push_one(&world, &delete_visitless);
    // No kind that a rep may delete is a parent today; the office deletes a product.
    let tx = world.server.store().begin().unwrap();
    let mut product = tx.record(saha_domain::Kind::Product, world.product("P1").uuid()).unwrap().unwrap();
    product.body = None;
    product.version = tx.next_seq(1, NOW_MS).unwrap();
    tx.put_record(&product).unwrap();
    tx.commit().unwrap();
    let sale = phone.create("sale", id(1), sale(id(1), phone.rep(), world.customer("C1"), world.product("P1"), 9));
    let (code, field) = rejection(&phone.push_one(&world, &sale));
    assert_eq!(code, RejectionCode::ParentGone);
    assert!(field.unwrap().starts_with("lines/"));
}

#[test]
fn a_tax_number_belongs_to_one_customer_and_the_other_is_named() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let create = phone.create("customer", id(1), prospect(id(1), "Copy", Some("6192271529")));
    match phone.push_one(&world, &create).outcome {
        Outcome::Rejected(rejection) => {
            assert_eq!(rejection.code, RejectionCode::DuplicateTaxNo);
            assert_eq!(rejection.existing, Some(world.customer("C3").uuid()));
            assert_eq!(rejection.message, "another customer has the same tax number");
        }
        other => panic!("{other:?}"),
    }
    phone.caller.lang = saha_domain::catalog::Lang::Tr;
    match phone.push_one(&world, &create).outcome {
        Outcome::Rejected(rejection) => assert!(rejection.message.starts_with("aynı vergi numarasına")),
        other => panic!("{other:?}"),
    }
    let own = phone.patch("customer", world.customer("C1"), json!({ "tax_no": "2160960606" }));
    version(&phone.push_one(&world, &own));
}

#[test]
fn a_price_below_the_floor_is_refused_and_names_the_line() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let (customer, with_floor, without) = (world.customer("C1"), world.product("P1"), world.product("P2"));
    let low = phone.create("sale", id(1), sale(id(1), phone.rep(), customer, with_floor, 7));
    let at_the_floor = phone.create("sale", id(2), sale(id(2), phone.rep(), customer, with_floor, 8));
    let free = phone.create("sale", id(3), sale(id(3), phone.rep(), customer, without, 1));
    let results = phone.push(&world, &[low, at_the_floor, free]);
    let (code, field) = rejection(&results[0]);
    assert_eq!(code, RejectionCode::PriceBelowFloor);
    assert_eq!(field.unwrap(), format!("lines/{}/unit_price", id(0x1001)));
    version(&results[1]);
    version(&results[2]);
}

#[test]
fn a_floor_that_was_raised_later_does_not_reach_back() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let sold = phone.create("sale", id(1), sale(id(1), phone.rep(), world.customer("C1"), world.product("P1"), 8));
    phone.push_one(&world, &sold);
    let header = "code,name,group,unit,price,vat,floor_price\n";
    world.import(crate::ImportKind::Products, &format!("{header}P1,Kola,icecek,adet,10,20,9\n"));
    let note = phone.patch("sale", id(1), json!({ "note": "paid cash" }));
    version(&phone.push_one(&world, &note));
}

#[test]
fn a_store_that_fails_for_good_fails_the_request_and_keeps_nothing_of_it() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let other = rusqlite::Connection::open(world.dir.path().join("saha-server.db")).unwrap();
    other.execute("UPDATE record SET clocks = '?' WHERE id = ?1", [world.product("P1").uuid().into_bytes()]).unwrap();
    let good = phone.create("call", id(1), call(id(1), phone.rep(), world.customer("C1")));
    let body = sale(id(2), phone.rep(), world.customer("C1"), world.product("P1"), 9);
    let damaged = phone.create("sale", id(2), body);
    assert_eq!(phone.refused(&world, vec![good, damaged]), crate::RequestError::Internal);
    phone.pull(&world, 500);
    assert_eq!(phone.ids("call"), [].into());
}

#[test]
fn a_state_does_not_go_back() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let create = phone.create("visit", id(1), visit(id(1), phone.rep(), world.customer("C1"), NOW_MS));
    let void = phone.patch("visit", id(1), json!({ "state": "voided" }));
    let back = phone.patch("visit", id(1), json!({ "state": "completed" }));
    let results = phone.push(&world, &[create, void, back]);
    version(&results[1]);
    assert_eq!(rejection(&results[2]), (RejectionCode::WrongState, Some("state".into())));
}

#[test]
fn a_sale_priced_by_a_newer_app_waits_for_the_server_and_nonsense_is_refused() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let mut body = sale(id(1), phone.rep(), world.customer("C1"), world.product("P1"), 9);
    body["rule_set"] = json!("v9");
    let newer = phone.create("sale", id(1), body.clone());
    assert_eq!(phone.push_one(&world, &newer).outcome, Outcome::Retry { reason: "needs_server".into() });
    body["net_minor"] = json!(1);
    let nonsense = phone.create("sale", id(1), body);
    assert_eq!(rejection(&phone.push_one(&world, &nonsense)), (RejectionCode::Invalid, Some("net_minor".into())));
}
