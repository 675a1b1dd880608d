//! The core's own thread: everything that waits for a network runs here, one job at a time. The futures that apps await
//! only wait for a channel, so whose executor polls them does not matter.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use futures_channel::oneshot;
use saha_domain::{SahaError, catalog::Lang, wire::LoginRequest};
use tokio::sync::{mpsc, watch};
use url::Url;

use super::{
    driver::{Driver, SyncReport},
    engine::Policy,
    transport::Transport,
};
use crate::{
    error::{Error, Result},
    session::Session,
    store::Store,
};

/// What the thread can be asked for.
enum Job {
    Sync { answer: oneshot::Sender<Result<SyncReport, SahaError>> },
    SignIn { server: Url, login: LoginRequest, answer: oneshot::Sender<Result<(), SahaError>> },
}

/// A handle to the thread, which is started by the first job: whoever opens the app to look at a screen does not pay for it.
/// Dropping the handle ends the thread after its current job.
pub(crate) struct Worker {
    state: Mutex<State>,
    stop: watch::Sender<bool>,
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
    pub session: Arc<Session>,
    pub lang: Lang,
}

impl Worker {
    pub(crate) fn new(tools: Tools, transport: Box<dyn Transport>) -> Self {
        Self { state: Mutex::new(State::Idle(tools, transport)), stop: watch::Sender::new(false) }
    }

    /// Asks for a sync. Dropping the receiver cancels it.
    pub(crate) fn sync(&self) -> Result<oneshot::Receiver<Result<SyncReport, SahaError>>, SahaError> {
        let (answer, receiver) = oneshot::channel();
        self.send(Job::Sync { answer })?;
        Ok(receiver)
    }

    /// Asks for a sign-in.
    pub(crate) fn sign_in(
        &self,
        server: Url,
        login: LoginRequest,
    ) -> Result<oneshot::Receiver<Result<(), SahaError>>, SahaError> {
        let (answer, receiver) = oneshot::channel();
        self.send(Job::SignIn { server, login, answer })?;
        Ok(receiver)
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
        let (jobs, queue) = mpsc::unbounded_channel();
        let stop = self.stop.clone();
        let thread = thread::Builder::new()
            .name("saha-sync".to_owned())
            .spawn(move || work(&tools, transport, queue, &stop))
            .map_err(Error::io("start the sync thread"))?;
        Ok(State::Running { jobs, thread })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops the job that runs. What it saved is kept.
    pub(crate) fn cancel(&self) {
        self.stop.send_replace(true);
    }

    /// Stops, and waits until the thread is gone.
    pub(crate) fn shutdown(&self) {
        let state = std::mem::replace(&mut *self.state(), State::Closed);
        let State::Running { jobs, thread } = state else { return };
        drop(jobs);
        self.cancel();
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

fn work(
    tools: &Tools,
    mut transport: Box<dyn Transport>,
    mut queue: mpsc::UnboundedReceiver<Job>,
    stop: &watch::Sender<bool>,
) {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!(%error, "no runtime for the sync thread");
            return;
        }
    };
    runtime.block_on(async {
        while let Some(job) = queue.recv().await {
            stop.send_replace(queue.is_closed());
            match job {
                Job::Sync { mut answer } => {
                    let driver = Driver {
                        store: &tools.store,
                        session: &tools.session,
                        transport: transport.as_mut(),
                        lang: tools.lang,
                        stop: stop.subscribe(),
                        policy: Policy::default(),
                        report: SyncReport::default(),
                    };
                    let done = {
                        let mut run = std::pin::pin!(driver.run());
                        tokio::select! {
                            done = &mut run => done,
                            // Nobody waits any more: stop at the next safe point.
                            () = answer.cancellation() => {
                                stop.send_replace(true);
                                run.await
                            }
                        }
                    };
                    let _nobody_waits = answer.send(done.map_err(Into::into));
                }
                Job::SignIn { server, login, answer } => {
                    let done = tools.session.sign_in(&tools.store, transport.as_mut(), server, login, tools.lang).await;
                    let _nobody_waits = answer.send(done.map_err(Into::into));
                }
            }
        }
    });
}
