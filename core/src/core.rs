//! What the façade's objects share.

use std::sync::Arc;

use crate::{blobs::Blobs, session::Session, store::Store, sync::worker::Worker};

/// An open core.
pub(crate) struct Core {
    pub store: Arc<Store>,
    pub blobs: Arc<Blobs>,
    pub session: Arc<Session>,
    pub worker: Worker,
    pub device_name: String,
    pub platform: String,
}
