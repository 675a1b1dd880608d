//! A round on foot, and what the phone believes of where it is.

use saha_core::Saha;
use saha_domain::{Customer, GeoPoint, Location, geo::distance_m};

use super::data;
use crate::{exit::Result, find};

/// So many customers from the first one on, each time the nearest that was not visited yet.
pub(super) fn near(saha: &Saha, count: usize) -> Result<Vec<Customer>> {
    let mut rest = find::every_customer(saha)?;
    let mut here = saha.customers().get_by_code(data::FIRST_CUSTOMER.to_owned())?;
    let mut round = Vec::new();
    while round.len() < count {
        rest.retain(|other| other.id != here.id);
        round.push(here.clone());
        let distance = |other: &&Customer| match (here.location, other.location) {
            (Some(a), Some(b)) => distance_m(a, b),
            _ => i64::MAX,
        };
        let Some(next) = rest.iter().min_by_key(distance) else { break };
        here = next.clone();
    }
    Ok(round)
}

/// A fix so far north of `door`, and so coarse.
pub(super) fn fix(door: GeoPoint, north_m: i32, accuracy_m: i32) -> Location {
    /// 10⁷ × one metre north, in degrees: 10⁷ ÷ 111 195.
    const E7_PER_METRE: i32 = 90;
    let point = GeoPoint { lat_e7: door.lat_e7 + north_m * E7_PER_METRE, ..door };
    Location { point, accuracy_m, fix_age_ms: 1_500, provider: "gps".to_owned(), mocked: false }
}
