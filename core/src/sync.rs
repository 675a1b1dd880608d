//! Bringing the phone and the company's server together.
//!
//! [`engine`] decides and does no I/O; [`exchange`] makes requests out of the store and takes answers into it; [`driver`]
//! does what the engine says, within its [`budget`]; [`worker`] is the thread on which it all runs, one thing at a time;
//! [`attempt`] remembers how it ended; `reqwest` is known to [`http`] alone.

pub(crate) mod apply;
pub(crate) mod attempt;
pub(crate) mod budget;
pub(crate) mod driver;
pub(crate) mod engine;
pub(crate) mod exchange;
pub(crate) mod figures;
pub(crate) mod http;
pub(crate) mod parked;
pub(crate) mod sight;
pub(crate) mod transport;
pub(crate) mod worker;
