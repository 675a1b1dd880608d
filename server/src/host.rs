//! Time and randomness enter here and nowhere else, so that a simulation can be in charge of both.

use std::time::{SystemTime, UNIX_EPOCH};

use uuid::Uuid;

/// The world outside of the server.
pub trait Host: Send + Sync {
    /// The wall clock, milliseconds since 1970 UTC.
    fn now_ms(&self) -> i64;

    /// Fills `bytes` with randomness that nobody can guess: tokens are made of it.
    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), NoRandomness>;
}

/// The operating system gave no randomness. Nothing that needs a secret can go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no randomness")]
pub struct NoRandomness;

/// The machine's own clock and randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemHost;

impl Host for SystemHost {
    fn now_ms(&self) -> i64 {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX)
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|_| NoRandomness)
    }
}

/// So many random bytes.
pub(crate) fn random<const N: usize>(host: &dyn Host) -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    host.fill_random(&mut bytes)?;
    Ok(bytes)
}

/// A new id: a `UUIDv7` of the host's time and randomness.
pub(crate) fn new_id(host: &dyn Host) -> Result<Uuid, NoRandomness> {
    let now_ms = u64::try_from(host.now_ms()).unwrap_or(0);
    Ok(uuid::Builder::from_unix_timestamp_millis(now_ms, &random(host)?).into_uuid())
}
