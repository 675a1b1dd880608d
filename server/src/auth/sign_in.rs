//! Sign-in by password, and the rotation of refresh tokens.
//!
//! A refresh token of generation `g` gives one of `g + 1`. Until a successor is used for the first time, its
//! predecessor still gives another: an answer that was lost logs nobody out. Once it was used, everything older is a
//! stolen copy, and its use ends the whole sign-in.

use std::net::IpAddr;

use saha_domain::{
    CompanyId,
    text::fold_login,
    wire::{DeviceInfo, LoginRequest, RefreshRequest, TokenGrant},
};
use uuid::Uuid;

use super::{Gate, LoginAttempts, Passwords, RequestRates, Secret, devices::check_not_over, hash_of};
use crate::{
    config::TokenLife,
    error::{BadRequest, RequestError},
    host::{self, Host},
    store::{Credentials, DeviceRow, RefreshToken, SessionRow, Store, TokenHash, Tx, UserRow, View},
};

/// What sign-in needs.
pub(crate) struct SignIn<'a> {
    pub(crate) store: &'a dyn Store,
    pub(crate) host: &'a dyn Host,
    pub(crate) passwords: &'a Passwords,
    pub(crate) gate: &'a Gate,
    pub(crate) attempts: &'a LoginAttempts,
    pub(crate) rates: &'a RequestRates,
    pub(crate) life: TokenLife,
    pub(crate) company: CompanyId,
}

/// Login names that are imported have a hundred at most; blanks around them do no harm.
const MAX_LOGIN_CHARS: usize = 128;
/// As imported at most.
pub(crate) const MAX_PASSWORD_CHARS: usize = 1_024;

/// A refresh token that is good in itself, and what it speaks for.
struct Refreshable {
    token: RefreshToken,
    session: SessionRow,
    device: DeviceRow,
    user: UserRow,
}

impl SignIn<'_> {
    /// Checks name and password, and begins a session. A wrong guess costs the server one hash, and the guesser one of
    /// few attempts.
    pub(crate) fn login(&self, request: &LoginRequest, address: Option<IpAddr>) -> Result<TokenGrant, RequestError> {
        check_lengths(request)?;
        check_device_info(&request.device)?;
        let login = fold_login(&request.login);
        let began_ms = self.host.now_ms();
        self.attempts.begin(&login, address, began_ms)?;
        let verified = self.verify(&login, &request.password);
        if !matches!(verified, Err(RequestError::WrongCredentials)) {
            self.attempts.forgive(&login, address, began_ms);
        }
        self.begin_session(&verified?, &request.device)
    }

    /// Who it is, if the password is his.
    pub(super) fn verify(&self, login: &str, password: &str) -> Result<Credentials, RequestError> {
        let _pass = self.gate.enter()?;
        let found = self.store.view()?.credentials(login)?;
        let hash = found.as_ref().map(|credentials| credentials.password_hash.as_str());
        let is_right = self.passwords.verify(password, hash);
        found.filter(|_| is_right).ok_or(RequestError::WrongCredentials)
    }

    /// Registers the device and begins a session of someone whose password was right. If it was changed meanwhile, it is
    /// right no longer: whoever changed it ended the sessions that there were, and this one would come after.
    pub(super) fn begin_session(
        &self,
        verified: &Credentials,
        device: &DeviceInfo,
    ) -> Result<TokenGrant, RequestError> {
        let (now_ms, user) = (self.host.now_ms(), &verified.user);
        let tx = self.store.begin()?;
        if tx.credentials(&user.login)?.as_ref() != Some(verified) {
            return Err(RequestError::WrongCredentials);
        }
        let device = register_device(&*tx, user, device, now_ms)?;
        let session = SessionRow {
            id: host::new_id(self.host)?,
            user: user.id,
            device: device.id,
            used_generation: 0,
            used_token: None,
            revoked: false,
        };
        tx.put_session(&session)?;
        let grant = self.grant(&*tx, user, &device, session.id, 1)?;
        tx.commit()?;
        Ok(grant)
    }

    /// Gives the next pair of tokens.
    pub(crate) fn refresh(&self, request: &RefreshRequest) -> Result<TokenGrant, RequestError> {
        let hash = hash_of(&request.refresh_token);
        // Whoever knows no token must not stand in the way of those who push: only then is the writer waited for.
        let session = self.refreshable(&*self.store.view()?, &hash)?.session.id;
        self.rates.take(Some(session), self.host.now_ms())?;
        let tx = self.store.begin()?;
        let Refreshable { token, mut session, device, user } = self.refreshable(&*tx, &hash)?;
        let usable = use_token(&mut session, token, hash);
        session.revoked = !usable;
        tx.put_session(&session)?;
        if !usable {
            tx.commit()?;
            tracing::warn!(session = %session.id, "an old refresh token was used again: the session was ended");
            return Err(RequestError::Unauthenticated);
        }
        let grant = self.grant(&*tx, &user, &device, session.id, token.generation.saturating_add(1))?;
        tx.commit()?;
        Ok(grant)
    }

    /// What a refresh token speaks for, if it does.
    fn refreshable(&self, view: &dyn View, hash: &TokenHash) -> Result<Refreshable, RequestError> {
        let token = view.refresh_token(hash)?.ok_or(RequestError::Unauthenticated)?;
        let session = view.session(token.session)?.ok_or(RequestError::Unauthenticated)?;
        let device = view.device(session.device)?.ok_or(RequestError::Unauthenticated)?;
        let user = view.user(session.user)?.ok_or(RequestError::Unauthenticated)?;
        let now_ms = self.host.now_ms();
        check_not_over(&device, now_ms)?;
        if session.revoked || token.expires_at_ms <= now_ms {
            return Err(RequestError::Unauthenticated);
        }
        Ok(Refreshable { token, session, device, user })
    }

    fn grant(
        &self,
        tx: &dyn Tx,
        user: &UserRow,
        device: &DeviceRow,
        session: Uuid,
        generation: u32,
    ) -> Result<TokenGrant, RequestError> {
        let now_ms = self.host.now_ms();
        tx.forget_tokens_before(now_ms)?;
        let (access, refresh) = (Secret::new(self.host)?, Secret::new(self.host)?);
        tx.put_access_token(&access.hash, session, now_ms.saturating_add(self.life.access_ms))?;
        let expires_at_ms = now_ms.saturating_add(self.life.refresh_ms);
        tx.put_refresh_token(&refresh.hash, &RefreshToken { session, generation, expires_at_ms })?;
        Ok(TokenGrant {
            access_token: access.text,
            expires_in_s: u64::try_from(self.life.access_ms / 1_000).unwrap_or(0),
            refresh_token: refresh.text,
            user: user.id,
            role: user.role,
            rep: user.rep,
            company: self.company,
            series: device.series.clone(),
            server_time_ms: now_ms,
        })
    }
}

