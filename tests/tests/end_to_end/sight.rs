//! What a rep may see: customers who come and go.

use crate::world::World;

#[test]
fn a_customer_who_comes_into_sight_brings_his_whole_story() {
    let world = World::new();
    let (ayse, mehmet) = (world.phone("ayse"), world.phone("mehmet"));
    let call = mehmet.log_call("C3");
    mehmet.sync().unwrap();
    ayse.sync().unwrap();
    assert!(ayse.saha.customers().get_by_code("C3".into()).is_err());
    world.import("assignments", "customer_code,rep_code,from,to\nC3,R1,2026-01-01,\n");
    ayse.sync().unwrap();
    assert_eq!(ayse.customer("C3").name, "Beyoğlu Büfe");
    assert_eq!(ayse.saha.calls().get(call.id).unwrap(), call, "an old row, whatever its version");
}

#[test]
fn a_customer_who_leaves_takes_nothing_of_the_reps_own() {
    let world = World::new();
    let ayse = world.phone("ayse");
    let own = ayse.log_call("C1");
    ayse.sync().unwrap();
    let shop = ayse.customer("C1").id;
    let before = ayse.saha.targets().progress().unwrap();
    world.import("assignments", "customer_code,rep_code,from,to\nC1,R1,2026-01-01,2026-06-30\nC1,R2,2026-07-01,\n");
    ayse.sync().unwrap();
    assert!(ayse.saha.customers().get(shop).is_err());
    assert_eq!(ayse.saha.customers().name(shop).unwrap(), "Ihlamur Kafe", "the name is left");
    assert!(ayse.saha.calls().get(own.id).is_ok());
    let after = ayse.saha.targets().progress().unwrap();
    assert_eq!(before.iter().map(|p| p.actual).collect::<Vec<_>>(), after.iter().map(|p| p.actual).collect::<Vec<_>>());

    let mehmet = world.phone("mehmet");
    assert_eq!(mehmet.calls_of("C1"), 1, "the successor reads what his predecessor did");
    let fresh = world.phone("ayse");
    assert!(fresh.saha.calls().get(own.id).is_ok(), "a new phone has the rep's own work too");
    assert_eq!(fresh.saha.customers().name(shop).unwrap(), "Ihlamur Kafe");
}

#[test]
fn work_done_offline_at_a_customer_who_left_meanwhile_is_accepted() {
    let world = World::new();
    let ayse = world.phone("ayse");
    let visit = ayse.visit(ayse.customer("C1").id);
    world.import("assignments", "customer_code,rep_code,from,to\nC1,R1,2026-01-01,2026-06-30\nC1,R2,2026-07-01,\n");
    let report = ayse.sync().unwrap();
    assert_eq!((report.applied, report.rejected), (2, 0));
    assert_eq!(ayse.saha.visits().get(visit.id).unwrap(), visit);
    assert_eq!(ayse.saha.targets().progress().unwrap()[0].confirmed, 1);
}

#[test]
fn an_edit_of_a_customer_who_left_meanwhile_is_refused_and_kept() {
    let world = World::new();
    let ayse = world.phone("ayse");
    let shop = ayse.customer("C1");
    let edited = saha_domain::Customer { note: Some("arka kapı".into()), ..shop.clone() };
    ayse.saha.customers().update(edited).unwrap();
    world.import("assignments", "customer_code,rep_code,from,to\nC1,R1,2026-01-01,2026-06-30\nC1,R2,2026-07-01,\n");
    ayse.sync().unwrap();
    let waiting = ayse.saha.outbox().list().unwrap();
    assert_eq!(waiting[0].code.as_deref(), Some("not_your_customer"));
    assert_eq!(
        ayse.saha.customers().get(shop.id).unwrap().note.as_deref(),
        Some("arka kapı"),
        "visible until resolved"
    );
}
