//! Who may sign in, from what, and with which tokens. Tokens and passwords are kept as hashes only.

use saha_domain::{DeviceId, RepId, UserId, wire::Role};
use uuid::Uuid;

use super::Result;

/// SHA-256 of a token.
pub(crate) type TokenHash = [u8; 32];

/// Someone who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UserRow {
    /// The id.
    pub(crate) id: UserId,
    /// The login name, folded to lower case.
    pub(crate) login: String,
    /// What he may do.
    pub(crate) role: Role,
    /// Which rep he is, if he is one.
    pub(crate) rep: Option<RepId>,
}

/// A user and the hash of his password.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Credentials {
    /// Who.
    pub(crate) user: UserRow,
    /// The PHC string of the password's hash.
    pub(crate) password_hash: String,
}

/// A phone or another installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeviceRow {
    /// The id that it made itself.
    pub(crate) id: DeviceId,
    /// A small number for field clocks, from 1.
    pub(crate) no: u32,
    /// Whose it is.
    pub(crate) user: UserId,
    /// What its owner calls it.
    pub(crate) name: String,
    /// `android`, `ios`, `cli`…
    pub(crate) platform: String,
    /// Its series of document numbers.
    pub(crate) series: String,
    /// When it signed in last, milliseconds since 1970 UTC.
    pub(crate) last_login_ms: i64,
    /// When it was revoked.
    pub(crate) revoked_at_ms: Option<i64>,
}

/// A sign-in, and the generations of refresh tokens that came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SessionRow {
    /// The id.
    pub(crate) id: Uuid,
    /// Who signed in.
    pub(crate) user: UserId,
    /// From what.
    pub(crate) device: DeviceId,
    /// The generation of the newest refresh token that was used; 0 before the first.
    pub(crate) used_generation: u32,
    /// The token that was used for it.
    pub(crate) used_token: Option<TokenHash>,
    /// Ended by a reuse, by a new password or by the office.
    pub(crate) revoked: bool,
}

/// A stored access token and whom it speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccessToken {
    /// When it ends, milliseconds since 1970 UTC; none for the admin token.
    pub(crate) expires_at_ms: Option<i64>,
    /// The session that it is of; none for the admin token.
    pub(crate) session: Option<Uuid>,
    /// The user and his device; none for the admin token.
    pub(crate) holder: Option<(UserRow, DeviceRow)>,
    /// Whether the session was ended.
    pub(crate) revoked: bool,
}

/// A stored refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RefreshToken {
    /// Its session.
    pub(crate) session: Uuid,
    /// Its generation, from 1.
    pub(crate) generation: u32,
    /// When it ends, milliseconds since 1970 UTC.
    pub(crate) expires_at_ms: i64,
}

/// Reading accounts.
pub(crate) trait AccountReads {
    /// A user by login name, folded to lower case.
    fn credentials(&self, login: &str) -> Result<Option<Credentials>>;

    /// A user by id.
    fn user(&self, id: UserId) -> Result<Option<UserRow>>;

    /// A device.
    fn device(&self, id: DeviceId) -> Result<Option<DeviceRow>>;

    /// Every device, of one user or of all, the last used first.
    fn devices(&self, of: Option<UserId>) -> Result<Vec<DeviceRow>>;

    /// How many devices were ever registered.
    fn device_count(&self) -> Result<u32>;

    /// What is known of an access token.
    fn access_token(&self, hash: &TokenHash) -> Result<Option<AccessToken>>;

    /// What is known of a refresh token.
    fn refresh_token(&self, hash: &TokenHash) -> Result<Option<RefreshToken>>;

    /// A session.
    fn session(&self, id: Uuid) -> Result<Option<SessionRow>>;
}

/// Changing accounts.
pub(crate) trait AccountWrites {
    /// Writes a user.
    fn put_user(&self, credentials: &Credentials) -> Result<()>;

    /// Writes a device.
    fn put_device(&self, device: &DeviceRow) -> Result<()>;

    /// Writes a session.
    fn put_session(&self, session: &SessionRow) -> Result<()>;

    /// Ends every session of a user.
    fn revoke_sessions(&self, user: UserId) -> Result<()>;

    /// Keeps an access token of a session.
    fn put_access_token(&self, hash: &TokenHash, session: Uuid, expires_at_ms: i64) -> Result<()>;

    /// Makes this the one admin token.
    fn replace_admin_token(&self, hash: &TokenHash) -> Result<()>;

    /// Keeps a refresh token.
    fn put_refresh_token(&self, hash: &TokenHash, token: &RefreshToken) -> Result<()>;

    /// Forgets tokens that ended before `at_ms`.
    fn forget_tokens_before(&self, at_ms: i64) -> Result<()>;
}
