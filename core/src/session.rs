//! Who is signed in. Tokens live in the app's key store and in memory, never in the database, a log or an error.

mod device;

use std::sync::{Arc, Mutex};

use saha_domain::{
    DeviceId, RepId, SahaError, UserId,
    catalog::Lang,
    text,
    wire::{DeviceInfo, ErrorBody, LoginRequest, Notice, RefreshRequest, TokenGrant},
};
use url::Url;
use zeroize::Zeroizing;

use crate::{
    blobs::Blobs,
    error::{Error, Result},
    lock::lock_of,
    outbox,
    secrets::{Secret, Secrets},
    store::{Key, Store, local},
    sync::{
        driver::understand,
        engine::Failure,
        transport::{HttpRequest, NoAnswer, Transport},
    },
};

/// A wish to sign in.
pub(crate) struct SignIn {
    pub server: Url,
    pub login: String,
    pub password: String,
    pub device_name: String,
    pub platform: String,
}

/// Who is signed in, and from which installation.
pub(crate) struct Session {
    secrets: Secrets,
    /// The one account that the folder is for; none where the folder does not say.
    account: Option<String>,
    /// His files, which go with an erasure.
    blobs: Arc<Blobs>,
    access: Mutex<Option<Zeroizing<String>>>,
    device: Mutex<Option<DeviceId>>,
}

impl Session {
    pub(crate) fn new(secrets: Secrets, account: Option<String>, blobs: Arc<Blobs>) -> Self {
        Self { secrets, account, blobs, access: Mutex::new(None), device: Mutex::new(None) }
    }

    /// The access token, from memory or the app's key store.
    pub(crate) fn access_token(&self) -> Result<Option<String>> {
        if let Some(token) = lock_of(&self.access).as_ref() {
            return Ok(Some(token.to_string()));
        }
        self.secrets.get(Secret::AccessToken)
    }

    /// What to renew the tokens with.
    pub(crate) fn refresh_request(&self) -> Result<Option<RefreshRequest>> {
        Ok(self.secrets.get(Secret::RefreshToken)?.map(|refresh_token| RefreshRequest { refresh_token }))
    }

    /// Whether there is a token to try.
    pub(crate) fn is_signed_in(&self) -> Result<bool> {
        Ok(self.secrets.get(Secret::RefreshToken)?.is_some())
    }

    /// Keeps the tokens that `used` was renewed for. Whoever signed out while the answer was on its way stays so: then they
    /// are not kept, and the answer is no.
    pub(crate) fn renewed(&self, used: &RefreshRequest, grant: &TokenGrant) -> Result<bool> {
        let is_current = self.refresh_request()?.is_some_and(|current| current.refresh_token == used.refresh_token);
        if is_current {
            self.keep(grant)?;
        }
        Ok(is_current)
    }

    /// Keeps new tokens. The refresh token first: without it the next start would need the password.
    fn keep(&self, grant: &TokenGrant) -> Result<()> {
        self.secrets.set(Secret::RefreshToken, &grant.refresh_token)?;
        self.secrets.set(Secret::AccessToken, &grant.access_token)?;
        *lock_of(&self.access) = Some(Zeroizing::new(grant.access_token.clone()));
        Ok(())
    }

    /// Forgets every token.
    pub(crate) fn forget(&self) -> Result<()> {
        *lock_of(&self.access) = None;
        self.secrets.delete(Secret::AccessToken)?;
        self.secrets.delete(Secret::RefreshToken)
    }

    /// Signs in. A database belongs to one user until it is erased: another one is refused before anything is changed.
    pub(crate) async fn sign_in(
        &self,
        store: &Store,
        transport: &mut dyn Transport,
        wish: SignIn,
        lang: Lang,
    ) -> Result<()> {
        if self.account.as_ref().is_some_and(|account| *account != text::fold_login(&wish.login)) {
            return Err(foreign());
        }
        let mut granted = ask(transport, &wish, self.device_id(store)?, lang).await;
        if is_refused_as(&granted, "device_taken") && !is_registered(store)? {
            // Somebody else signed in here and was turned away: the id is his now.
            granted = ask(transport, &wish, self.become_new_device(store)?, lang).await;
        }
        if is_refused_as(&granted, Notice::DEVICE_REVOKED) {
            self.erase_where_nothing_is_lost(store, &wish.server)?;
        }
        let grant = if is_refused_as(&granted, "device_taken") { Err(foreign()) } else { granted }?;
        let rep = grant.rep.ok_or_else(|| SahaError::SignInRefused { code: "not_a_rep".to_owned() })?;
        own(store, &wish, &grant, rep)?;
        self.keep(&grant)
    }

    /// A phone from which somebody signed out hears of its revocation only at the next sign-in. It has no token to hand
    /// anything in with, so it is erased where the company has everything; else its work stays.
    fn erase_where_nothing_is_lost(&self, store: &Store, server: &Url) -> Result<()> {
        let (own_server, unsent): (Option<Url>, i64) = store.read(|reader| {
            Ok((local::get(reader.conn(), Key::ServerUrl)?, outbox::count_unresolved(reader.conn())?))
        })?;
        if own_server.as_ref() == Some(server) && unsent == 0 { self.erase(store) } else { Ok(()) }
    }
}

/// Asks the server for tokens.
async fn ask(transport: &mut dyn Transport, wish: &SignIn, device: DeviceId, lang: Lang) -> Result<TokenGrant> {
    let device = DeviceInfo { id: device, name: wish.device_name.clone(), platform: wish.platform.clone() };
    let login = LoginRequest { login: wish.login.clone(), password: wish.password.clone(), device };
    let request = HttpRequest::post("/v1/auth/login", None, lang, &login).map_err(Error::internal)?;
    let answer = transport.send(&wish.server, request).await.map_err(|NoAnswer(reason)| offline(reason))?;
    Ok(understand(&answer).map_err(|failure| refusal(failure, &answer.body))?)
}

fn is_refused_as<T>(granted: &Result<T>, wanted: &str) -> bool {
    match granted {
        Err(Error::Public(SahaError::ServerRefused { code } | SahaError::SignInRefused { code })) => code == wanted,
        _ => false,
    }
}

/// Whether the server knows the device as this database's user's: it gave it a series.
fn is_registered(store: &Store) -> Result<bool> {
    let series: Option<String> = store.read(|reader| local::get(reader.conn(), Key::Series))?;
    Ok(series.is_some())
}

fn foreign() -> Error {
    SahaError::ForeignDatabase { reason: "another user's work is on this device".to_owned() }.into()
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
fn own(store: &Store, wish: &SignIn, grant: &TokenGrant, rep: RepId) -> Result<()> {
    store.write(|tx| {
        let owner: Option<UserId> = local::get(tx.conn(), Key::User)?;
        if owner.is_some_and(|owner| owner != grant.user) {
            return Err(foreign());
        }
        tx.set(Key::User, &grant.user)?;
        tx.become_rep(rep)?;
        tx.set(Key::Login, &wish.login)?;
        tx.set(Key::ServerUrl, &wish.server)?;
        tx.set(Key::Series, &grant.series)?;
        tx.clear(Key::Revoked)
    })
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
