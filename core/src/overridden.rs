//! Edits that lost to someone else's: which fields, what the rep wrote, and what holds now.

use saha_domain::{
    OpId, SahaError,
    catalog::{field_name, kind_name},
    merge::Edit,
};
use serde_json::Value;

use crate::{
    changes::{self, Outbox},
    error::Result,
    kinds, outbox,
    store::{Reader, Words},
};

/// An edit of the rep's that the company took, and of which a concurrent edit overrode some fields.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, uniffi::Record)]
pub struct OverriddenEdit {
    /// The change.
    pub op_id: OpId,
    /// The kind of its record, as on the wire.
    pub kind: String,
    /// The kind in the app's language.
    pub kind_name: String,
    /// The record.
    pub record_id: String,
    /// What the record is called; empty where nothing is known.
    pub title: String,
    /// When the rep wrote it, Unix milliseconds by the device's clock.
    pub captured_ms: i64,
    /// What was overridden.
    pub fields: Vec<OverriddenField>,
}

/// A field that someone else's edit holds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, uniffi::Record)]
pub struct OverriddenField {
    /// The field as on the wire, children as `lines/<id>/quantity`.
    pub field: String,
    /// Its name in the app's language.
    pub name: String,
    /// What the rep wrote; none where he took it out.
    pub yours: Option<String>,
    /// What holds now; none where nothing does, or the record is out of sight.
    pub theirs: Option<String>,
}

#[uniffi::export]
impl Outbox {
    /// Edits that lost to someone else's, in the order in which they were written, until they are dismissed or the company's
    /// backups hold them (30 days as a rule).
    pub fn list_overridden(&self) -> Result<Vec<OverriddenEdit>, SahaError> {
        Ok(self.core.store.read(|reader| {
            let lost = outbox::overridden(reader.conn())?;
            lost.iter().map(|entry| self.overridden(reader, entry)).collect()
        })?)
    }

    /// The rep has seen it.
    pub fn dismiss_overridden(&self, op_id: OpId) -> Result<(), SahaError> {
        Ok(self.core.store.write(|tx| outbox::dismiss(tx, op_id))?)
    }
}

impl Outbox {
    fn overridden(&self, reader: &Reader, entry: &outbox::Entry) -> Result<OverriddenEdit> {
        let written = match Edit::parse(entry.op, &entry.payload)? {
            Edit::Create(payload) | Edit::Patch(payload) => payload,
            Edit::Delete => Value::Null,
        };
        let row = kinds::statements(entry.kind).get(reader.conn(), &mut Words::default(), entry.id)?;
        let now = row.map_or(Value::Null, |row| row.body);
        let field = |field: &String| OverriddenField {
            field: field.clone(),
            name: field_name(self.core.lang, field).to_owned(),
            yours: text_at(&written, field),
            theirs: text_at(&now, field),
        };
        Ok(OverriddenEdit {
            op_id: entry.op_id,
            kind: entry.kind.name().to_owned(),
            kind_name: kind_name(self.core.lang, entry.kind.name()).to_owned(),
            record_id: entry.id.to_string(),
            title: changes::title(reader, entry)?,
            captured_ms: entry.captured_ms,
            fields: entry.superseded.iter().map(field).collect(),
        })
    }
}

/// The value at a field's path, as people would read it.
fn text_at(body: &Value, field: &str) -> Option<String> {
    match field.split('/').try_fold(body, |value, name| value.get(name))? {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests;
