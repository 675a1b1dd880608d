//! Which fault comes when.

use std::{collections::VecDeque, time::Duration};

use crate::chance::SplitMix64;

/// What happens to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It goes through, and so does its answer.
    Pass,
    /// It goes through after so long.
    Delay(Duration),
    /// It never reaches the server; the connection breaks.
    LoseRequest,
    /// The server handles it; the connection breaks before a byte of the answer.
    LoseAnswer,
    /// The server gets it twice; the phone hears the second answer.
    SendTwice,
    /// Something on the way answers with this status and no body.
    Status {
        /// Such as 429, 500 or 503.
        status: u16,
        /// The header `Retry-After`, seconds.
        retry_after_s: Option<u32>,
    },
    /// It is answered with 200 and a web page on the way.
    Portal,
    /// The server handles it; the answer breaks off in its middle.
    CutAnswer,
    /// The server handles it; only so many bytes of the answer arrive, its head among them.
    CutAt(usize),
    /// There is no network.
    Offline,
}

/// What happens to the requests, one after the other.
#[derive(Debug, Clone)]
pub enum Plan {
    /// The same to each.
    Always(Fault),
    /// These in order, then everything passes.
    Script(VecDeque<Fault>),
    /// Each fault once, shuffled, and again and again.
    Deck(Deck),
}

impl Default for Plan {
    fn default() -> Self {
        Self::Always(Fault::Pass)
    }
}

impl Plan {
    /// These in order, then everything passes.
    pub fn script(faults: impl IntoIterator<Item = Fault>) -> Self {
        Self::Script(faults.into_iter().collect())
    }

    /// Each fault of `faults` once, shuffled by `seed`, and again and again.
    pub fn deck(faults: impl Into<Vec<Fault>>, seed: u64) -> Self {
        Self::Deck(Deck { faults: faults.into(), rest: Vec::new(), random: SplitMix64::new(seed) })
    }

    /// What happens to the next request.
    pub(super) fn next(&mut self) -> Fault {
        match self {
            Self::Always(fault) => *fault,
            Self::Script(faults) => faults.pop_front().unwrap_or(Fault::Pass),
            Self::Deck(deck) => deck.deal(),
        }
    }
}

/// Faults that are dealt like cards: none comes twice before each came once.
#[derive(Debug, Clone)]
pub struct Deck {
    faults: Vec<Fault>,
    rest: Vec<Fault>,
    random: SplitMix64,
}

impl Deck {
    fn deal(&mut self) -> Fault {
        if self.rest.is_empty() {
            self.rest.clone_from(&self.faults);
            self.shuffle();
        }
        self.rest.pop().unwrap_or(Fault::Pass)
    }

    /// Fisher and Yates.
    fn shuffle(&mut self) {
        for last in (1..self.rest.len()).rev() {
            let bound = u64::try_from(last + 1).unwrap_or(1);
            let other = usize::try_from(self.random.below(bound)).unwrap_or(0);
            self.rest.swap(last, other);
        }
    }
}
