//! How often someone may try. Kept in memory: a restart forgives, and restarts are rare.

use std::{
    collections::{HashMap, VecDeque},
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

use uuid::Uuid;

use crate::{config::Rates, error::RequestError};

/// Above so many keys, those without recent entries are dropped.
const PRUNE_ABOVE: usize = 10_000;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Account(String),
    Address(IpAddr),
}

/// Sign-ins of the last minutes that failed or are under way, per account and per address.
pub(crate) struct LoginAttempts {
    rates: Rates,
    attempts: Mutex<Attempts>,
}

struct Attempts {
    /// Times of attempts, oldest first, milliseconds since 1970 UTC.
    times: HashMap<Key, VecDeque<i64>>,
    /// Above so many keys, those without recent attempts are dropped.
    prune_above: usize,
}

impl LoginAttempts {
    pub(crate) fn new(rates: Rates) -> Self {
        Self { rates, attempts: Mutex::new(Attempts { times: HashMap::new(), prune_above: PRUNE_ABOVE }) }
    }

    /// Counts an attempt, before anyone looks at the password: guesses that are made at once count each. Refused where
    /// too many failed, and then not counted.
    pub(crate) fn begin(&self, login: &str, address: Option<IpAddr>, now_ms: i64) -> Result<(), RequestError> {
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        let since_ms = now_ms - self.rates.login_window_ms;
        attempts.prune(since_ms);
        for (key, limit) in self.keys(login, address) {
            let Some(times) = attempts.times.get_mut(&key) else { continue };
            forget_old(times, since_ms);
            if let Some(oldest) = times.front().filter(|_| times.len() >= limit) {
                let wait_ms = oldest.saturating_add(self.rates.login_window_ms).saturating_sub(now_ms);
                let retry_after_s = u64::try_from(wait_ms / 1_000 + 1).unwrap_or(1);
                return Err(RequestError::TooManyAttempts { retry_after_s });
            }
        }
        for (key, _) in self.keys(login, address) {
            attempts.times.entry(key).or_default().push_back(now_ms);
        }
        Ok(())
    }

    /// Takes back an attempt that began at `began_ms`: it was no wrong guess.
    pub(crate) fn forgive(&self, login: &str, address: Option<IpAddr>, began_ms: i64) {
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, _) in self.keys(login, address) {
            let Some(times) = attempts.times.get_mut(&key) else { continue };
            if let Some(position) = times.iter().rposition(|time| *time == began_ms) {
                times.remove(position);
            }
            if times.is_empty() {
                attempts.times.remove(&key);
            }
        }
    }

    fn keys(&self, login: &str, address: Option<IpAddr>) -> impl Iterator<Item = (Key, usize)> + use<> {
        let limit = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        let account = (Key::Account(login.to_owned()), limit(self.rates.failed_logins_per_account));
        let per_address = limit(self.rates.failed_logins_per_address);
        let address = address.map(|address| (Key::Address(network(address)), per_address));
        [Some(account), address].into_iter().flatten()
    }
}

impl Attempts {
    /// Drops keys without recent attempts. Only once the keys have doubled since: a flood of names must not make every
    /// attempt look at all of them.
    fn prune(&mut self, since_ms: i64) {
        if self.times.len() > self.prune_above {
            self.times.retain(|_, times| times.back().is_some_and(|last| *last > since_ms));
            self.prune_above = self.times.len().saturating_mul(2).max(PRUNE_ABOVE);
        }
    }
}

/// Who is behind an address. Every client of IPv6 has a network of 2⁶⁴ addresses to itself.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}

fn forget_old(times: &mut VecDeque<i64>, since_ms: i64) {
    while times.front().is_some_and(|time| *time <= since_ms) {
        times.pop_front();
    }
}

/// An allowance for each sign-in, whatever tokens it has had since: bursts pass, floods do not.
pub(crate) struct RequestRates {
    rates: Rates,
    buckets: Mutex<Buckets>,
}

struct Buckets {
    by_session: HashMap<Option<Uuid>, Bucket>,
    /// Above so many, full ones are dropped.
    prune_above: usize,
}

/// What is left, in thousandths of a request, and when that was.
struct Bucket {
    left_milli: i64,
    at_ms: i64,
}

impl RequestRates {
    pub(crate) fn new(rates: Rates) -> Self {
        Self { rates, buckets: Mutex::new(Buckets { by_session: HashMap::new(), prune_above: PRUNE_ABOVE }) }
    }

    /// Takes one request out of the allowance of a session, or of the admin token, which has none; or refuses it.
    pub(crate) fn take(&self, session: Option<Uuid>, now_ms: i64) -> Result<(), RequestError> {
        let full_milli = i64::from(self.rates.request_burst) * 1_000;
        let per_s = i64::from(self.rates.requests_per_s);
        let refill = |bucket: &Bucket| {
            let elapsed_ms = now_ms.saturating_sub(bucket.at_ms).max(0);
            bucket.left_milli.saturating_add(elapsed_ms.saturating_mul(per_s)).min(full_milli)
        };
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.by_session.len() > buckets.prune_above {
            buckets.by_session.retain(|_, bucket| refill(bucket) < full_milli);
            buckets.prune_above = buckets.by_session.len().saturating_mul(2).max(PRUNE_ABOVE);
        }
        let bucket = buckets.by_session.entry(session).or_insert(Bucket { left_milli: full_milli, at_ms: now_ms });
        bucket.left_milli = refill(bucket);
        bucket.at_ms = now_ms;
        if bucket.left_milli < 1_000 {
            return Err(RequestError::TooManyAttempts { retry_after_s: 1 });
        }
        bucket.left_milli -= 1_000;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
