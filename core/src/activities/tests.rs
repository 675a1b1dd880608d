use saha_domain::{
    CallDisposition, Metric, SahaError, SaleState, TargetDirection, TargetFilter, TargetId, TargetRevision,
    metrics::Progress, period::Period, wire::Outcome,
};

use super::*;
use crate::{NewSale, NewSaleLine, VisitEnd, outbox::Entry, testing::*};

fn target(n: u128, metric: Metric, filter: TargetFilter) -> Target {
    let revision =
        TargetRevision { id: id(9_000 + n), effective_from: "2026-01-01".parse().unwrap(), value: 100, reason: None };
    Target {
        id: id(n),
        rep: id(REP),
        metric,
        period: Period::Month,
        filter,
        direction: TargetDirection::AtLeast,
        weight_bp: 10_000,
        cap_bp: 10_000,
        leave_policy: saha_domain::LeavePolicy::Keep,
        currency: metric.is_money().then_some(saha_domain::CurrencyCode::TRY),
        state: saha_domain::TargetState::Active,
        revisions: vec![revision],
    }
}

/// One target of each metric, and one over a part.
fn with_targets() -> Phone {
    let phone = Phone::new();
    let soap = TargetFilter { product_group: Some("temizlik".into()), ..TargetFilter::default() };
    phone.pull(&[
        phone.row(&target(700, Metric::Visits, TargetFilter::default())),
        phone.row(&target(701, Metric::Calls, TargetFilter::default())),
        phone.row(&target(702, Metric::Sales, TargetFilter::default())),
        phone.row(&target(703, Metric::Revenue, TargetFilter::default())),
        phone.row(&target(704, Metric::Revenue, soap)),
    ]);
    phone
}

fn log_visit(phone: &Phone) -> Visit {
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    phone.host.pass_minutes(10);
    phone.saha.visits().check_out(visit.id, VisitEnd { outcome: "order".into(), ..VisitEnd::default() }).unwrap()
}

fn sell(phone: &Phone) -> Sale {
    let line = |product: u128| NewSaleLine {
        product: id(product),
        quantity_milli: 2_000,
        unit_price: None,
        discounts_bp: vec![],
    };
    let lines = vec![line(COLA), line(SOAP)];
    phone.saha.sales().create(NewSale { customer: phone.customer_id(), visit: None, lines, note: None }).unwrap()
}

fn records(phone: &Phone, target: TargetId) -> Vec<TargetRecord> {
    phone.saha.targets().records(target, 200, 0).unwrap()
}

/// Every target's records add up to what its progress says, state by state.
fn check_sums(phone: &Phone) -> Vec<Progress> {
    let progress = phone.saha.targets().progress().unwrap();
    for target in &progress {
        let records = records(phone, target.target);
        let sum = |state| records.iter().filter(|record| record.state == state).map(|record| record.value).sum::<i64>();
        let sums = RecordState::ALL.iter().map(|state| sum(*state)).collect::<Vec<_>>();
        assert_eq!(sums, [target.confirmed, target.waiting, target.rejected], "{}", target.title);
    }
    progress
}

/// The company takes everything, and its rows come back.
fn confirm(phone: &Phone) {
    let applied = phone.push(|entry| phone.applied(entry));
    let rows: Vec<_> = applied.iter().map(|entry| (entry.kind, entry.id)).collect();
    phone.pull(&[]);
    assert!(!rows.is_empty());
}

#[test]
fn the_records_of_a_target_add_up_to_its_progress_in_every_state() {
    let phone = with_targets();
    log_visit(&phone);
    let sale = sell(&phone);
    let call = phone.log_call();
    check_sums(&phone);
    confirm(&phone);
    let confirmed = check_sums(&phone);
    assert!(confirmed.iter().all(|target| target.confirmed > 0 && target.waiting == 0), "{confirmed:?}");

    phone.saha.calls().delete(call.id).unwrap();
    phone.saha.sales().change_line(sale.id, sale.lines[0].id, Some(1_000), None, None).unwrap();
    phone.host.pass_minutes(60);
    let second = sell(&phone);
    log_visit(&phone);
    let refuse_sales = |entry: &Entry| match entry.kind {
        Kind::Sale => rejected(saha_domain::wire::RejectionCode::PriceBelowFloor),
        _ => Outcome::Retry { reason: "busy".into() },
    };
    phone.push(refuse_sales);
    let mixed = check_sums(&phone);
    let figures: Vec<_> = mixed.iter().map(|target| (target.confirmed, target.waiting, target.rejected)).collect();
    assert_eq!(figures, [(1, 1, 0), (1, -1, 0), (1, 0, 1), (3_000, 0, 2_000), (1_000, 0, 1_000)]);

    // The sale that the company has counts once as it has it, and once by what was refused of it.
    let of_sales: Vec<_> = records(&phone, id(703)).into_iter().map(|record| (record.state, record.value)).collect();
    let expected = [(RecordState::Refused, 3_000), (RecordState::Refused, -1_000), (RecordState::Confirmed, 3_000)];
    assert_eq!(of_sales, expected);
    assert_eq!(second.state, SaleState::Confirmed);
}

