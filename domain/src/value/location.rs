use serde::{Deserialize, Serialize};

use crate::{FieldError, Problem};

/// A place on Earth, WGS 84, in 10⁻⁷ degrees (about 1.1 cm).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Record)]
pub struct GeoPoint {
    /// Latitude × 10⁷, −900 000 000 to 900 000 000.
    pub lat_e7: i32,
    /// Longitude × 10⁷, −1 800 000 000 to 1 800 000 000.
    pub lon_e7: i32,
}

impl GeoPoint {
    /// From degrees. NaN, infinities and degrees beyond the poles or the date line are refused, and so is 0°, 0°: it is
    /// what a failed lookup writes, and no customer stands in the Gulf of Guinea.
    pub fn from_degrees(lat: f64, lon: f64) -> Result<Self, FieldError> {
        let point = Self { lat_e7: e7(lat, 90.0, "latitude")?, lon_e7: e7(lon, 180.0, "longitude")? };
        point.check("location")?;
        Ok(point)
    }

    /// Refuses what lies outside of Earth's degrees, and 0°, 0°.
    pub fn check(&self, field: &str) -> Result<(), FieldError> {
        let inside = self.lat_e7.unsigned_abs() <= 900_000_000 && self.lon_e7.unsigned_abs() <= 1_800_000_000;
        if inside && (self.lat_e7, self.lon_e7) != (0, 0) {
            Ok(())
        } else {
            Err(FieldError::new(field, Problem::OutOfRange))
        }
    }

    /// Latitude in degrees.
    pub fn lat_degrees(&self) -> f64 {
        f64::from(self.lat_e7) / 1e7
    }

    /// Longitude in degrees.
    pub fn lon_degrees(&self) -> f64 {
        f64::from(self.lon_e7) / 1e7
    }
}

fn e7(degrees: f64, limit: f64, field: &str) -> Result<i32, FieldError> {
    if !degrees.is_finite() || degrees.abs() > limit {
        return Err(FieldError::new(field, Problem::OutOfRange));
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most 180 × 10⁷, which an i32 holds")]
    Ok((degrees * 1e7).round() as i32)
}

/// A fix of the phone's own place, taken at one event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Record)]
pub struct Location {
    /// Where.
    pub point: GeoPoint,
    /// Radius of 68 % confidence, metres.
    pub accuracy_m: i32,
    /// How old the fix was at the event, milliseconds.
    pub fix_age_ms: i64,
    /// Who made the fix: `gps`, `network`, `fused`.
    pub provider: String,
    /// The platform says that the fix was made up by another app.
    pub mocked: bool,
}

impl Location {
    /// Refuses places off the Earth and negative accuracy or age.
    pub fn check(&self, field: &str) -> Result<(), FieldError> {
        self.point.check(field)?;
        if self.accuracy_m < 0 || self.fix_age_ms < 0 {
            return Err(FieldError::new(field, Problem::OutOfRange));
        }
        crate::text::check(field, &self.provider, 40)
    }
}
