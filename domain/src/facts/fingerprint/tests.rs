use super::*;
use crate::{
    CurrencyCode, Lifecycle, Record as _, Sale, SaleState, Segment,
    facts::{FactKind, Facts},
    records::samples::*,
};

fn of(facts: Facts) -> Fingerprint {
    let mut fingerprint = Fingerprint::default();
    fingerprint.add_all(facts);
    fingerprint
}

/// The cell of `docs/sync-protocol.md`.
fn documented() -> CubeKey {
    CubeKey {
        rep: "01980000-0000-7000-8000-000000000001".parse().unwrap(),
        date: date("2026-11-23"),
        kind: FactKind::Sale,
        outcome: String::new(),
        segment: Segment::A,
        lifecycle: Lifecycle::Active,
        product_group: String::new(),
        currency: Some(CurrencyCode::TRY),
    }
}

#[test]
fn a_fingerprint_is_as_the_protocol_says() {
    let mut sale = Fingerprint::default();
    sale.add(&documented(), Measures { count: 2, amount_minor: 64_000, duration_ms: 0 });
    assert_eq!(sale.to_string(), "1-53694ed44a3e079d083117ef59c10c26");
    let cancelled = Measures { count: -1, amount_minor: -3_200, duration_ms: 0 };
    sale.add(&CubeKey { date: date("2026-12-01"), ..documented() }, cancelled);
    assert_eq!(sale.to_string(), "1-688baf96d31a65176435e8ef07007334");
}

/// Whoever has to change these numbers has changed how figures are made: raise [`FACT_RULES`].
#[test]
fn records_give_the_figures_of_these_rules() {
    let mut all = of(visit("2026-11-23").facts());
    all.add_all(call("2026-11-23").facts());
    assert_eq!((FACT_RULES, all.to_string()), (1, "1-827276041c77c522e944fa993d6714fc".to_owned()));
    let cancelled =
        Sale { state: SaleState::Cancelled, cancelled_at: Some(stamp("2026-12-01", 0)), ..sale("2026-11-30") };
    assert_eq!(of(cancelled.facts()).to_string(), "1-5e30956373ec297c314cc389247e4645");
}

#[test]
fn order_and_parts_do_not_matter_and_what_is_taken_out_leaves_no_trace() {
    let (visit, sale) = (visit("2026-11-23").facts(), sale("2026-11-24").facts());
    let (mut one, mut other) = (of(visit.clone()), of(sale.clone()));
    one.add_all(sale.clone());
    other.add_all(visit.clone());
    assert_eq!(one, other);
    one.remove_all(visit);
    assert_eq!(one, of(sale.clone()));
    one.remove_all(sale);
    assert_eq!(one, Fingerprint::default());
}

#[test]
fn two_halves_in_one_cell_are_a_whole() {
    let whole = Measures { count: 2, amount_minor: 900, duration_ms: 60_000 };
    let half = Measures { count: 1, amount_minor: 450, duration_ms: 30_000 };
    let (mut one, mut two) = (Fingerprint::default(), Fingerprint::default());
    one.add(&documented(), whole);
    two.add(&documented(), half);
    assert_ne!(one, two);
    two.add(&documented(), half);
    assert_eq!(one, two);
}

#[test]
fn every_part_of_a_cell_and_every_number_shows() {
    let key = documented();
    let others = [
        CubeKey { rep: id(1), ..key.clone() },
        CubeKey { date: date("2026-11-24"), ..key.clone() },
        CubeKey { kind: FactKind::SaleLine, ..key.clone() },
        CubeKey { outcome: "x".into(), ..key.clone() },
        CubeKey { segment: Segment::B, ..key.clone() },
        CubeKey { lifecycle: Lifecycle::Lost, ..key.clone() },
        CubeKey { product_group: "x".into(), ..key.clone() },
        CubeKey { currency: None, ..key.clone() },
    ];
    let one = Measures { count: 1, ..Measures::default() };
    let numbers = [
        Measures { count: 2, ..Measures::default() },
        Measures { amount_minor: 1, ..Measures::default() },
        Measures { duration_ms: 1, ..Measures::default() },
        Measures { count: -1, ..Measures::default() },
    ];
    let cells = others.iter().map(|key| (key, one)).chain(numbers.iter().map(|measures| (&key, *measures)));
    let mut seen: Vec<String> = cells
        .chain([(&key, one)])
        .map(|(key, measures)| {
            let mut fingerprint = Fingerprint::default();
            fingerprint.add(key, measures);
            fingerprint.to_string()
        })
        .collect();
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), count);
}

#[test]
fn only_fingerprints_of_the_same_rules_are_compared() {
    assert!(Fingerprint::is_comparable(&of(visit("2026-11-23").facts()).to_string()));
    for other in ["2-00", "00", "", "x-00"] {
        assert!(!Fingerprint::is_comparable(other), "{other}");
    }
}
