//! The messages of the sync protocol, version 1. `docs/sync-protocol.md` explains them; this is their one definition.
//!
//! serde's `RawValue` does not parse inside flattened or tagged types, so a change is a flat struct of options.

mod auth;
mod blob;
mod change;
mod import;
mod pull;
mod result;

pub use auth::{DeviceInfo, ErrorBody, Info, Limits, LoginRequest, RefreshRequest, Role, TokenGrant};
pub use blob::{BlobStatus, MAX_BLOB_PART_BYTES};
pub use change::{Op, WireChange, payload_hash};
pub use import::{ImportProblem, ImportReport};
pub use pull::{Pulled, PulledItem, Stub};
pub use result::{ChangeResult, Outcome, Rejection, RejectionCode};

use serde::{Deserialize, Serialize};

/// The version of these messages.
pub const PROTOCOL_VERSION: u32 = 1;

/// `POST /v1/sync`: what the device has to say, and from where it wants to hear.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SyncRequest {
    /// The version of the records that the device knows; it grows with every kind or field.
    pub schema: u32,
    /// A new one for every request; the answer repeats it, and an answer to any other request is discarded whole.
    pub request_id: uuid::Uuid,
    /// When the request was made, in server time as the device knows it; none while it does not know it.
    pub sent_at_ms: Option<i64>,
    /// The cursor of the last page that was applied; none for a first sync.
    pub cursor: Option<String>,
    /// The newest commit that any answer told this device of.
    pub head: Option<String>,
    /// How many pulled items the device wants at most.
    pub limit: u32,
    /// Changes, parents before their children.
    pub changes: Vec<WireChange>,
}

/// The answer to a [`SyncRequest`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SyncResponse {
    /// The request that this answers.
    pub request_id: uuid::Uuid,
    /// Set when the cursor or the head names a commit that this server never made: nothing was judged, start over.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub history_changed: bool,
    /// Set when op ids of that age are forgotten: pull from the start. Results are still given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub resync_required: bool,
    /// One for each change that was sent.
    #[serde(default)]
    pub results: Vec<ChangeResult>,
    /// What happened at the server, in its order.
    #[serde(default)]
    pub changes: Vec<PulledItem>,
    /// Where the next request goes on; opaque.
    pub next_cursor: Option<String>,
    /// The newest commit of this server; opaque.
    pub head: Option<String>,
    /// The sequence up to which this page saw the company's data.
    pub snapshot: i64,
    /// Whether another page is there already.
    pub has_more: bool,
    /// Changes acknowledged with a version up to this one will survive any restore of a backup.
    pub durable_through: i64,
    /// The server's clock, milliseconds since 1970 UTC.
    pub server_time_ms: i64,
    /// The rep's figures in this snapshot; on the last page of a pull, where the server computes them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figures: Option<Figures>,
    /// Something that people should read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
}

/// What the company's figures of the rep are in a snapshot, over all of his own rows, for comparison with the device's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The sequence of the page's snapshot.
    pub seq: i64,
    /// The instant, milliseconds since 1970 UTC.
    pub as_of_ms: i64,
    /// Their [`crate::facts::Fingerprint`].
    pub hash: String,
}

impl Notice {
    /// The code by which a device hears that the office revoked it: its changes are still judged where they are older than
    /// that, nothing is pulled, and once it has handed in all that it can it has to erase itself.
    pub const DEVICE_REVOKED: &'static str = "device_revoked";
}

/// Words from the server to people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// For programs.
    pub code: String,
    /// For people, in the language of the request.
    pub message: String,
}

#[cfg(test)]
mod tests;
