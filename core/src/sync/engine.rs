//! The sync engine: events in, instructions out. It reads no clock, touches no database and opens no socket, so every
//! sequence of answers can be played to it in a test.

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// A sync was asked for. The clock's correction is known in this boot, or not.
    Started { clock_known: bool },
    /// The server told its time.
    ClockMeasured,
    /// An exchange was carried out and saved.
    Exchanged {
        /// Another page is there already.
        has_more: bool,
        /// Changes still wait to be sent.
        more_to_send: bool,
        /// Something moved: a change got an answer, a row or the cursor changed.
        moved: bool,
    },
    /// A request as a whole failed. `jitter` is a random number from 0 to 1 000.
    Failed { failure: Failure, jitter: u16 },
    /// The tokens were renewed.
    TokenRenewed,
    /// The change that was too large alone is marked as refused.
    OversizedRefused,
    /// The pause is over.
    Woke,
    /// The caller cancelled, or his time is up.
    Stopped,
}

/// How a request as a whole can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No usable answer: no network, a timeout, a captive portal.
    NoAnswer(&'static str),
    /// The server asks to come again after so many milliseconds; none where it does not say when.
    Busy { retry_after_ms: Option<u64> },
    /// The access token is not good any more.
    Unauthenticated,
    /// Nobody is signed in, or the refresh token is not good either.
    SignedOut,
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
    /// Changes in a request at the start.
    pub max_changes: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self { max_failures: 5, base_pause_ms: 250, max_pause_ms: 30_000, max_changes: 500 }
    }
}

/// Exchanges in a row that may move nothing although the server promises more.
const MAX_STALLS: u32 = 3;

/// One sync from its start to its end.
#[derive(Debug)]
pub(crate) struct Engine {
    policy: Policy,
    max_changes: usize,
    failures: u32,
    stalls: u32,
    renewal: Renewal,
    clock_known: bool,
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
    pub(crate) fn new(policy: Policy) -> Self {
        Self {
            policy,
            max_changes: policy.max_changes,
            failures: 0,
            stalls: 0,
            renewal: Renewal::NotNeeded,
            clock_known: false,
        }
    }

    /// Takes an event and says what to do next.
    pub(crate) fn handle(&mut self, event: Event) -> Instruction {
        match event {
            Event::Started { clock_known } => {
                self.clock_known = clock_known;
                self.go_on()
            }
            Event::ClockMeasured => {
                self.clock_known = true;
                self.failures = 0;
                self.go_on()
            }
            Event::Exchanged { has_more, more_to_send, moved } => self.exchanged(has_more || more_to_send, moved),
            Event::Failed { failure, jitter } => self.failed(failure, jitter),
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

    fn exchanged(&mut self, more: bool, moved: bool) -> Instruction {
        self.failures = 0;
        self.renewal = Renewal::NotNeeded;
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

    fn failed(&mut self, failure: Failure, jitter: u16) -> Instruction {
        let finish = Instruction::Finish(End::Failed(failure));
        match failure {
            Failure::Unauthenticated if self.renewal == Renewal::Done => {
                Instruction::Finish(End::Failed(Failure::SignedOut))
            }
            Failure::Unauthenticated => {
                self.renewal = Renewal::Asked;
                Instruction::RenewToken
            }
            Failure::TooLarge if self.max_changes > 1 => {
                self.max_changes = self.max_changes.div_ceil(2).min(self.max_changes - 1);
                self.go_on()
            }
            Failure::TooLarge => Instruction::RefuseOversized,
            Failure::SignedOut | Failure::UpgradeRequired | Failure::Refused => finish,
            Failure::NoAnswer(_) | Failure::Busy { .. } => {
                self.failures += 1;
                let pause_ms = self.pause_ms(failure, jitter);
                if self.failures >= self.policy.max_failures || pause_ms > self.policy.max_pause_ms {
                    return finish;
                }
                Instruction::Sleep { ms: pause_ms }
            }
        }
    }

    /// Doubling pauses with a cap, half fixed and half random, so that phones that lost the same server do not come back
    /// together. A `Retry-After` is the least.
    fn pause_ms(&self, failure: Failure, jitter: u16) -> u64 {
        let doubled = self.policy.base_pause_ms.saturating_mul(1 << self.failures.min(16).saturating_sub(1));
        let full = doubled.min(self.policy.max_pause_ms);
        let pause = full / 2 + full / 2 * u64::from(jitter.min(1_000)) / 1_000;
        match failure {
            Failure::Busy { retry_after_ms: Some(asked) } => asked.max(pause),
            _ => pause,
        }
    }
}

#[cfg(test)]
mod tests;
