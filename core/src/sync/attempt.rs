//! How the last sync ended. It is kept, so that the app's scheduler, a later start of the app, and whoever asks why a change
//! still waits know it.

use std::{fmt, str::FromStr};

use rusqlite::Connection;

use super::engine::{End, Failure, backoff_ms};
use crate::{
    error::Result,
    outbox,
    store::{Key, Store, local},
};

/// The first pause between two syncs of a scheduler; each failure doubles it.
const BASE_PAUSE_MS: u64 = 30_000;
/// The longest pause, and the longest that a server's wish to be left alone is obeyed: it may ask for ten years.
const MAX_PAUSE_MS: u64 = 3_600_000;

/// A sync, as it is remembered. Times are Unix milliseconds by the device's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attempt {
    pub begun_ms: i64,
    pub ended_ms: i64,
    /// Failed syncs in a row.
    pub failures: u32,
    /// Before this a scheduler need not try again.
    next_try_ms: Option<i64>,
    /// Before this the server does not want to be asked.
    not_before_ms: Option<i64>,
    pub ending: Ending,
}

/// How a sync ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It has not ended, or the process did before it.
    Interrupted,
    /// Nothing was left to send or to fetch.
    Complete,
    BudgetSpent,
    Cancelled,
    NotSignedIn,
    DeviceRevoked,
    UpgradeRequired,
    /// The server understood and said no.
    Refused,
    /// The phone's own storage failed, or there is a bug.
    Broken,
    /// The server was not reached, for the reason that [`saha_domain::SahaError::Offline`] names.
    Offline(String),
}

impl Ending {
    const NAMED: [Self; 9] = [
        Self::Interrupted,
        Self::Complete,
        Self::BudgetSpent,
        Self::Cancelled,
        Self::NotSignedIn,
        Self::DeviceRevoked,
        Self::UpgradeRequired,
        Self::Refused,
        Self::Broken,
    ];

    fn name(&self) -> &str {
        match self {
            Self::Interrupted => "interrupted",
            Self::Complete => "complete",
            Self::BudgetSpent => "budget_spent",
            Self::Cancelled => "cancelled",
            Self::NotSignedIn => "not_signed_in",
            Self::DeviceRevoked => "device_revoked",
            Self::UpgradeRequired => "upgrade_required",
            Self::Refused => "refused",
            Self::Broken => "broken",
            Self::Offline(reason) => reason,
        }
    }

    fn of_name(name: &str) -> Self {
        Self::NAMED.into_iter().find(|ending| ending.name() == name).unwrap_or_else(|| Self::Offline(name.to_owned()))
    }
}

impl From<End> for Ending {
    fn from(end: End) -> Self {
        match end {
            End::Done => Self::Complete,
            End::BudgetSpent => Self::BudgetSpent,
            End::Stopped => Self::Cancelled,
            End::Failed(failure) => match failure {
                Failure::NoAnswer(reason) => Self::Offline(reason.to_owned()),
                Failure::Busy { .. } | Failure::Stale => Self::Offline("server_busy".to_owned()),
                Failure::Unauthenticated | Failure::SignedOut => Self::NotSignedIn,
                Failure::Revoked => Self::DeviceRevoked,
                Failure::UpgradeRequired => Self::UpgradeRequired,
                Failure::TooLarge | Failure::Refused => Self::Refused,
            },
        }
    }
}

impl Attempt {
    /// Until when the server wants to be left alone, where that is still to come.
    pub(crate) fn held_until_ms(&self, now_ms: i64) -> Option<i64> {
        still_to_come(self.not_before_ms, now_ms)
    }

    /// When a scheduler may try again, where that is still to come.
    pub(crate) fn next_try_ms(&self, now_ms: i64) -> Option<i64> {
        still_to_come(self.next_try_ms, now_ms)
    }

