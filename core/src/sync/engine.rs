//! The sync engine: events in, instructions out. It reads no clock, touches no database and opens no socket, so every
//! sequence of answers can be played to it in a test.

use super::budget::{Spent, SyncBudget};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// A sync was asked for.
    Started {
        /// Whether the clock's correction is known in this boot.
        clock_known: bool,
        /// How many changes a request may hold, as far as the server has said.
        most_changes: usize,
    },
    /// The server told its time, and how many changes a request may hold.
    ClockMeasured { most_changes: usize },
    /// An exchange was carried out and saved.
    Exchanged {
        /// Changes that were in the request.
        sent: usize,
        /// Another page is there already.
        has_more: bool,
        /// Changes still wait to be sent.
        more_to_send: bool,
        /// Something moved: a change got an answer, a row or the cursor changed.
        moved: bool,
    },
    /// A request as a whole failed.
    Failed {
        failure: Failure,
        /// Changes that were in the request.
        sent: usize,
        /// A random number from 0 to 1 000.
        jitter: u16,
    },
    /// The tokens were renewed.
    TokenRenewed,
    /// The change that was too large alone is marked as refused.
    OversizedRefused,
    /// The pause is over.
    Woke,
    /// The caller cancelled.
    Stopped,
}

/// How a request as a whole can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No usable answer: no network, a timeout, a captive portal.
    NoAnswer(&'static str),
    /// The server asks to come again after so many milliseconds; none where it does not say when.
    Busy { retry_after_ms: Option<u64> },
    /// The server took the request for the echo of an older one: one of the two clocks is not what it was.
    Stale,
    /// The access token is not good any more.
    Unauthenticated,
    /// Nobody is signed in, or the refresh token is not good either.
    SignedOut,
    /// The office revoked the device, and takes nothing more from it.
    Revoked,
    /// The request was too large.
    TooLarge,
    /// The app is too old.
    UpgradeRequired,
    /// The server understood and said no. It would say so again.
    Refused,
}

/// What the host has to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Instruction {
    /// Ask the server for its time.
    MeasureClock,
    /// Send and fetch, with at most so many changes.
    Exchange { max_changes: usize },
    /// Renew the tokens.
    RenewToken,
    /// Mark the first change as refused: it is too large for the server alone.
    RefuseOversized,
    /// Wait so many milliseconds.
    Sleep { ms: u64 },
    /// It is over.
    Finish(End),
}

/// How a sync ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Nothing is left to send or to fetch.
    Done,
    /// What is left of the budget is too little to go on. What was exchanged is saved.
    BudgetSpent,
    /// It was cancelled. What was exchanged is saved.
    Stopped,
    /// Not now. What waits stays queued.
    Failed(Failure),
}

/// Patience and sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Policy {
    /// Failures in a row before the sync gives up until it is asked for again.
    pub max_failures: u32,
    /// The first pause; each failure doubles it.
    pub base_pause_ms: u64,
    /// The longest pause, and the longest that a `Retry-After` is obeyed within one sync.
    pub max_pause_ms: u64,
    /// Changes in a request at the start: a day's work goes at once, and a bad link is not tried with more.
    pub first_changes: usize,
    /// Changes in a request at the most. A server may say less.
    pub most_changes: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self { max_failures: 5, base_pause_ms: 250, max_pause_ms: 30_000, first_changes: 100, most_changes: 500 }
    }
}

/// Exchanges in a row that may move nothing although the server promises more.
const MAX_STALLS: u32 = 3;
/// With less time than this no request is begun: on a mobile network it would more often be given up than answered.
const MIN_REQUEST_MS: u64 = 1_000;

/// One sync from its start to its end.
#[derive(Debug)]
pub(crate) struct Engine {
    policy: Policy,
    budget: SyncBudget,
    /// Changes in the next request: doubled where full ones go through, halved where one is too large or gets lost.
    max_changes: usize,
    failures: u32,
    stalls: u32,
    renewal: Renewal,
    clock_known: bool,
    has_exchanged: bool,
    /// Why the server was not reached at the last try.
    unreached: Option<Failure>,
    /// What the sync had cost at the last event, and what its dearest step cost.
    spent: Spent,
    largest_bytes: u64,
}

/// Where the tokens stand since the last exchange that went well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Renewal {
    /// Nobody complained.
    NotNeeded,
    /// Asked for, and not answered yet: a lost answer is asked for again, and signs nobody out.
    Asked,
    /// New ones came.
    Done,
}

impl Engine {
    pub(crate) fn new(policy: Policy, budget: SyncBudget) -> Self {
        Self {
            policy,
            budget,
            max_changes: policy.first_changes.min(policy.most_changes).max(1),
            failures: 0,
            stalls: 0,
            renewal: Renewal::NotNeeded,
            clock_known: false,
            has_exchanged: false,
            unreached: None,
            spent: Spent::default(),
            largest_bytes: 0,
        }
    }

    /// Takes an event and what the sync has cost by then, and says what to do next.
    pub(crate) fn handle(&mut self, event: Event, spent: Spent) -> Instruction {
        self.largest_bytes = self.largest_bytes.max(spent.bytes.saturating_sub(self.spent.bytes));
        self.spent = spent;
        let next = self.next(event);
        if self.is_affordable(next) { next } else { Instruction::Finish(self.too_dear()) }
    }

    /// How long the server wants to be left alone, if that is why the sync goes no further.
    pub(crate) fn wait_ms(&self) -> Option<u64> {
        match self.unreached {
            Some(Failure::Busy { retry_after_ms }) => retry_after_ms,
            _ => None,
        }
    }

