use serde_json::json;

use super::{samples::*, *};
use crate::{Kind, Problem, Record, registry, wire::RejectionCode};

#[test]
fn a_sale_travels_with_its_lines_keyed_by_id_and_comes_back_in_order() {
    let sale = sale("2026-11-23");
    let body = registry::body(&sale).unwrap();
    let keys: Vec<_> = body["lines"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys.len(), 3);
    assert!(body["lines"][&keys[0]].get("id").is_none(), "the key is the id");
    assert_eq!(registry::read::<Sale>(&body).unwrap(), sale);
}

#[test]
fn a_sales_totals_are_the_sums_of_its_rounded_lines() {
    let mut sale = sale("2026-11-23");
    assert_eq!((sale.net_minor, sale.tax_minor), (3_200, 640));
    assert_eq!(sale.check(), Ok(()));
    sale.net_minor += 1;
    assert_eq!(sale.check().unwrap_err().problem, Problem::Inconsistent);
}

#[test]
fn a_line_with_a_wrong_value_is_named() {
    let mut sale = sale("2026-11-23");
    sale.lines[1].quantity.amount_milli = -1;
    let error = sale.check().unwrap_err();
    assert_eq!(error.field, format!("lines/{}/quantity", sale.lines[1].id));
    sale.lines[1].quantity.amount_milli = i64::MAX;
    sale.lines[1].unit_price.amount_micro = i64::MAX;
    assert_eq!(sale.reprice().unwrap_err().problem, Problem::Overflow);
}

#[test]
fn a_completed_visit_needs_its_end_and_its_outcome() {
    let open_end = Visit { check_out: None, ..visit("2026-11-23") };
    assert_eq!(open_end.check().unwrap_err().field, "check_out");
    let no_outcome = Visit { outcome: None, ..visit("2026-11-23") };
    assert_eq!(no_outcome.check().unwrap_err().field, "outcome");
    let backwards = Visit { check_out: Some(stamp("2026-11-23", -1)), ..visit("2026-11-23") };
    assert_eq!(backwards.check().unwrap_err().problem, Problem::EndBeforeStart);
}

#[test]
fn a_rep_writes_his_own_activities_only_and_states_only_move_forward() {
    let mine = visit("2026-11-23");
    assert_eq!(mine.check_rep(id(100), None), Ok(()));
    assert_eq!(mine.check_rep(id(101), None).unwrap_err().code, RejectionCode::Forbidden);
    let voided = Visit { state: VisitState::Voided, ..mine.clone() };
    assert_eq!(voided.check_rep(id(100), Some(&mine)), Ok(()));
    assert_eq!(mine.check_rep(id(100), Some(&voided)).unwrap_err().code, RejectionCode::WrongState);
}

#[test]
fn a_rep_makes_prospects_and_nothing_better() {
    let prospect = Customer {
        id: id(200),
        code: None,
        name: "Işık Market".into(),
        lifecycle: Lifecycle::Prospect,
        segment: Segment::Unknown,
        tax_no: None,
        phone: None,
        district: None,
        address: None,
        location: None,
        note: None,
    };
    assert_eq!(prospect.check_rep(id(100), None), Ok(()));
    let active = Customer { lifecycle: Lifecycle::Active, ..prospect };
    assert_eq!(active.check_rep(id(100), None).unwrap_err().field.as_deref(), Some("lifecycle"));
}

#[test]
fn enum_values_of_a_newer_server_are_read_as_unknown() {
    let mut body = registry::body(&visit("2026-11-23")).unwrap();
    body["state"] = json!("approved");
    body["segment"] = json!("A+");
    body["loyalty"] = json!({"points": 5});
    let read: Visit = registry::read(&body).unwrap();
    assert_eq!((read.state, read.segment), (VisitState::Unknown, Segment::Unknown));
}

#[test]
fn a_body_that_lacks_a_field_names_it() {
    let mut body = registry::body(&visit("2026-11-23")).unwrap();
    body.as_object_mut().unwrap().remove("check_in");
    assert_eq!(Kind::Visit.check(&body).unwrap_err().field, "check_in");
}

#[test]
fn the_default_calendar_is_valid_and_a_crooked_one_is_not() {
    let mut calendar = WorkCalendar::default_of(id(9));
    assert_eq!(calendar.check(), Ok(()));
    calendar.days[0].intervals = vec![WorkInterval { start_min: 600, end_min: 540 }];
    assert_eq!(calendar.check().unwrap_err().field, "days");
}

#[test]
fn a_revision_on_a_date_is_the_newest_that_has_begun() {
    let target = target(Metric::Visits, crate::period::Period::Month, &[("2026-01-01", 100), ("2026-03-16", 80)]);
    assert_eq!(target.revision_on(date("2025-12-31")), None);
    assert_eq!(target.revision_on(date("2026-03-15")).unwrap().value, 100);
    assert_eq!(target.revision_on(date("2026-03-16")).unwrap().value, 80);
}
