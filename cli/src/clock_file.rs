//! The clock of a server that is tested: a file with Unix milliseconds, which whoever tests writes anew to let time pass.

use std::{
    io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicI64, Ordering},
};

use saha_server::{Host, NoRandomness, SystemHost};

/// Reads the time from a file, and randomness from the system.
#[derive(Debug)]
pub struct ClockFile {
    path: PathBuf,
    last_ms: AtomicI64,
}

impl ClockFile {
    /// The clock in `path`. It is read each time that somebody asks what time it is.
    pub fn open(path: PathBuf) -> io::Result<Self> {
        let last_ms = AtomicI64::new(read(&path)?);
        Ok(Self { path, last_ms })
    }
}

impl Host for ClockFile {
    /// The last time that was there, where the file is just being written.
    fn now_ms(&self) -> i64 {
        let now_ms = read(&self.path).unwrap_or_else(|_| self.last_ms.load(Ordering::Relaxed));
        self.last_ms.store(now_ms, Ordering::Relaxed);
        now_ms
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        SystemHost.fill_random(bytes)
    }
}

fn read(path: &Path) -> io::Result<i64> {
    std::fs::read_to_string(path)?.trim().parse().map_err(io::Error::other)
}

#[cfg(test)]
mod tests;
