//! How a command can end: a number for scripts, a sentence for people.

use std::process::ExitCode;

use saha_domain::{SahaError, catalog::Lang, wire::Notice};
use serde_json::{Value, json};

use crate::texts;

/// What the exit code says. The numbers are for ever; they stand in `--help`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Code {
    /// Done.
    Ok = 0,
    /// It failed; the message says why.
    Failed = 1,
    /// The command line, or a value on it, is wrong. Nothing was done.
    Usage = 2,
    /// Nothing is lost, but the server could not be reached.
    TryLater = 3,
    /// The company refused changes, and they want the rep's word.
    Refused = 4,
    /// Nobody is signed in, or the server does not take the sign-in.
    NotSignedIn = 5,
    /// What was named is not there, or the name fits more than one.
    NotFound = 6,
    /// Another process has the database or the port.
    Busy = 7,
}

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        Self::from(code as u8)
    }
}

/// Why a command could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The core said no.
    #[error(transparent)]
    Saha(#[from] SahaError),
    /// A value on the command line can't be read. The sentence is for people.
    #[error("{0}")]
    Usage(String),
    /// Nothing fits, or too much does.
    #[error("{message}")]
    NotFound {
        /// For people.
        message: String,
        /// What might have been meant.
        candidates: Vec<String>,
    },
    /// The server can't be reached.
    #[error("{0}")]
    Offline(String),
    /// The port is taken.
    #[error("{0}")]
    Busy(String),
    /// The server does not take the token.
    #[error("{0}")]
    Token(String),
    /// Anything else, for people.
    #[error("{0}")]
    Failed(String),
}

/// What a command gives.
pub type Result<T, E = CliError> = std::result::Result<T, E>;

impl CliError {
    /// The sentence for people.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Saha(error) => error.text(lang),
            Self::NotFound { message, candidates } if !candidates.is_empty() => {
                format!("{message}\n  {}", candidates.join("\n  "))
            }
            other => other.to_string(),
        }
    }

    /// What the rep can do about it, where that is always the same.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        match Code::of(self) {
            Code::NotSignedIn => match self {
                Self::Saha(SahaError::NotSignedIn) => Some(texts::errors::hint_login(lang)),
                Self::Saha(SahaError::SignInRefused { code }) if code == Notice::DEVICE_REVOKED => {
                    Some(texts::errors::hint_revoked(lang))
                }
                _ => None,
            },
            Code::Failed if matches!(self, Self::Saha(SahaError::ForeignDatabase { .. })) => {
                Some(texts::errors::hint_foreign(lang))
            }
            _ => None,
        }
    }

    /// The same for programs.
    pub fn json(&self, lang: Lang) -> Value {
        let candidates = match self {
            Self::NotFound { candidates, .. } => candidates.as_slice(),
            _ => &[],
        };
        json!({ "error": { "code": Code::of(self).name(), "exit_code": Code::of(self) as u8, "message": self.text(lang), "candidates": candidates } })
    }
}

impl Code {
    /// The name for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Failed => "failed",
            Self::Usage => "usage",
            Self::TryLater => "try_later",
            Self::Refused => "refused",
            Self::NotSignedIn => "not_signed_in",
            Self::NotFound => "not_found",
            Self::Busy => "busy",
        }
    }

    /// How a command ends that failed with `error`.
    pub fn of(error: &CliError) -> Self {
        match error {
            CliError::Saha(error) => of_core(error),
            CliError::Usage(_) => Self::Usage,
            CliError::NotFound { .. } => Self::NotFound,
            CliError::Offline(_) => Self::TryLater,
            CliError::Busy(_) => Self::Busy,
            CliError::Token(_) => Self::NotSignedIn,
            CliError::Failed(_) => Self::Failed,
        }
    }
}

fn of_core(error: &SahaError) -> Code {
    match error {
        SahaError::InvalidInput { .. } => Code::Usage,
        SahaError::NotFound { .. } => Code::NotFound,
        SahaError::Busy => Code::Busy,
        SahaError::NotSignedIn | SahaError::SignInRefused { .. } => Code::NotSignedIn,
        SahaError::Offline { .. } | SahaError::Cancelled => Code::TryLater,
        _ => Code::Failed,
    }
}

#[cfg(test)]
mod tests;
