//! Which rows the kept changes name.

use std::collections::HashSet;

use rusqlite::Connection;
use saha_domain::{Kind, merge::Edit};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::{entry::Entry, store};
use crate::error::{Error, Result};

/// Every row that a kept change names, whatever its state: a server that was restored may be told of it again.
pub(crate) fn named(conn: &Connection) -> Result<HashSet<Uuid>> {
    let mut named = HashSet::new();
    for entry in store::all(conn)? {
        named.extend(names_of(&entry)?.into_iter().map(|(_, id)| id));
    }
    Ok(named)
}

/// The rows that a change names.
pub(super) fn names_of(entry: &Entry) -> Result<Vec<(Kind, Uuid)>> {
    Ok(match Edit::parse(entry.op, &entry.payload)? {
        Edit::Create(payload) | Edit::Patch(payload) => entry.kind.spec().named_by(&payload),
        Edit::Delete => Vec::new(),
    })
}

/// The row whose whole body the server asked for: one that the change names, or that its own whole body does.
pub(crate) fn wanted_parent(entry: &Entry, full: Option<&RawValue>) -> Result<Option<(Kind, Uuid)>> {
    let Some(wanted) = entry.wants_parent else { return Ok(None) };
    let mut names = names_of(entry)?;
    if let Some(full) = full {
        let body = serde_json::from_str(full.get()).map_err(Error::internal)?;
        names.extend(entry.kind.spec().named_by(&body));
    }
    Ok(names.into_iter().find(|(_, id)| *id == wanted))
}
