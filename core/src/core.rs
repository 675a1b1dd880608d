//! What the façade's objects share.

use std::sync::Arc;

use saha_domain::catalog::Lang;

use crate::{blobs::Blobs, session::Session, store::Store, sync::worker::Worker};

/// An open core.
pub(crate) struct Core {
    pub store: Arc<Store>,
    pub blobs: Arc<Blobs>,
    pub session: Arc<Session>,
    pub worker: Worker,
    /// The language of what is said to people.
    pub lang: Lang,
    pub device_name: String,
    pub platform: String,
}
