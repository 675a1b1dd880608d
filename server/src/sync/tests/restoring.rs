//! Rows that the server lost, back from the devices' copies.

use saha_domain::{
    CustomerId,
    wire::{Outcome, RejectionCode, WireChange},
};
use serde_json::{Value, json};

use crate::testing::{DAY_MS, NOW_MS, Phone, World, call, id, prospect, raw, rejection, sale, version, visit};

const LOST: u128 = 700;

/// A customer whom the server does not know, as the phone has him.
fn lost_customer() -> Value {
    let mut body = prospect(id(LOST), "Köşe Market", None);
    body["lifecycle"] = json!("active");
    body["segment"] = json!("A");
    body["code"] = json!("C-700");
    body["a_newer_field"] = json!(12);
    body
}

fn with_full(change: &WireChange, full: &Value) -> WireChange {
    WireChange { full: Some(raw(full)), ..change.clone() }
}

fn with_parent(change: &WireChange, parent: &Value) -> WireChange {
    WireChange { full_parent: Some(raw(parent)), ..change.clone() }
}

fn need_full(phone: &mut Phone, world: &World, change: &WireChange) -> Option<uuid::Uuid> {
    match phone.push_one(world, change).outcome {
        Outcome::NeedFull { parent } => parent,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_patch_whose_base_is_lost_brings_it_back() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let patch = phone.patch("customer", CustomerId::from(id(LOST)), json!({ "note": "rings twice" }));
    assert_eq!(need_full(&mut phone, &world, &patch), None);
    version(&phone.push_one(&world, &with_full(&patch, &lost_customer())));
    let row = phone.body("customer", id(LOST)).unwrap().clone();
    let kept = [&row["note"], &row["segment"], &row["lifecycle"], &row["code"], &row["a_newer_field"]];
    assert_eq!(kept, [&json!("rings twice"), &json!("A"), &json!("active"), &json!("C-700"), &json!(12)]);
    // The company's own file means this customer from now on.
    world.import(crate::ImportKind::Customers, "code,name,status,segment\nC-700,Köşe Market,active,B\n");
    phone.pull(&world, 500);
    assert_eq!(phone.body("customer", id(LOST)).unwrap()["segment"], json!("B"));
}

#[test]
fn whoever_lacks_the_body_too_is_told_that_the_base_is_missing() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let patch = phone.patch("customer", CustomerId::from(id(LOST)), json!({ "note": "x" }));
    let lacks = WireChange { lacks_full: true, ..patch };
    assert_eq!(rejection(&phone.push_one(&world, &lacks)).0, RejectionCode::BaseMissing);
}

#[test]
fn a_whole_body_is_judged_like_any_other() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let patch = phone.patch("call", id(1), json!({ "note": "x" }));
    let others = call(id(1), world.rep("R2"), world.customer("C1"));
    assert_eq!(rejection(&phone.push_one(&world, &with_full(&patch, &others))).0, RejectionCode::Forbidden);
    let patch = phone.patch("customer", CustomerId::from(id(LOST)), json!({ "note": "x" }));
    let mut nameless = lost_customer();
    nameless["name"] = json!("");
    let result = phone.push_one(&world, &with_full(&patch, &nameless));
    assert_eq!(rejection(&result), (RejectionCode::Invalid, Some("name".into())));
    let patch = phone.patch("product", id(1), json!({ "floor_price": null }));
    let product = json!({ "id": id(1), "name": "Bedava" });
    assert_eq!(rejection(&phone.push_one(&world, &with_full(&patch, &product))).0, RejectionCode::Forbidden);
}

