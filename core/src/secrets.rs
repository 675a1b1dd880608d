//! The app's key store.

use std::sync::Arc;

use saha_domain::SahaError;

use crate::error::Result;

/// Where the app keeps secrets: Android's Keystore, Apple's Keychain, a file that only its owner can read.
///
/// What is in it must stay on this phone: it may not be part of a backup, nor go to another phone with the app's files (on
/// Apple's platforms, an accessibility that ends in `ThisDeviceOnly`). The core knows a copied database by that.
///
/// Called from any thread, never while a transaction is open; it must not call back into the core. Where the phone is not
/// unlocked yet, it says [`SahaError::StorageLocked`], and what needs a secret is put off.
#[uniffi::export(foreign)]
pub trait SecretStore: Send + Sync {
    /// The secret, if there is one.
    fn get(&self, name: String) -> Result<Option<String>, SahaError>;
    /// Keeps a secret, in place of an older one of that name.
    fn set(&self, name: String, secret: String) -> Result<(), SahaError>;
    /// Forgets a secret; it is no error where there is none.
    fn delete(&self, name: String) -> Result<(), SahaError>;
}

/// What is kept there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Secret {
    /// This installation's id. No secret, but it must not travel.
    DeviceId,
    RefreshToken,
    AccessToken,
}

impl Secret {
    const fn name(self) -> &'static str {
        match self {
            Self::DeviceId => "device_id",
            Self::RefreshToken => "refresh_token",
            Self::AccessToken => "access_token",
        }
    }
}

/// The secrets of one account.
pub(crate) struct Secrets {
    store: Arc<dyn SecretStore>,
    prefix: String,
}

impl Secrets {
    /// Under names that begin with `prefix`, so that accounts on one phone do not share them.
    pub(crate) fn new(store: Arc<dyn SecretStore>, prefix: String) -> Self {
        Self { store, prefix }
    }

    pub(crate) fn get(&self, secret: Secret) -> Result<Option<String>> {
        Ok(self.store.get(self.name(secret))?)
    }

    pub(crate) fn set(&self, secret: Secret, value: &str) -> Result<()> {
        Ok(self.store.set(self.name(secret), value.to_owned())?)
    }

    pub(crate) fn delete(&self, secret: Secret) -> Result<()> {
        Ok(self.store.delete(self.name(secret))?)
    }

    fn name(&self, secret: Secret) -> String {
        format!("{}{}", self.prefix, secret.name())
    }
}
