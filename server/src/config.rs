//! What whoever runs the server decides.

use std::path::PathBuf;

use saha_domain::{CurrencyCode, wire::Limits};

/// How a server is set up. [`ServerConfig::new`] gives what fits most companies.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// The folder of the database, `saha-server.db`. Made if it is missing.
    pub data_dir: PathBuf,
    /// The company's name as on documents. Used at the first start only.
    pub company_name: String,
    /// The company's home currency. Used at the first start only.
    pub currency: CurrencyCode,
    /// IANA zone of the company's own day. Used at the first start only.
    pub zone: String,
    /// What one sync request may hold.
    pub limits: Limits,
    /// Bytes of an imported file, as it travels and unpacked.
    pub max_import_bytes: u64,
    /// How long tokens live.
    pub tokens: TokenLife,
    /// How often the same client may ask.
    pub rates: Rates,
    /// What a guess at a password costs.
    pub password_cost: PasswordCost,
    /// Connections that are open at once; others wait. Each costs a file descriptor.
    pub max_connections: usize,
    /// Whether every connection comes from a proxy that names the client last in `X-Forwarded-For`. Without it, all
    /// clients of a proxy would share one allowance of failed sign-ins; with it and no proxy, a client could name
    /// himself.
    pub behind_proxy: bool,
}

impl ServerConfig {
    /// A company of that name in Türkiye, with its data in `data_dir`.
    pub fn new(data_dir: impl Into<PathBuf>, company_name: impl Into<String>) -> Self {
        Self {
            data_dir: data_dir.into(),
            company_name: company_name.into(),
            currency: CurrencyCode::TRY,
            zone: "Europe/Istanbul".to_owned(),
            limits: Limits::default(),
            max_import_bytes: 32 << 20,
            tokens: TokenLife::default(),
            rates: Rates::default(),
            password_cost: PasswordCost::default(),
            max_connections: 800,
            behind_proxy: false,
        }
    }
}

/// How long tokens live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenLife {
    /// An access token, milliseconds. Short, as nothing but time and revocation ends it.
    pub access_ms: i64,
    /// A refresh token, milliseconds. A rep who comes back from parental leave signs in again.
    pub refresh_ms: i64,
}

impl Default for TokenLife {
    fn default() -> Self {
        Self { access_ms: 15 * 60_000, refresh_ms: 90 * 24 * 3_600_000 }
    }
}

/// How often the same client may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Failed sign-ins of one account within [`Rates::login_window_ms`].
    pub failed_logins_per_account: u32,
    /// Failed sign-ins from one address within the window. More, as a whole office shares one.
    pub failed_logins_per_address: u32,
    /// The window of both, milliseconds.
    pub login_window_ms: i64,
    /// Requests that one sign-in may send at once.
    pub request_burst: u32,
    /// Requests a second that one sign-in may send for ever.
    pub requests_per_s: u32,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            failed_logins_per_account: 10,
            failed_logins_per_address: 50,
            login_window_ms: 15 * 60_000,
            request_burst: 200,
            requests_per_s: 10,
        }
    }
}

/// The cost of one Argon2id hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory, KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
}

impl Default for PasswordCost {
    /// The first choice of OWASP's Password Storage Cheat Sheet for Argon2id: 19 MiB, 2 passes.
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2 }
    }
}

impl PasswordCost {
    /// The least that the algorithm takes: for tests, where a hash must cost nothing.
    pub const CHEAPEST: Self = Self { memory_kib: 8, passes: 1 };
}