    /// `wait_ms` is how long the server wants to be left alone.
    fn ended(self, ending: Ending, wait_ms: Option<u64>, now_ms: i64, jitter: u16) -> Self {
        let after = |ms: u64| now_ms.saturating_add(i64::try_from(ms.min(MAX_PAUSE_MS)).unwrap_or(i64::MAX));
        let asked_ms = wait_ms.map(after);
        let (failures, not_before_ms) = match ending {
            // Whoever stopped it did not say how it would have ended.
            Ending::Cancelled | Ending::Interrupted => (self.failures, asked_ms.or(self.not_before_ms)),
            Ending::Complete | Ending::BudgetSpent => (0, asked_ms),
            _ => (self.failures.saturating_add(1), asked_ms),
        };
        let backoff = (failures > 0).then(|| after(backoff_ms(BASE_PAUSE_MS, MAX_PAUSE_MS, failures, jitter)));
        Self { ended_ms: now_ms, failures, next_try_ms: backoff.max(not_before_ms), not_before_ms, ending, ..self }
    }
}

/// A time further ahead than any pause was set by another clock than the one that shows `now_ms`: it holds nobody back.
fn still_to_come(at_ms: Option<i64>, now_ms: i64) -> Option<i64> {
    let longest_ms = i64::try_from(MAX_PAUSE_MS).unwrap_or(i64::MAX);
    at_ms.filter(|at_ms| *at_ms > now_ms && at_ms.saturating_sub(now_ms) <= longest_ms)
}

/// The last sync; none before the first, and none since somebody signed in.
pub(crate) fn last(conn: &Connection) -> Result<Option<Attempt>> {
    local::get(conn, Key::LastAttempt)
}

/// A sync begins. Until it ends it counts as interrupted: the system may end the app at any time.
pub(crate) fn begin(store: &Store) -> Result<Attempt> {
    let now_ms = store.time().reading().utc_ms;
    store.write(|tx| {
        let last = last(tx.conn())?;
        let begun = Attempt {
            begun_ms: now_ms,
            ended_ms: now_ms,
            failures: last.as_ref().map_or(0, |last| last.failures),
            next_try_ms: last.as_ref().and_then(|last| last.next_try_ms),
            not_before_ms: last.and_then(|last| last.not_before_ms),
            ending: Ending::Interrupted,
        };
        tx.set(Key::LastAttempt, &begun)?;
        Ok(begun)
    })
}

/// The sync that began has ended: what has no answer is queued again, and how it ended is kept.
pub(crate) fn end(store: &Store, begun: Attempt, ending: Ending, wait_ms: Option<u64>) -> Result<()> {
    let now_ms = store.time().reading().utc_ms;
    let ended = begun.ended(ending, wait_ms, now_ms, store.time().jitter());
    store.write(|tx| {
        outbox::requeue_sent(tx.conn())?;
        if ended.ending == Ending::Complete {
            tx.set(Key::LastSuccessMs, &now_ms)?;
        }
        tx.set(Key::LastAttempt, &ended)
    })
}

/// Somebody signed in: what went wrong before says nothing of what comes.
pub(crate) fn forget(store: &Store) -> Result<()> {
    store.write(|tx| tx.clear(Key::LastAttempt))
}

impl fmt::Display for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { begun_ms, ended_ms, failures, next_try_ms, not_before_ms, ending } = self;
        let (next_try_ms, not_before_ms) = (next_try_ms.unwrap_or(NEVER_MS), not_before_ms.unwrap_or(NEVER_MS));
        write!(f, "{begun_ms} {ended_ms} {failures} {next_try_ms} {not_before_ms} {}", ending.name())
    }
}

/// Stands for no time where one is written down.
const NEVER_MS: i64 = 0;

impl FromStr for Attempt {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.splitn(6, ' ');
        let mut next = || parts.next().unwrap_or_default();
        let time = |text: &str| text.parse().map(|at_ms| Some(at_ms).filter(|at_ms| *at_ms != NEVER_MS));
        Ok(Self {
            begun_ms: next().parse()?,
            ended_ms: next().parse()?,
            failures: next().parse()?,
            next_try_ms: time(next())?,
            not_before_ms: time(next())?,
            ending: Ending::of_name(next()),
        })
    }
}

#[cfg(test)]
mod tests;
