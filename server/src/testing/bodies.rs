use saha_domain::{
    BlobHash, Call, CheckoutKind, ClockSource, CurrencyCode, Customer, CustomerId, Lifecycle, Photo, PhotoPurpose,
    ProductId, Quantity, Record, RepId, Sale, SaleLine, SaleState, Segment, Stamp, UnitPrice, Visit, VisitState,
    geo::GeoVerdict, registry,
};
use serde_json::Value;
use uuid::Uuid;

use super::NOW_MS;

fn stamp(utc_ms: i64) -> Stamp {
    let zone = "Europe/Istanbul";
    let (utc_offset_s, local_date) = Stamp::place(utc_ms, zone).unwrap();
    Stamp {
        device_utc_ms: utc_ms,
        correction_ms: Some(0),
        zone: zone.into(),
        utc_offset_s,
        local_date,
        monotonic_ms: utc_ms - NOW_MS + 1_000_000_000_000,
        boot_id: "boot".into(),
        source: ClockSource::Server,
        uncertainty_ms: Some(100),
    }
}

fn body<R: Record>(record: &R) -> Value {
    registry::body(record).unwrap()
}

/// A completed visit of twenty minutes that began at `at_ms`.
pub(crate) fn visit(id: Uuid, rep: RepId, customer: CustomerId, at_ms: i64) -> Value {
    body(&Visit {
        id: id.into(),
        rep,
        customer,
        segment: Segment::A,
        lifecycle: Lifecycle::Active,
        state: VisitState::Completed,
        check_in: stamp(at_ms),
        check_in_location: None,
        distance_m: None,
        geo_verdict: GeoVerdict::NoFix,
        check_out: Some(stamp(at_ms + 20 * 60_000)),
        check_out_location: None,
        checkout_kind: Some(CheckoutKind::Explicit),
        outcome: Some("order".into()),
        note: None,
    })
}

/// A call of a minute.
pub(crate) fn call(id: Uuid, rep: RepId, customer: CustomerId) -> Value {
    body(&Call {
        id: id.into(),
        rep,
        customer,
        segment: Segment::A,
        lifecycle: Lifecycle::Active,
        at: stamp(NOW_MS),
        direction: saha_domain::CallDirection::Outgoing,
        disposition: saha_domain::CallDisposition::Connected,
        duration_s: 60,
        outcome: None,
        note: None,
    })
}

/// A confirmed sale of two pieces, at a price in whole liras.
pub(crate) fn sale(id: Uuid, rep: RepId, customer: CustomerId, product: ProductId, price: i64) -> Value {
    let line = SaleLine {
        id: Uuid::from_u128(id.as_u128() + 0x1000).into(),
        position: 1,
        product,
        product_group: "icecek".into(),
        quantity: Quantity::milli(2_000, "adet"),
        unit_price: UnitPrice::new(price * 1_000_000, CurrencyCode::TRY),
        discounts_bp: vec![],
        tax_bp: 2_000,
        tax_included: false,
        net_minor: 0,
        tax_minor: 0,
    };
    let mut sale = Sale {
        id: id.into(),
        number: "A-1".into(),
        rep,
        customer,
        segment: Segment::A,
        lifecycle: Lifecycle::Active,
        visit: None,
        state: SaleState::Confirmed,
        at: stamp(NOW_MS),
        cancelled_at: None,
        currency: CurrencyCode::TRY,
        rule_set: String::new(),
        lines: vec![line],
        net_minor: 0,
        tax_minor: 0,
        note: None,
    };
    sale.reprice().unwrap();
    body(&sale)
}

/// A photo of a visit, whose file has that hash and length.
pub(crate) fn photo(
    id: Uuid,
    visit: Uuid,
    rep: RepId,
    customer: CustomerId,
    sha256: BlobHash,
    size_bytes: usize,
) -> Value {
    body(&Photo {
        id: id.into(),
        visit: visit.into(),
        customer,
        rep,
        taken: stamp(NOW_MS),
        purpose: PhotoPurpose::Shelf,
        sha256,
        size_bytes: i64::try_from(size_bytes).unwrap(),
        media_type: "image/jpeg".into(),
        note: None,
    })
}

/// A prospect that a rep found.
pub(crate) fn prospect(id: Uuid, name: &str, tax_no: Option<&str>) -> Value {
    body(&Customer {
        id: id.into(),
        code: None,
        name: name.into(),
        lifecycle: Lifecycle::Prospect,
        segment: Segment::Unknown,
        tax_no: tax_no.map(str::to_owned),
        phone: None,
        district: None,
        address: None,
        location: None,
        note: None,
    })
}
