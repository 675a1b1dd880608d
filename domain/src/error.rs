//! The one public error, and the problem of one field.

use crate::catalog::Lang;

/// What is wrong with one field. The code is for programs, [`Problem::text`] for people.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Nothing was given where something must stand.
    Missing,
    /// It can't be read as what it should be: an id, a date, a number, a phone number.
    Malformed,
    /// It is longer than allowed, in characters.
    TooLong {
        /// The longest that is allowed, in characters.
        max_chars: i64,
    },
    /// It is outside of the allowed range, or not a number at all.
    OutOfRange,
    /// A sum or a product does not fit into 64 bits.
    Overflow,
    /// It names something that does not exist, such as a currency.
    Unknown,
    /// An end lies before its start.
    EndBeforeStart,
    /// A derived value is not what its parts give.
    Inconsistent,
}

impl Problem {
    /// The machine-readable code, as it travels in a rejection.
    pub fn code(&self) -> &'static str {
        match self {
            Problem::Missing => "missing",
            Problem::Malformed => "malformed",
            Problem::TooLong { .. } => "too_long",
            Problem::OutOfRange => "out_of_range",
            Problem::Overflow => "overflow",
            Problem::Unknown => "unknown_value",
            Problem::EndBeforeStart => "end_before_start",
            Problem::Inconsistent => "inconsistent",
        }
    }

    /// One short sentence for a person.
    pub fn text(&self, lang: Lang) -> String {
        use crate::catalog::problems as say;
        match self {
            Problem::Missing => say::missing(lang),
            Problem::Malformed => say::malformed(lang),
            Problem::TooLong { max_chars } => say::too_long(lang, *max_chars),
            Problem::OutOfRange => say::out_of_range(lang),
            Problem::Overflow => say::overflow(lang),
            Problem::Unknown => say::unknown_value(lang),
            Problem::EndBeforeStart => say::end_before_start(lang),
            Problem::Inconsistent => say::inconsistent(lang),
        }
    }
}

/// A field and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {}", problem.code())]
pub struct FieldError {
    /// The field as it is named on the wire, children as `lines/<id>/quantity`.
    pub field: String,
    /// What is wrong with it.
    pub problem: Problem,
}

impl FieldError {
    /// A problem of `field`.
    pub fn new(field: impl Into<String>, problem: Problem) -> Self {
        Self { field: field.into(), problem }
    }
}

/// Everything that a caller of Saha can be told. A variant exists only where the caller can act on it. Ids and reasons
/// are fields; no personal data is in an error.
#[derive(Debug, Clone, PartialEq, thiserror::Error, serde::Serialize, uniffi::Error)]
#[serde(rename_all = "snake_case")]
#[uniffi::export(Display)]
#[non_exhaustive]
pub enum SahaError {
    /// A value that was passed in is wrong. Nothing was stored.
    #[error("{field}: {}", problem.code())]
    InvalidInput {
        /// The field, as on the wire.
        field: String,
        /// What is wrong with it.
        problem: Problem,
    },
    /// No such record on this device.
    #[error("no {kind} with id {id} on this device")]
    NotFound {
        /// The kind that was asked for.
        kind: String,
        /// The id, or the code, that was asked for.
        id: String,
    },
    /// The record is in a state that does not allow this, say a second check-out.
    #[error("{kind} {id} is {state}: {wanted} is not possible")]
    WrongState {
        /// The kind of the record.
        kind: String,
        /// Its id.
        id: String,
        /// The state that it is in.
        state: String,
        /// What was asked for.
        wanted: String,
    },
    /// Another process has the database open, and did not let go within five seconds. Nothing was done.
    #[error("the database is in use by another process")]
    Busy,
    /// The disk is full. The write was not saved; reading still works.
    #[error("the disk is full: not saved")]
    StorageFull,
    /// The storage is locked, say before the first unlock after a restart. Try again after the unlock.
    #[error("the storage is locked")]
    StorageLocked,
    /// Reading or writing the database failed. The write was not acknowledged.
    #[error("the storage failed: {reason}")]
    StorageFailed {
        /// What the storage said, without personal data.
        reason: String,
    },
    /// The database file is damaged or not a database. It was not changed.
    #[error("the database is damaged: {reason}")]
    StorageDamaged {
        /// What is damaged.
        reason: String,
    },
    /// The database was written by a newer version of the app. It was not changed.
    #[error("the database has schema {found}, this app knows up to {supported}")]
    SchemaTooNew {
        /// The schema version in the file.
        found: i64,
        /// The newest version that this build knows.
        supported: i64,
    },
    /// The file belongs to another application, or the database to another user. It was not changed.
    #[error("the database belongs to someone else: {reason}")]
    ForeignDatabase {
        /// Whose it is.
        reason: String,
    },
    /// Nobody is signed in. Offline work goes on; syncing does not.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The server does not accept the name or the password.
    #[error("sign-in refused: {code}")]
    SignInRefused {
        /// `wrong_credentials`, `too_many_attempts`, `device_revoked` or `not_a_rep`.
        code: String,
    },
    /// There are changes which the server does not have yet, and the wish would lose them.
    #[error("{count} changes have not reached the server")]
    UnsentWork {
        /// How many.
        count: i64,
    },
    /// The server can't be reached, or did not answer as our server does. Nothing is lost; try again later.
    #[error("no connection to the server: {reason}")]
    Offline {
        /// What went wrong: `connect`, `timeout`, `tls`, `not_our_server`, `server_busy` or `server_error`.
        reason: String,
    },
    /// The server understood and said no to the request as a whole.
    #[error("the server refused the request: {code}")]
    ServerRefused {
        /// The server's code.
        code: String,
    },
    /// The app is too old for the server. Pending work was still handed in if the server took it.
    #[error("the app must be upgraded")]
    UpgradeRequired,
    /// The caller cancelled the work. What was done by then is kept.
    #[error("cancelled")]
    Cancelled,
    /// `shutdown` was called before.
    #[error("the core is closed")]
    Closed,
    /// A bug. The core stays usable.
    #[error("internal error: {reason}")]
    Internal {
        /// What a developer needs to find it.
        reason: String,
    },
}

