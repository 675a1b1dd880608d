//! A bad network between a phone and its server: a proxy on loopback that loses, doubles, cuts and delays what goes through
//! it, by a plan that gives the same faults for the same seed.
//!
//! ```no_run
//! use saha::bad_link::{BadLink, Fault, Plan};
//!
//! # fn test(server: std::net::SocketAddr) -> std::io::Result<()> {
//! let link = BadLink::start(server)?;
//! // The phone signs in at `link.url()`. Then:
//! link.set(Plan::script([Fault::LoseAnswer, Fault::SendTwice]));
//! // … sync …
//! assert_eq!(link.counters().lost_answers, 1);
//! # Ok(()) }
//! ```

mod http;
mod plan;
mod relay;

use std::{
    collections::BTreeMap,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use tokio::{net::TcpListener, sync::oneshot};

pub use plan::{Deck, Fault, Plan};

/// What the link did so far, in requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// Requests that the phone made.
    pub requests: u64,
    /// Requests that the server got; a doubled one counts twice.
    pub reached_server: u64,
    /// Went through as they should, delayed ones not among them.
    pub passed: u64,
    /// Went through late.
    pub delayed: u64,
    /// Never reached the server.
    pub lost_requests: u64,
    /// Were handled by the server, and the phone did not hear of it.
    pub lost_answers: u64,
    /// Reached the server twice.
    pub doubled: u64,
    /// Were answered by the link with 500 or another error of a server.
    pub server_errors: u64,
    /// Were answered with 429 by the link.
    pub busy: u64,
    /// Were answered with a web page by the link, as a hotel's network does.
    pub portals: u64,
    /// Were handled by the server, and the answer broke off in its middle.
    pub cut_answers: u64,
    /// Found no network.
    pub offline: u64,
}

impl Counters {
    fn count(&mut self, fault: Fault) {
        self.requests += 1;
        *match fault {
            Fault::Pass => &mut self.passed,
            Fault::Delay(_) => &mut self.delayed,
            Fault::LoseRequest => &mut self.lost_requests,
            Fault::LoseAnswer => &mut self.lost_answers,
            Fault::SendTwice => &mut self.doubled,
            Fault::Status { status: 429, .. } => &mut self.busy,
            Fault::Status { .. } => &mut self.server_errors,
            Fault::Portal => &mut self.portals,
            Fault::CutAnswer | Fault::CutAt(_) => &mut self.cut_answers,
            Fault::Offline => &mut self.offline,
        } += 1;
    }
}

#[derive(Debug, Default)]
struct State {
    plan: Plan,
    /// Plans for single paths, in place of `plan`.
    on_path: BTreeMap<String, Plan>,
    /// How many requests each path got.
    paths: BTreeMap<String, u64>,
    counters: Counters,
}

/// State that the link's thread and its owner share.
#[derive(Debug, Clone)]
struct Shared(Arc<Mutex<State>>);

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The fault of the next request, which is to `path`; already counted.
    fn next_fault(&self, path: &str) -> Fault {
        let mut state = self.lock();
        let State { plan, on_path, paths, counters } = &mut *state;
        let fault = on_path.get_mut(path).unwrap_or(plan).next();
        *paths.entry(path.to_owned()).or_default() += 1;
        counters.count(fault);
        fault
    }

    fn reached_server(&self) {
        self.lock().counters.reached_server += 1;
    }
}

/// A running link, on a thread of its own. It ends when this is dropped.
#[derive(Debug)]
pub struct BadLink {
    address: SocketAddr,
    shared: Shared,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl BadLink {
    /// A link to the server at `upstream`, on a free port of the loopback. Everything passes until [`BadLink::set`].
    pub fn start(upstream: SocketAddr) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let shared = Shared(Arc::new(Mutex::new(State::default())));
        let (stop, stopped) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let on_thread = shared.clone();
        let thread = thread::Builder::new().name("bad-link".to_owned()).spawn(move || {
            runtime.block_on(async {
                let Ok(listener) = TcpListener::from_std(listener) else { return };
                tokio::select! {
                    () = relay::accept(listener, upstream, on_thread) => {}
                    _ = stopped => {}
                }
            });
        })?;
        Ok(Self { address, shared, stop: Some(stop), thread: Some(thread) })
    }

    /// Where the phone finds it: `http://127.0.0.1:…`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What happens to the requests from now on.
    pub fn set(&self, plan: Plan) {
        self.shared.lock().plan = plan;
    }

    /// What happens from now on to the requests to `path`, such as `/v1/sync`, in place of what happens to all.
    pub fn set_on(&self, path: &str, plan: Plan) {
        self.shared.lock().on_path.insert(path.to_owned(), plan);
    }

    /// Requests to `path` so far.
    pub fn requests_to(&self, path: &str) -> u64 {
        self.shared.lock().paths.get(path).copied().unwrap_or(0)
    }

    /// What it did so far.
    pub fn counters(&self) -> Counters {
        self.shared.lock().counters
    }
}

impl Drop for BadLink {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the link was already printed by its thread.
            drop(thread.join());
        }
    }
}

#[cfg(test)]
mod tests;
