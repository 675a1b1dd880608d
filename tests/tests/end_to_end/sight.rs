//! What a rep may see: customers who come and go.

use saha_domain::{Customer, SahaError};

use crate::world::{Phone, World};

/// What each target of the phone's rep has come to, as of a moment.
fn actual_at(phone: &Phone<'_>, as_of_ms: i64) -> Vec<i64> {
    phone.saha.targets().progress_at(as_of_ms).unwrap().iter().map(|progress| progress.actual).collect()
}

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
    assert_eq!(ayse.saha.customers().name(visit.customer).unwrap(), "Ihlamur Kafe", "the name is left");
    assert_eq!(ayse.saha.targets().progress().unwrap()[0].confirmed, 1);
    let successor = world.phone("mehmet");
    assert_eq!(successor.saha.visits().get(visit.id).unwrap().rep, visit.rep, "an activity keeps its doer");
}

#[test]
fn an_edit_of_a_customer_who_left_meanwhile_is_refused_and_kept() {
    let world = World::new();
    let ayse = world.phone("ayse");
    let shop = ayse.customer("C1");
    let edited = Customer { note: Some("arka kapı".into()), ..shop.clone() };
    ayse.saha.customers().update(edited).unwrap();
    world.import("assignments", "customer_code,rep_code,from,to\nC1,R1,2026-01-01,2026-06-30\nC1,R2,2026-07-01,\n");
    ayse.sync().unwrap();
    let waiting = ayse.saha.outbox().list().unwrap();
    assert_eq!(waiting[0].code.as_deref(), Some("not_your_customer"));
    let reason = waiting[0].reason.as_deref().unwrap();
    assert!(reason.ends_with("Mehmet Demir has him now"), "{reason}");
    assert_eq!(
        ayse.saha.customers().get(shop.id).unwrap().note.as_deref(),
        Some("arka kapı"),
        "visible until resolved"
    );
    ayse.saha.outbox().withdraw(waiting[0].op_id, false).unwrap();
    assert!(matches!(ayse.saha.customers().get(shop.id), Err(SahaError::NotFound { .. })));
}

#[test]
fn two_reps_share_a_customer_and_each_counts_his_own() {
    let world = World::new();
    world.assign("C1", "R2", "2026-01-01", None);
    world.import("targets", "rep_code,metric,period,value,currency,effective_from\nR2,visits,month,100,,2026-01-01\nR2,calls,month,100,,2026-01-01\n");
    let (ayse, mehmet) = (world.phone("ayse"), world.phone("mehmet"));
    let shop = ayse.customer("C1");
    let visit = ayse.visit(shop.id);
    let call = mehmet.log_call("C1");
    let as_of_ms = world.company.time.now_ms();
    ayse.saha.customers().update(Customer { note: Some("arka kapı".into()), ..shop.clone() }).unwrap();
    mehmet.saha.customers().update(Customer { phone: Some("0216 555 11 22".into()), ..shop.clone() }).unwrap();
    for phone in [&ayse, &mehmet, &ayse] {
        phone.sync().unwrap();
    }
    for phone in [&ayse, &mehmet] {
        assert_eq!(phone.saha.visits().get(visit.id).unwrap(), visit);
        assert_eq!(phone.saha.calls().get(call.id).unwrap(), call);
        let merged = phone.customer("C1");
        assert_eq!((merged.note.as_deref(), merged.phone.as_deref()), (Some("arka kapı"), Some("+902165551122")));
        assert_eq!(phone.saha.outbox().list().unwrap(), []);
    }
    assert_eq!((actual_at(&ayse, as_of_ms), actual_at(&mehmet, as_of_ms)), (vec![1, 0, 0], vec![0, 1]));

    world.assign("C1", "R2", "2026-01-01", Some(world.date(-1)));
    mehmet.sync().unwrap();
    ayse.sync().unwrap();
    assert!(mehmet.saha.customers().get(shop.id).is_err());
    assert!(mehmet.saha.visits().get(visit.id).is_err(), "what was another's goes");
    assert_eq!(mehmet.saha.calls().get(call.id).unwrap(), call);
    assert_eq!(mehmet.saha.customers().name(shop.id).unwrap(), shop.name);
    assert_eq!(ayse.saha.calls().get(call.id).unwrap(), call, "whoever has him still has everything");
    assert_eq!((actual_at(&ayse, as_of_ms), actual_at(&mehmet, as_of_ms)), (vec![1, 0, 0], vec![0, 1]));
}

