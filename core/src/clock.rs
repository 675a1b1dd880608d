//! Time and randomness come in here and nowhere else.

use std::{fmt, str::FromStr, sync::Arc};

use saha_domain::{ClockSource, Hlc, SahaError, Stamp};
use uuid::Uuid;

/// What the phone's clocks show at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The wall clock, milliseconds since 1970 UTC, as wrong as it may be.
    pub utc_ms: i64,
    /// The clock since boot, milliseconds; it counts while the phone sleeps.
    pub monotonic_ms: i64,
}

/// The phone's clocks and its source of randomness.
pub trait Host: Send + Sync {
    /// Both clocks, read together.
    fn now(&self) -> Reading;
    /// Names the current boot: the monotonic clock starts anew with each.
    fn boot_id(&self) -> String;
    /// The IANA zone that the phone is in.
    fn zone(&self) -> String;
    /// Random bytes.
    fn fill_random(&self, bytes: &mut [u8]);
}

/// The system's own clocks.
#[derive(Debug)]
pub struct SystemHost {
    boot_id: String,
    zone: Option<String>,
}

impl SystemHost {
    /// Reads the boot's id once. `zone` overrides what the system says of the time zone.
    pub fn new(zone: Option<String>) -> Self {
        let boot_id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").map(|id| id.trim().to_owned());
        Self { boot_id: boot_id.unwrap_or_else(|_| process_boot_id()), zone }
    }
}

/// Where the system names no boot, a process counts as one: durations then fall back to the wall clock over a restart.
fn process_boot_id() -> String {
    let mut bytes = [0; 8];
    let _unseeded_is_fine = getrandom::fill(&mut bytes);
    format!("process-{:016x}", u64::from_le_bytes(bytes))
}

impl Host for SystemHost {
    fn now(&self) -> Reading {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        let since_boot = rustix::time::ClockId::Boottime;
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        let since_boot = rustix::time::ClockId::Monotonic;
        let utc = rustix::time::clock_gettime(rustix::time::ClockId::Realtime);
        let monotonic = rustix::time::clock_gettime(since_boot);
        let ms = |time: rustix::time::Timespec| time.tv_sec * 1_000 + time.tv_nsec / 1_000_000;
        Reading { utc_ms: ms(utc), monotonic_ms: ms(monotonic) }
    }

    fn boot_id(&self) -> String {
        self.boot_id.clone()
    }

    fn zone(&self) -> String {
        self.zone.clone().or_else(|| iana_time_zone::get_timezone().ok()).unwrap_or_else(|| "UTC".to_owned())
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        if getrandom::fill(bytes).is_err() {
            // Without the system's randomness an id could repeat; a clock that nobody else has at that nanosecond is the
            // best that is left.
            let now = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
            for (byte, seed) in bytes.iter_mut().zip(now.tv_nsec.to_le_bytes().into_iter().cycle()) {
                *byte ^= seed;
            }
        }
    }
}

/// A moment on the clock since boot, which nobody sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SinceBoot {
    /// Which boot.
    pub boot_id: String,
    /// Milliseconds since then.
    pub monotonic_ms: i64,
}

/// What is known of the difference between the device's clock and the server's, within one boot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Correction {
    /// The boot in which it was measured; in another it says nothing.
    pub boot_id: String,
    /// What to add to the device's clock, milliseconds.
    pub offset_ms: i64,
    /// Half of the round trip in which it was measured, milliseconds.
    pub uncertainty_ms: i64,
    /// Wall minus monotonic clock when it was measured: a jump of the wall clock since then shows as a difference.
    pub wall_minus_monotonic_ms: i64,
}

impl Correction {
    /// What to add to a wall clock of the same boot that showed `reading`, milliseconds. Where it was set between then and
    /// the measurement, the clock since boot tells by how much.
    fn offset_at(&self, reading: Reading) -> i64 {
        let jumped_ms = (reading.utc_ms - reading.monotonic_ms) - self.wall_minus_monotonic_ms;
        self.offset_ms - jumped_ms
    }

    /// Corrected Unix milliseconds of when the wall clock showed `utc_ms`. Of another boot no better is known than that its
    /// wall clock was off by as much.
    pub(crate) fn corrected_ms(&self, utc_ms: i64, since_boot: &SinceBoot) -> i64 {
        let is_of_this_boot = since_boot.boot_id == self.boot_id;
        let reading = Reading { utc_ms, monotonic_ms: since_boot.monotonic_ms };
        utc_ms.saturating_add(if is_of_this_boot { self.offset_at(reading) } else { self.offset_ms })
    }

    /// A provisional stamp of the same boot by what is known now. None of any other stamp: it is frozen, or of a clock of
    /// which nobody will ever know how wrong it was.
    pub(crate) fn correct(&self, stamp: &Stamp) -> Option<Stamp> {
        if !stamp.is_provisional() || stamp.boot_id != self.boot_id {
            return None;
        }
        let reading = Reading { utc_ms: stamp.device_utc_ms, monotonic_ms: stamp.monotonic_ms };
        stamp.corrected(self.offset_at(reading), self.uncertainty_ms).ok()
    }
}

