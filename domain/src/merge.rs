//! How edits meet: JSON Merge Patch (RFC 7396), its inverse, and the one function that makes what the rep sees.

use serde_json::{Map, Value};

use crate::Kind;

/// What a change does to one aggregate.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// A whole new body.
    Create(Value),
    /// Changed fields; null removes.
    Patch(Value),
    /// The row goes.
    Delete,
}

/// Applies `patch` to `target` as RFC 7396 says.
pub fn merge_patch(target: &mut Value, patch: &Value) {
    let Value::Object(fields) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(map) = target else { return };
    for (field, new) in fields {
        if new.is_null() {
            map.remove(field);
        } else {
            merge_patch(map.entry(field.as_str()).or_insert(Value::Null), new);
        }
    }
}

/// The patch that turns `before` into `after`; none when they are equal. Absent and null are the same.
///
/// Value objects travel whole. Only the fields named in `children` are compared child by child, and their children
/// field by field: a line merges alone, and null deletes it.
pub fn diff(before: &Value, after: &Value, children: &[&str]) -> Option<Value> {
    let patch =
        diff_fields(
            before,
            after,
            |field, old, new| {
                if children.contains(&field) { diff_children(old, new) } else { Some(new.clone()) }
            },
        );
    (!patch.is_empty()).then_some(Value::Object(patch))
}

fn diff_children(before: &Value, after: &Value) -> Option<Value> {
    let patch = diff_fields(before, after, |_, old, new| {
        if old.is_object() && new.is_object() {
            Some(Value::Object(diff_fields(old, new, |_, _, new| Some(new.clone()))))
        } else {
            Some(new.clone())
        }
    });
    (!patch.is_empty()).then_some(Value::Object(patch))
}

fn diff_fields(
    before: &Value,
    after: &Value,
    changed: impl Fn(&str, &Value, &Value) -> Option<Value>,
) -> Map<String, Value> {
    let empty = Map::new();
    let old = before.as_object().unwrap_or(&empty);
    let new = after.as_object().unwrap_or(&empty);
    let mut patch = Map::new();
    for (field, new_value) in new {
        let old_value = old.get(field).unwrap_or(&Value::Null);
        if old_value != new_value
            && let Some(value) = changed(field, old_value, new_value)
        {
            patch.insert(field.clone(), value);
        }
    }
    for (field, old_value) in old {
        if !old_value.is_null() && !new.contains_key(field) {
            patch.insert(field.clone(), Value::Null);
        }
    }
    patch
}

/// Lays `patch` over an older, not yet accepted `payload` of the same row, so that both arrive as one: a fix of a rejected
/// change. Nulls are kept, as they still have to remove something at the server.
pub fn lay_over(payload: &mut Value, patch: &Value) {
    match (payload, patch) {
        (Value::Object(older), Value::Object(newer)) => {
            for (field, value) in newer {
                match older.get_mut(field) {
                    Some(there) => lay_over(there, value),
                    None => {
                        older.insert(field.clone(), value.clone());
                    }
                }
            }
        }
        (payload, patch) => *payload = patch.clone(),
    }
}

/// Drops null members at every depth: on the wire, absent and null say the same.
pub fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|_, member| !member.is_null());
            map.values_mut().for_each(without_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(without_nulls),
        _ => {}
    }
}

/// The children that `patch` edits and `body` has not, each as its collection and its key: someone took them out. A child that
/// comes whole is a new one, and none of them.
pub fn edits_of_absent<'a>(kind: Kind, body: &Value, patch: &'a Value) -> Vec<(&'static str, &'a str)> {
    let mut absent = Vec::new();
    for collection in kind.spec().children {
        for (key, child) in patch.get(collection).and_then(Value::as_object).into_iter().flatten() {
            let is_there = body.get(collection).is_some_and(|children| children.get(key).is_some());
            if !is_there && child.is_object() && !kind.is_whole_child(key, child) {
                absent.push((*collection, key.as_str()));
            }
        }
    }
    absent
}

/// One edit on top of a body. A patch of nothing stays nothing: only a create makes a row. A create over a body merges field
/// by field, as the server does it: after a restore the row may be back already, with fields that the create does not know.
/// What it says of a child that someone took out brings no part of that back.
pub fn apply(kind: Kind, body: Option<Value>, edit: &Edit) -> Option<Value> {
    match (edit, body) {
        (Edit::Create(created), None) => Some(created.clone()),
        (Edit::Create(patch) | Edit::Patch(patch), Some(mut body)) => {
            let absent = edits_of_absent(kind, &body, patch);
            merge_patch(&mut body, patch);
            for (collection, key) in &absent {
                body.get_mut(collection).and_then(Value::as_object_mut).and_then(|children| children.remove(*key));
            }
            if !absent.is_empty() {
                // The edit brought its writer's totals, those with the child. A body that has none to compute keeps its own.
                let _settled = kind.settle(&mut body);
            }
            Some(body)
        }
        (Edit::Patch(_), None) | (Edit::Delete, _) => None,
    }
}

/// **What the rep sees**: the body that the server confirmed, with his own unseen changes over it, in order.
pub fn effective<'a>(
    kind: Kind,
    confirmed: Option<&Value>,
    overlay: impl IntoIterator<Item = &'a Edit>,
) -> Option<Value> {
    overlay.into_iter().fold(confirmed.cloned(), |body, edit| apply(kind, body, edit))
}

#[cfg(test)]
mod tests;
