//! Records for tests.

use uuid::Uuid;

use crate::*;

pub(crate) fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// 09:30 in Istanbul on `day`, and so many minutes more.
pub(crate) fn stamp(day: &str, minutes: i64) -> Stamp {
    let midnight = date(day).and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp_millis();
    Stamp {
        device_utc_ms: midnight + (6 * 60 + 30 + minutes) * 60_000,
        correction_ms: Some(0),
        zone: "Europe/Istanbul".into(),
        utc_offset_s: 10_800,
        local_date: date(day),
        monotonic_ms: 1_000_000 + minutes * 60_000,
        boot_id: "boot".into(),
        source: ClockSource::Server,
        uncertainty_ms: Some(100),
    }
}

pub(crate) fn visit(day: &str) -> Visit {
    Visit {
        id: id(1),
        rep: id(100),
        customer: id(200),
        segment: Segment::A,
        lifecycle: Lifecycle::Active,
        state: VisitState::Completed,
        check_in: stamp(day, 0),
        check_in_location: None,
        distance_m: None,
        geo_verdict: geo::GeoVerdict::NoFix,
        check_out: Some(stamp(day, 20)),
        check_out_location: None,
        checkout_kind: Some(CheckoutKind::Explicit),
        outcome: Some("order".into()),
        note: None,
    }
}

pub(crate) fn line(position: i32, group: &str, price_micro: i64) -> SaleLine {
    let mut line = SaleLine {
        id: id(300 + u128::try_from(position).unwrap()),
        position,
        product: id(400),
        product_group: group.into(),
        quantity: Quantity::milli(2_000, "adet"),
        unit_price: UnitPrice::new(price_micro, CurrencyCode::TRY),
        discounts_bp: vec![],
        tax_bp: 2_000,
        tax_included: false,
        net_minor: 0,
        tax_minor: 0,
    };
    line.reprice().unwrap();
    line
}

pub(crate) fn sale(day: &str) -> Sale {
    let mut sale = Sale {
        id: id(2),
        number: "A-1".into(),
        rep: id(100),
        customer: id(200),
        segment: Segment::A,
        lifecycle: Lifecycle::Active,
        visit: Some(id(1)),
        state: SaleState::Confirmed,
        at: stamp(day, 10),
        cancelled_at: None,
        currency: CurrencyCode::TRY,
        rule_set: String::new(),
        lines: vec![line(1, "icecek", 10_000_000), line(2, "temizlik", 5_000_000), line(3, "icecek", 1_000_000)],
        net_minor: 0,
        tax_minor: 0,
        note: None,
    };
    sale.reprice().unwrap();
    sale
}

pub(crate) fn target(metric: Metric, period: period::Period, values: &[(&str, i64)]) -> Target {
    let revisions = values
        .iter()
        .zip(1..)
        .map(|((from, value), n)| TargetRevision {
            id: id(500 + n),
            effective_from: date(from),
            value: *value,
            reason: None,
        })
        .collect();
    Target {
        id: id(3),
        rep: id(100),
        metric,
        period,
        filter: TargetFilter::default(),
        direction: TargetDirection::AtLeast,
        weight_bp: 10_000,
        cap_bp: 15_000,
        leave_policy: LeavePolicy::Keep,
        currency: metric.is_money().then_some(CurrencyCode::TRY),
        state: TargetState::Active,
        revisions,
    }
}

/// Listed at 20 with 20 % tax on top, with a floor price.
pub(crate) fn product(floor_micro: i64) -> Product {
    Product {
        id: id(400),
        code: "P1".into(),
        name: "Kola".into(),
        group: "icecek".into(),
        unit: "adet".into(),
        unit_price: UnitPrice::new(20_000_000, CurrencyCode::TRY),
        floor_price: Some(UnitPrice::new(floor_micro, CurrencyCode::TRY)),
        tax_bp: 2_000,
        tax_included: false,
    }
}

pub(crate) fn customer(lifecycle: Lifecycle, segment: Segment) -> Customer {
    Customer {
        id: id(200),
        code: None,
        name: "Işık Market".into(),
        lifecycle,
        segment,
        tax_no: None,
        phone: None,
        district: None,
        address: None,
        location: None,
        note: None,
    }
}

pub(crate) fn company() -> Company {
    Company {
        id: id(4),
        name: "Örnek Dağıtım".into(),
        currency: CurrencyCode::TRY,
        zone: "Europe/Istanbul".into(),
        visit_radius_m: 150,
        horizon_months: 13,
        calendar: Some(id(9)),
    }
}

pub(crate) fn call(day: &str) -> Call {
    Call {
        id: id(5),
        rep: id(100),
        customer: id(200),
        segment: Segment::A,
        lifecycle: Lifecycle::Active,
        at: stamp(day, 0),
        direction: CallDirection::Outgoing,
        disposition: CallDisposition::Connected,
        duration_s: 60,
        outcome: None,
        note: None,
    }
}

pub(crate) fn photo(day: &str) -> Photo {
    Photo {
        id: id(7),
        visit: id(1),
        customer: id(200),
        rep: id(100),
        taken: stamp(day, 10),
        purpose: PhotoPurpose::Shelf,
        sha256: [0xa5; 32].into(),
        size_bytes: 1_000,
        media_type: "image/jpeg".into(),
        note: None,
    }
}

pub(crate) fn cycle(required_visits: i32, period: period::Period) -> CallCycle {
    CallCycle { id: id(8), segment: Segment::A, required_visits, period }
}

pub(crate) fn plan_item(day: &str) -> PlanItem {
    let window = Some(WorkInterval { start_min: 9 * 60, end_min: 10 * 60 });
    PlanItem { id: id(10), rep: id(100), customer: id(200), date: date(day), window, sequence: 1, note: None }
}

/// A body of every kind, in the order of the registry, with every field that this build knows.
pub(crate) fn bodies() -> [(Kind, serde_json::Value); 13] {
    fn body<R: Record>(record: &R) -> (Kind, serde_json::Value) {
        (R::KIND, registry::body(record).unwrap())
    }
    let (day, first) = ("2026-11-23", date("2026-01-01"));
    [
        body(&company()),
        body(&WorkCalendar::default_of(id(9))),
        body(&Rep { id: id(100), code: "R1".into(), name: "Ayşe".into(), team: None, calendar: None }),
        body(&product(9_000_000)),
        body(&customer(Lifecycle::Active, Segment::A)),
        body(&Assignment { id: id(6), customer: id(200), rep: id(100), from: first, to: None }),
        body(&target(Metric::Visits, period::Period::Month, &[("2026-01-01", 100)])),
        body(&cycle(4, period::Period::Month)),
        body(&plan_item(day)),
        body(&visit(day)),
        body(&call(day)),
        body(&sale(day)),
        body(&photo(day)),
    ]
}
