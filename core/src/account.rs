//! Who is signed in on this phone.

use std::sync::Arc;

use saha_domain::{
    DeviceId, Rep, RepId, SahaError,
    wire::{DeviceInfo, LoginRequest},
};

use crate::{
    blobs,
    core::Core,
    outbox, session,
    store::{Key, local},
};

/// Whose phone this is.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
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
}

#[uniffi::export]
impl Account {
    /// Signs in at `server` (https, or http to the literal loopback). The phone is this user's from then on. Tokens go into
    /// the app's [`session::SecretStore`]; the password is not kept.
    pub async fn sign_in(&self, server: String, login: String, password: String) -> Result<(), SahaError> {
        let url = session::server_url(&server)?;
        let device = DeviceInfo {
            id: session::device_id(&self.core.store)?,
            name: self.core.device_name.clone(),
            platform: self.core.platform.clone(),
        };
        let answer = self.core.worker.sign_in(url, LoginRequest { login, password, device })?;
        answer.await.unwrap_or(Err(SahaError::Closed))
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

    /// Whose phone this is. Local and fast.
    pub fn info(&self) -> Result<AccountInfo, SahaError> {
        let is_signed_in = self.core.session.is_signed_in()?;
        Ok(self.core.store.read(|reader| {
            let conn = reader.conn();
            let rep: Option<RepId> = local::get(conn, Key::Rep)?;
            let device = local::get(conn, Key::DeviceId)?;
            Ok(AccountInfo {
                device: device.ok_or_else(|| crate::error::Error::internal("the device has no id"))?,
                login: local::get(conn, Key::Login)?,
                rep: rep.map(|id| reader.get(id.uuid())).transpose()?.flatten(),
                server: local::get(conn, Key::ServerUrl)?,
                is_signed_in,
            })
        })?)
    }
}
