//! Locks, which a panic does not end.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The lock, whether or not somebody panicked under it.
pub(crate) fn lock_of<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic while the lock was held left at worst an uncommitted transaction, which is rolled back when it is dropped; other
    // things are set in one step.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
