//! Syncing as the app sees it: do it now, stop, and how it stands.

use std::sync::Arc;

use saha_domain::{SahaError, life::ChangeState};

pub use crate::sync::driver::SyncReport;
use crate::{
    core::Core,
    outbox,
    store::{Key, local},
};

/// How the phone stands towards the server.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SyncStatus {
    /// Whether everything that is in the rep's sight has come once. Until then lists and figures are not complete.
    pub is_complete: bool,
    /// When a sync last ended well, Unix milliseconds by the device's clock.
    pub last_success_ms: Option<i64>,
    /// Changes that wait to be sent.
    pub waiting: u32,
    /// Changes that were refused and want the rep's word.
    pub rejected: u32,
    /// Changes that the server took and whose rows have not come back yet.
    pub accepted: u32,
}

/// Wishes about syncing.
#[derive(uniffi::Object)]
pub struct Sync {
    core: Arc<Core>,
}

impl Sync {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }
}

#[uniffi::export]
impl Sync {
    /// Sends what waits and fetches what is new, until nothing is left, the network fails for good, or it is cancelled:
    /// by [`Sync::cancel`], or by dropping the future. What was exchanged by then is saved either way.
    pub async fn run(&self) -> Result<SyncReport, SahaError> {
        let answer = self.core.worker.sync()?;
        answer.await.unwrap_or(Err(SahaError::Closed))
    }

    /// Stops the sync that runs, at its next safe point. It then says [`SahaError::Cancelled`].
    pub fn cancel(&self) -> Result<(), SahaError> {
        self.core.worker.cancel();
        Ok(())
    }

    /// How the phone stands towards the server. Local and fast.
    pub fn status(&self) -> Result<SyncStatus, SahaError> {
        Ok(self.core.store.read(|reader| {
            let conn = reader.conn();
            let counts = outbox::counts(conn)?;
            let count = |states: &[ChangeState]| {
                counts.iter().filter(|(state, _)| states.contains(state)).map(|(_, count)| count).sum()
            };
            Ok(SyncStatus {
                is_complete: local::get::<bool>(conn, Key::FirstSyncDone)?.unwrap_or(false),
                last_success_ms: local::get(conn, Key::LastSuccessMs)?,
                waiting: count(&[ChangeState::Queued, ChangeState::Sent]),
                rejected: count(&[ChangeState::Rejected]),
                accepted: count(&[ChangeState::Acked]),
            })
        })?)
    }
}
