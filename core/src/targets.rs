//! Targets: where the rep stands, and what is left.

pub(crate) mod store;

use std::sync::Arc;

use saha_domain::{
    RepId, SahaError, TargetState,
    calendar::Workdays,
    metrics::{self, Progress, ProgressError},
};

use crate::{
    company,
    core::Core,
    error::Result,
    store::{Key, Reader, local},
};

/// Questions about targets.
#[derive(uniffi::Object)]
pub struct Targets {
    core: Arc<Core>,
}

impl Targets {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }
}

#[uniffi::export]
impl Targets {
    /// Progress towards each of the rep's active targets, in the period that holds now: by metric, then day, week, month.
    /// Computed from what is on the device, so it counts what the server does not have yet, and says how much that is.
    pub fn progress(&self) -> Result<Vec<Progress>, SahaError> {
        self.read(None)
    }

    /// As [`Targets::progress`], in the period that holds the given instant, Unix milliseconds: last month's, say.
    pub fn progress_at(&self, as_of_ms: i64) -> Result<Vec<Progress>, SahaError> {
        self.read(Some(as_of_ms))
    }
}

impl Targets {
    /// As of now where no instant is given.
    fn read(&self, as_of_ms: Option<i64>) -> Result<Vec<Progress>, SahaError> {
        let store = &self.core.store;
        Ok(store.read(|reader| {
            let rep: RepId = local::get(reader.conn(), Key::Rep)?.ok_or(SahaError::NotSignedIn)?;
            let as_of_ms = match as_of_ms {
                Some(as_of_ms) => as_of_ms,
                None => store.time().corrected_ms(local::get(reader.conn(), Key::Correction)?.as_ref()),
            };
            progress(reader, rep, as_of_ms)
        })?)
    }
}

fn progress(reader: &Reader, rep: RepId, as_of_ms: i64) -> Result<Vec<Progress>> {
    let calendar = company::calendar_of(reader, rep)?;
    let workdays = Workdays::new(&calendar);
    let targets = store::of_rep(reader, rep)?;
    let active = targets.iter().filter(|target| target.state == TargetState::Active);
    let mut shown =
        metrics::progress(active, reader, &workdays, workdays.local(as_of_ms)).map_err(|error| match error {
            ProgressError::Source(error) => error,
            ProgressError::Field(error) => error.into(),
        })?;
    shown.sort_by_key(|progress| (progress.metric, progress.period, progress.target));
    Ok(shown)
}
