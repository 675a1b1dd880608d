use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};
use uuid::Uuid;

use crate::{FieldError, Hlc, OpId, Problem, merge::Edit};

/// What a change does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// A new row; the payload is its body.
    Create,
    /// Changed fields of a row; the payload is a JSON Merge Patch.
    Patch,
    /// The row goes; there is no payload.
    Delete,
}

impl Op {
    /// The name on the wire and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Patch => "patch",
            Self::Delete => "delete",
        }
    }

    /// Back from [`Op::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Create, Self::Patch, Self::Delete].into_iter().find(|op| op.name() == name)
    }
}

/// One change of one aggregate, as it travels.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WireChange {
    /// One id for life.
    pub op_id: OpId,
    /// The device's own order.
    pub seq: i64,
    /// 1, and one more each time the rep resends a refused change.
    pub attempt: u32,
    /// The kind by its name; a server may not know it yet.
    pub kind: String,
    /// The row.
    pub id: Uuid,
    /// What is done to it.
    pub op: Op,
    /// Version of the last body of the row that the device applied before the edit; none when it had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_version: Option<i64>,
    /// When it was written, by the hybrid clock.
    pub hlc: Hlc,
    /// Body or patch, byte for byte as it was captured; none for a delete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<Box<RawValue>>,
    /// The refused change that this one replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<OpId>,
    /// The whole body, when the server asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full: Option<Box<RawValue>>,
    /// The whole body of the parent, when the server asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_parent: Option<Box<RawValue>>,
    /// The server asked for a whole body, and the device does not have it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lacks_full: bool,
}

impl WireChange {
    /// The payload's bytes; empty for a delete.
    pub fn payload_bytes(&self) -> &[u8] {
        self.payload.as_ref().map_or(&[], |raw| raw.get().as_bytes())
    }

    /// What the change does, parsed.
    pub fn edit(&self) -> Result<Edit, FieldError> {
        edit(self.op, self.payload_bytes())
    }
}

/// An operation and its payload as an edit. A create or a patch needs an object.
pub(crate) fn edit(op: Op, payload: &[u8]) -> Result<Edit, FieldError> {
    let wrong = || FieldError::new("payload", Problem::Malformed);
    if op == Op::Delete {
        return if payload.is_empty() { Ok(Edit::Delete) } else { Err(wrong()) };
    }
    let value: Value = serde_json::from_slice(payload).map_err(|_| wrong())?;
    match (value.is_object(), op) {
        (true, Op::Create) => Ok(Edit::Create(value)),
        (true, Op::Patch) => Ok(Edit::Patch(value)),
        _ => Err(wrong()),
    }
}

impl Edit {
    /// An operation and the bytes of its payload as an edit. A create or a patch needs an object, a delete nothing.
    pub fn parse(op: Op, payload: &[u8]) -> Result<Self, FieldError> {
        edit(op, payload)
    }
}

/// What the payload of an op id must hash over, in this order: kind, NUL, id, NUL, op, NUL, payload bytes. The hash
/// function is the server's own affair (ours takes SHA-256), as no hash travels.
pub fn payload_hash(change: &WireChange, mut update: impl FnMut(&[u8])) {
    let id = change.id.to_string();
    for part in [change.kind.as_bytes(), id.as_bytes(), change.op.name().as_bytes()] {
        update(part);
        update(&[0]);
    }
    update(change.payload_bytes());
}