    fn next(&mut self, event: Event) -> Instruction {
        match event {
            Event::Started { clock_known, most_changes } => {
                self.clock_known = clock_known;
                self.limit(most_changes);
                self.go_on()
            }
            Event::ClockMeasured { most_changes } => {
                self.clock_known = true;
                self.reached();
                self.limit(most_changes);
                self.go_on()
            }
            Event::Exchanged { sent, has_more, more_to_send, moved } => {
                self.reached();
                self.has_exchanged = true;
                self.renewal = Renewal::NotNeeded;
                if sent >= self.max_changes {
                    self.max_changes = self.max_changes.saturating_mul(2).min(self.policy.most_changes);
                }
                self.exchanged(has_more || more_to_send, moved)
            }
            Event::Failed { failure, sent, jitter } => self.failed(failure, sent, jitter),
            Event::TokenRenewed => {
                self.renewal = Renewal::Done;
                self.go_on()
            }
            Event::OversizedRefused | Event::Woke => self.go_on(),
            Event::Stopped => Instruction::Finish(End::Stopped),
        }
    }

    /// Nothing is pushed before the correction of this boot is known: hybrid clocks are made from corrected time.
    fn go_on(&self) -> Instruction {
        if self.renewal == Renewal::Asked {
            Instruction::RenewToken
        } else if self.clock_known {
            Instruction::Exchange { max_changes: self.max_changes }
        } else {
            Instruction::MeasureClock
        }
    }

    /// Whether the budget has room for `next`: for a request, or for a pause and a request after it.
    fn is_affordable(&self, next: Instruction) -> bool {
        let pause_ms = match next {
            Instruction::MeasureClock | Instruction::Exchange { .. } | Instruction::RenewToken => 0,
            Instruction::Sleep { ms } => ms,
            Instruction::RefuseOversized | Instruction::Finish(_) => return true,
        };
        let needed_ms = pause_ms.saturating_add(MIN_REQUEST_MS);
        self.budget.left_ms(self.spent).is_none_or(|left_ms| left_ms >= needed_ms)
            && self.budget.left_bytes(self.spent).is_none_or(|left_bytes| left_bytes >= self.largest_bytes.max(1))
    }

    /// A sync that exchanged nothing says why it did not reach the server; any other has brought a part.
    fn too_dear(&self) -> End {
        self.unreached.filter(|_| !self.has_exchanged).map_or(End::BudgetSpent, End::Failed)
    }

    fn reached(&mut self) {
        self.failures = 0;
        self.unreached = None;
    }

    fn limit(&mut self, most_changes: usize) {
        self.policy.most_changes = self.policy.most_changes.min(most_changes).max(1);
        self.max_changes = self.max_changes.min(self.policy.most_changes);
    }

    fn exchanged(&mut self, more: bool, moved: bool) -> Instruction {
        self.stalls = if moved { 0 } else { self.stalls + 1 };
        if !more {
            return Instruction::Finish(End::Done);
        }
        if self.stalls >= MAX_STALLS {
            // A server that promises more for ever, or leaves changes unanswered, is not asked for ever.
            return Instruction::Finish(End::Failed(Failure::Busy { retry_after_ms: None }));
        }
        self.go_on()
    }

    fn failed(&mut self, failure: Failure, sent: usize, jitter: u16) -> Instruction {
        let finish = Instruction::Finish(End::Failed(failure));
        match failure {
            Failure::Unauthenticated if self.renewal == Renewal::Done => {
                Instruction::Finish(End::Failed(Failure::SignedOut))
            }
            Failure::Unauthenticated => {
                self.renewal = Renewal::Asked;
                Instruction::RenewToken
            }
            Failure::TooLarge if sent > 1 => {
                self.max_changes = sent.div_ceil(2);
                self.go_on()
            }
            Failure::TooLarge if sent == 1 => Instruction::RefuseOversized,
            Failure::TooLarge | Failure::SignedOut | Failure::Revoked | Failure::UpgradeRequired | Failure::Refused => {
                finish
            }
            Failure::Stale => {
                self.clock_known = false;
                self.failed(Failure::Busy { retry_after_ms: None }, sent, jitter)
            }
            Failure::NoAnswer(_) | Failure::Busy { .. } => {
                // A bad link loses large requests first.
                if matches!(failure, Failure::NoAnswer(_)) && sent > 0 {
                    self.max_changes = self.max_changes.div_ceil(2);
                }
                self.failures += 1;
                self.unreached = Some(failure);
                let pause_ms = self.pause_ms(failure, jitter);
                if self.failures >= self.policy.max_failures || pause_ms > self.policy.max_pause_ms {
                    return finish;
                }
                Instruction::Sleep { ms: pause_ms }
            }
        }
    }

    /// A `Retry-After` is the least.
    fn pause_ms(&self, failure: Failure, jitter: u16) -> u64 {
        let pause = backoff_ms(self.policy.base_pause_ms, self.policy.max_pause_ms, self.failures, jitter);
        match failure {
            Failure::Busy { retry_after_ms: Some(asked) } => asked.max(pause),
            _ => pause,
        }
    }
}

/// The pause after so many failures in a row: doubling with a cap, half fixed and half random, so that phones that lost the
/// same server do not come back together.
pub(super) fn backoff_ms(base_ms: u64, cap_ms: u64, failures: u32, jitter: u16) -> u64 {
    let full = base_ms.saturating_mul(1 << failures.min(16).saturating_sub(1)).min(cap_ms);
    full / 2 + full / 2 * u64::from(jitter.min(1_000)) / 1_000
}

#[cfg(test)]
mod tests;
