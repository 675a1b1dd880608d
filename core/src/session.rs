//! Who is signed in. Tokens live in the app's key store and in memory, never in the database, a log or an error.

use std::sync::{Arc, Mutex, PoisonError};

use saha_domain::{
    DeviceId, RepId, SahaError, UserId,
    catalog::Lang,
    wire::{ErrorBody, LoginRequest, RefreshRequest, TokenGrant},
};
use url::Url;
use zeroize::Zeroizing;

use crate::{
    error::{Error, Result},
    store::{Key, Store, local},
    sync::{
        driver::understand,
        engine::Failure,
        transport::{HttpRequest, NoAnswer, Transport},
    },
};

/// Where the app keeps secrets: Android's Keystore, Apple's Keychain, a file that only its owner can read. Called from the
/// core's own thread, never while a transaction is open.
#[uniffi::export(foreign)]
pub trait SecretStore: Send + Sync {
    /// The secret, if there is one.
    fn get(&self, name: String) -> Result<Option<String>, SahaError>;
    /// Keeps a secret, in place of an older one of that name.
    fn set(&self, name: String, secret: String) -> Result<(), SahaError>;
    /// Forgets a secret; it is no error where there is none.
    fn delete(&self, name: String) -> Result<(), SahaError>;
}

const REFRESH_TOKEN: &str = "refresh_token";
const ACCESS_TOKEN: &str = "access_token";

/// The tokens of whoever is signed in.
pub(crate) struct Session {
    secrets: Arc<dyn SecretStore>,
    access: Mutex<Option<Zeroizing<String>>>,
}

impl Session {
    pub(crate) fn new(secrets: Arc<dyn SecretStore>) -> Self {
        Self { secrets, access: Mutex::new(None) }
    }

    /// The access token, from memory or the app's key store.
    pub(crate) fn access_token(&self) -> Result<Option<String>> {
        if let Some(token) = self.access.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            return Ok(Some(token.to_string()));
        }
        Ok(self.secrets.get(ACCESS_TOKEN.to_owned())?)
    }

    /// What to renew the tokens with.
    pub(crate) fn refresh_request(&self) -> Result<Option<RefreshRequest>> {
        Ok(self.secrets.get(REFRESH_TOKEN.to_owned())?.map(|refresh_token| RefreshRequest { refresh_token }))
    }

    /// Whether there is a token to try.
    pub(crate) fn is_signed_in(&self) -> Result<bool> {
        Ok(self.secrets.get(REFRESH_TOKEN.to_owned())?.is_some())
    }

    /// Keeps new tokens. The refresh token first: without it the next start would need the password.
    pub(crate) fn keep(&self, grant: &TokenGrant) -> Result<()> {
        self.secrets.set(REFRESH_TOKEN.to_owned(), grant.refresh_token.clone())?;
        self.secrets.set(ACCESS_TOKEN.to_owned(), grant.access_token.clone())?;
        *self.access.lock().unwrap_or_else(PoisonError::into_inner) = Some(Zeroizing::new(grant.access_token.clone()));
        Ok(())
    }

    /// Forgets every token.
    pub(crate) fn forget(&self) -> Result<()> {
        *self.access.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.secrets.delete(ACCESS_TOKEN.to_owned())?;
        Ok(self.secrets.delete(REFRESH_TOKEN.to_owned())?)
    }

    /// Signs in. A database belongs to one user for ever: another one is refused before anything is changed.
    pub(crate) async fn sign_in(
        &self,
        store: &Store,
        transport: &mut dyn Transport,
        server: Url,
        login: LoginRequest,
        lang: Lang,
    ) -> Result<()> {
        let request = HttpRequest::post("/v1/auth/login", None, lang, &login).map_err(Error::internal)?;
        let answer = transport.send(&server, request).await.map_err(|NoAnswer(reason)| offline(reason))?;
        let grant: TokenGrant = understand(&answer).map_err(|failure| refusal(failure, &answer.body))?;
        let rep = grant.rep.ok_or_else(|| SahaError::SignInRefused { code: "not_a_rep".to_owned() })?;
        own(store, &server, &login.login, &grant, rep)?;
        self.keep(&grant)
    }
}

fn offline(reason: &str) -> SahaError {
    SahaError::Offline { reason: reason.to_owned() }
}

fn refusal(failure: Failure, body: &[u8]) -> SahaError {
    let code = serde_json::from_slice::<ErrorBody>(body).map(|error| error.code);
    match (failure, code) {
        (Failure::NoAnswer(reason), _) => offline(reason),
        (_, Ok(code)) if matches!(code.as_str(), "wrong_credentials" | "too_many_attempts" | "device_revoked") => {
            SahaError::SignInRefused { code }
        }
        (Failure::Busy { .. }, _) => offline("server_busy"),
        (Failure::UpgradeRequired, _) => SahaError::UpgradeRequired,
        (_, Ok(code)) => SahaError::ServerRefused { code },
        (_, Err(_)) => offline("not_our_server"),
    }
}

/// Makes the database this user's, or refuses where it is another's.
fn own(store: &Store, server: &Url, login: &str, grant: &TokenGrant, rep: RepId) -> Result<()> {
    store.write(|tx| {
        let owner: Option<UserId> = local::get(tx.conn(), Key::User)?;
        if owner.is_some_and(|owner| owner != grant.user) {
            return Err(
                SahaError::ForeignDatabase { reason: "another user's work is on this device".to_owned() }.into()
            );
        }
        tx.set(Key::User, &grant.user)?;
        tx.become_rep(rep)?;
        tx.set(Key::Login, &login)?;
        tx.set(Key::ServerUrl, server)?;
        tx.set(Key::Series, &grant.series)
    })
}

/// This installation's id.
pub(crate) fn device_id(store: &Store) -> Result<DeviceId> {
    let id = store.read(|reader| local::get(reader.conn(), Key::DeviceId))?;
    id.ok_or_else(|| Error::internal("the device has no id"))
}

/// Refuses what is not https, but for the literal loopback.
pub(crate) fn server_url(text: &str) -> Result<Url> {
    let wrong = |problem| SahaError::invalid("server", problem);
    let url: Url = text.trim().parse().map_err(|_| wrong(saha_domain::Problem::Malformed))?;
    let is_loopback = match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        _ => false,
    };
    if url.scheme() == "https" || (url.scheme() == "http" && is_loopback) {
        Ok(url)
    } else {
        Err(wrong(saha_domain::Problem::OutOfRange).into())
    }
}

#[cfg(test)]
mod tests;
