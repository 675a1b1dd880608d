use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{CompanyId, DeviceId, RepId, UserId};

/// `GET /v1/info`: what the server is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Info {
    /// `saha`, so that a captive portal is not taken for a server.
    pub server: String,
    /// Protocol versions that are served.
    pub versions: Vec<u32>,
    /// What a request may hold.
    pub limits: Limits,
    /// The server's clock, milliseconds since 1970 UTC.
    pub server_time_ms: i64,
}

/// What one request may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of a request's body as it travels.
    pub max_body_bytes: u64,
    /// Bytes of the body after decompression.
    pub max_inflated_bytes: u64,
    /// Changes in one request.
    pub max_changes: u32,
    /// Items of one pulled page.
    pub max_page: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_body_bytes: 1 << 20, max_inflated_bytes: 8 << 20, max_changes: 500, max_page: 500 }
    }
}

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sells.
    Rep,
    /// Leads reps.
    Manager,
    /// Runs the server.
    Admin,
    /// A role of a newer server; it may do nothing.
    #[serde(other)]
    Unknown,
}

impl Role {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rep => "rep",
            Self::Manager => "manager",
            Self::Admin => "admin",
            Self::Unknown => "unknown",
        }
    }

    /// Back from [`Role::name`]; none for a role that this version does not know.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Rep, Self::Manager, Self::Admin].into_iter().find(|role| role.name() == name)
    }
}

/// The installation that signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceInfo {
    /// Made by the device at its first start.
    pub id: DeviceId,
    /// What its owner calls it.
    pub name: String,
    /// `android`, `ios`, `cli`…
    pub platform: String,
}

/// `POST /v1/auth/login`.
#[derive(Clone, Serialize, Deserialize)]
pub struct LoginRequest {
    /// The login name.
    pub login: String,
    /// The password.
    pub password: String,
    /// The installation.
    pub device: DeviceInfo,
}

impl fmt::Debug for LoginRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginRequest").field("login", &self.login).field("device", &self.device).finish_non_exhaustive()
    }
}

/// `POST /v1/auth/refresh`.
#[derive(Clone, Serialize, Deserialize)]
pub struct RefreshRequest {
    /// The newest refresh token that the device has.
    pub refresh_token: String,
}

impl fmt::Debug for RefreshRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefreshRequest(…)")
    }
}

/// What login and refresh give.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct TokenGrant {
    /// Bearer token for requests.
    pub access_token: String,
    /// How long it is good, seconds.
    pub expires_in_s: u64,
    /// Gives the next pair; each is used once.
    pub refresh_token: String,
    /// Who signed in.
    pub user: UserId,
    /// What he may do.
    pub role: Role,
    /// Which rep he is, if he is one.
    pub rep: Option<RepId>,
    /// The company.
    pub company: CompanyId,
    /// The device's series of document numbers.
    pub series: String,
    /// The server's clock, milliseconds since 1970 UTC.
    pub server_time_ms: i64,
}

impl fmt::Debug for TokenGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenGrant").field("user", &self.user).field("rep", &self.rep).finish_non_exhaustive()
    }
}

/// The body of every answer that is not a success: a request as a whole was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// For programs: `unauthenticated`, `wrong_credentials`, `too_many_attempts`, `device_revoked`, `device_taken`, `forbidden`,
    /// `bad_request`, `too_large`, `too_many_changes`, `stale_request`, `not_found`, `wrong_offset`,
    /// `wrong_hash`, `busy`, `internal`.
    pub code: String,
    /// For people.
    pub message: String,
}