/// Moves the session on if the token may still be used: a successor that is used for the first time, or the newest
/// token that was used, whose successor must have been lost.
fn use_token(session: &mut SessionRow, token: RefreshToken, hash: TokenHash) -> bool {
    if token.generation == session.used_generation.saturating_add(1) {
        session.used_generation = token.generation;
        session.used_token = Some(hash);
        return true;
    }
    token.generation == session.used_generation && session.used_token == Some(hash)
}

/// Longer than anything that can be right: not worth a hash, nor a place in memory.
fn check_lengths(request: &LoginRequest) -> Result<(), RequestError> {
    let fits = |text: &str, max: usize| text.chars().take(max + 1).count() <= max;
    if fits(&request.login, MAX_LOGIN_CHARS) && fits(&request.password, MAX_PASSWORD_CHARS) {
        return Ok(());
    }
    Err(BadRequest::Body.into())
}

fn check_device_info(device: &DeviceInfo) -> Result<(), RequestError> {
    let fits = |text: &str| saha_domain::text::check("device", text, 100).is_ok();
    if device.id.uuid().is_nil() || !fits(&device.name) || !fits(&device.platform) {
        return Err(BadRequest::Body.into());
    }
    Ok(())
}

/// Registers the device, or meets it again. A device is one user's for good.
fn register_device(tx: &dyn Tx, user: &UserRow, info: &DeviceInfo, now_ms: i64) -> Result<DeviceRow, RequestError> {
    let known = tx.device(info.id)?;
    if known.as_ref().is_some_and(|device| device.user != user.id) {
        return Err(RequestError::DeviceTaken);
    }
    if known.as_ref().is_some_and(|device| device.revoked_at_ms.is_some()) {
        return Err(RequestError::DeviceRevoked);
    }
    let (no, series) = match known {
        Some(device) => (device.no, device.series),
        None => {
            let count = tx.device_count()?;
            (count.saturating_add(1), series(count))
        }
    };
    let device = DeviceRow {
        id: info.id,
        no,
        user: user.id,
        name: info.name.clone(),
        platform: info.platform.clone(),
        series,
        last_login_ms: now_ms,
        revoked_at_ms: None,
    };
    tx.put_device(&device)?;
    Ok(device)
}

/// The document series of the device before which `earlier` were registered: A, B, … Z, AA, AB, …
pub(super) fn series(earlier: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(earlier) + 1;
    while rest > 0 {
        rest -= 1;
        let letter = u8::try_from(rest % 26).unwrap_or(0);
        letters.push(char::from(b'A' + letter));
        rest /= 26;
    }
    letters.iter().rev().collect()
}
