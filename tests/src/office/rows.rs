//! The rows of a company that do not come of anybody's work.

use saha_domain::{
    CallCycle, Company, CompanyId, CurrencyCode, Customer, GeoPoint, Lifecycle, Product, Rep, Segment, UnitPrice,
    WorkCalendar, period::Period,
};

use super::{DISTRICTS, GROUPS, RADIUS_M};
use crate::{dice::Dice, phone::ZONE};

pub(super) fn company(id: CompanyId, calendar: &WorkCalendar) -> Company {
    Company {
        id,
        name: "Boğaziçi Dağıtım A.Ş.".to_owned(),
        currency: CurrencyCode::TRY,
        zone: ZONE.to_owned(),
        visit_radius_m: RADIUS_M,
        horizon_months: 36,
        calendar: Some(calendar.id),
    }
}

pub(super) fn rep(dice: &mut Dice, at_ms: i64, n: usize) -> Rep {
    Rep { id: dice.id(at_ms), code: format!("R{n:03}"), name: format!("Ayşe Yılmaz {n}"), team: None, calendar: None }
}

pub(super) fn customer(dice: &mut Dice, at_ms: i64, n: usize) -> Customer {
    let district = *dice.pick(&DISTRICTS);
    let door =
        GeoPoint { lat_e7: 409_500_000 + dice.below_i32(1_500_000), lon_e7: 289_000_000 + dice.below_i32(3_000_000) };
    Customer {
        id: dice.id(at_ms),
        code: Some(format!("C{n:05}")),
        name: format!("Işık Market {n} {district}"),
        lifecycle: *dice.pick(&[Lifecycle::Active, Lifecycle::Active, Lifecycle::Prospect, Lifecycle::Dormant]),
        segment: *dice.pick(&[Segment::A, Segment::B, Segment::C]),
        tax_no: None,
        phone: Some(format!("+90212{:07}", dice.below(10_000_000))),
        district: Some(district.to_owned()),
        address: Some(format!("Ihlamur Sokak No {}", 1 + dice.below(200))),
        location: Some(door),
        note: None,
    }
}

pub(super) fn product(dice: &mut Dice, at_ms: i64, n: usize) -> Product {
    let group = *dice.pick(&GROUPS);
    Product {
        id: dice.id(at_ms),
        code: format!("P{n:04}"),
        name: format!("{group} {n}"),
        group: group.to_owned(),
        unit: "adet".to_owned(),
        unit_price: UnitPrice::new((1 + dice.below_i64(300)) * 1_250_000, CurrencyCode::TRY),
        floor_price: None,
        tax_bp: 2_000,
        tax_included: false,
    }
}

/// How often customers are to be visited, by what they are worth.
pub(super) fn call_cycles(dice: &mut Dice, at_ms: i64) -> [CallCycle; 3] {
    [(Segment::A, 4), (Segment::B, 2), (Segment::C, 1)].map(|(segment, required_visits)| CallCycle {
        id: dice.id(at_ms),
        segment,
        required_visits,
        period: Period::Month,
    })
}
