//! The core's own thread: everything that waits for a network runs here, one thing at a time. The futures that apps await
//! only wait for a channel, so whose executor polls them does not matter.

mod queue;

use std::{
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::Poll,
    thread,
};

use futures_channel::oneshot;
use saha_domain::{PhotoId, SahaError, catalog::Lang};
use tokio::sync::{mpsc, watch};
use url::Url;

use self::queue::{Fetch, Job, Queue, SignIn, Waiter};
use super::{
    attempt,
    budget::SyncBudget,
    driver::{Driver, SyncReport},
    engine::Policy,
    transport::Transport,
};
use crate::{
    blobs::{
        Blobs,
        lane::{Lane, Link},
    },
    error::{Error, Result},
    lock::lock_of,
    photos,
    session::{Session, SignIn as Wish},
    store::{Key, Store, local},
};

/// Cancels every sync, asked for or not.
const EVERY: u64 = u64::MAX;

/// A handle to the thread, which is started by the first job: whoever opens the app to look at a screen does not pay for it.
/// Dropping the handle ends the thread after its current job.
pub(crate) struct Worker {
    store: Arc<Store>,
    state: Mutex<State>,
    /// How many syncs were asked for. Each has its number.
    asked: AtomicU64,
    /// Syncs up to this number are cancelled.
    cancelled: watch::Sender<u64>,
    is_syncing: Arc<AtomicBool>,
}

enum State {
    /// Nothing was asked for yet.
    Idle(Tools, Box<dyn Transport>),
    Running {
        jobs: mpsc::UnboundedSender<Job>,
        thread: thread::JoinHandle<()>,
    },
    Closed,
}

/// What the jobs work with.
pub(crate) struct Tools {
    pub store: Arc<Store>,
    pub blobs: Arc<Blobs>,
    pub session: Arc<Session>,
    pub lang: Lang,
}

impl Worker {
    pub(crate) fn new(tools: Tools, transport: Box<dyn Transport>) -> Self {
        Self {
            store: Arc::clone(&tools.store),
            state: Mutex::new(State::Idle(tools, transport)),
            asked: AtomicU64::new(0),
            cancelled: watch::Sender::new(0),
            is_syncing: Arc::default(),
        }
    }

    /// Asks for a sync, which begins after this call and so misses nothing that was written before it. Dropping the receiver
    /// cancels it, unless others wait for the same one.
    pub(crate) fn sync(
        &self,
        budget: SyncBudget,
    ) -> Result<oneshot::Receiver<Result<SyncReport, SahaError>>, SahaError> {
        let (answer, receiver) = oneshot::channel();
        let number = self.asked.fetch_add(1, Ordering::AcqRel) + 1;
        let asked_ms = self.store.time().reading().monotonic_ms;
        self.send(Job::Sync(Waiter { number, budget, asked_ms, answer }))?;
        Ok(receiver)
    }

    /// Asks for the file of a photo. Dropping the receiver cancels it.
    pub(crate) fn fetch(&self, photo: PhotoId) -> Result<oneshot::Receiver<Result<String, SahaError>>, SahaError> {
        let (answer, receiver) = oneshot::channel();
        self.send(Job::Fetch(Fetch { photo, answer }))?;
        Ok(receiver)
    }

    /// Asks for a sign-in. Dropping the receiver cancels it.
    pub(crate) fn sign_in(&self, wish: Wish) -> Result<oneshot::Receiver<Result<(), SahaError>>, SahaError> {
        let (answer, receiver) = oneshot::channel();
        self.send(Job::SignIn(SignIn { wish, answer }))?;
        Ok(receiver)
    }

    /// What came of a job. Only a bug, and the end of the core, leave one without an answer.
    pub(crate) async fn hear<T>(&self, answer: oneshot::Receiver<Result<T, SahaError>>) -> Result<T, SahaError> {
        answer.await.unwrap_or_else(|_| match *self.state() {
            State::Closed => Err(SahaError::Closed),
            State::Idle(..) | State::Running { .. } => Err(SahaError::internal("the sync thread panicked")),
        })
    }

    fn send(&self, job: Job) -> Result<(), SahaError> {
        let mut state = self.state();
        if let State::Idle(..) = *state {
            *state = self.start(std::mem::replace(&mut *state, State::Closed))?;
        }
        match &*state {
            State::Running { jobs, .. } => jobs.send(job).map_err(|_| SahaError::Closed),
            State::Idle(..) | State::Closed => Err(SahaError::Closed),
        }
    }

