use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::{CustomerId, Hlc};

/// One message of a pull, as it travels: exactly one of `body`, `deleted`, `entered`, `left`, `stub` and `aged` is set.
#[derive(Debug, Clone, Serialize, Deserialize, Default)]
pub struct PulledItem {
    /// The kind by its name; a device may not know it yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// The row's version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// The row's newest clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hlc: Option<Hlc>,
    /// The row's body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Box<RawValue>>,
    /// The row is deleted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
    /// A customer came into the rep's sight; his rows follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered: Option<CustomerId>,
    /// A customer left the rep's sight; all beneath goes, but for the rep's own work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<CustomerId>,
    /// The name of a customer out of sight, whom the rep's own work names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stub: Option<Stub>,
    /// Activities of other people before this date are out of the rep's sight from here on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aged: Option<NaiveDate>,
}

/// What remains of a customer out of sight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stub {
    /// The customer.
    pub customer: CustomerId,
    /// His name.
    pub name: String,
}

/// A [`PulledItem`] made sense of.
#[derive(Debug)]
pub enum Pulled<'a> {
    /// A row at its latest version.
    Row {
        /// The kind by its name.
        kind: &'a str,
        /// The row.
        id: Uuid,
        /// Its version.
        version: i64,
        /// Its newest clock.
        hlc: Hlc,
        /// Its body.
        body: &'a RawValue,
    },
    /// A row that was deleted.
    Tombstone {
        /// The kind by its name.
        kind: &'a str,
        /// The row.
        id: Uuid,
        /// The version of its end.
        version: i64,
    },
    /// A customer came into sight.
    Entered(CustomerId),
    /// A customer left sight.
    Left(CustomerId),
    /// The name of a customer out of sight.
    Stub(&'a Stub),
    /// Other people's activities before the date left sight.
    Aged(NaiveDate),
    /// A message of a newer server; it is passed over.
    Unknown,
}

impl PulledItem {
    /// A row.
    pub fn row(kind: impl Into<String>, id: Uuid, version: i64, hlc: Hlc, body: Box<RawValue>) -> Self {
        Self {
            kind: Some(kind.into()),
            id: Some(id),
            version: Some(version),
            hlc: Some(hlc),
            body: Some(body),
            ..Self::default()
        }
    }

    /// A deleted row.
    pub fn tombstone(kind: impl Into<String>, id: Uuid, version: i64, hlc: Hlc) -> Self {
        Self {
            kind: Some(kind.into()),
            id: Some(id),
            version: Some(version),
            hlc: Some(hlc),
            deleted: true,
            ..Self::default()
        }
    }

    /// What the message says.
    pub fn read(&self) -> Pulled<'_> {
        match (&self.kind, self.id, self.version, &self.body) {
            (Some(kind), Some(id), Some(version), Some(body)) => {
                Pulled::Row { kind, id, version, hlc: self.hlc.unwrap_or_default(), body }
            }
            (Some(kind), Some(id), Some(version), None) if self.deleted => Pulled::Tombstone { kind, id, version },
            _ => match (self.entered, self.left, &self.stub, self.aged) {
                (Some(customer), ..) => Pulled::Entered(customer),
                (_, Some(customer), ..) => Pulled::Left(customer),
                (_, _, Some(stub), _) => Pulled::Stub(stub),
                (.., Some(date)) => Pulled::Aged(date),
                _ => Pulled::Unknown,
            },
        }
    }
}