impl fmt::Display for Correction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} {}", self.offset_ms, self.uncertainty_ms, self.wall_minus_monotonic_ms, self.boot_id)
    }
}

impl FromStr for Correction {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.splitn(4, ' ');
        let mut next = || parts.next().unwrap_or_default();
        Ok(Self {
            offset_ms: next().parse()?,
            uncertainty_ms: next().parse()?,
            wall_minus_monotonic_ms: next().parse()?,
            boot_id: next().to_owned(),
        })
    }
}

/// Makes stamps, clocks and ids out of a [`Host`].
#[derive(Clone)]
pub(crate) struct Time {
    host: Arc<dyn Host>,
}

impl Time {
    pub(crate) fn new(host: Arc<dyn Host>) -> Self {
        Self { host }
    }

    pub(crate) fn reading(&self) -> Reading {
        self.host.now()
    }

    pub(crate) fn boot_id(&self) -> String {
        self.host.boot_id()
    }

    /// The correction of this boot, if `known` is one. A wall clock that was set since then is corrected by as much.
    fn offset(&self, known: Option<&Correction>, reading: Reading) -> Option<(i64, i64)> {
        let known = known.filter(|correction| correction.boot_id == self.boot_id())?;
        Some((known.offset_at(reading), known.uncertainty_ms))
    }

    /// Whether `known` says anything of this boot's clock.
    pub(crate) fn is_corrected(&self, known: Option<&Correction>) -> bool {
        self.offset(known, self.reading()).is_some()
    }

    /// Now on the clock since boot.
    pub(crate) fn since_boot(&self) -> SinceBoot {
        SinceBoot { boot_id: self.boot_id(), monotonic_ms: self.reading().monotonic_ms }
    }

    /// Corrected Unix milliseconds.
    pub(crate) fn corrected_ms(&self, known: Option<&Correction>) -> i64 {
        let reading = self.reading();
        reading.utc_ms.saturating_add(self.offset(known, reading).map_or(0, |(offset_ms, _)| offset_ms))
    }

    /// A stamp of now.
    pub(crate) fn stamp(&self, known: Option<&Correction>) -> Result<Stamp, SahaError> {
        let reading = self.reading();
        let offset = self.offset(known, reading);
        let correction_ms = offset.map(|(offset_ms, _)| offset_ms);
        let zone = self.host.zone();
        let (utc_offset_s, local_date) =
            Stamp::place(reading.utc_ms.saturating_add(correction_ms.unwrap_or(0)), &zone)?;
        Ok(Stamp {
            device_utc_ms: reading.utc_ms,
            correction_ms,
            zone,
            utc_offset_s,
            local_date,
            monotonic_ms: reading.monotonic_ms,
            boot_id: self.boot_id(),
            source: if offset.is_some() { ClockSource::Server } else { ClockSource::Device },
            uncertainty_ms: offset.map(|(_, uncertainty_ms)| uncertainty_ms),
        })
    }

    /// What a server's time says about this device's clock. The answer was somewhere between sending and receiving.
    pub(crate) fn measure(&self, server_time_ms: i64, sent: Reading) -> Correction {
        let received = self.reading();
        let round_trip_ms = (received.monotonic_ms - sent.monotonic_ms).max(0);
        Correction {
            boot_id: self.boot_id(),
            offset_ms: server_time_ms + round_trip_ms / 2 - received.utc_ms,
            uncertainty_ms: round_trip_ms / 2 + 1,
            wall_minus_monotonic_ms: received.utc_ms - received.monotonic_ms,
        }
    }

    /// Whether a measurement agrees with what is known and is no surer: then it says nothing new, and a sync of many pages
    /// need not save it with each.
    pub(crate) fn confirms(&self, known: &Correction, measured: &Correction) -> bool {
        self.offset(Some(known), self.reading()).is_some_and(|(offset_ms, uncertainty_ms)| {
            (measured.offset_ms - offset_ms).abs() <= uncertainty_ms + measured.uncertainty_ms
                && measured.uncertainty_ms >= uncertainty_ms
        })
    }

    /// A new `UUIDv7`: by the device's wall clock, so ids of one device sort about as they were made.
    pub(crate) fn new_id(&self) -> Uuid {
        let utc_ms = u64::try_from(self.reading().utc_ms).unwrap_or(0);
        let mut random = [0; 10];
        self.host.fill_random(&mut random);
        uuid::Builder::from_unix_timestamp_millis(utc_ms, &random).into_uuid()
    }

    /// A random number from 0 to 1 000.
    pub(crate) fn jitter(&self) -> u16 {
        let mut bytes = [0; 2];
        self.host.fill_random(&mut bytes);
        u16::from_le_bytes(bytes) % 1_001
    }

    /// The clock's next reading after `last`.
    pub(crate) fn tick(&self, last: Hlc, known: Option<&Correction>) -> Hlc {
        last.tick(self.corrected_ms(known))
    }
}

#[cfg(test)]
pub(crate) mod tests;