#[test]
fn the_makers_own_create_meets_the_restored_row_and_loses_nothing() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let body = visit(id(1), ayse.rep(), world.customer("C1"), NOW_MS);
    let mut begun = body.clone();
    begun["state"] = json!("in_progress");
    for field in ["check_out", "checkout_kind", "outcome"] {
        begun[field] = Value::Null;
    }
    begun["note"] = json!("first words");
    // Her second device had the completed visit, and edited it.
    let mut second = world.phone("ayse", 3);
    let edit = second.patch("visit", id(1), json!({ "outcome": "no_need" }));
    version(&second.push_one(&world, &with_full(&edit, &body)));
    let create = ayse.create("visit", id(1), begun);
    version(&ayse.push_one(&world, &create));
    let row = ayse.body("visit", id(1)).unwrap();
    assert_eq!((&row["state"], &row["outcome"]), (&json!("completed"), &json!("no_need")));
    assert_eq!(row["note"], json!("first words"), "what the copy did not have is filled in");

    // A prospect of hers whom the other rep's phone brought back is hers again.
    let prospect = prospect(id(LOST), "Köşe Market", None);
    let note = mehmet.patch("customer", CustomerId::from(id(LOST)), json!({ "note": "the later words" }));
    version(&mehmet.push_one(&world, &with_full(&note, &lost_customer())));
    let edit = mehmet.patch("customer", CustomerId::from(id(LOST)), json!({ "phone": "+902161234567" }));
    version(&mehmet.push_one(&world, &with_full(&edit, &lost_customer())));
    let mut create = ayse.create("customer", id(LOST), prospect);
    create.hlc = saha_domain::Hlc::new(NOW_MS - 3_600_000, 0);
    let mut older = ayse.patch("customer", CustomerId::from(id(LOST)), json!({ "note": "the earlier words" }));
    older.hlc = saha_domain::Hlc::new(NOW_MS - 3_000_000, 0);
    ayse.push(&world, &[create, older]).iter().for_each(|result| assert!(version(result) > 0));
    assert_eq!(ayse.body("customer", id(LOST)).unwrap()["note"], json!("the later words"), "whoever comes first");
    let row = ayse.body("customer", id(LOST)).unwrap();
    assert_eq!((&row["phone"], &row["lifecycle"]), (&json!("+902161234567"), &json!("active")));
}

#[test]
fn an_edit_of_a_line_which_the_restored_copy_does_not_have_any_more_is_overridden() {
    let world = World::new();
    let (mut maker, mut tablet) = (world.phone("ayse", 1), world.phone("ayse", 2));
    let copy = sale(id(900), maker.rep(), world.customer("C1"), world.product("P1"), 9);
    let note = maker.patch("sale", id(900), json!({ "note": "by the back door" }));
    version(&maker.push_one(&world, &with_full(&note, &copy)));
    // The tablet's edit of a line that the maker took out, which the server had taken in before it lost the sale.
    let line = id(0x2002).to_string();
    let edit = json!({ "lines": { (&line): { "quantity": { "amount_milli": 5_000, "unit": "adet" } } } });
    let edit = tablet.patch("sale", id(900), edit);
    let Outcome::Applied { superseded, .. } = tablet.push_one(&world, &edit).outcome else { panic!("not applied") };
    assert_eq!(superseded, [format!("lines/{line}")]);
    assert_eq!(tablet.body("sale", id(900)).unwrap()["lines"], copy["lines"]);
}

#[test]
fn a_create_takes_nothing_that_is_anothers() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let create = mehmet.create("call", id(1), call(id(1), mehmet.rep(), world.customer("C3")));
    mehmet.push_one(&world, &create);
    let taken = ayse.create("call", id(1), call(id(1), ayse.rep(), world.customer("C1")));
    assert_eq!(rejection(&ayse.push_one(&world, &taken)).0, RejectionCode::DuplicateId);
    let seen = world.customer("C1").uuid();
    let promoted = ayse.create("customer", seen, prospect(seen, "Mine now", None));
    assert_eq!(rejection(&ayse.push_one(&world, &promoted)).0, RejectionCode::DuplicateId);
}

#[test]
fn missing_parents_are_asked_for_one_by_one_and_stay() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let customer = CustomerId::from(id(LOST));
    let visit = visit(id(1), phone.rep(), customer, NOW_MS);
    let mut body = sale(id(2), phone.rep(), customer, world.product("P1"), 9);
    body["visit"] = json!(id(1));
    let create = phone.create("sale", id(2), body);
    assert_eq!(need_full(&mut phone, &world, &create), Some(id(LOST)));
    assert_eq!(need_full(&mut phone, &world, &with_parent(&create, &lost_customer())), Some(id(1)));
    version(&phone.push_one(&world, &with_parent(&create, &visit)));
    phone.pull(&world, 500);
    let there = |kind: &str, row: u128| phone.body(kind, id(row)).is_some();
    assert!(there("customer", LOST) && there("visit", 1) && there("sale", 2));
}

