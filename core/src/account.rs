//! Who is signed in on this phone.

use std::sync::Arc;

use saha_domain::{DeviceId, Rep, RepId, SahaError};

use crate::{
    blobs,
    cancellation::{Cancellation, unless_called_off},
    core::Core,
    export::{self, Export},
    outbox,
    session::{self, SignIn},
    store::{Key, local},
};

/// Whose phone this is.
#[derive(Debug, Clone, PartialEq, serde::Serialize, uniffi::Record)]
pub struct AccountInfo {
    /// This installation.
    pub device: DeviceId,
    /// The login name, once somebody signed in.
    pub login: Option<String>,
    /// The rep that he is; none before the first sync.
    pub rep: Option<Rep>,
    /// The server's address.
    pub server: Option<String>,
    /// Whether there is a token to sync with.
    pub is_signed_in: bool,
    /// Whether the office revoked this device. A sync hands in what was done on it before, and then everything is erased; it
    /// stays revoked until somebody signs in anew.
    pub is_revoked: bool,
}

/// Signing in and out.
#[derive(uniffi::Object)]
pub struct Account {
    core: Arc<Core>,
}

impl Account {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }

    /// Signs in. Dropping the future stops it. See [`Account::sign_in_unless`].
    pub async fn sign_in(&self, server: String, login: String, password: String) -> Result<(), SahaError> {
        let server = session::server_url(&server)?;
        let (device_name, platform) = (self.core.device_name.clone(), self.core.platform.clone());
        let answer = self.core.worker.sign_in(SignIn { server, login, password, device_name, platform })?;
        self.core.worker.hear(answer).await
    }
}

#[uniffi::export]
impl Account {
    /// Signs in at `server` (https, or http to the literal loopback). The folder is this user's from then on: anybody else
    /// is refused with [`SahaError::ForeignDatabase`], and needs an account of his own, see [`crate::Config::account`]. Tokens
    /// go into the app's [`crate::SecretStore`]; the password is not kept.
    /// Dropping the future stops it, and so does `cancellation`.
    #[uniffi::method(name = "sign_in", default(cancellation = None))]
    pub async fn sign_in_unless(
        &self,
        server: String,
        login: String,
        password: String,
        cancellation: Option<Arc<Cancellation>>,
    ) -> Result<(), SahaError> {
        unless_called_off(cancellation, self.sign_in(server, login, password)).await
    }

    /// Forgets the tokens. Refused with [`SahaError::UnsentWork`] while the company lacks any change or the file of a photo;
    /// what is on the phone stays, for the same user.
    pub fn sign_out(&self) -> Result<(), SahaError> {
        let count = self.core.store.read(|reader| {
            let conn = reader.conn();
            Ok(outbox::count_unresolved(conn)? + blobs::store::count_waiting(conn)?)
        })?;
        if count > 0 {
            return Err(SahaError::UnsentWork { count });
        }
        Ok(self.core.session.forget()?)
    }

    /// Writes the rep's own data to a file, as one JSON document: his visits, calls, sales, photos (without their files) and the
    /// prospects in his sight, each with whether the company has it. Works without a network. The file is whole when this
    /// returns; where it fails, nothing is there that was not before. [`SahaError::InvalidInput`] for a `path` in a folder that
    /// is not there, or in the core's own.
    pub fn export(&self, path: String) -> Result<Export, SahaError> {
        Ok(export::export(&self.core, &path)?)
    }

    /// Whose phone this is. Local; asks the app's key store.
    pub fn info(&self) -> Result<AccountInfo, SahaError> {
        // First, as tokens that lie beside a copied database are not this device's.
        let device = self.core.session.device_id(&self.core.store)?;
        let is_signed_in = self.core.session.is_signed_in()?;
        Ok(self.core.store.read(|reader| {
            let conn = reader.conn();
            let rep: Option<RepId> = local::get(conn, Key::Rep)?;
            Ok(AccountInfo {
                device,
                login: local::get(conn, Key::Login)?,
                rep: rep.map(|id| reader.get(id.uuid())).transpose()?.flatten(),
                server: local::get(conn, Key::ServerUrl)?,
                is_signed_in,
                is_revoked: local::get(conn, Key::Revoked)?.unwrap_or(false),
            })
        })?)
    }
}
