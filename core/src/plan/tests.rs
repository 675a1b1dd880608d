use saha_domain::{Problem, VisitState};

use super::*;
use crate::{VisitEnd, outbox, testing::*};

const TODAY: &str = "2026-11-23";

fn new(phone: &Phone, date: &str) -> NewPlanItem {
    let (customer, date) = (phone.customer_id(), date.parse().unwrap());
    NewPlanItem { customer, date, window: None, sequence: None, note: None }
}

fn states(phone: &Phone, date: Option<&str>) -> Vec<(StopState, Option<VisitId>)> {
    let stops = phone.saha.plan().day(date.map(|date| date.parse().unwrap())).unwrap();
    stops.into_iter().map(|stop| (stop.state, stop.visit)).collect()
}

#[test]
fn a_stop_becomes_what_the_rep_does_on_its_day() {
    let phone = Phone::new();
    let plan = phone.saha.plan();
    let (today, tomorrow) = (plan.add(new(&phone, TODAY)).unwrap(), plan.add(new(&phone, "2026-11-24")).unwrap());
    assert_eq!((today.sequence, tomorrow.sequence), (1, 1));
    assert_eq!(states(&phone, None), [(StopState::Planned, None)]);
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    assert_eq!(states(&phone, Some(TODAY)), [(StopState::InProgress, Some(visit.id))]);
    let end = VisitEnd { outcome: "order".into(), ..VisitEnd::default() };
    phone.saha.visits().check_out(visit.id, end).unwrap();
    assert_eq!(states(&phone, None), [(StopState::Done, Some(visit.id))]);
    // A second visit that is still open takes nothing back.
    phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    assert_eq!(states(&phone, None), [(StopState::Done, Some(visit.id))]);
    assert_eq!(states(&phone, Some("2026-11-24")), [(StopState::Planned, None)]);
}

#[test]
fn a_stop_without_a_visit_is_missed_when_its_day_is_over() {
    let phone = Phone::new();
    phone.saha.plan().add(new(&phone, TODAY)).unwrap();
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    let voided = phone.saha.visits().void(visit.id).unwrap();
    assert_eq!(voided.state, VisitState::Voided);
    assert_eq!(states(&phone, None), [(StopState::Planned, None)], "what was taken back does not count");
    phone.host.pass_minutes(24 * 60);
    assert_eq!(states(&phone, Some(TODAY)), [(StopState::Missed, None)]);
    assert_eq!(states(&phone, None), []);
}

#[test]
fn stops_stand_in_their_order_and_a_new_one_behind_the_last() {
    let phone = Phone::new();
    phone.pull(&[phone.row(&customer(201, "Başka"))]);
    let plan = phone.saha.plan();
    let first = plan.add(NewPlanItem { sequence: Some(5), ..new(&phone, TODAY) }).unwrap();
    let second = plan.add(NewPlanItem { customer: id(201), ..new(&phone, TODAY) }).unwrap();
    let order = || plan.day(None).unwrap().into_iter().map(|stop| stop.item).collect::<Vec<_>>();
    assert_eq!(order(), [first.clone(), second.clone()]);
    assert_eq!(second.sequence, 6);
    let before = plan.update(PlanItem { sequence: 1, note: Some("anahtar".into()), ..second }).unwrap();
    assert_eq!(order(), [before.clone(), first]);
    assert_eq!(plan.get(before.id).unwrap(), before);
    plan.remove(before.id).unwrap();
    assert!(matches!(plan.get(before.id), Err(SahaError::NotFound { kind, .. }) if kind == "plan_item"));
    assert_eq!(order().len(), 1);
    assert!(matches!(plan.remove(before.id), Err(SahaError::NotFound { kind, .. }) if kind == "plan_item"));
    phone.check();
}

#[test]
fn a_colleagues_plan_is_nobody_elses_and_a_customer_out_of_sight_is_no_stop() {
    let phone = Phone::new();
    let own = phone.saha.plan().add(new(&phone, TODAY)).unwrap();
    let colleagues = PlanItem { id: id(800), rep: id(101), ..own.clone() };
    let of_a_stranger = PlanItem { id: id(801), customer: id(299), ..own.clone() };
    phone.pull(&[phone.row(&colleagues), phone.row(&of_a_stranger)]);
    let shown = phone.saha.plan().day(None).unwrap();
    assert_eq!(shown.iter().map(|stop| &stop.item).collect::<Vec<_>>(), [&own]);
    assert!(matches!(phone.saha.plan().update(colleagues), Err(SahaError::NotFound { .. })));
}

#[test]
fn what_is_planned_wrongly_is_refused_and_the_rest_is_sent() {
    let phone = Phone::new();
    let plan = phone.saha.plan();
    let backwards = Some(WorkInterval { start_min: 600, end_min: 540 });
    let wrong = plan.add(NewPlanItem { window: backwards, ..new(&phone, TODAY) });
    assert_eq!(wrong, Err(SahaError::invalid("window", Problem::OutOfRange)));
    let unknown = plan.add(NewPlanItem { customer: id(299), ..new(&phone, TODAY) });
    assert!(matches!(unknown, Err(SahaError::NotFound { kind, .. }) if kind == "customer"));
    plan.add(new(&phone, TODAY)).unwrap();
    let sent = phone.push(|entry: &outbox::Entry| phone.applied(entry));
    assert_eq!(sent.iter().map(|entry| entry.kind).collect::<Vec<_>>(), [Kind::PlanItem]);
}
