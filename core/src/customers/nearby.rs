//! Who is near: a band of latitude around the rep that grows until nobody outside of it can be nearer than those who are shown.

use saha_domain::{Customer, CustomerId, GeoPoint, geo};

use super::store;
use crate::{
    error::Result,
    page::Page,
    store::{Reader, damaged},
};

/// A customer and how far he is.
#[derive(Debug, Clone, PartialEq, serde::Serialize, uniffi::Record)]
pub struct NearbyCustomer {
    /// The customer.
    pub customer: Customer,
    /// The distance as the crow flies, metres.
    pub distance_m: i64,
}

/// The first band reaches 0.01° to either side, about 1.1 km: a street or two of a rep's district.
const FIRST_SPAN_E7: i32 = 100_000;
/// Each band is so many times as wide as the one before: eight of them reach over the whole Earth.
const GROWTH: i32 = 4;
/// From pole to pole.
const WHOLE_SPAN_E7: i32 = 1_800_000_000;

/// Customers with a place, the nearest first.
pub(super) fn nearby(reader: &Reader, point: GeoPoint, page: Page) -> Result<Vec<NearbyCustomer>> {
    let shown = page.of(nearest(reader, point, page.end())?).map(|(distance_m, id)| {
        let customer = reader.get(id.uuid())?.ok_or_else(|| damaged("customer_by_place"))?;
        Ok(NearbyCustomer { customer, distance_m })
    });
    shown.collect()
}

/// So many customers by their distance, or all there are.
fn nearest(reader: &Reader, point: GeoPoint, wanted: usize) -> Result<Vec<(i64, CustomerId)>> {
    let mut span_e7 = FIRST_SPAN_E7;
    loop {
        let (south, north) = (point.lat_e7.saturating_sub(span_e7), point.lat_e7.saturating_add(span_e7));
        let band = store::between_latitudes(reader.conn(), south, north)?;
        let mut found: Vec<_> = band.into_iter().map(|(id, place)| (geo::distance_m(point, place), id)).collect();
        if span_e7 < WHOLE_SPAN_E7 {
            // Someone outside of the band may be as near as those farther than it is wide.
            let sure_m = geo::latitude_span_m(span_e7);
            found.retain(|(distance_m, _)| *distance_m < sure_m);
            if found.len() < wanted {
                span_e7 = span_e7.saturating_mul(GROWTH).min(WHOLE_SPAN_E7);
                continue;
            }
        }
        found.sort_unstable();
        found.truncate(wanted);
        return Ok(found);
    }
}
