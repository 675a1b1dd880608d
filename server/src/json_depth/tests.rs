use serde_json::Value;

use super::{Unsafe, check};

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

#[test]
fn brackets_are_counted_outside_of_strings() {
    assert_eq!(check(br#"{"a":[1,{"b":"[[[[\"[["}]}"#, 3), Ok(()));
    assert_eq!(check(br#"{"a":"\\","b":[1,{"b":1}]}"#, 2), Err(Unsafe::TooDeep));
    assert_eq!(check("[".repeat(10_000).as_bytes(), 32), Err(Unsafe::TooDeep));
}

#[test]
fn a_string_that_the_parser_would_unfold_is_refused_however_its_key_is_written() {
    let nested = format!("{}1{}", "[".repeat(100), "]".repeat(100));
    for key in [r"$serde_json::private::RawValue", r"\u0024serde_json::private::RawValue", r"$serde_json\u003a:x"] {
        let text = format!(r#"{{"a":{{"{key}" : "{nested}"}}}}"#);
        assert_eq!(check(text.as_bytes(), 32), Err(Unsafe::ParsersOwnKey), "{key}");
    }
    let raw = format!(r#"{{"$serde_json::private::RawValue":"{nested}"}}"#);
    assert_eq!(depth(&serde_json::from_str(&raw).unwrap()), 100, "or this check could go");
}

#[test]
fn what_only_looks_like_the_parsers_own_is_text() {
    assert_eq!(check(br#"{"note":"$serde_json::private::RawValue","b":["$serde_json::"],"$price":1}"#, 32), Ok(()));
    assert_eq!(check(br#"{"a":"unfinished"#, 32), Ok(()));
}
