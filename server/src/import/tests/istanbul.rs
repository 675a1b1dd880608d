use saha_domain::{
    CallCycle, Customer, Kind, Lifecycle, Metric, PlanItem, Product, Segment, Target, UnitPrice, WorkInterval,
    period::Period, registry,
};

use super::{data, import};
use crate::{ImportKind, RequestError, testing::World};

const FILES: [(ImportKind, u32); 8] = [
    (ImportKind::Reps, 4),
    (ImportKind::Users, 6),
    (ImportKind::Customers, 360),
    (ImportKind::Products, 96),
    (ImportKind::Assignments, 368),
    (ImportKind::CallCycles, 3),
    (ImportKind::Targets, 35),
    (ImportKind::Plan, 144),
];

fn istanbul() -> World {
    let world = World::empty();
    for (kind, lines) in FILES {
        let report = import(&world, kind, &data(&format!("istanbul/{}.csv", kind.name()))).unwrap();
        assert_eq!(report.problems, [], "{kind:?}");
        // One line of the targets revises the target of another.
        let updated = u32::from(kind == ImportKind::Targets);
        assert_eq!((report.created, report.updated, report.unchanged), (lines - updated, updated, 0), "{kind:?}");
    }
    world
}

fn record<R: registry::Record>(world: &World, code: &str) -> R {
    let view = world.server.store().view().unwrap();
    let id = view.id_of_code(R::KIND, code).unwrap().unwrap();
    registry::read(&view.record(R::KIND, id).unwrap().unwrap().body.unwrap()).unwrap()
}

#[test]
fn every_line_is_taken_and_the_second_time_nothing_changes() {
    let world = istanbul();
    let before = world.server.store().view().unwrap().head().unwrap();
    for (kind, lines) in FILES {
        let report = import(&world, kind, &data(&format!("istanbul/{}.csv", kind.name()))).unwrap();
        assert_eq!((report.created, report.updated, report.unchanged), (0, 0, lines), "{kind:?}");
    }
    assert_eq!(world.server.store().view().unwrap().head().unwrap(), before, "no version was written");
}

#[test]
fn values_are_exact() {
    let world = istanbul();
    let customer: Customer = record(&world, "C0001");
    assert_eq!(
        (customer.name.as_str(), customer.lifecycle, customer.segment),
        ("Yeşil Market", Lifecycle::Prospect, Segment::A)
    );
    assert_eq!((customer.tax_no, customer.phone.as_deref()), (None, Some("+905305554325")));
    let place = customer.location.unwrap();
    assert_eq!((place.lat_e7, place.lon_e7), (410_202_930, 289_555_020));
    let product: Product = record(&world, "P001");
    assert_eq!(product.unit_price, UnitPrice::new(38_500_000, saha_domain::CurrencyCode::TRY));
    assert_eq!(product.floor_price.unwrap().amount_micro, 33_730_000);
    assert_eq!((product.tax_bp, product.tax_included, product.unit.as_str()), (1_000, false, "adet"));
}

#[test]
fn a_revision_joins_the_target_that_it_revises() {
    let world = istanbul();
    let target: Target = record(&world, "R02\trevenue\tmonth\t\t\t\tTRY");
    assert_eq!(target.metric, Metric::Revenue);
    let values: Vec<_> = target.revisions.iter().map(|r| (r.effective_from.to_string(), r.value)).collect();
    assert_eq!(values, [("2026-01-01".to_owned(), 45_000_000), ("2026-03-16".to_owned(), 41_000_000)]);
}

#[test]
fn a_plan_is_kept_with_its_times_and_a_cycle_by_its_segment() {
    let world = istanbul();
    let cycle: CallCycle = record(&world, "A");
    assert_eq!((cycle.required_visits, cycle.period), (4, Period::Month));
    let text = String::from_utf8(data("istanbul/plan.csv")).unwrap();
    let line: Vec<&str> = text.lines().nth(1).unwrap().split(',').collect();
    let item: PlanItem = record(&world, &line[..3].join("\t"));
    assert_eq!((item.date.to_string().as_str(), item.sequence), ("2026-11-23", 1));
    assert_eq!(item.window, Some(WorkInterval { start_min: 540, end_min: 630 }));
    // A rep moved it, and the office's file says nothing of the place in the day: it stays where he put it.
    let report =
        world.import(ImportKind::Plan, &format!("rep_code,customer_code,date,note\n{},anahtar\n", line[..3].join(",")));
    assert_eq!(report.updated, 1);
    let after: PlanItem = record(&world, &line[..3].join("\t"));
    assert_eq!(after, PlanItem { note: Some("anahtar".into()), ..item });
}

#[test]
fn those_who_can_sign_in_can_and_reps_hold_their_own_customers() {
    let world = istanbul();
    let grant = world.login_with("zeynep.demir", "saha-zeynep-2026", 1).unwrap();
    let caller = world.server.authenticate(&grant.access_token, saha_domain::catalog::Lang::En).unwrap();
    let mut phone = crate::testing::Phone::new(caller, 1, world.host.clone());
    phone.pull(&world, 100);
    let text = String::from_utf8(data("istanbul/assignments.csv")).unwrap();
    let hers = text.lines().filter(|line| line.contains(",R03,") && line.trim_end().ends_with(',')).count();
    assert_eq!(phone.ids("customer").len(), hers);
    assert_eq!(phone.ids("product").len(), 96);
    let view = world.server.store().view().unwrap();
    assert!(view.id_of_code(Kind::Customer, "C0050").unwrap().is_some());
    assert_eq!(world.login_with("murat.aydin", "saha-murat-2026", 2).unwrap().rep, None);
}

#[test]
fn a_wrong_kind_of_caller_imports_nothing() {
    let world = istanbul();
    let grant = world.login_with("murat.aydin", "saha-murat-2026", 2).unwrap();
    let manager = world.server.authenticate(&grant.access_token, saha_domain::catalog::Lang::En).unwrap();
    let report = world.server.import(&manager, ImportKind::Reps, b"code,name\nR9,X\n");
    assert_eq!(report, Err(RequestError::Forbidden));
}
