//! What the façade's objects share.

use std::sync::Arc;

use saha_domain::SahaError;

use crate::{
    session::Session,
    store::{Key, Store, local},
    sync::worker::Worker,
};

/// An open core.
pub(crate) struct Core {
    pub store: Arc<Store>,
    pub session: Arc<Session>,
    pub worker: Worker,
    pub device_name: String,
    pub platform: String,
}

impl Core {
    /// Corrected Unix milliseconds.
    pub(crate) fn corrected_now_ms(&self) -> Result<i64, SahaError> {
        let correction = self.store.read(|reader| local::get(reader.conn(), Key::Correction))?;
        Ok(self.store.time().corrected_ms(correction.as_ref()))
    }
}
