use serde_json::json;

use super::*;
use crate::{Record, Sale, SaleState, Stamp, Visit, VisitState, records::samples::*, registry};

/// The sums of a delta: (kind, status) → (count, amount).
fn sum(delta: Delta, kind: FactKind, status: RecordState) -> (i64, i64) {
    let cells = delta.since(Delta::default()).filter(|(key, s, _)| key.kind == kind && *s == status);
    cells.fold((0, 0), |(count, amount), (_, _, m)| (count + m.count, amount + m.amount_minor))
}

#[test]
fn a_visit_counts_once_it_is_completed_and_on_its_check_in_date() {
    let visit = visit("2026-11-23");
    let facts: Vec<_> = visit.facts().into_iter().collect();
    assert_eq!(facts.len(), 1);
    assert_eq!(facts[0].key.date, date("2026-11-23"));
    assert_eq!(facts[0].measures, Measures { count: 1, amount_minor: 0, duration_ms: 20 * 60_000 });
    assert_eq!(Visit { state: VisitState::InProgress, ..visit.clone() }.facts(), Facts::default());
    assert_eq!(Visit { state: VisitState::Voided, ..visit }.facts(), Facts::default());
}

#[test]
fn a_sale_is_one_document_and_its_groups() {
    let facts: Vec<_> = sale("2026-11-23").facts().into_iter().collect();
    let by_group: Vec<_> = facts
        .iter()
        .map(|f| (f.key.kind, f.key.product_group.as_str(), f.measures.count, f.measures.amount_minor))
        .collect();
    assert_eq!(
        by_group,
        [
            (FactKind::Sale, "", 1, 3_200),
            (FactKind::SaleLine, "icecek", 2, 2_200),
            (FactKind::SaleLine, "temizlik", 1, 1_000)
        ]
    );
}

#[test]
fn a_cancellation_is_negative_on_its_own_date() {
    let cancelled =
        Sale { state: SaleState::Cancelled, cancelled_at: Some(stamp("2026-12-01", 0)), ..sale("2026-11-30") };
    let documents: Vec<_> = cancelled
        .facts()
        .into_iter()
        .filter(|f| f.key.kind == FactKind::Sale)
        .map(|f| (f.key.date.to_string(), f.measures.count, f.measures.amount_minor))
        .collect();
    assert_eq!(documents, [("2026-11-30".to_owned(), 1, 3_200), ("2026-12-01".to_owned(), -1, -3_200)]);
}

#[test]
fn each_change_counts_its_own_difference_under_its_own_status() {
    let before = registry::body(&sale("2026-11-23")).unwrap();
    let mut dearer = sale("2026-11-23");
    dearer.lines[0].unit_price.amount_micro *= 2;
    dearer.reprice().unwrap();
    let edit = Edit::Patch(merge::diff(&before, &registry::body(&dearer).unwrap(), &["lines"]).unwrap());
    let of = |state| Delta::of_row(Kind::Sale, Some(&before), Kind::Sale.facts(&before), &[(&edit, state)]);
    assert_eq!(sum(of(ChangeState::Queued), FactKind::Sale, RecordState::Confirmed), (1, 3_200));
    assert_eq!(sum(of(ChangeState::Queued), FactKind::Sale, RecordState::Waiting), (0, 2_000));
    assert_eq!(sum(of(ChangeState::Rejected), FactKind::Sale, RecordState::Refused), (0, 2_000));
    assert_eq!(sum(of(ChangeState::Acked), FactKind::Sale, RecordState::Confirmed), (1, 5_200));
}

#[test]
fn the_difference_of_two_states_touches_only_what_moved() {
    let body = registry::body(&visit("2026-11-23")).unwrap();
    let create = Edit::Create(body);
    let queued = Delta::of_row(Kind::Visit, None, Facts::default(), &[(&create, ChangeState::Queued)]);
    let acked = Delta::of_row(Kind::Visit, None, Facts::default(), &[(&create, ChangeState::Acked)]);
    let moved: Vec<_> = acked.clone().since(queued.clone()).map(|(_, status, m)| (status, m.count)).collect();
    assert_eq!(moved, [(RecordState::Confirmed, 1), (RecordState::Waiting, -1)]);
    assert_eq!(queued.clone().since(queued).count(), 0);
}

#[test]
fn a_body_that_cannot_be_read_adds_nothing() {
    assert_eq!(Kind::Sale.facts(&json!({"total": 5})), Facts::default());
}

#[test]
fn what_is_stacked_on_a_refused_change_is_not_waiting_work() {
    let open = Visit { state: VisitState::InProgress, check_out: None, outcome: None, ..visit("2026-11-23") };
    let create = Edit::Create(registry::body(&open).unwrap());
    let done = registry::body(&visit("2026-11-23")).unwrap();
    let patch = Edit::Patch(merge::diff(&registry::body(&open).unwrap(), &done, &[]).unwrap());
    let of = |state| {
        let delta =
            Delta::of_row(Kind::Visit, None, Facts::default(), &[(&create, state), (&patch, ChangeState::Queued)]);
        [RecordState::Waiting, RecordState::Refused].map(|status| sum(delta.clone(), FactKind::Visit, status).0)
    };
    assert_eq!(of(ChangeState::Queued), [1, 0]);
    assert_eq!(of(ChangeState::Rejected), [0, 1]);
}

#[test]
fn a_visit_over_midnight_counts_once_on_its_check_in_date() {
    // 23:50 to 00:20.
    let over_midnight = Visit {
        check_in: stamp("2026-11-23", 14 * 60 + 20),
        check_out: Some(Stamp { local_date: date("2026-11-24"), ..stamp("2026-11-23", 14 * 60 + 50) }),
        ..visit("2026-11-23")
    };
    assert_eq!(over_midnight.check(), Ok(()));
    let facts: Vec<_> = over_midnight.facts().into_iter().map(|fact| (fact.key.date, fact.measures)).collect();
    let half_an_hour = Measures { count: 1, amount_minor: 0, duration_ms: 30 * 60_000 };
    assert_eq!(facts, [(date("2026-11-23"), half_an_hour)]);
}

#[test]
fn a_record_is_as_sure_as_the_least_sure_change_over_it() {
    use ChangeState::{Acked, Queued, Rejected, Sent};
    for (changes, state) in [
        (vec![], RecordState::Confirmed),
        (vec![Acked], RecordState::Confirmed),
        (vec![Acked, Sent], RecordState::Waiting),
        (vec![Queued, Acked], RecordState::Waiting),
        (vec![Rejected, Acked], RecordState::Refused),
    ] {
        assert_eq!(RecordState::of_record(changes.clone()), state, "{changes:?}");
    }
    let each: Vec<_> = RecordState::of_changes([Queued, Rejected, Queued]).collect();
    assert_eq!(
        each,
        [RecordState::Waiting, RecordState::Refused, RecordState::Refused],
        "what is behind it is held back"
    );
}
