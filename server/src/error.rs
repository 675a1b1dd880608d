//! What can go wrong: at the start, and with one request.

use saha_domain::catalog::Lang;

use crate::{host::NoRandomness, store::StoreError, texts};

/// The server can't start.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The data can't be opened. The file was not changed.
    #[error("the data can't be opened")]
    Storage(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The configuration does not make a company.
    #[error("the configuration's {field} is wrong")]
    Config {
        /// Which setting.
        field: String,
    },
    /// The operating system gave no randomness.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl From<StoreError> for ServerError {
    fn from(error: StoreError) -> Self {
        Self::Storage(Box::new(error))
    }
}

/// A request as a whole was refused. Nothing of it took effect; only with [`RequestError::Busy`] and
/// [`RequestError::Internal`] it may have come part of the way. Sending it again does no harm in any case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// There is no token, or it is not, or no longer, good.
    #[error("no good token")]
    Unauthenticated,
    /// The login name or the password is wrong; which of the two is not said.
    #[error("wrong credentials")]
    WrongCredentials,
    /// Too many failed sign-ins, or too many requests.
    #[error("too many attempts")]
    TooManyAttempts {
        /// When to try again, seconds.
        retry_after_s: u64,
    },
    /// The office revoked the device.
    #[error("the device was revoked")]
    DeviceRevoked,
    /// The device id belongs to another user: the device must make itself a new one.
    #[error("the device id belongs to another user")]
    DeviceTaken,
    /// The role does not allow this.
    #[error("forbidden")]
    Forbidden,
    /// The request can't be understood.
    #[error("bad request: {0}")]
    BadRequest(BadRequest),
    /// The body is larger than allowed, as it travels or unpacked.
    #[error("the body is too large")]
    TooLarge,
    /// More changes than one request may hold.
    #[error("more than {max} changes")]
    TooManyChanges {
        /// How many it may hold.
        max: u32,
    },
    /// The request was made more than ten minutes ago: it must be an echo of an older state of the device.
    #[error("the request is too old")]
    StaleRequest,
    /// The part of a file does not go on where the server's part ends.
    #[error("the part does not go on where the last one ended")]
    WrongOffset,
    /// A file came whole, and its hash is another one. It was forgotten.
    #[error("the file is not what its hash says")]
    WrongHash,
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// The server can't do it now.
    #[error("busy")]
    Busy,
    /// A bug or a failing disk. Details are in the server's log only.
    #[error("internal error")]
    Internal,
}

/// Why a request can't be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRequest {
    /// The body is not the JSON that the route takes.
    #[error("malformed body")]
    Body,
    /// The body's compression is none that the server knows, or the body is not so compressed.
    #[error("unreadable compression")]
    Compression,
    /// A request with changes does not say when it was sent.
    #[error("changes without sent_at_ms")]
    NoSentAt,
    /// It is not said which part of a file is meant, or it lies outside of it.
    #[error("unreadable part of a file")]
    Part,
    /// No file of this kind can be imported.
    #[error("unknown import kind")]
    ImportKind,
    /// An imported file is not UTF-8.
    #[error("the file is not UTF-8")]
    NotUtf8,
    /// An imported file's header lacks columns.
    #[error("missing columns: {columns}")]
    MissingColumns {
        /// Their English names, separated by commas.
        columns: String,
    },
}

impl RequestError {
    /// The code for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "unauthenticated",
            Self::WrongCredentials => "wrong_credentials",
            Self::TooManyAttempts { .. } => "too_many_attempts",
            Self::DeviceRevoked => "device_revoked",
            Self::DeviceTaken => "device_taken",
            Self::Forbidden => "forbidden",
            Self::BadRequest(_) => "bad_request",
            Self::TooLarge => "too_large",
            Self::TooManyChanges { .. } => "too_many_changes",
            Self::StaleRequest => "stale_request",
            Self::WrongOffset => "wrong_offset",
            Self::WrongHash => "wrong_hash",
            Self::NotFound => "not_found",
            Self::Busy => "busy",
            Self::Internal => "internal",
        }
    }

    /// The HTTP status.
    pub const fn status(&self) -> u16 {
        match self {
            Self::BadRequest(_) => 400,
            Self::Unauthenticated | Self::WrongCredentials => 401,
            Self::DeviceRevoked | Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::DeviceTaken | Self::StaleRequest | Self::WrongOffset => 409,
            Self::TooLarge | Self::TooManyChanges { .. } => 413,
            Self::WrongHash => 422,
            Self::TooManyAttempts { .. } => 429,
            Self::Internal => 500,
            Self::Busy => 503,
        }
    }

    /// When to try again, seconds; none where trying again changes nothing.
    pub const fn retry_after_s(&self) -> Option<u64> {
        match self {
            Self::TooManyAttempts { retry_after_s } => Some(*retry_after_s),
            Self::Busy => Some(5),
            _ => None,
        }
    }

    /// One sentence for a person.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Unauthenticated => texts::unauthenticated(lang),
            Self::WrongCredentials => texts::wrong_credentials(lang),
            Self::TooManyAttempts { .. } => texts::too_many_attempts(lang),
            Self::DeviceRevoked => texts::device_revoked(lang),
            Self::DeviceTaken => texts::device_taken(lang),
            Self::Forbidden => texts::forbidden(lang),
            Self::BadRequest(reason) => reason.message(lang),
            Self::TooLarge => texts::too_large(lang),
            Self::TooManyChanges { max } => texts::too_many_changes(lang, *max),
            Self::StaleRequest => texts::stale_request(lang),
            Self::WrongOffset => texts::wrong_offset(lang),
            Self::WrongHash => texts::wrong_hash(lang),
            Self::NotFound => texts::not_found(lang),
            Self::Busy => texts::busy(lang),
            Self::Internal => texts::internal(lang),
        }
    }
}

impl BadRequest {
    fn message(&self, lang: Lang) -> String {
        match self {
            Self::Body => texts::bad_body(lang),
            Self::Compression => texts::bad_compression(lang),
            Self::NoSentAt => texts::no_sent_at(lang),
            Self::Part => texts::bad_part(lang),
            Self::ImportKind => texts::bad_import_kind(lang),
            Self::NotUtf8 => texts::not_utf8(lang),
            Self::MissingColumns { columns } => texts::missing_columns(lang, columns),
        }
    }
}

impl From<BadRequest> for RequestError {
    fn from(reason: BadRequest) -> Self {
        Self::BadRequest(reason)
    }
}

impl From<StoreError> for RequestError {
    /// What failed goes to the log; the one who asked learns only that it failed.
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Busy,
            other => {
                tracing::error!(error = &other as &dyn std::error::Error, "the store failed");
                Self::Internal
            }
        }
    }
}

impl From<NoRandomness> for RequestError {
    fn from(error: NoRandomness) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "no token can be made");
        Self::Internal
    }
}
