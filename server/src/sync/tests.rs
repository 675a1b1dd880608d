//! The protocol, called in process.

mod conflicts;
mod convergence;
mod history;
mod pulls;
mod pushes;
mod refusals;
mod restoring;
mod sight;
