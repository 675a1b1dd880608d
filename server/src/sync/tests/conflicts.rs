use saha_domain::{Hlc, Record, Sale, SaleLine, merge, registry, wire::Outcome};
use serde_json::json;

use crate::testing::{NOW_MS, World, id, sale};

/// Version, clock and overridden fields of an applied change.
fn applied(outcome: Outcome) -> (i64, Hlc, Vec<String>) {
    match outcome {
        Outcome::Applied { version, hlc, superseded } => (version, hlc, superseded),
        other => panic!("not applied: {other:?}"),
    }
}

#[test]
fn who_saw_the_field_overrides_it_whatever_his_clock_says() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let shared = world.customer("C2");
    let first = ayse.patch("customer", shared, json!({ "note": "first" }));
    ayse.push_one(&world, &first);
    mehmet.pull(&world, 500);
    let mut second = mehmet.patch("customer", shared, json!({ "note": "second" }));
    second.hlc = Hlc::new(1_000, 0);
    let (_, hlc, superseded) = applied(mehmet.push_one(&world, &second).outcome);
    assert!(hlc > first.hlc, "it is stored above what it overrode");
    assert_eq!(superseded, Vec::<String>::new());
    assert_eq!(mehmet.body("customer", shared).unwrap()["note"], json!("second"));
}

#[test]
fn concurrent_edits_of_one_field_go_by_the_clock_and_the_loser_learns_it() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let shared = world.customer("C2");
    ayse.pull(&world, 500);
    mehmet.pull(&world, 500);
    let mut later = ayse.patch("customer", shared, json!({ "note": "later", "district": "Fatih" }));
    later.hlc = Hlc::new(NOW_MS - 1_000, 0);
    let mut earlier = mehmet.patch("customer", shared, json!({ "note": "earlier", "address": "1" }));
    earlier.hlc = Hlc::new(NOW_MS - 2_000, 0);
    assert_eq!(applied(ayse.push_one(&world, &later).outcome).2, Vec::<String>::new());
    assert_eq!(applied(mehmet.push_one(&world, &earlier).outcome).2, ["note"]);
    let body = mehmet.body("customer", shared).unwrap();
    assert_eq!((&body["note"], &body["district"], &body["address"]), (&json!("later"), &json!("Fatih"), &json!("1")));
}

#[test]
fn on_one_device_the_later_arrival_wins_even_with_an_earlier_clock() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let shared = world.customer("C2");
    let mut first = phone.patch("customer", shared, json!({ "note": "first" }));
    first.base_version = None;
    let mut second = phone.patch("customer", shared, json!({ "note": "second" }));
    second.base_version = None;
    second.hlc = Hlc::new(5, 0);
    let (_, first_hlc, _) = applied(phone.push_one(&world, &first).outcome);
    let (_, second_hlc, superseded) = applied(phone.push_one(&world, &second).outcome);
    assert!(superseded.is_empty() && second_hlc > first_hlc);
    assert_eq!(phone.body("customer", shared).unwrap()["note"], json!("second"));
}

#[test]
fn a_clock_ahead_of_the_server_is_lowered_to_now() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    phone.pull(&world, 500);
    let mut patch = phone.patch("customer", world.customer("C2"), json!({ "note": "from the future" }));
    patch.hlc = Hlc::new(NOW_MS + 10 * 365 * 86_400_000, 0);
    let (_, hlc, _) = applied(phone.push_one(&world, &patch).outcome);
    assert_eq!(hlc, Hlc::new(NOW_MS, 0));
}

#[test]
fn lines_of_a_sale_merge_alone() {
    let world = World::new();
    let (mut phone, mut tablet) = (world.phone("ayse", 1), world.phone("ayse", 2));
    let body = sale(id(1), phone.rep(), world.customer("C1"), world.product("P1"), 9);
    let line = format!("{}", id(0x1001));
    let create = phone.create("sale", id(1), body);
    phone.push_one(&world, &create);
    phone.pull(&world, 500);
    tablet.pull(&world, 500);
    let removed = json!({ "lines": { (&line): null, (id(0x2001).to_string()): {
        "position": 1, "product": world.product("P2"), "product_group": "icecek",
        "quantity": { "amount_milli": 1000, "unit": "adet" },
        "unit_price": { "amount_micro": 5_000_000, "currency": "TRY" },
        "discounts_bp": [], "tax_bp": 100, "tax_included": false, "net_minor": 500, "tax_minor": 5,
    } }, "net_minor": 500, "tax_minor": 5 });
    let mut swap = phone.patch("sale", id(1), removed);
    swap.hlc = Hlc::new(NOW_MS - 5_000, 0);
    assert!(applied(phone.push_one(&world, &swap).outcome).2.is_empty());
    // A part of a line that is gone can't bring the whole back, however late it was written.
    let mut edit = tablet.patch("sale", id(1), json!({ "lines": { (&line): { "position": 2 } }, "note": "x" }));
    edit.hlc = Hlc::new(NOW_MS - 1_000, 0);
    assert_eq!(applied(tablet.push_one(&world, &edit).outcome).2, [format!("lines/{line}")]);
    let lines = tablet.body("sale", id(1)).unwrap()["lines"].as_object().unwrap().clone();
    assert_eq!(lines.keys().collect::<Vec<_>>(), [&id(0x2001).to_string()]);
}

#[test]
fn lines_merge_alone_though_both_patches_carry_the_total() {
    let world = World::new();
    let (mut ayse, mut tablet) = (world.phone("ayse", 1), world.phone("ayse", 2));
    let mut made: Sale = read(sale(id(1), ayse.rep(), world.customer("C1"), world.product("P1"), 10));
    made.lines.push(SaleLine { id: id(0x1002).into(), position: 2, ..made.lines[0].clone() });
    made.reprice().unwrap();
    let create = ayse.create("sale", id(1), registry::body(&made).unwrap());
    ayse.push_one(&world, &create);
    tablet.pull(&world, 500);
    let with_quantity = |line: usize, amount_milli| {
        let mut changed = made.clone();
        changed.lines[line].quantity.amount_milli = amount_milli;
        changed.reprice().unwrap();
        let (before, after) = (registry::body(&made).unwrap(), registry::body(&changed).unwrap());
        merge::diff(&before, &after, &["lines"]).unwrap()
    };
    let mut first = ayse.patch("sale", id(1), with_quantity(0, 3_000));
    first.hlc = Hlc::new(NOW_MS - 1_000, 0);
    let mut second = tablet.patch("sale", id(1), with_quantity(1, 5_000));
    second.hlc = Hlc::new(NOW_MS - 2_000, 0);
    assert!(second.payload_bytes().windows(9).any(|bytes| bytes == b"net_minor"));
    applied(ayse.push_one(&world, &first).outcome);
    assert_eq!(applied(tablet.push_one(&world, &second).outcome).2, Vec::<String>::new());
    let merged: Sale = read(tablet.body("sale", id(1)).unwrap().clone());
    let quantities: Vec<_> = merged.lines.iter().map(|line| line.quantity.amount_milli).collect();
    assert_eq!((quantities, merged.net_minor, merged.check()), (vec![3_000, 5_000], 8_000, Ok(())));
}

fn read<R: Record>(body: serde_json::Value) -> R {
    registry::read(&body).unwrap()
}
