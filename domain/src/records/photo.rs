use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::activity;
use crate::{
    BlobHash, CustomerId, FieldError, Kind, PhotoId, Problem, Record, RepId, Stamp, VisitId,
    registry::{FileFields, KindSpec, Reference, Refusal, RepAccess, Scope},
    text,
};

/// What a photo is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum PhotoPurpose {
    /// The company's goods on the shelf.
    Shelf,
    /// The shop from outside.
    Storefront,
    /// A customer's signature.
    Signature,
    /// Anything else.
    Other,
    /// A purpose that this version does not know.
    #[serde(other)]
    Unknown,
}

impl PhotoPurpose {
    /// Those that a rep picks from.
    pub const PICKED: &[Self] = &[Self::Shelf, Self::Storefront, Self::Signature, Self::Other];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shelf => "shelf",
            Self::Storefront => "storefront",
            Self::Signature => "signature",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }
}

/// A picture of a visit. The record travels with all others; the file that it names comes in a lane of its own, when there is
/// time for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, uniffi::Record)]
pub struct Photo {
    /// The id.
    pub id: PhotoId,
    /// The visit that it is of.
    pub visit: VisitId,
    /// Who was visited.
    pub customer: CustomerId,
    /// Who took it.
    pub rep: RepId,
    /// When it was added to the visit.
    pub taken: Stamp,
    /// What it is of.
    pub purpose: PhotoPurpose,
    /// The file, by the hash of its bytes.
    pub sha256: BlobHash,
    /// The file's length, bytes.
    pub size_bytes: i64,
    /// What the file is: `image/jpeg`, `image/png`, `image/webp` or `image/heic`.
    pub media_type: String,
    /// The rep's own words.
    pub note: Option<String>,
}

impl Photo {
    /// The largest file, bytes.
    pub const MAX_BYTES: i64 = 20 << 20;

    /// What a file may be.
    pub const MEDIA_TYPES: &[&str] = &["image/jpeg", "image/png", "image/webp", "image/heic"];
}

impl Record for Photo {
    const KIND: Kind = Kind::Photo;
    const SPEC: KindSpec = KindSpec {
        scope: Scope::BeneathCustomer { customer: "/customer", rep: "/rep", date: Some("/taken/local_date") },
        references: &[
            Reference::new("visit", Kind::Visit),
            Reference::new("customer", Kind::Customer),
            Reference::new("rep", Kind::Rep),
        ],
        children: &[],
        stamps: &["taken"],
        rep: RepAccess { create: true, patch: &["customer", "visit", "purpose", "note"], delete: true },
    };
    const FILE: Option<FileFields> = Some(FileFields { sha256: "sha256", size_bytes: "size_bytes" });

    fn uuid(&self) -> Uuid {
        self.id.uuid()
    }

    fn check(&self) -> Result<(), FieldError> {
        self.taken.check("taken")?;
        if !(1..=Self::MAX_BYTES).contains(&self.size_bytes) {
            return Err(FieldError::new("size_bytes", Problem::OutOfRange));
        }
        if !Self::MEDIA_TYPES.contains(&self.media_type.as_str()) {
            return Err(FieldError::new("media_type", Problem::Unknown));
        }
        text::check_optional("note", self.note.as_deref(), text::NOTE_MAX_CHARS)
    }

    fn check_rep(&self, rep: RepId, before: Option<&Self>) -> Result<(), Refusal> {
        activity::check_doer(rep, before.map(|b| b.rep), self.rep)
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.taken.local_date)
    }
}
