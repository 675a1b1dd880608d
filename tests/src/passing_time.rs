//! Time that a test lets pass, at the server and on its phones alike.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use saha_core::Reading;
use saha_server::NoRandomness;

/// The system's time, and what was let pass beyond it. Copies share it.
#[derive(Debug, Clone, Default)]
pub struct PassingTime(Arc<AtomicI64>);

impl PassingTime {
    /// So many milliseconds go by at once.
    pub fn pass(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }

    fn passed_ms(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Unix milliseconds now.
    pub fn now_ms(&self) -> i64 {
        saha_server::Host::now_ms(&saha_server::SystemHost) + self.passed_ms()
    }

    /// The clock and the randomness of a server.
    pub fn server(&self) -> impl saha_server::Host + use<> {
        ServerHost(self.clone())
    }

    /// The clocks and the randomness of a phone. `zone` overrides what the system says of the time zone.
    pub fn phone(&self, zone: Option<String>) -> impl saha_core::Host + use<> {
        PhoneHost { system: saha_core::SystemHost::new(zone), time: self.clone() }
    }
}

struct ServerHost(PassingTime);

impl saha_server::Host for ServerHost {
    fn now_ms(&self) -> i64 {
        self.0.now_ms()
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        saha_server::SystemHost.fill_random(bytes)
    }
}

struct PhoneHost {
    system: saha_core::SystemHost,
    time: PassingTime,
}

impl saha_core::Host for PhoneHost {
    fn now(&self) -> Reading {
        let (system, passed_ms) = (self.system.now(), self.time.passed_ms());
        Reading { utc_ms: system.utc_ms + passed_ms, monotonic_ms: system.monotonic_ms + passed_ms }
    }

    fn boot_id(&self) -> String {
        self.system.boot_id()
    }

    fn zone(&self) -> String {
        self.system.zone()
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        self.system.fill_random(bytes);
    }
}
