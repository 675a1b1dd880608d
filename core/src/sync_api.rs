//! Syncing as the app sees it: do it now, stop, and how it stands.

use std::sync::Arc;

use saha_domain::{SahaError, life::ChangeState};

pub use crate::sync::{budget::SyncBudget, driver::SyncReport, figures::FiguresCheck};
use crate::{
    blobs,
    cancellation::{Cancellation, unless_called_off},
    core::Core,
    diagnosis::{self, SyncDiagnosis},
    outbox,
    store::{Key, local},
    sync::{attempt, figures},
};

/// How the phone stands towards the server.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, uniffi::Record)]
pub struct SyncStatus {
    /// Whether everything that is in the rep's sight has come once. Until then lists and figures are not complete.
    pub is_complete: bool,
    /// Rows that the first sync has brought so far.
    pub received: i64,
    /// How far the first sync is, basis points: a measure for a bar, as the server does not count ahead. 10 000 once it is
    /// complete, and never before.
    pub received_bp: i64,
    /// Whether a sync is under way.
    pub is_syncing: bool,
    /// When a sync last ended with nothing left to send or to fetch, Unix milliseconds by the device's clock.
    pub last_success_ms: Option<i64>,
    /// Before this a scheduler need not try again, as the last syncs failed or the server wants to be left alone; Unix
    /// milliseconds by the device's clock. None where nothing stands against a sync. The pause doubles with each failed sync,
    /// up to an hour, and a success ends it; what a person asks for may be tried at any time.
    pub next_try_ms: Option<i64>,
    /// Changes that wait to be sent.
    pub waiting: i64,
    /// Changes that were refused and want the rep's word.
    pub rejected: i64,
    /// Photos whose files wait to be sent. They go after all changes, and not over a metered network.
    pub files_waiting: i64,
    /// Changes that the server took and whose rows have not come back yet.
    pub accepted: i64,
    /// Whether the rep's confirmed figures are those that the company has of him. A difference stops nothing; show it, so that
    /// it is found.
    pub figures: FiguresCheck,
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

    /// A sync that is cancelled by [`Sync::cancel`], or by dropping the future. See [`Sync::run_unless`].
    pub async fn run(&self, budget: SyncBudget) -> Result<SyncReport, SahaError> {
        let answer = self.core.worker.sync(budget)?;
        self.core.worker.hear(answer).await
    }
}

#[uniffi::export]
impl Sync {
    /// Sends what waits and fetches what is new, until nothing is left, the network fails for good, the budget ends, or it is
    /// cancelled: by [`Sync::cancel`], by `cancellation`, or by dropping the future. What was exchanged by then is saved in each
    /// case.
    ///
    /// One sync runs at a time. It may be asked for at any moment and by anyone: everyone who asks for the same while one is
    /// under way is served by one further sync, so whatever was written before the call is sent.
    ///
    /// On a device that the office revoked it only sends; once nothing is left that can be sent, or the office takes nothing
    /// more, **everything on the device is erased**, what was refused too. It then says [`SahaError::SignInRefused`] with
    /// `device_revoked`, and listeners hear that every kind changed.
    #[uniffi::method(name = "run", default(cancellation = None))]
    pub async fn run_unless(
        &self,
        budget: SyncBudget,
        cancellation: Option<Arc<Cancellation>>,
    ) -> Result<SyncReport, SahaError> {
        unless_called_off(cancellation, self.run(budget)).await
    }

    /// Stops every sync that was asked for so far, at its next safe point. They say [`SahaError::Cancelled`].
    pub fn cancel(&self) -> Result<(), SahaError> {
        self.core.worker.cancel();
        Ok(())
    }

    /// Why the oldest change that waits still does. Local and fast, but for one question to the app's key store.
    pub fn diagnosis(&self) -> Result<SyncDiagnosis, SahaError> {
        Ok(diagnosis::diagnose(&self.core, self.core.lang)?)
    }

    /// How the phone stands towards the server. Local and fast.
    pub fn status(&self) -> Result<SyncStatus, SahaError> {
        let now_ms = self.core.store.time().reading().utc_ms;
        Ok(self.core.store.read(|reader| {
            let conn = reader.conn();
            let counts = outbox::counts(conn)?;
            let count = |states: &[ChangeState]| {
                counts.iter().filter(|(state, _)| states.contains(state)).map(|(_, count)| count).sum()
            };
            let is_complete = local::get::<bool>(conn, Key::FirstSyncDone)?.unwrap_or(false);
            let received_bp: i64 = local::get(conn, Key::ReceivedBp)?.unwrap_or(0);
            Ok(SyncStatus {
                is_complete,
                received: local::get(conn, Key::Received)?.unwrap_or(0),
                received_bp: if is_complete { 10_000 } else { received_bp.min(9_999) },
                is_syncing: self.core.worker.is_syncing(),
                last_success_ms: local::get(conn, Key::LastSuccessMs)?,
                next_try_ms: attempt::last(conn)?.and_then(|last| last.next_try_ms(now_ms)),
                waiting: count(&[ChangeState::Queued, ChangeState::Sent]),
                rejected: count(&[ChangeState::Rejected]),
                files_waiting: blobs::store::count_waiting(conn)?,
                accepted: count(&[ChangeState::Acked]),
                figures: figures::status(conn)?,
            })
        })?)
    }
}