#[test]
fn a_deleted_call_is_shown_as_it_was_until_the_company_knows() {
    let phone = with_targets();
    let call = phone.log_call();
    confirm(&phone);
    phone.saha.calls().delete(call.id).unwrap();
    let both = records(&phone, id(701));
    let values: Vec<_> = both.iter().map(|record| (record.state, record.value)).collect();
    assert_eq!(values, [(RecordState::Waiting, -1), (RecordState::Confirmed, 1)]);
    assert!(both.iter().all(|record| record.activity == Activity::Call { call: call.clone() }));
    assert_eq!(phone.saha.customers().story(phone.customer_id(), 10, 0).unwrap(), vec![]);
    // One that the company never had is no record of anything.
    let unsent = phone.log_call();
    phone.saha.calls().delete(unsent.id).unwrap();
    assert_eq!(records(&phone, id(701)), both);
}

#[test]
fn a_cancellation_counts_back_in_its_own_month() {
    let phone = with_targets();
    let sale = sell(&phone);
    confirm(&phone);
    phone.host.pass_minutes(15 * 24 * 60);
    let cancelled = phone.saha.sales().cancel(sale.id).unwrap();
    check_sums(&phone);
    let found = records(&phone, id(703));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].state, found[0].value), (RecordState::Waiting, -3_000));
    assert_eq!(Some(&found[0].at), cancelled.cancelled_at.as_ref());
    assert_eq!(found[0].summary, format!("Sale {}: cancelled", sale.number));
    // Last month it was made, and that stays.
    let last_month = phone.saha.targets().records_at(id(703), sale.at.utc_ms(), 10, 0).unwrap();
    assert_eq!(last_month.iter().map(|record| record.value).collect::<Vec<_>>(), [3_000]);
    assert_eq!(last_month[0].at, sale.at);
}

#[test]
fn a_filter_shows_only_its_own_part_of_a_sale() {
    let phone = with_targets();
    sell(&phone);
    let soap = records(&phone, id(704));
    assert_eq!(soap.iter().map(|record| record.value).collect::<Vec<_>>(), [1_000]);
    assert_eq!(soap[0].title, "Ihlamur Kafe");
}

#[test]
fn records_come_newest_first_and_page_by_page() {
    let phone = with_targets();
    let visits: Vec<_> = (0..3).map(|_| log_visit(&phone)).collect();
    let page = |offset| {
        let page = phone.saha.targets().records(id(700), 2, offset).unwrap();
        page.into_iter().map(|record| record.activity).collect::<Vec<_>>()
    };
    let activity = |at: usize| Activity::Visit { visit: visits[at].clone() };
    assert_eq!((page(0), page(2)), (vec![activity(2), activity(1)], vec![activity(0)]));
    assert_eq!(phone.saha.targets().records(id(700), 0, 0).unwrap_err(), {
        SahaError::invalid("limit", saha_domain::Problem::OutOfRange)
    });
    assert!(
        matches!(phone.saha.targets().records(id(799), 10, 0), Err(SahaError::NotFound { kind, .. }) if kind == "target")
    );
}

#[test]
fn the_story_of_a_customer_is_told_newest_first_and_says_what_the_company_has() {
    let phone = Phone::new();
    phone.pull(&[phone.row(&customer(201, "Başka"))]);
    let visit = log_visit(&phone);
    confirm(&phone);
    phone.host.pass_minutes(5);
    let sale = sell(&phone);
    phone.push(|_| rejected(saha_domain::wire::RejectionCode::PriceBelowFloor));
    phone.host.pass_minutes(5);
    let call = phone.log_call();
    phone.saha.visits().check_in(id(201), None).unwrap();

    let story = phone.saha.customers().story(phone.customer_id(), 10, 0).unwrap();
    let told: Vec<_> = story.iter().map(|entry| (entry.title.clone(), entry.state)).collect();
    let expected = [
        ("Call: connected".to_owned(), RecordState::Waiting),
        (format!("Sale {}", sale.number), RecordState::Refused),
        ("Visit: order".to_owned(), RecordState::Confirmed),
    ];
    assert_eq!(told, expected);
    assert_eq!(story[0].activity, Activity::Call { call: call.clone() });
    assert_eq!([&story[0].at, &story[1].at, &story[2].at], [&call.at, &sale.at, &visit.check_in]);
    let page = phone.saha.customers().story(phone.customer_id(), 1, 2).unwrap();
    assert_eq!(page, story[2..]);
    assert_eq!(call.disposition, CallDisposition::Connected);
}
