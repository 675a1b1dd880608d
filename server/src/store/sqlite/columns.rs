//! Columns as values, and back.

use chrono::NaiveDate;
use rusqlite::Row;
use saha_domain::Kind;
use uuid::Uuid;

use crate::store::{Result, StoreError};

/// An id, stored as 16 bytes.
pub(super) fn id<T: From<Uuid>>(row: &Row<'_>, column: usize) -> Result<T> {
    Ok(Uuid::from_bytes(row.get(column)?).into())
}

/// An id that may be missing.
pub(super) fn maybe_id<T: From<Uuid>>(row: &Row<'_>, column: usize) -> Result<Option<T>> {
    Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(|bytes| Uuid::from_bytes(bytes).into()))
}

/// An id's bytes, to bind.
pub(super) fn bytes(id: Uuid) -> [u8; 16] {
    id.into_bytes()
}

/// A length that may be missing, bytes.
pub(super) fn maybe_length(row: &Row<'_>, column: usize) -> Result<Option<u64>> {
    let length: Option<i64> = row.get(column)?;
    length.map(|length| u64::try_from(length).map_err(|_| StoreError::Unreadable { what: "length" })).transpose()
}

/// A length, to bind. None is longer than a file can be.
pub(super) fn length(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

/// A kind, stored by its name.
pub(super) fn kind(row: &Row<'_>, column: usize) -> Result<Kind> {
    let name: String = row.get(column)?;
    name.parse().map_err(|_| StoreError::Unreadable { what: "kind" })
}

/// A date that may be missing, stored as ISO 8601 text.
pub(super) fn maybe_date(row: &Row<'_>, column: usize) -> Result<Option<NaiveDate>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| text.parse().map_err(|_| StoreError::Unreadable { what: "date" })).transpose()
}

/// A date, to bind.
pub(super) fn date_text(date: NaiveDate) -> String {
    date.to_string()
}

/// A date that may be missing, to bind.
pub(super) fn maybe_date_text(date: Option<NaiveDate>) -> Option<String> {
    date.map(date_text)
}

/// JSON text as a value.
pub(super) fn json<T: serde::de::DeserializeOwned>(text: &str, what: &'static str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable { what })
}

/// A value as JSON text.
pub(super) fn json_text<T: serde::Serialize>(value: &T, what: &'static str) -> Result<String> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable { what })
}
