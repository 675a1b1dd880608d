use serde_json::json;

use super::{samples::*, *};
use crate::{Kind, Problem, Record, Stamp, registry, wire::RejectionCode};

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
    let prospect = customer(Lifecycle::Prospect, Segment::Unknown);
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

#[test]
fn a_sale_of_an_unknown_rule_set_still_has_to_hold_together() {
    type Break = (&'static str, fn(&mut Sale));
    let priced_elsewhere = || {
        let mut sale = Sale { rule_set: "v9".into(), ..sale("2026-11-23") };
        // Another rounding: one minor unit more in a line and in the total.
        sale.lines[0].net_minor += 1;
        sale.net_minor += 1;
        sale
    };
    assert_eq!(priced_elsewhere().check(), Ok(()));
    assert!(!priced_elsewhere().has_known_rules() && sale("2026-11-23").has_known_rules());
    let breaks: [Break; 6] = [
        ("quantity", |s| s.lines[0].quantity.amount_milli = 0),
        ("discounts_bp", |s| s.lines[0].discounts_bp = vec![10_001]),
        ("unit_price", |s| s.lines[0].unit_price.currency = "EUR".parse().unwrap()),
        ("net_minor", |s| s.lines[0].net_minor = i64::MIN),
        ("net_minor", |s| s.net_minor += 1),
        ("lines", |s| s.lines.clear()),
    ];
    for (field, break_it) in breaks {
        let mut broken = priced_elsewhere();
        break_it(&mut broken);
        let error = broken.check().unwrap_err();
        assert_eq!(error.field.rsplit('/').next(), Some(field));
    }
}

#[test]
fn amounts_of_an_unchecked_sale_do_not_overflow() {
    let mut sale = sale("2026-11-23");
    (sale.net_minor, sale.lines[0].net_minor) = (i64::MIN, i64::MIN);
    (sale.state, sale.cancelled_at) = (SaleState::Cancelled, Some(stamp("2026-11-24", 0)));
    assert!(sale.facts().into_iter().any(|fact| fact.measures.amount_minor == i64::MAX));
    let line = &mut sale.lines[0];
    line.discounts_bp = vec![i32::MIN; 9];
    line.unit_price.amount_micro = i64::MAX;
    assert!(!line.is_below_floor(&product(5_000_000)));
    assert_eq!(line.reprice().unwrap_err().problem, Problem::Overflow);
}

#[test]
fn a_floor_is_compared_on_the_products_tax_basis() {
    let floor_of_net = product(9_000_000);
    let floor_of_gross = Product { tax_included: true, ..product(10_800_000) };
    let mut net_price = line(1, "icecek", 9_000_000);
    assert!(!net_price.is_below_floor(&floor_of_net) && !net_price.is_below_floor(&floor_of_gross));
    net_price.unit_price.amount_micro -= 1;
    assert!(net_price.is_below_floor(&floor_of_net) && net_price.is_below_floor(&floor_of_gross));
    let mut gross_price = SaleLine { tax_included: true, ..line(1, "icecek", 10_800_000) };
    assert!(!gross_price.is_below_floor(&floor_of_net) && !gross_price.is_below_floor(&floor_of_gross));
    gross_price.unit_price.amount_micro = 9_000_000;
    assert!(gross_price.is_below_floor(&floor_of_net), "7.50 and its tax");
}

#[test]
fn a_wall_clock_set_back_over_a_reboot_does_not_lock_the_rep_out() {
    let left = |minutes, boot_id: &str| {
        let check_out = Stamp { boot_id: boot_id.into(), ..stamp("2026-11-23", minutes) };
        Visit { check_out: Some(check_out), ..visit("2026-11-23") }
    };
    let lasted = |visit: &Visit| visit.facts().into_iter().map(|fact| fact.measures.duration_ms).sum::<i64>();
    let hours = [(-60, 0), (60, 3_600_000), (24 * 60 + 1, 0)];
    for (minutes, duration_ms) in hours {
        let over_a_reboot = left(minutes, "later boot");
        assert_eq!((over_a_reboot.check(), lasted(&over_a_reboot)), (Ok(()), duration_ms), "{minutes}");
    }
    assert_eq!(left(-60, "boot").check().unwrap_err().problem, Problem::EndBeforeStart);
}

#[test]
fn only_a_confirmed_sale_can_be_cancelled_and_not_before_it_was_made() {
    let draft = Sale { state: SaleState::Draft, ..sale("2026-11-23") };
    let cancelled = |minutes| {
        let cancelled_at = Some(stamp("2026-11-23", minutes));
        Sale { state: SaleState::Cancelled, cancelled_at, ..sale("2026-11-23") }
    };
    let refusal = cancelled(5).check_rep(id(100), Some(&draft)).unwrap_err();
    assert_eq!((refusal.code, refusal.field.as_deref()), (RejectionCode::WrongState, Some("state")));
    assert_eq!(cancelled(5).check_rep(id(100), Some(&sale("2026-11-23"))), Ok(()));
    assert_eq!(cancelled(15).check(), Ok(()));
    let error = cancelled(5).check().unwrap_err();
    assert_eq!((error.field.as_str(), error.problem), ("cancelled_at", Problem::EndBeforeStart));
}

#[test]
fn totals_are_settled_only_by_rules_that_are_known() {
    let mut body = registry::body(&sale("2026-11-23")).unwrap();
    body["net_minor"] = json!(1);
    body["loyalty"] = json!(5);
    let mut of_unknown_rules = body.clone();
    of_unknown_rules["rule_set"] = json!("v9");
    Kind::Sale.settle(&mut body).unwrap();
    assert_eq!((&body["net_minor"], &body["loyalty"]), (&json!(3_200), &json!(5)));
    let before = of_unknown_rules.clone();
    Kind::Sale.settle(&mut of_unknown_rules).unwrap();
    assert_eq!(of_unknown_rules, before);
}

#[test]
fn a_segment_is_the_companys_to_give() {
    let prospect = |segment| customer(Lifecycle::Prospect, segment);
    assert_eq!(prospect(Segment::Unknown).check_rep(id(100), None), Ok(()));
    assert_eq!(prospect(Segment::A).check_rep(id(100), None).unwrap_err().field.as_deref(), Some("segment"));
    // One that the office grouped is still his to edit.
    assert_eq!(prospect(Segment::A).check_rep(id(100), Some(&prospect(Segment::A))), Ok(()));
}

#[test]
fn a_filter_that_nothing_can_pass_is_refused() {
    let filtered = |metric, product_group: Option<&str>, outcome: Option<&str>| {
        let (product_group, outcome) = (product_group.map(str::to_owned), outcome.map(str::to_owned));
        let filter = TargetFilter { product_group, outcome, ..TargetFilter::default() };
        let target = target(metric, crate::period::Period::Month, &[("2026-01-01", 100)]);
        Target { filter, ..target }.check().map_err(|error| error.field)
    };
    for metric in [Metric::Visits, Metric::Calls, Metric::Sales] {
        assert_eq!(filtered(metric, Some("icecek"), None), Err("filter/product_group".into()), "{metric:?}");
    }
    for metric in [Metric::Sales, Metric::Revenue] {
        assert_eq!(filtered(metric, None, Some("order")), Err("filter/outcome".into()), "{metric:?}");
    }
    assert_eq!(filtered(Metric::Revenue, Some("icecek"), None), Ok(()));
    assert_eq!(filtered(Metric::Visits, None, Some("order")), Ok(()));
    assert_eq!(filtered(Metric::Unknown, Some("icecek"), Some("order")), Ok(()));
}

#[test]
fn a_target_of_a_newer_server_is_read() {
    let mut body =
        registry::body(&target(Metric::Visits, crate::period::Period::Month, &[("2026-01-01", 100)])).unwrap();
    (body["direction"], body["leave_policy"]) = (json!("between"), json!("shift"));
    let read: Target = registry::read(&body).unwrap();
    assert_eq!((read.direction, read.leave_policy), (TargetDirection::Unknown, LeavePolicy::Unknown));
    assert_eq!(serde_json::from_value::<crate::wire::Role>(json!("auditor")).unwrap(), crate::wire::Role::Unknown);
}

#[test]
fn a_wrong_target_names_the_field_at_fault() {
    let target = target(Metric::Visits, crate::period::Period::Month, &[("2026-01-01", 100)]);
    assert_eq!(Target { cap_bp: -1, ..target.clone() }.check().unwrap_err().field, "cap_bp");
    assert_eq!(Target { weight_bp: -1, ..target }.check().unwrap_err().field, "weight_bp");
}

#[test]
fn two_spellings_of_one_line_are_refused() {
    let sale = sale("2026-11-23");
    let mut body = registry::body(&sale).unwrap();
    let lines = body["lines"].as_object_mut().unwrap();
    let key = sale.lines[0].id.to_string();
    let line = lines[&key].clone();
    lines.insert(key.replace('-', ""), line);
    let error = Kind::Sale.check(&body).unwrap_err();
    assert_eq!((error.field, error.problem), (format!("lines/{key}"), Problem::Inconsistent));
}

#[test]
fn a_wrong_company_and_a_wrong_line_name_the_field_at_fault() {
    assert_eq!(Company { visit_radius_m: -1, ..company() }.check().unwrap_err().field, "visit_radius_m");
    assert_eq!(Company { horizon_months: 0, ..company() }.check().unwrap_err().field, "horizon_months");
    let mut sale = sale("2026-11-23");
    let line = sale.lines[0].id;
    sale.lines[0].product_group = "x".repeat(41);
    assert_eq!(sale.check().unwrap_err().field, format!("lines/{line}/product_group"));
}

#[test]
fn names_of_segments_and_stages_are_those_of_the_wire() {
    for segment in Segment::ALL {
        assert_eq!(serde_json::to_value(segment).unwrap(), segment.name());
        assert_eq!(Segment::from_name(segment.name()), *segment);
    }
    for stage in Lifecycle::ALL {
        assert_eq!(serde_json::to_value(stage).unwrap(), stage.name());
        assert_eq!(Lifecycle::from_name(stage.name()), *stage);
    }
    assert_eq!((Segment::from_name("D"), Lifecycle::from_name("")), (Segment::Unknown, Lifecycle::Unknown));
}

#[test]
fn a_photo_is_a_picture_of_a_sane_size() {
    let photo = photo("2026-11-23");
    assert_eq!(photo.check(), Ok(()));
    for size_bytes in [i64::MIN, 0, Photo::MAX_BYTES + 1] {
        assert_eq!(Photo { size_bytes, ..photo.clone() }.check().unwrap_err().field, "size_bytes", "{size_bytes}");
    }
    let program = Photo { media_type: "application/x-sh".into(), ..photo.clone() };
    assert_eq!(program.check().unwrap_err().field, "media_type");
    let mut body = registry::body(&photo).unwrap();
    let file = Kind::Photo.named_file(&body).unwrap();
    assert_eq!((file.sha256, file.size_bytes), (photo.sha256, 1_000));
    assert_eq!(Kind::Visit.named_file(&body), None, "a visit names no file");
    for wrong in ["A5", &"A5".repeat(32), &"g5".repeat(32), &"a5".repeat(33)] {
        body["sha256"] = json!(wrong);
        assert!(Kind::Photo.check(&body).is_err() && Kind::Photo.named_file(&body).is_none(), "{wrong}");
    }
}

#[test]
fn a_photo_belongs_to_who_took_it() {
    let mine = photo("2026-11-23");
    assert_eq!(mine.check_rep(id(100), None), Ok(()));
    assert_eq!(mine.check_rep(id(101), None).unwrap_err().code, RejectionCode::Forbidden);
    assert_eq!(mine.check_rep(id(101), Some(&mine)).unwrap_err().code, RejectionCode::Forbidden);
}

#[test]
fn a_cycle_leaves_whole_days_between_visits_so_that_the_required_ones_fit() {
    use crate::period::Period;
    for (visits, period, days) in [
        (1, Period::Day, 1),
        (3, Period::Day, 1),
        (2, Period::Week, 3),
        (1, Period::Month, 30),
        (4, Period::Month, 7),
        (100, Period::Month, 1),
    ] {
        assert_eq!(cycle(visits, period).interval_days(), Some(days), "{visits} {period:?}");
    }
    assert_eq!(cycle(1, Period::Unknown).interval_days(), None);
    for wrong in [0, -1, 101] {
        assert_eq!(
            cycle(wrong, Period::Week).check(),
            Err(crate::FieldError::new("required_visits", Problem::OutOfRange))
        );
    }
}

#[test]
fn a_planned_visit_has_a_place_in_its_day_and_belongs_to_its_rep() {
    let item = plan_item("2026-11-23");
    assert_eq!(item.check(), Ok(()));
    assert_eq!(PlanItem { sequence: 0, ..item.clone() }.check().unwrap_err().field, "sequence");
    for (start_min, end_min) in [(600, 600), (-1, 60), (1_000, 1_441)] {
        let window = Some(WorkInterval { start_min, end_min });
        assert_eq!(PlanItem { window, ..item.clone() }.check().unwrap_err().field, "window");
    }
    assert_eq!(item.check_rep(id(100), None), Ok(()));
    assert!(item.check_rep(id(101), None).is_err());
    assert!(PlanItem { rep: id(101), ..item.clone() }.check_rep(id(100), Some(&item)).is_err());
}

#[test]
fn a_stop_is_what_its_visits_and_the_day_make_of_it() {
    let (day, next) = (date("2026-11-23"), date("2026-11-24"));
    assert_eq!(StopState::without_visit(day, day), StopState::Planned);
    assert_eq!(StopState::without_visit(day, next), StopState::Missed);
    assert_eq!(StopState::without_visit(next, day), StopState::Planned);
    let of = StopState::of_visit;
    assert_eq!(of(VisitState::Completed).max(of(VisitState::InProgress)), Some(StopState::Done));
    assert_eq!(of(VisitState::Voided), None);
}
