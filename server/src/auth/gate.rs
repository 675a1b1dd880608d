//! How many passwords are hashed at once. One hash takes 19 MiB and a core for tens of milliseconds: without a bound, a
//! flood of guesses would take the memory and the threads of everyone else.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::error::RequestError;

/// So many wait for their turn; who comes then is told to come again.
const MAX_WAITING: usize = 32;

/// Lets so many in at once.
pub(crate) struct Gate {
    places: usize,
    counts: Mutex<Counts>,
    freed: Condvar,
}

#[derive(Default)]
struct Counts {
    inside: usize,
    waiting: usize,
}

/// A place inside, until it is dropped.
pub(crate) struct Pass<'a>(&'a Gate);

impl Gate {
    /// A gate for this machine: half of its cores, so that hashing never takes all of them.
    pub(crate) fn of_this_machine() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self::new((cores / 2).max(1))
    }

    pub(super) fn new(places: usize) -> Self {
        Self { places, counts: Mutex::default(), freed: Condvar::new() }
    }

    /// Waits for a place, unless too many wait already. Not on an async thread.
    pub(crate) fn enter(&self) -> Result<Pass<'_>, RequestError> {
        let mut counts = self.counts();
        if counts.inside >= self.places {
            if counts.waiting >= MAX_WAITING {
                return Err(RequestError::Busy);
            }
            counts.waiting += 1;
            let is_full = |counts: &mut Counts| counts.inside >= self.places;
            counts = self.freed.wait_while(counts, is_full).unwrap_or_else(PoisonError::into_inner);
            counts.waiting -= 1;
        }
        counts.inside += 1;
        Ok(Pass(self))
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        self.0.counts().inside -= 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests;
