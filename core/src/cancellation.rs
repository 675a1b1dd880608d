//! Calling off what waits for a network, for languages that can't drop a future.

use std::{future::Future, sync::Arc};

use saha_domain::SahaError;
use tokio::sync::watch;

/// Calls off the one call that it was given to. For languages that can't drop what they wait for: Swift's `Task.cancel` only
/// says so.
#[derive(Debug, Default, uniffi::Object)]
pub struct Cancellation {
    is_called_off: watch::Sender<bool>,
}

#[uniffi::export]
impl Cancellation {
    /// For a call that is about to be made.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// The call says [`SahaError::Cancelled`], at once, and does the same as where its future is dropped. One that is made
    /// only afterwards says so too. Nothing happens where it is over.
    pub fn cancel(&self) {
        self.is_called_off.send_replace(true);
    }
}

/// Waits for `work`, unless it is called off before: then it is dropped.
pub(crate) async fn unless_called_off<T>(
    cancellation: Option<Arc<Cancellation>>,
    work: impl Future<Output = Result<T, SahaError>>,
) -> Result<T, SahaError> {
    let Some(cancellation) = cancellation else { return work.await };
    let mut is_called_off = cancellation.is_called_off.subscribe();
    tokio::select! {
        biased;
        _ = is_called_off.wait_for(|is_called_off| *is_called_off) => Err(SahaError::Cancelled),
        done = work => done,
    }
}

#[cfg(test)]
mod tests;
