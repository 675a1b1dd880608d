use serde_json::json;

use super::exceeds;

#[test]
fn a_value_is_as_large_as_its_text() {
    let value = json!({ "a": [1, null, "şey \"x\""], "b": 1.5 });
    let size = value.to_string().len();
    assert!(!exceeds(&value, size));
    assert!(exceeds(&value, size - 1));
}
