//! Who wrote each field last, at which version and by which clock. Granularity: a top-level field; of a child
//! collection, each field of each child, as `lines/<id>/quantity`.

use std::collections::BTreeMap;

use saha_domain::Hlc;
use serde::{Deserialize, Serialize};

/// The device number of the company itself: imports and the office.
pub(super) const OFFICE: u32 = 0;

/// The last write of a field. Stored as `[version, hlc, device]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Clock(i64, i64, u32);

impl Clock {
    pub(super) fn new(version: i64, hlc: Hlc, device: u32) -> Self {
        Self(version, hlc.packed(), device)
    }

    /// The company's sequence of the write.
    pub(super) fn version(self) -> i64 {
        self.0
    }

    /// The clock of the write.
    pub(super) fn hlc(self) -> Hlc {
        Hlc::from_packed(self.1)
    }

    /// The number of the device that wrote.
    pub(super) fn device(self) -> u32 {
        self.2
    }
}

/// The clocks of a row: one for all fields, and those that were written since. Most rows are written once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FieldClocks(Clock, BTreeMap<String, Clock>);

impl FieldClocks {
    /// Every field was written at once.
    pub(super) fn all(clock: Clock) -> Self {
        Self(clock, BTreeMap::new())
    }

    /// Every field as a device had it when the server had lost the row: whatever anyone wrote is newer.
    pub(super) fn restored(version: i64) -> Self {
        Self::all(Clock::new(version, Hlc::LOWEST, OFFICE))
    }

    /// Whether the row was restored from a device's copy, and its own creation has not come again.
    pub(super) fn is_restored(&self) -> bool {
        self.0.hlc() == Hlc::LOWEST && self.0.device() == OFFICE
    }

    /// The clock of the row's creation.
    pub(super) fn creation(&self) -> Hlc {
        self.0.hlc()
    }

    /// The creation of a restored row came again: what nobody wrote since is as old as that. Its version stays below those of
    /// fields that were written before it came.
    pub(super) fn created(&mut self, clock: Clock) {
        self.0 = Clock(self.0.version(), clock.1, clock.2);
    }

    /// The newest write that touched `path`: its own, that of what holds it, or of what it holds.
    pub(super) fn newest(&self, path: &str) -> Clock {
        // Two range queries and not a scan: a patch asks for each of its fields, and a row may have thousands.
        let holders = path.match_indices('/').filter_map(|(end, _)| self.1.get(path.get(..end)?));
        let touching = holders.chain(self.1.get(path)).chain(self.held_by(path).map(|(_, clock)| clock));
        touching.chain([&self.0]).max_by_key(|clock| clock.version()).copied().unwrap_or(self.0)
    }

    /// The write of exactly this path, if it had one of its own.
    pub(super) fn own(&self, path: &str) -> Option<Clock> {
        self.1.get(path).copied()
    }

    /// Remembers a write of `path` and all that it holds.
    pub(super) fn set(&mut self, path: &str, clock: Clock) {
        let held: Vec<String> = self.held_by(path).map(|(held, _)| held.clone()).collect();
        for held in held {
            self.1.remove(&held);
        }
        self.1.insert(path.to_owned(), clock);
    }

    /// Forgets the writes of paths that are not to be kept. They count as old as the row's first.
    pub(super) fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.1.retain(|path, _| keep(path));
    }

    /// How many fields have a write of their own.
    pub(super) fn len(&self) -> usize {
        self.1.len()
    }

    /// The writes of what `path` holds.
    fn held_by(&self, path: &str) -> impl Iterator<Item = (&String, &Clock)> {
        // '0' comes right after '/'.
        self.1.range(format!("{path}/")..format!("{path}0"))
    }
}

#[cfg(test)]
mod tests;
