use saha_domain::{GeoPoint, Problem, facts::FactKind, geo::GeoVerdict};

use super::*;
use crate::testing::*;

fn end(outcome: &str) -> VisitEnd {
    VisitEnd { outcome: outcome.into(), ..VisitEnd::default() }
}

#[test]
fn a_routine_visit_is_two_calls() {
    let phone = Phone::new();
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    assert_eq!(phone.saha.visits().in_progress().unwrap().as_ref(), Some(&visit));
    phone.host.pass_minutes(20);
    let done = phone.saha.visits().check_out(visit.id, end("order")).unwrap();
    assert_eq!(done.check_out.as_ref().unwrap().since_ms(&done.check_in), 20 * 60_000);
    assert_eq!(phone.saha.visits().in_progress().unwrap(), None);
    assert_eq!(phone.saha.visits().list_on(done.check_in.local_date, 10, 0).unwrap(), [done]);
    phone.check();
}

#[test]
fn an_unfinished_visit_is_ended_by_the_next_one_and_says_so() {
    let phone = Phone::new();
    let first = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    phone.host.pass_minutes(90);
    let second = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    let first = phone.saha.visits().get(first.id).unwrap();
    assert_eq!((first.state, first.checkout_kind), (VisitState::Completed, Some(CheckoutKind::Forced)));
    assert_eq!(phone.saha.visits().in_progress().unwrap().unwrap().id, second.id);
}

#[test]
fn a_second_check_out_is_refused_and_changes_nothing() {
    let phone = Phone::new();
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    phone.saha.visits().check_out(visit.id, end("order")).unwrap();
    let error = phone.saha.visits().check_out(visit.id, end("no_need")).unwrap_err();
    assert!(matches!(error, SahaError::WrongState { state, .. } if state == "completed"));
    assert_eq!(phone.saha.visits().get(visit.id).unwrap().outcome.as_deref(), Some("order"));
}

#[test]
fn a_check_out_without_outcome_stores_nothing() {
    let phone = Phone::new();
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    assert_eq!(phone.saha.visits().check_out(visit.id, end(" ")), Err(SahaError::invalid("outcome", Problem::Missing)));
    assert_eq!(phone.saha.visits().in_progress().unwrap(), Some(visit));
}

#[test]
fn a_voided_visit_stays_visible_and_counts_no_more() {
    let phone = Phone::new();
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    phone.saha.visits().check_out(visit.id, end("order")).unwrap();
    phone.saha.visits().void(visit.id).unwrap();
    assert_eq!(phone.counted(FactKind::Visit), [0, 0, 0]);
    assert_eq!(phone.saha.visits().get(visit.id).unwrap().state, VisitState::Voided);
    phone.check();
}

#[test]
fn the_place_is_labelled_and_never_blocks() {
    let phone = Phone::new();
    let shop = GeoPoint::from_degrees(40.99, 29.03).unwrap();
    phone.pull(&[phone.row(&saha_domain::Customer { location: Some(shop), ..customer(201, "Yerli") })]);
    let fix = |point| Location { point, accuracy_m: 10, fix_age_ms: 0, provider: "gps".into(), mocked: false };
    let near = phone.saha.visits().check_in(id(201), Some(fix(shop))).unwrap();
    assert_eq!((near.geo_verdict, near.distance_m), (GeoVerdict::Inside, Some(0)));
    let far = GeoPoint::from_degrees(41.1, 29.03).unwrap();
    assert_eq!(phone.saha.visits().check_in(id(201), Some(fix(far))).unwrap().geo_verdict, GeoVerdict::Outside);
    assert_eq!(phone.saha.visits().check_in(phone.customer_id(), None).unwrap().geo_verdict, GeoVerdict::NoFix);
    let nowhere = fix(GeoPoint { lat_e7: 0, lon_e7: 0 });
    assert!(phone.saha.visits().check_in(id(201), Some(nowhere)).is_err(), "0°, 0° is a failed lookup");
    phone.check();
}

#[test]
fn a_visit_over_midnight_counts_on_its_first_day() {
    let phone = Phone::new();
    phone.host.pass_minutes(13 * 60 + 50); // 23:50
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    phone.host.pass_minutes(30);
    let done = phone.saha.visits().check_out(visit.id, end("order")).unwrap();
    assert_eq!(done.check_in.local_date.to_string(), "2026-11-23");
    assert_eq!(done.check_out.unwrap().local_date.to_string(), "2026-11-24");
    assert_eq!(phone.saha.visits().list_on("2026-11-23".parse().unwrap(), 10, 0).unwrap().len(), 1);
    assert_eq!(phone.count("SELECT count(*) FROM rollup WHERE fact = 1"), 1);
}

#[test]
fn a_visit_to_nobody_is_refused() {
    let phone = Phone::new();
    assert!(matches!(phone.saha.visits().check_in(id(999), None), Err(SahaError::NotFound { .. })));
    assert_eq!(phone.count("SELECT count(*) FROM outbox"), 0);
}

#[test]
fn a_wall_clock_set_back_over_a_reboot_does_not_keep_a_visit_open() {
    let phone = Phone::new();
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    phone.host.set_wall(crate::clock::tests::MONDAY_10 - 5 * 86_400_000);
    phone.host.reboot("boot-2");
    let phone = phone.restart();
    let done = phone.saha.visits().check_out(visit.id, end("order")).unwrap();
    assert_eq!(done.check_out.as_ref().unwrap().since_ms(&done.check_in), 0, "nobody knows how long it lasted");
    phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    phone.check();
}
