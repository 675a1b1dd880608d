//! One process at a time: an advisory lock of the operating system on a file beside the database. It goes with the
//! process, however that ends.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::Path,
    thread,
    time::Duration,
};

use saha_domain::SahaError;

use crate::error::{Error, Result};

/// How long a second process waits for the first.
const PATIENCE: Duration = Duration::from_secs(5);
const POLL: Duration = Duration::from_millis(20);

/// The lock, held while this lives.
#[derive(Debug)]
pub(crate) struct ProcessLock {
    _file: File,
}

impl ProcessLock {
    /// Takes the lock, or says `Busy` after five seconds.
    pub(crate) fn acquire(path: &Path) -> Result<Self> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .map_err(Error::io("open the lock file"))?;
        for _ in 0..=PATIENCE.as_millis() / POLL.as_millis() {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) => thread::sleep(POLL),
                Err(TryLockError::Error(source)) => return Err(Error::Io { doing: "lock the database", source }),
            }
        }
        Err(SahaError::Busy.into())
    }
}