impl SahaError {
    /// A wrong value in `field`.
    pub fn invalid(field: impl Into<String>, problem: Problem) -> Self {
        Self::InvalidInput { field: field.into(), problem }
    }

    /// A bug, described for a developer.
    pub fn internal(reason: impl ToString) -> Self {
        Self::Internal { reason: reason.to_string() }
    }
}

#[uniffi::export]
impl SahaError {
    /// One sentence for a person, in `lang`.
    pub fn text(&self, lang: Lang) -> String {
        use crate::catalog::errors as say;
        match self {
            Self::InvalidInput { field, problem } => {
                format!("{}: {}", crate::catalog::field_name(lang, field), problem.text(lang))
            }
            Self::NotFound { kind, id } => say::not_found(lang, crate::catalog::kind_name(lang, kind), id),
            Self::WrongState { kind, state, .. } => {
                say::wrong_state(lang, crate::catalog::kind_name(lang, kind), crate::catalog::state_name(lang, state))
            }
            Self::Busy => say::busy(lang),
            Self::StorageFull => say::storage_full(lang),
            Self::StorageLocked => say::storage_locked(lang),
            Self::StorageFailed { reason } => say::storage_failed(lang, reason),
            Self::StorageDamaged { reason } => say::storage_damaged(lang, reason),
            Self::SchemaTooNew { .. } => say::schema_too_new(lang),
            Self::ForeignDatabase { reason } => say::foreign_database(lang, reason),
            Self::NotSignedIn => say::not_signed_in(lang),
            Self::SignInRefused { code } => match code.as_str() {
                "too_many_attempts" => say::too_many_attempts(lang),
                "device_revoked" => say::device_revoked(lang),
                "not_a_rep" => say::not_a_rep(lang),
                _ => say::wrong_credentials(lang),
            },
            Self::UnsentWork { count } => say::unsent_work(lang, *count),
            Self::Offline { reason } => say::offline(lang, crate::catalog::words::offline_reason(lang, reason)),
            Self::ServerRefused { code } => say::server_refused(lang, code),
            Self::UpgradeRequired => say::upgrade_required(lang),
            Self::Cancelled => say::cancelled(lang),
            Self::Closed => say::closed(lang),
            Self::Internal { reason } => say::internal(lang, reason),
        }
    }
}

impl From<FieldError> for SahaError {
    fn from(error: FieldError) -> Self {
        Self::InvalidInput { field: error.field, problem: error.problem }
    }
}

impl From<uniffi::UnexpectedUniFFICallbackError> for SahaError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Internal { reason: format!("a callback of the app failed: {}", error.reason) }
    }
}