    fn start(&self, idle: State) -> Result<State, SahaError> {
        let State::Idle(tools, transport) = idle else { return Ok(idle) };
        let (jobs, incoming) = mpsc::unbounded_channel();
        let thread_of = Thread {
            queue: Queue::new(incoming, tools.store.time().clone()),
            tools,
            transport,
            cancelled: self.cancelled.subscribe(),
            is_syncing: Arc::clone(&self.is_syncing),
        };
        let thread = thread::Builder::new()
            .name("saha-sync".to_owned())
            .spawn(move || thread_of.run())
            .map_err(Error::io("start the sync thread"))?;
        Ok(State::Running { jobs, thread })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock_of(&self.state)
    }

    /// Whether a sync is under way.
    pub(crate) fn is_syncing(&self) -> bool {
        self.is_syncing.load(Ordering::Acquire)
    }

    /// Stops every sync that was asked for before. What they saved is kept.
    pub(crate) fn cancel(&self) {
        let asked = self.asked.load(Ordering::Acquire);
        self.cancelled.send_modify(|cancelled| *cancelled = asked.max(*cancelled));
    }

    /// Stops, and waits until the thread is gone.
    pub(crate) fn shutdown(&self) {
        let state = std::mem::replace(&mut *self.state(), State::Closed);
        let State::Running { jobs, thread } = state else { return };
        drop(jobs);
        self.cancelled.send_replace(EVERY);
        // A thread can't wait for itself: the last handle may be dropped by the worker's own job.
        if thread.thread().id() != thread::current().id() && thread.join().is_err() {
            tracing::error!("the sync thread panicked");
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.shutdown();
    }
}

/// What the thread has.
struct Thread {
    queue: Queue,
    tools: Tools,
    transport: Box<dyn Transport>,
    cancelled: watch::Receiver<u64>,
    is_syncing: Arc<AtomicBool>,
}

impl Thread {
    fn run(mut self) {
        let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime,
            Err(error) => {
                tracing::error!(%error, "no runtime for the sync thread");
                return;
            }
        };
        runtime.block_on(async {
            while let Some(job) = self.queue.next().await {
                if !survives(Box::pin(self.carry(job))).await {
                    tracing::error!("a job of the sync thread panicked");
                }
            }
        });
    }

    async fn carry(&mut self, job: Job) {
        match job {
            Job::Sync(first) => self.sync(first).await,
            Job::Fetch(fetch) => self.fetch(fetch).await,
            Job::SignIn(sign_in) => self.sign_in(sign_in).await,
        }
    }

    /// One sync for everyone who asked by now and wants the same.
    async fn sync(&mut self, first: Waiter) {
        let company = self.queue.company_of(first);
        let cancelled = *self.cancelled.borrow();
        let is_off = |waiter: &Waiter| waiter.number <= cancelled || waiter.is_gone();
        let (off, mut aboard): (Vec<_>, Vec<_>) = company.into_iter().partition(is_off);
        for waiter in off {
            waiter.answer(Err(SahaError::Cancelled));
        }
        // A budget runs from the call.
        let earliest = aboard.iter().min_by_key(|waiter| waiter.asked_ms);
        let Some((asked_ms, budget)) = earliest.map(|waiter| (waiter.asked_ms, waiter.budget)) else { return };
        let underway = Underway::begin(&self.is_syncing, &self.tools.store);
        let done = self.carry_out(&mut aboard, budget, asked_ms).await.map_err(SahaError::from);
        drop(underway);
        let ran_out = matches!(&done, Ok(report) if !report.is_complete);
        for waiter in aboard {
            if ran_out && waiter.asked_ms > asked_ms {
                // He asked later, and so has time left.
                self.queue.put_back(waiter);
            } else {
                waiter.answer(done.clone());
            }
        }
    }

    async fn carry_out(&mut self, aboard: &mut [Waiter], budget: SyncBudget, asked_ms: i64) -> Result<SyncReport> {
        let stop = watch::Sender::new(false);
        let driver = Driver {
            store: &self.tools.store,
            blobs: &self.tools.blobs,
            session: &self.tools.session,
            transport: self.transport.as_mut(),
            lang: self.tools.lang,
            stop: stop.subscribe(),
            policy: Policy::default(),
            budget,
            asked_ms,
            report: SyncReport::default(),
        };
        let cancelled = &mut self.cancelled;
        let sync = async {
            let mut run = pin!(driver.run());
            tokio::select! {
                done = &mut run => done,
                // To be stopped at the next safe point: what has no answer is queued again.
                () = called_off(cancelled, aboard) => {
                    stop.send_replace(true);
                    run.await
                }
            }
        };
        self.queue.during(sync).await
    }

