//! Cursors: opaque to devices, and never trusted. A cursor says where to go on, not what may be seen: a forged one
//! can skip rows or repeat them, but scope is asked anew for every row.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use saha_domain::{CustomerId, RepId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::store::Commit;

/// The layout of a cursor; one of another layout makes the device start over.
const LAYOUT: u8 = 1;

/// Where a pull goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cursor {
    layout: u8,
    /// Whose it is: what another rep was sent says nothing of what this one holds.
    rep: RepId,
    /// Everything up to this commit was sent.
    pub(super) at: Commit,
    /// Where the first sync began: what happened to the rep's sight before needs no telling.
    pub(super) start: i64,
    /// The backfill that is under way, if one is.
    pub(super) backfill: Option<Backfill>,
}

/// A customer's rows on their way, after he came into sight at the cursor's commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Backfill {
    /// Whose rows.
    pub(super) customer: CustomerId,
    /// The version up to which they were sent.
    pub(super) after: i64,
}

impl Cursor {
    pub(super) fn new(rep: RepId, at: Commit, start: i64, backfill: Option<Backfill>) -> Self {
        Self { layout: LAYOUT, rep, at, start, backfill }
    }

    pub(super) fn is_of(&self, rep: RepId) -> bool {
        self.rep == rep
    }

    pub(super) fn encode(&self) -> String {
        encode(self)
    }

    /// None for text that is no cursor of this layout.
    pub(super) fn decode(text: &str) -> Option<Self> {
        decode(text).filter(|cursor: &Self| cursor.layout == LAYOUT)
    }
}

/// The head, as devices carry it.
pub(super) fn encode_commit(commit: Commit) -> String {
    encode(&commit)
}

/// None for text that is no head.
pub(super) fn decode_commit(text: &str) -> Option<Commit> {
    decode(text)
}

fn encode(value: &impl Serialize) -> String {
    // Numbers and ids only: there is nothing in it that can fail to become JSON.
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(value).unwrap_or_default())
}

fn decode<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}
