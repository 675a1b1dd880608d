//! The protocol, called in process.

mod conflicts;
mod convergence;
mod dates;
mod figures;
mod histories;
mod history;
mod horizon;
mod pulls;
mod pushes;
mod refusals;
mod restoring;
mod resync;
mod revoked;
mod sight;
