use chrono::{DateTime, NaiveDate, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{FieldError, Problem};

/// Which clock made a stamp's corrected time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum ClockSource {
    /// The device clock, never compared with the server's since the device started.
    Device,
    /// The device clock, corrected by the offset that the last sync of this boot measured.
    Server,
    /// The company's own record: an import, a correction by the office.
    Company,
    /// A source that this version does not know.
    #[serde(other)]
    Unknown,
}

/// When something happened: what the device believed, what is known better, and the local date that figures use.
///
/// `local_date` is made from the corrected time in `zone` when the event is captured and never moves again, so travel
/// and later clock corrections can't push a visit into another day. The one exception is a stamp by a clock of which
/// nothing was known: when the server is heard for the first time in the same boot, it is corrected once, and then frozen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Record)]
pub struct Stamp {
    /// The device's wall clock, milliseconds since 1970 UTC, uncorrected.
    pub device_utc_ms: i64,
    /// What must be added to the device's clock to get the server's, milliseconds; none while it is unknown.
    pub correction_ms: Option<i64>,
    /// IANA zone of the device, such as `Europe/Istanbul`.
    pub zone: String,
    /// That zone's offset from UTC at the event, seconds.
    pub utc_offset_s: i32,
    /// The date on the wall of the place, from the corrected time. Frozen, unless [`Stamp::is_provisional`].
    pub local_date: NaiveDate,
    /// The monotonic clock since boot, milliseconds; it counts while the phone sleeps.
    pub monotonic_ms: i64,
    /// Which boot the monotonic clock belongs to.
    pub boot_id: String,
    /// Where the corrected time comes from.
    pub source: ClockSource,
    /// How far the corrected time may be off, milliseconds; none while nothing is known.
    pub uncertainty_ms: Option<i64>,
}

impl Stamp {
    /// Corrected Unix milliseconds: the device's clock plus the correction known at capture.
    pub fn utc_ms(&self) -> i64 {
        self.device_utc_ms.saturating_add(self.correction_ms.unwrap_or(0))
    }

    /// Whether the date rests on an uncorrected clock, or one uncertain by more than ten minutes.
    pub fn is_provisional(&self) -> bool {
        self.correction_ms.is_none() || self.uncertainty_ms.is_none_or(|ms| ms > 10 * 60_000)
    }

    /// The same moment by a correction that became known later. What the device's clocks showed, and its zone, stay.
    pub fn corrected(&self, correction_ms: i64, uncertainty_ms: i64) -> Result<Self, FieldError> {
        let utc_ms = self.device_utc_ms.saturating_add(correction_ms);
        let (utc_offset_s, local_date) = Self::place(utc_ms, &self.zone)?;
        Ok(Self {
            correction_ms: Some(correction_ms),
            utc_offset_s,
            local_date,
            source: ClockSource::Server,
            uncertainty_ms: Some(uncertainty_ms),
            ..self.clone()
        })
    }

    /// Milliseconds from `start` to `self`: by the monotonic clock within one boot, else by the corrected clocks.
    ///
    /// It is negative only within one boot, where no clock can be at fault. Over a reboot someone may have set the wall
    /// clock, so that less than nothing or more than a day is no duration: it is unknown, and 0.
    pub fn since_ms(&self, start: &Self) -> i64 {
        if self.boot_id == start.boot_id {
            return self.monotonic_ms.saturating_sub(start.monotonic_ms);
        }
        let elapsed_ms = self.utc_ms().saturating_sub(start.utc_ms());
        if (0..=MAX_OVER_REBOOT_MS).contains(&elapsed_ms) { elapsed_ms } else { 0 }
    }

    /// Fills zone offset and local date for a moment. Years that a calendar can't hold, and unknown zones, are refused.
    pub fn place(utc_ms: i64, zone: &str) -> Result<(i32, NaiveDate), FieldError> {
        let tz: Tz = zone.parse().map_err(|_| FieldError::new("zone", Problem::Unknown))?;
        let utc: DateTime<Utc> =
            DateTime::from_timestamp_millis(utc_ms).ok_or_else(|| FieldError::new("time", Problem::OutOfRange))?;
        let local = tz.from_utc_datetime(&utc.naive_utc());
        Ok((local.offset().fix().local_minus_utc(), local.date_naive()))
    }

    /// Refuses a stamp whose zone is unknown, whose year no phone can mean, or whose date is more than a day away from its own time.
    pub fn check(&self, field: &str) -> Result<(), FieldError> {
        let wrong = |problem| FieldError::new(field, problem);
        let (_, date) = Self::place(self.utc_ms(), &self.zone).map_err(|e| wrong(e.problem))?;
        if !(MIN_UTC_MS..MAX_UTC_MS).contains(&self.utc_ms()) {
            return Err(wrong(Problem::OutOfRange));
        }
        if (date - self.local_date).num_days().abs() > 1 {
            return Err(wrong(Problem::Inconsistent));
        }
        crate::text::check(field, &self.boot_id, 64)
    }
}

/// The longest duration that is believed without a monotonic clock: a day.
const MAX_OVER_REBOOT_MS: i64 = 86_400_000;
/// 1990-01-01: before any phone.
const MIN_UTC_MS: i64 = 631_152_000_000;
/// 2100-01-01.
const MAX_UTC_MS: i64 = 4_102_444_800_000;
