//! Errors inside the core. The public one is [`SahaError`]; a variant here exists where the core itself has to tell it
//! apart, and everything else is already public.

use saha_domain::{FieldError, SahaError};

/// What can go wrong inside.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// `SQLite` said no.
    #[error("sqlite")]
    Sqlite(#[source] rusqlite::Error),
    /// The outcome of a commit is not known, and the file can't tell: nothing was written that it could be looked up by.
    #[error("commit outcome unknown")]
    CommitUnknown(#[source] rusqlite::Error),
    /// A file operation failed.
    #[error("{doing}")]
    Io {
        /// What was tried.
        doing: &'static str,
        /// Why it failed.
        #[source]
        source: std::io::Error,
    },
    /// Already an answer for the caller.
    #[error(transparent)]
    Public(#[from] SahaError),
}

/// A result inside the core.
pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<FieldError> for Error {
    fn from(error: FieldError) -> Self {
        Self::Public(error.into())
    }
}

impl Error {
    /// A bug, described for a developer.
    pub(crate) fn internal(reason: impl ToString) -> Self {
        Self::Public(SahaError::internal(reason))
    }

    /// Wraps an I/O error with what was tried.
    pub(crate) fn io(doing: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::Io { doing, source }
    }

    /// Whether the connection must not be used again.
    pub(crate) fn spoils_connection(&self) -> bool {
        use rusqlite::ErrorCode;
        match self {
            Self::Sqlite(rusqlite::Error::SqliteFailure(failure, _)) => {
                matches!(
                    failure.code,
                    ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase
                )
            }
            _ => false,
        }
    }
}

impl From<Error> for SahaError {
    fn from(error: Error) -> Self {
        match error {
            Error::Public(public) => public,
            Error::Sqlite(source) => of_sqlite(&source),
            Error::CommitUnknown(source) => {
                Self::StorageFailed { reason: format!("the commit could not be verified: {source}") }
            }
            Error::Io { doing, source } => of_io(doing, &source),
        }
    }
}

fn of_sqlite(error: &rusqlite::Error) -> SahaError {
    use rusqlite::ErrorCode;
    let rusqlite::Error::SqliteFailure(failure, _) = error else { return SahaError::internal(error) };
    let reason = failure.to_string();
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => SahaError::Busy,
        ErrorCode::DiskFull => SahaError::StorageFull,
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => SahaError::StorageDamaged { reason },
        ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied => SahaError::StorageLocked,
        ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::ReadOnly => SahaError::StorageFailed { reason },
        ErrorCode::OperationInterrupted => SahaError::Cancelled,
        _ => SahaError::internal(error),
    }
}

fn of_io(doing: &str, error: &std::io::Error) -> SahaError {
    match error.kind() {
        std::io::ErrorKind::StorageFull => SahaError::StorageFull,
        std::io::ErrorKind::PermissionDenied => {
            SahaError::StorageFailed { reason: format!("{doing}: permission denied") }
        }
        kind => SahaError::StorageFailed { reason: format!("{doing}: {kind}") },
    }
}
