//! The life of a change: one enum, one table.
//!
//! ```text
//! queued → sent → acked → seen → (durable: dropped)
//!            ↘ (gone, though accepted in an older history: dropped)
//!            ↘ rejected → queued (resent, fixed) | dropped (withdrawn)
//! ```

use serde::{Deserialize, Serialize};

/// Where a change stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum ChangeState {
    /// Durable on this device, waiting to be sent.
    Queued,
    /// In a request whose answer is not known yet.
    Sent,
    /// The server applied it; its row did not come back in a pull yet.
    Acked,
    /// The server's own row shows it. Kept only in case the server is restored from an older backup.
    Seen,
    /// The server refused it. It stays visible until the rep resends, fixes or withdraws it.
    Rejected,
}

/// What can happen to a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Happening {
    /// It went into a request.
    Sent,
    /// The request ended without an answer for it.
    NoAnswer,
    /// The server applied it.
    Applied,
    /// The server refused it.
    Rejected,
    /// The row is deleted at the server.
    Gone,
    /// The same of a change that the server had accepted before its history changed: its work is done.
    GoneSince,
    /// Its id was used with another content.
    Conflict,
    /// A change before it has to go first.
    Blocked,
    /// The server can't take it yet.
    Retry,
    /// The server wants the whole body.
    NeedFull,
    /// Its row came back in a pull, at its version or above.
    Seen,
    /// The server's backups hold it.
    Durable,
    /// The server's history is not the one that this device knows.
    HistoryChanged,
    /// The rep sends it again.
    Resent,
    /// The rep replaced it by a corrected one.
    Fixed,
    /// The rep took it back.
    Withdrawn,
}

/// Where a change goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Next {
    /// Into (or stays in) this state.
    State(ChangeState),
    /// Out of the outbox: its work is done, or the rep took it back.
    Dropped,
    /// This can't happen here; whoever asks has a bug, or the server does.
    Impossible,
}

impl ChangeState {
    /// Every state.
    pub const ALL: &[ChangeState] = &[Self::Queued, Self::Sent, Self::Acked, Self::Seen, Self::Rejected];

    /// The name in the database and in `--json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Acked => "acked",
            Self::Seen => "seen",
            Self::Rejected => "rejected",
        }
    }

    /// Back from [`ChangeState::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.name() == name)
    }

    /// Whether the change lies over the confirmed body.
    pub const fn is_in_overlay(self) -> bool {
        !matches!(self, Self::Seen)
    }

    /// Whether the server has still to accept it.
    pub const fn is_unresolved(self) -> bool {
        matches!(self, Self::Queued | Self::Sent | Self::Rejected)
    }

    /// The table of the life of a change.
    pub const fn next(self, happening: Happening) -> Next {
        use Happening as H;
        match (self, happening) {
            (Self::Queued, H::Sent) => Next::State(Self::Sent),
            (Self::Sent, H::Applied) => Next::State(Self::Acked),
            (Self::Sent, H::Rejected | H::Gone | H::Conflict) => Next::State(Self::Rejected),
            (Self::Sent, H::NoAnswer | H::Blocked | H::Retry | H::NeedFull) => Next::State(Self::Queued),
            (Self::Acked, H::Seen) => Next::State(Self::Seen),
            (Self::Sent, H::GoneSince) | (Self::Seen, H::Durable) => Next::Dropped,
            (Self::Rejected, H::Resent | H::Fixed) => Next::State(Self::Queued),
            (Self::Rejected, H::Withdrawn) => Next::Dropped,
            (Self::Queued | Self::Sent | Self::Acked | Self::Seen, H::HistoryChanged) => Next::State(Self::Queued),
            (Self::Rejected, H::HistoryChanged) => Next::State(Self::Rejected),
            _ => Next::Impossible,
        }
    }
}

#[cfg(test)]
mod tests;