#[test]
fn a_parent_that_nobody_brings_is_waited_for_and_then_missing() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let create = phone.create("call", id(1), call(id(1), phone.rep(), CustomerId::from(id(LOST))));
    assert_eq!(need_full(&mut phone, &world, &create), Some(id(LOST)));
    let lacks = WireChange { lacks_full: true, ..create.clone() };
    let unknown = Outcome::Retry { reason: "parent_unknown".into() };
    assert_eq!(phone.push_one(&world, &lacks).outcome, unknown);
    world.host.pass(29 * DAY_MS);
    assert_eq!(phone.push_one(&world, &lacks).outcome, unknown);
    world.host.pass(2 * DAY_MS);
    assert_eq!(rejection(&phone.push_one(&world, &lacks)), (RejectionCode::ParentMissing, Some("customer".into())));
    // Company data is not a phone's to bring.
    let sale = phone.create("sale", id(2), sale(id(2), phone.rep(), world.customer("C1"), id(99).into(), 9));
    assert_eq!(rejection(&phone.push_one(&world, &sale)).0, RejectionCode::ParentMissing);
}

#[test]
fn a_parent_that_can_not_be_taken_leaves_its_child_waiting() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let create = phone.create("call", id(1), call(id(1), phone.rep(), CustomerId::from(id(LOST))));
    let mut nameless = lost_customer();
    nameless["name"] = json!("");
    let unknown = Outcome::Retry { reason: "parent_unknown".into() };
    assert_eq!(phone.push_one(&world, &with_parent(&create, &nameless)).outcome, unknown);
    for another in [json!("text"), json!({ "id": id(1) }), prospect(id(701), "Başkası", None)] {
        assert_eq!(need_full(&mut phone, &world, &with_parent(&create, &another)), Some(id(LOST)), "{another}");
    }
    assert!(phone.body("customer", id(701)).is_none());
}

#[test]
fn whoever_shows_that_he_knows_a_customer_out_of_sight_hands_in_his_work_there() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let strange = world.customer("C3");
    let body = |name: &str| prospect(strange.uuid(), name, None);
    let create = phone.create("visit", id(1), visit(id(1), phone.rep(), strange, NOW_MS));
    let guess = phone.push_one(&world, &with_parent(&create, &body("Some Kafe")));
    assert_eq!(guess.outcome, Outcome::Retry { reason: "parent_unknown".into() });
    let edit = phone.patch("customer", strange, json!({ "note": "x" }));
    let guess = phone.push_one(&world, &with_full(&edit, &body("Some Kafe")));
    assert_eq!(rejection(&guess).0, RejectionCode::BaseMissing);
    let edit = phone.patch("customer", strange, json!({ "note": "x" }));
    let known = phone.push_one(&world, &with_full(&edit, &body("Çınar Kafe")));
    assert_eq!(rejection(&known).0, RejectionCode::NotYourCustomer);
    version(&phone.push_one(&world, &with_parent(&create, &body("Çınar Kafe"))));
    assert!(phone.body("customer", strange).is_none() && phone.stubs.contains_key(&strange));
    // Who was told of him by a refusal has his tax number, and called him otherwise.
    let mut mehmet = world.phone("mehmet", 2);
    let create = mehmet.create("call", id(2), call(id(2), mehmet.rep(), world.customer("C1")));
    let told = prospect(world.customer("C1").uuid(), "Another name", Some("2160960606"));
    version(&mehmet.push_one(&world, &with_parent(&create, &told)));
}

#[test]
fn work_may_move_to_the_customer_whom_a_refusal_named() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let strange = world.customer("C3");
    let move_over =
        |phone: &mut Phone, n: u128| phone.create("visit", id(n), visit(id(n), phone.rep(), strange, NOW_MS));
    let before = move_over(&mut phone, 1);
    assert_eq!(need_full(&mut phone, &world, &before), Some(strange.uuid()), "a stranger's customer is as if absent");
    let create = phone.create("customer", id(LOST), prospect(id(LOST), "Copy", Some("6192271529")));
    assert_eq!(rejection(&phone.push_one(&world, &create)).0, RejectionCode::DuplicateTaxNo);
    let moved = move_over(&mut phone, 2);
    version(&phone.push_one(&world, &moved));
    assert!(phone.stubs.contains_key(&strange), "he learns the name, and no more");
    assert!(phone.body("customer", strange).is_none());
    let mut mehmet = world.phone("mehmet", 2);
    let other = mehmet.create("call", id(3), call(id(3), mehmet.rep(), world.customer("C1")));
    assert_eq!(need_full(&mut mehmet, &world, &other), Some(world.customer("C1").uuid()), "nobody else was told");
}
