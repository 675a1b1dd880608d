//! Time and chance, which a history is in charge of.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use saha_core::Reading;
use saha_server::NoRandomness;
use saha_tests::dice::Dice;

/// 2026-11-23, Monday, 10:00 in Istanbul.
pub(crate) const START_MS: i64 = 1_795_417_200_000;
pub(crate) const MINUTE_MS: i64 = 60_000;
pub(crate) const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// The true time, milliseconds since 1970 UTC. The server's clock is right.
#[derive(Debug)]
pub(crate) struct Now(AtomicI64);

impl Now {
    pub(crate) fn at(utc_ms: i64) -> Self {
        Self(AtomicI64::new(utc_ms))
    }

    pub(crate) fn ms(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }
}

fn fill(dice: &Mutex<Dice>, bytes: &mut [u8]) {
    let mut dice = dice.lock().unwrap_or_else(PoisonError::into_inner);
    for part in bytes.chunks_mut(8) {
        part.iter_mut().zip(dice.roll().to_le_bytes()).for_each(|(byte, rolled)| *byte = rolled);
    }
}

/// The server's machine.
pub(crate) struct ServerHost {
    pub(crate) now: std::sync::Arc<Now>,
    dice: Mutex<Dice>,
}

impl ServerHost {
    pub(crate) fn new(now: std::sync::Arc<Now>, seed: u64) -> Self {
        Self { now, dice: Mutex::new(Dice::new(seed)) }
    }
}

impl saha_server::Host for ServerHost {
    fn now_ms(&self) -> i64 {
        self.now.ms()
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        fill(&self.dice, bytes);
        Ok(())
    }
}

/// A phone, whose wall clock may be years off and whose monotonic clock starts anew with each boot.
pub(crate) struct PhoneHost {
    now: std::sync::Arc<Now>,
    wall_error_ms: AtomicI64,
    booted_at_ms: AtomicI64,
    boot: AtomicU64,
    dice: Mutex<Dice>,
}

impl PhoneHost {
    pub(crate) fn new(now: std::sync::Arc<Now>, seed: u64) -> Self {
        let booted_at_ms = AtomicI64::new(now.ms());
        Self {
            now,
            wall_error_ms: AtomicI64::new(0),
            booted_at_ms,
            boot: AtomicU64::new(1),
            dice: Mutex::new(Dice::new(seed)),
        }
    }

    /// The phone starts anew, with that wall clock.
    pub(crate) fn reboot(&self, wall_error_ms: i64) {
        self.boot.fetch_add(1, Ordering::Relaxed);
        self.booted_at_ms.store(self.now.ms(), Ordering::Relaxed);
        self.wall_error_ms.store(wall_error_ms, Ordering::Relaxed);
    }

    /// How far its wall clock is off.
    pub(crate) fn wall_error_ms(&self) -> i64 {
        self.wall_error_ms.load(Ordering::Relaxed)
    }
}

impl saha_core::Host for PhoneHost {
    fn now(&self) -> Reading {
        let now_ms = self.now.ms();
        Reading {
            utc_ms: now_ms + self.wall_error_ms(),
            monotonic_ms: now_ms - self.booted_at_ms.load(Ordering::Relaxed) + 5_000,
        }
    }

    fn boot_id(&self) -> String {
        format!("boot-{}", self.boot.load(Ordering::Relaxed))
    }

    fn zone(&self) -> String {
        saha_tests::phone::ZONE.to_owned()
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        fill(&self.dice, bytes);
    }
}
