//! Where a visit was logged: a label for it, never a lock.

use serde::{Deserialize, Serialize};

use crate::{GeoPoint, Location};

/// Mean radius of the Earth, metres (IUGG).
const EARTH_RADIUS_M: f64 = 6_371_008.8;
/// A fix older than this says little about where the rep is now, milliseconds.
const STALE_AFTER_MS: i64 = 120_000;

/// How the phone's fix relates to the customer's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum GeoVerdict {
    /// Surely within the radius: distance + accuracy ≤ radius.
    Inside,
    /// Surely outside: distance − accuracy > radius.
    Outside,
    /// The fix is too coarse to tell.
    Uncertain,
    /// The phone had no fix.
    NoFix,
    /// The fix was older than two minutes.
    Stale,
    /// The platform says that another app made the fix up.
    Mocked,
    /// Nobody has stored where the customer is.
    NoCustomerLocation,
    /// A verdict that this version does not know.
    #[serde(other)]
    Unknown,
}

impl GeoVerdict {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Outside => "outside",
            Self::Uncertain => "uncertain",
            Self::NoFix => "no_fix",
            Self::Stale => "stale",
            Self::Mocked => "mocked",
            Self::NoCustomerLocation => "no_customer_location",
            Self::Unknown => "unknown",
        }
    }
}

/// Great-circle distance in metres, by the haversine formula on a sphere: within 0.6 % of the ellipsoid.
pub fn distance_m(a: GeoPoint, b: GeoPoint) -> i64 {
    let (lat_a, lat_b) = (a.lat_degrees().to_radians(), b.lat_degrees().to_radians());
    let half_lat = (lat_b - lat_a) / 2.0;
    let half_lon = (b.lon_degrees() - a.lon_degrees()).to_radians() / 2.0;
    let (sin_lat, sin_lon) = (libm::sin(half_lat), libm::sin(half_lon));
    let h = sin_lat * sin_lat + libm::cos(lat_a) * libm::cos(lat_b) * sin_lon * sin_lon;
    #[expect(clippy::cast_possible_truncation, reason = "at most half of the Earth's circumference")]
    let metres = (2.0 * EARTH_RADIUS_M * libm::asin(libm::sqrt(h.clamp(0.0, 1.0)))).round() as i64;
    metres
}

/// The least distance in metres between two places whose latitudes are `span_e7` apart, rounded down: whoever is farther north
/// or south than that is farther away, whatever his longitude.
pub fn latitude_span_m(span_e7: i32) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "at most half of the Earth's circumference")]
    let metres = (EARTH_RADIUS_M * (f64::from(span_e7.abs()) / 1e7).to_radians()).floor() as i64;
    metres
}

/// The verdict and, where both places are known, the distance in metres. `radius_m` is the company's.
pub fn verdict(fix: Option<&Location>, customer: Option<GeoPoint>, radius_m: i64) -> (GeoVerdict, Option<i64>) {
    let Some(fix) = fix else { return (GeoVerdict::NoFix, None) };
    let Some(customer) = customer else { return (GeoVerdict::NoCustomerLocation, None) };
    let distance = distance_m(fix.point, customer);
    let accuracy = i64::from(fix.accuracy_m);
    let verdict = if fix.mocked {
        GeoVerdict::Mocked
    } else if fix.fix_age_ms > STALE_AFTER_MS {
        GeoVerdict::Stale
    } else if distance + accuracy <= radius_m {
        GeoVerdict::Inside
    } else if distance - accuracy > radius_m {
        GeoVerdict::Outside
    } else {
        GeoVerdict::Uncertain
    };
    (verdict, Some(distance))
}

#[cfg(test)]
mod tests;
