//! What the thread is asked for, in order. It is looked after while something else runs, so that nobody waits longer than he
//! has time.

use std::{
    collections::VecDeque,
    future::Future,
    pin::pin,
    task::{Context, Poll},
    time::Duration,
};

use futures_channel::oneshot;
use saha_domain::{PhotoId, SahaError};
use tokio::sync::mpsc;

use super::super::{
    budget::{Spent, SyncBudget},
    driver::SyncReport,
};
use crate::{clock::Time, session::SignIn as Wish};

/// What the thread can be asked for.
pub(super) enum Job {
    Sync(Waiter),
    Fetch(Fetch),
    SignIn(SignIn),
}

/// A wish for the file of a photo.
pub(super) struct Fetch {
    pub photo: PhotoId,
    pub answer: oneshot::Sender<Result<String, SahaError>>,
}

/// Someone who wants to sign in.
pub(super) struct SignIn {
    pub wish: Wish,
    pub answer: oneshot::Sender<Result<(), SahaError>>,
}

/// Someone who asked for a sync.
pub(super) struct Waiter {
    /// Which one in the order of all.
    pub number: u64,
    pub budget: SyncBudget,
    /// What the clock since boot showed when he asked.
    pub asked_ms: i64,
    pub answer: oneshot::Sender<Result<SyncReport, SahaError>>,
}

impl Waiter {
    /// Whether he does not wait any more.
    pub(super) fn is_gone(&self) -> bool {
        self.answer.is_canceled()
    }

    /// Ready when he does not wait any more.
    pub(super) fn poll_gone(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.answer.poll_canceled(cx)
    }

    pub(super) fn answer(self, done: Result<SyncReport, SahaError>) {
        let _may_be_gone = self.answer.send(done);
    }

    /// Milliseconds that he has left; none where he has no limit.
    fn left_ms(&self, now_ms: i64) -> Option<u64> {
        let waited_ms = u64::try_from(now_ms.saturating_sub(self.asked_ms)).unwrap_or(0);
        self.budget.left_ms(Spent { ms: waited_ms, bytes: 0 })
    }
}

/// Jobs that wait for the thread.
pub(super) struct Queue {
    incoming: mpsc::UnboundedReceiver<Job>,
    waiting: VecDeque<Job>,
    time: Time,
}

impl Queue {
    pub(super) fn new(incoming: mpsc::UnboundedReceiver<Job>, time: Time) -> Self {
        Self { incoming, waiting: VecDeque::new(), time }
    }

    /// The next job. None when there is none and no more can come.
    pub(super) async fn next(&mut self) -> Option<Job> {
        match self.waiting.pop_front() {
            Some(job) => Some(job),
            None => self.incoming.recv().await,
        }
    }

    /// `first`, with everyone who waits for the same as he does. A sign-in is not overtaken: who asked after it wants to sync
    /// as whoever signed in.
    pub(super) fn company_of(&mut self, first: Waiter) -> Vec<Waiter> {
        while let Ok(job) = self.incoming.try_recv() {
            self.waiting.push_back(job);
        }
        let mut company = vec![first];
        let mut rest = VecDeque::with_capacity(self.waiting.len());
        let mut is_open = true;
        for job in self.waiting.drain(..) {
            match job {
                Job::Sync(waiter) if is_open && company.iter().all(|first| first.budget == waiter.budget) => {
                    company.push(waiter);
                }
                other => {
                    is_open &= matches!(other, Job::Sync(_) | Job::Fetch(_));
                    rest.push_back(other);
                }
            }
        }
        self.waiting = rest;
        company
    }

    /// He is the next one.
    pub(super) fn put_back(&mut self, waiter: Waiter) {
        self.waiting.push_front(Job::Sync(waiter));
    }

    /// Does `work`. Meanwhile jobs are taken in, and who runs out of time before his turn is told so.
    pub(super) async fn during<T>(&mut self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        loop {
            let patience = self.answer_overdue();
            tokio::select! {
                done = &mut work => return done,
                Some(job) = self.incoming.recv() => self.waiting.push_back(job),
                () = tokio::time::sleep(patience.unwrap_or_default()), if patience.is_some() => {}
            }
        }
    }

    /// Answers everyone whose time is up: nothing was done for him. How long the next one has.
    fn answer_overdue(&mut self) -> Option<Duration> {
        let now_ms = self.time.reading().monotonic_ms;
        let mut patience = None;
        for job in std::mem::take(&mut self.waiting) {
            let left_ms = match &job {
                Job::Sync(waiter) => waiter.left_ms(now_ms),
                Job::Fetch(_) | Job::SignIn(_) => None,
            };
            match (job, left_ms) {
                (Job::Sync(waiter), Some(0)) => waiter.answer(Ok(SyncReport::default())),
                (job, left_ms) => {
                    patience = [patience, left_ms].into_iter().flatten().min();
                    self.waiting.push_back(job);
                }
            }
        }
        patience.map(Duration::from_millis)
    }
}