    /// Whatever the network costs: somebody waits for it. What came by then is kept for the next try.
    async fn fetch(&mut self, Fetch { photo, mut answer }: Fetch) {
        let (work, cancelled) = (fetch(&self.tools, self.transport.as_mut(), photo), &mut self.cancelled);
        let work = async {
            tokio::select! {
                biased;
                _ = cancelled.wait_for(|cancelled| *cancelled == EVERY) => Err(SahaError::Closed.into()),
                () = answer.cancellation() => Err(SahaError::Cancelled.into()),
                done = work => done,
            }
        };
        let done = self.queue.during(work).await;
        let _nobody_waits = answer.send(done.map_err(Into::into));
    }

    async fn sign_in(&mut self, SignIn { wish, mut answer }: SignIn) {
        let Tools { store, session, lang, .. } = &self.tools;
        let (transport, cancelled) = (self.transport.as_mut(), &mut self.cancelled);
        let work = async {
            tokio::select! {
                biased;
                _ = cancelled.wait_for(|cancelled| *cancelled == EVERY) => Err(SahaError::Closed.into()),
                () = answer.cancellation() => Err(SahaError::Cancelled.into()),
                done = session.sign_in(store, transport, wish, *lang) => done,
            }
        };
        let done = self.queue.during(work).await.and_then(|()| attempt::forget(store));
        let _nobody_waits = answer.send(done.map_err(Into::into));
    }
}

/// Says that a sync is under way for as long as it lives, to whoever asks and to listeners: a panic ends that before those who
/// wait hear of it.
struct Underway {
    is_syncing: Arc<AtomicBool>,
    store: Arc<Store>,
}

impl Underway {
    fn begin(is_syncing: &Arc<AtomicBool>, store: &Arc<Store>) -> Self {
        let underway = Self { is_syncing: Arc::clone(is_syncing), store: Arc::clone(store) };
        underway.say(true);
        underway
    }

    fn say(&self, is_syncing: bool) {
        self.is_syncing.store(is_syncing, Ordering::Release);
        self.store.tell_of_sync();
    }
}

impl Drop for Underway {
    fn drop(&mut self) {
        self.say(false);
    }
}

/// Does `work`; false where it panicked. A bug in one job must not take the thread, and every sync to come, with it. What the
/// job left is as after a crash: a transaction that was open is rolled back, and what was sent is queued again by the next.
async fn survives(work: impl Future<Output = ()>) -> bool {
    let mut work = pin!(work);
    poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(cx))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(())) => Poll::Ready(true),
        Err(_panic) => Poll::Ready(false),
    })
    .await
}

async fn fetch(tools: &Tools, transport: &mut dyn Transport, photo: PhotoId) -> Result<String> {
    let Tools { store, blobs, session, lang } = tools;
    let server: Option<Url> = store.read(|reader| local::get(reader.conn(), Key::ServerUrl))?;
    let server = server.ok_or(SahaError::NotSignedIn)?;
    let (never, report) = (watch::Sender::new(false), &mut SyncReport::default());
    let link = Link { transport, session, server, lang: *lang, stop: never.subscribe(), ends: None, report };
    photos::fetch(&mut Lane { store, blobs, link, left_bytes: None }, photo).await
}

/// Until everyone aboard has cancelled, or nobody waits any more.
async fn called_off(cancelled: &mut watch::Receiver<u64>, aboard: &mut [Waiter]) {
    let last = aboard.iter().map(|waiter| waiter.number).max().unwrap_or(EVERY);
    let all_gone = poll_fn(|cx| {
        let all_gone = aboard.iter_mut().all(|waiter| waiter.poll_gone(cx).is_ready());
        if all_gone { Poll::Ready(()) } else { Poll::Pending }
    });
    tokio::select! {
        _ = cancelled.wait_for(|cancelled| *cancelled >= last) => {}
        () = all_gone => {}
    }
}

#[cfg(test)]
mod tests;
