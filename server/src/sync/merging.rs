//! How a patch meets what happened since its base.

use std::collections::HashSet;

use saha_domain::{Hlc, merge};
use serde_json::Value;

use super::clocks::{Clock, FieldClocks};
use crate::store::Aggregate;

/// When and from where a change came.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arrival {
    /// The version that the writer had before him; none for a writer who had nothing, who is concurrent with everyone.
    pub(super) base_version: Option<i64>,
    /// When he wrote, not ahead of the server's now.
    pub(super) hlc: Hlc,
    /// From which device.
    pub(super) device: u32,
    /// The version that the change makes.
    pub(super) version: i64,
}

/// What came of a merge.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Merged {
    pub(super) body: Value,
    pub(super) clocks: FieldClocks,
    /// The clock that is stored for the fields of the change that won.
    pub(super) hlc: Hlc,
    /// Fields of the change that a concurrent edit overrode.
    pub(super) superseded: Vec<String>,
}

/// So many fields may one change write, children's among them: a hundred lines of forty fields. Every one of them is
/// weighed while all other phones wait for the writer.
const MAX_PATHS: usize = 4_000;
/// Beyond so many remembered writes of a row, those of fields that are gone are forgotten: a field that comes and goes
/// under ever new names must not grow the row. What remains is bounded by the size of the body.
const MAX_CLOCKS: usize = 16_000;
/// Longer names are nobody's field.
const MAX_PATH_BYTES: usize = 200;

/// Why a patch can't be merged, whatever it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unmergeable {
    /// It writes more fields than a change may.
    TooMany,
    /// The name of a field is none: too long, or it would be taken for a path.
    Name,
}

/// Refuses a patch that would take the server too long.
pub(super) fn check(patch: &Value, children: &[&str]) -> Result<(), Unmergeable> {
    let mut paths = 0_usize;
    for (field, value) in patch.as_object().into_iter().flatten() {
        check_name(field)?;
        paths += 1;
        for (child, fields) in value.as_object().filter(|_| children.contains(&field.as_str())).into_iter().flatten() {
            check_name(child)?;
            let fields = fields.as_object();
            fields.into_iter().flat_map(|fields| fields.keys()).try_for_each(|name| check_name(name))?;
            paths += 1 + fields.map_or(0, serde_json::Map::len);
        }
    }
    if paths <= MAX_PATHS { Ok(()) } else { Err(Unmergeable::TooMany) }
}

fn check_name(name: &str) -> Result<(), Unmergeable> {
    if name.len() > MAX_PATH_BYTES || name.contains('/') { Err(Unmergeable::Name) } else { Ok(()) }
}

/// Merges `patch` into `body`, field by field: what was seen is overridden, what was not is decided by the clocks.
pub(super) fn merge(row: &Aggregate, mut body: Value, mut patch: Value, children: &[&str], arrival: Arrival) -> Merged {
    let mut hlc = arrival.hlc;
    let mut won = Vec::new();
    let mut superseded = Vec::new();
    let absent = merge::edits_of_absent(row.kind, &body, &patch);
    let absent: HashSet<String> = absent.into_iter().map(|(field, child)| format!("{field}/{child}")).collect();
    for path in paths(&patch, &body, children) {
        // Someone took the child out, be it in a history that this server has lost.
        let contest = if absent.contains(&path) { Contest::Lost } else { contest(&row.clocks, &body, &path, arrival) };
        match contest {
            Contest::Won { above } => {
                hlc = hlc.max(above);
                won.push(path);
            }
            Contest::Lost => {
                remove(&mut patch, &path);
                superseded.push(path);
            }
        }
    }
    merge::merge_patch(&mut body, &patch);
    merge::without_nulls(&mut body);
    let mut clocks = row.clocks.clone();
    for path in won {
        clocks.set(&path, Clock::new(arrival.version, hlc, arrival.device));
    }
    if clocks.len() > MAX_CLOCKS {
        clocks.retain(|path| path.split('/').try_fold(&body, |value, name| value.get(name)).is_some());
    }
    Merged { body, clocks, hlc, superseded }
}

enum Contest {
    /// The arrival is stored with a clock not below this one, so that it stays above what it overrode.
    Won { above: Hlc },
    /// Something concurrent is newer.
    Lost,
}

fn contest(clocks: &FieldClocks, body: &Value, path: &str, arrival: Arrival) -> Contest {
    let stored = clocks.newest(path);
    let won = Contest::Won { above: stored.hlc().after(arrival.hlc) };
    if arrival.base_version.is_some_and(|base| base >= stored.version()) {
        return won;
    }
    if was_removed(clocks, body, path, arrival) {
        return Contest::Lost;
    }
    // Nothing on one device is concurrent: what arrives later was written later.
    if stored.device() == arrival.device || arrival.hlc > stored.hlc() { won } else { Contest::Lost }
}

/// Whether the path is a child that someone removed meanwhile. The edit of a part can't bring the whole back.
fn was_removed(clocks: &FieldClocks, body: &Value, path: &str, arrival: Arrival) -> bool {
    let Some((children, child)) = path.split_once('/') else { return false };
    let is_there = body.get(children).and_then(|map| map.get(child.split('/').next()?)).is_some();
    let unseen = |removal: Clock| arrival.base_version.is_none_or(|base| removal.version() > base);
    !is_there && clocks.own(path).is_some_and(unseen)
}

/// The paths that a patch writes. A child that is there is written field by field; a new one, and a removal, as a
/// whole.
fn paths(patch: &Value, body: &Value, children: &[&str]) -> Vec<String> {
    let mut paths = Vec::new();
    for (field, value) in patch.as_object().into_iter().flatten() {
        match value.as_object().filter(|_| children.contains(&field.as_str())) {
            None => paths.push(field.clone()),
            Some(changed) => {
                for (child, fields) in changed {
                    let is_there = body.get(field).and_then(|map| map.get(child)).is_some();
                    child_paths(&format!("{field}/{child}"), fields, is_there, &mut paths);
                }
            }
        }
    }
    paths
}

fn child_paths(child: &str, fields: &Value, is_there: bool, paths: &mut Vec<String>) {
    match fields.as_object() {
        Some(fields) if is_there => paths.extend(fields.keys().map(|field| format!("{child}/{field}"))),
        // What is gone already needs no removal.
        None if !is_there => {}
        _ => paths.push(child.to_owned()),
    }
}

/// Takes a path out of a patch, and what it leaves empty.
fn remove(edit: &mut Value, path: &str) {
    match (edit, path.split_once('/')) {
        (Value::Object(fields), Some((outer, inner))) => {
            if let Some(held) = fields.get_mut(outer) {
                remove(held, inner);
                if held.as_object().is_some_and(serde_json::Map::is_empty) {
                    fields.remove(outer);
                }
            }
        }
        (Value::Object(fields), None) => {
            fields.remove(path);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
