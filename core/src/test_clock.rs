//! A phone's clocks for the tests of an app: a day can be played in a second, and a wrong clock or a bug comes when it is
//! called for.

use std::sync::{
    Arc, Mutex, MutexGuard,
    atomic::{AtomicBool, Ordering},
};

use crate::{
    clock::{Host, Reading, SystemHost},
    lock::lock_of,
};

/// What the clock since boot shows when a phone has just started, milliseconds.
const STARTED_MS: i64 = 5_000;

/// The clocks of a phone, in the hand of a test: they stand still until they are told to move, so that what is written at
/// them is the same in every run. One may outlive the core that was opened with it by [`crate::Saha::open_with_clock`], as a
/// phone's clock outlives an app.
///
/// Only what the core reads of time is in it. How long a request may take is real time, so a sync needs no help; a budget in
/// milliseconds ends a request that is under way, and between requests it lasts for as long as this clock stands still.
#[derive(Debug, uniffi::Object)]
pub struct TestClock {
    shows: Mutex<Shown>,
    panics_next: AtomicBool,
}

#[derive(Debug)]
struct Shown {
    reading: Reading,
    boot: u32,
}

#[uniffi::export]
impl TestClock {
    /// A phone that was just started, whose wall clock shows `utc_ms`: milliseconds since 1970 UTC.
    #[uniffi::constructor]
    pub fn new(utc_ms: i64) -> Arc<Self> {
        let reading = Reading { utc_ms, monotonic_ms: STARTED_MS };
        Arc::new(Self { shows: Mutex::new(Shown { reading, boot: 1 }), panics_next: AtomicBool::new(false) })
    }

    /// What the wall clock shows, milliseconds since 1970 UTC.
    pub fn utc_ms(&self) -> i64 {
        self.shown().reading.utc_ms
    }

    /// So many milliseconds go by: every clock of the phone moves on.
    pub fn advance(&self, ms: i64) {
        let reading = &mut self.shown().reading;
        reading.utc_ms = reading.utc_ms.saturating_add(ms);
        reading.monotonic_ms = reading.monotonic_ms.saturating_add(ms);
    }

    /// Somebody sets the phone's wall clock, however wrong. No time goes by.
    pub fn set_wall_clock(&self, utc_ms: i64) {
        self.shown().reading.utc_ms = utc_ms;
    }

    /// The phone is switched off and on in no time: the clock since boot begins anew, the wall clock stays.
    pub fn reboot(&self) {
        let shown = &mut *self.shown();
        shown.boot = shown.boot.saturating_add(1);
        shown.reading.monotonic_ms = STARTED_MS;
    }

    /// A bug, on request: the next time that the core reads the clock it panics; a write does so in the middle of its
    /// transaction. The caller gets the error of a panic, nothing of the write is kept, and the core works on.
    pub fn panic_at_next_reading(&self) {
        self.panics_next.store(true, Ordering::Release);
    }
}

impl TestClock {
    fn shown(&self) -> MutexGuard<'_, Shown> {
        lock_of(&self.shows)
    }

    #[expect(clippy::panic, reason = "a test wants to see what becomes of a bug, and asked for it")]
    fn now(&self) -> Reading {
        if self.panics_next.swap(false, Ordering::AcqRel) {
            std::panic::panic_any("a test asked the clock for a panic");
        }
        self.shown().reading
    }
}

/// A phone by such a clock, with the system's randomness.
pub(crate) struct TestClockHost {
    clock: Arc<TestClock>,
    system: SystemHost,
}

impl TestClockHost {
    pub(crate) fn new(clock: Arc<TestClock>, zone: Option<String>) -> Self {
        Self { clock, system: SystemHost::new(zone) }
    }
}

impl Host for TestClockHost {
    fn now(&self) -> Reading {
        self.clock.now()
    }

    fn boot_id(&self) -> String {
        format!("boot-{}", self.clock.shown().boot)
    }

    fn zone(&self) -> String {
        self.system.zone()
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        self.system.fill_random(bytes);
    }
}

#[cfg(test)]
mod tests;
