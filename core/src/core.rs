//! What the façade's objects share.

use std::sync::Arc;

use crate::{session::Session, store::Store, sync::worker::Worker};

/// An open core.
pub(crate) struct Core {
    pub store: Arc<Store>,
    pub session: Arc<Session>,
    pub worker: Worker,
    pub device_name: String,
    pub platform: String,
}
