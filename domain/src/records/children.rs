//! Child collections: a list in the API, an object keyed by child id on the wire, so that each child merges alone.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned, ser::SerializeMap};
use serde_json::{Map, Value};

/// A part of an aggregate that has an id and a place of its own.
pub trait Child: Serialize + DeserializeOwned {
    /// Where it stands among its siblings.
    fn position(&self) -> i32;
}

/// Whether the body of a child says all that a `T` is, and does not edit a part of one.
pub(super) fn is_whole<T: Child>(id: &str, body: &Value) -> bool {
    read::<T>(id.to_owned(), body.clone()).is_ok()
}

pub(super) fn serialize<T: Child, S: Serializer>(children: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    use serde::ser::Error;
    let mut keyed = serializer.serialize_map(Some(children.len()))?;
    for child in children {
        let Value::Object(mut body) = serde_json::to_value(child).map_err(S::Error::custom)? else {
            return Err(S::Error::custom("a child is an object"));
        };
        let id = body.remove("id").ok_or_else(|| S::Error::custom("a child has an id"))?;
        keyed.serialize_entry(&id, &body)?;
    }
    keyed.end()
}

pub(super) fn deserialize<'de, T: Child, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    use serde::de::Error;
    let keyed = Map::<String, Value>::deserialize(deserializer)?;
    let read = |(id, body)| read(id, body).map_err(D::Error::custom);
    let mut children = keyed.into_iter().map(read).collect::<Result<Vec<T>, _>>()?;
    children.sort_by_key(Child::position);
    Ok(children)
}

fn read<T: Child>(id: String, mut body: Value) -> serde_json::Result<T> {
    if let Value::Object(fields) = &mut body {
        fields.insert("id".to_owned(), Value::String(id));
    }
    serde_json::from_value(body)
}
