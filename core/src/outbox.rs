//! The outbox: every change from its capture until the company's backups hold it.
//!
//! A change is serialised once, keeps its op id for life, and is never coalesced with another. The one thing that moves in it
//! before it is first sent is a date by a clock of which nothing was known ([`restamp`]). The states and what leads
//! from one to the next stand in [`saha_domain::life`].

mod batch;
mod entry;
mod names;
mod repair;
mod restamp;
mod settle;
mod store;

pub(crate) use batch::{BatchLimits, held_back, held_by, next_batch, requeue_sent};
pub(crate) use entry::Entry;
pub(crate) use names::{named, wanted_parent};
pub(crate) use repair::{append, dismiss, fix, resend, use_existing, withdraw};
pub(crate) use restamp::restamp;
pub(crate) use settle::{durable_through, fold_through, mark_sent, requeue_kept, settle};
pub(crate) use store::{
    count_unresolved, counts, entries, has_acked, has_overlay, holds_text, oldest_waiting, overlay, overridden,
    refused, rows_under_changes, set_seen,
};

#[cfg(test)]
mod tests;