#[test]
fn a_customer_comes_and_goes_on_the_dates_of_his_assignment_and_comes_back_whole() {
    let world = World::new();
    world.wait_for_noon();
    let (ayse, mehmet) = (world.phone("ayse"), world.phone("mehmet"));
    let call = mehmet.log_call("C3");
    mehmet.sync().unwrap();
    world.assign("C3", "R1", &world.date(1).to_string(), Some(world.date(2)));
    ayse.sync().unwrap();
    assert!(ayse.saha.calls().get(call.id).is_err());

    world.pass_days(1);
    ayse.sync().unwrap();
    assert_eq!(ayse.saha.calls().get(call.id).unwrap(), call);
    let shop = ayse.customer("C3");
    let visit = ayse.visit(shop.id);
    let as_of_ms = world.company.time.now_ms();
    ayse.sync().unwrap();
    let before = actual_at(&ayse, as_of_ms);

    world.pass_days(2);
    ayse.sync().unwrap();
    assert!(ayse.saha.customers().get(shop.id).is_err() && ayse.saha.calls().get(call.id).is_err());
    assert_eq!(ayse.saha.customers().name(shop.id).unwrap(), shop.name);
    assert_eq!(ayse.saha.visits().get(visit.id).unwrap(), visit);
    assert_eq!(actual_at(&ayse, as_of_ms), before);

    world.assign("C3", "R1", &world.date(0).to_string(), None);
    ayse.sync().unwrap();
    assert_eq!(ayse.customer("C3"), shop);
    assert_eq!(ayse.saha.calls().get(call.id).unwrap(), call);
    assert_eq!(actual_at(&ayse, as_of_ms), before);
}

#[test]
fn what_others_did_long_ago_goes_and_ones_own_stays() {
    let world = World::new();
    world.wait_for_noon();
    world.assign("C1", "R2", "2026-01-01", None);
    let (ayse, mehmet) = (world.phone("ayse"), world.phone("mehmet"));
    let (own, others) = (ayse.log_call("C1"), mehmet.log_call("C1"));
    let as_of_ms = world.company.time.now_ms();
    mehmet.sync().unwrap();
    ayse.sync().unwrap();
    assert_eq!(ayse.calls_of("C1"), 2);
    world.pass_days(398);
    assert_eq!(ayse.sync(), Err(SahaError::NotSignedIn), "after a quarter without a sync");
    ayse.sign_in_again("ayse");
    ayse.sync().unwrap();
    assert_eq!(ayse.saha.calls().list_of(own.customer, 10, 0).unwrap(), [own]);
    assert!(ayse.saha.calls().get(others.id).is_err(), "thirteen months have passed");
    assert_eq!(actual_at(&ayse, as_of_ms), [0, 1, 0]);
}

#[test]
fn a_phone_that_was_away_for_longer_than_answers_are_remembered_starts_over_and_loses_nothing() {
    let world = World::new();
    world.wait_for_noon();
    let ayse = world.phone("ayse");
    let (kept, lost) = (ayse.customer("C1"), ayse.customer("C2"));
    let accepted = ayse.log_call("C1");
    ayse.sync().unwrap();
    world.assign("C2", "R1", "2026-01-01", Some(world.date(-1)));
    let waiting = ayse.log_call("C1");
    let as_of_ms = world.company.time.now_ms();
    world.pass_days(401);
    ayse.sign_in_again("ayse");
    assert_eq!(ayse.sync().unwrap().applied, 1);
    assert!(ayse.saha.sync().status().unwrap().is_complete);
    assert_eq!(ayse.customer("C1"), kept);
    assert!(ayse.saha.customers().get(lost.id).is_err(), "nobody says that he left, and he goes all the same");
    for call in [accepted, waiting] {
        assert_eq!(ayse.saha.calls().get(call.id).unwrap(), call);
    }
    assert_eq!(ayse.saha.outbox().list().unwrap(), []);
    assert_eq!(actual_at(&ayse, as_of_ms), [0, 2, 0]);
    assert_eq!(ayse.sync().unwrap().pulled, 0, "once");
}
