use proptest::prelude::*;
use serde_json::json;

use super::*;

#[test]
fn merge_patch_follows_the_examples_of_rfc_7396() {
    // Appendix A of RFC 7396: original, patch, result.
    let cases = [
        (json!({"a":"b"}), json!({"a":"c"}), json!({"a":"c"})),
        (json!({"a":"b"}), json!({"b":"c"}), json!({"a":"b","b":"c"})),
        (json!({"a":"b"}), json!({"a":null}), json!({})),
        (json!({"a":"b","b":"c"}), json!({"a":null}), json!({"b":"c"})),
        (json!({"a":["b"]}), json!({"a":"c"}), json!({"a":"c"})),
        (json!({"a":"c"}), json!({"a":["b"]}), json!({"a":["b"]})),
        (json!({"a":{"b":"c"}}), json!({"a":{"b":"d","c":null}}), json!({"a":{"b":"d"}})),
        (json!({"a":[{"b":"c"}]}), json!({"a":[1]}), json!({"a":[1]})),
        (json!(["a", "b"]), json!(["c", "d"]), json!(["c", "d"])),
        (json!({"a":"b"}), json!(["c"]), json!(["c"])),
        (json!({"a":"foo"}), json!(null), json!(null)),
        (json!({"a":"foo"}), json!("bar"), json!("bar")),
        (json!({"e":null}), json!({"a":1}), json!({"e":null,"a":1})),
        (json!([1, 2]), json!({"a":"b","c":null}), json!({"a":"b"})),
        (json!({}), json!({"a":{"bb":{"ccc":null}}}), json!({"a":{"bb":{}}})),
    ];
    for (mut target, patch, result) in cases {
        merge_patch(&mut target, &patch);
        assert_eq!(target, result, "{patch}");
    }
}

#[test]
fn value_objects_travel_whole_and_children_alone() {
    let before = json!({"price":{"amount":100,"currency":"TRY"}, "lines":{"x":{"q":1,"p":5},"y":{"q":2}}});
    let after = json!({"price":{"amount":120,"currency":"TRY"}, "lines":{"x":{"q":3,"p":5},"z":{"q":9}}});
    let patch = diff(&before, &after, &["lines"]).unwrap();
    assert_eq!(patch, json!({"price":{"amount":120,"currency":"TRY"}, "lines":{"x":{"q":3},"y":null,"z":{"q":9}}}));
}

#[test]
fn absent_and_null_are_the_same() {
    assert_eq!(diff(&json!({"a":null,"b":1}), &json!({"b":1,"c":null}), &[]), None);
}

#[test]
fn unknown_big_numbers_survive_a_merge() {
    let mut body: Value = serde_json::from_str(r#"{"a":1,"new":123456789012345678901234567890.10}"#).unwrap();
    merge_patch(&mut body, &json!({"a":2}));
    assert_eq!(body.to_string(), r#"{"a":2,"new":123456789012345678901234567890.10}"#);
}

#[test]
fn the_overlay_lies_over_what_the_server_confirmed() {
    let confirmed = json!({"name":"Ada","phone":"1"});
    let overlay = [Edit::Patch(json!({"phone":"2"})), Edit::Patch(json!({"note":"x"}))];
    assert_eq!(
        effective(Kind::Customer, Some(&confirmed), &overlay),
        Some(json!({"name":"Ada","phone":"2","note":"x"}))
    );
    assert_eq!(effective(Kind::Customer, Some(&confirmed), &[Edit::Delete]), None);
    assert_eq!(effective(Kind::Customer, None, &[Edit::Patch(json!({"a":1}))]), None, "a patch alone makes no row");
    assert_eq!(
        effective(Kind::Customer, None, &[Edit::Create(json!({"a":1})), Edit::Patch(json!({"a":2}))]),
        Some(json!({"a":2}))
    );
}

#[test]
fn a_fix_keeps_the_nulls_of_the_change_that_it_replaces() {
    let mut payload = json!({"a":null,"lines":{"x":{"q":1}}});
    lay_over(&mut payload, &json!({"b":2,"lines":{"x":{"q":3},"y":null}}));
    assert_eq!(payload, json!({"a":null,"b":2,"lines":{"x":{"q":3},"y":null}}));
}

/// Flat bodies of a few fields, one of them a child collection, as records have them.
fn bodies() -> impl Strategy<Value = Value> {
    let child = proptest::collection::btree_map("[xy]", 0..3_i64, 1..3);
    let children = proptest::collection::btree_map("[klm]", child, 0..3);
    (proptest::option::of(0..3_i64), proptest::option::of("[ab]"), children).prop_map(|(n, s, lines)| {
        let mut body = json!({"n": n, "s": s, "lines": lines});
        without_nulls(&mut body);
        body
    })
}

proptest! {
    #[test]
    fn a_diff_applied_to_before_gives_after(before in bodies(), after in bodies()) {
        let mut merged = before.clone();
        if let Some(patch) = diff(&before, &after, &["lines"]) {
            merge_patch(&mut merged, &patch);
        }
        without_nulls(&mut merged);
        prop_assert_eq!(merged, after);
    }

    #[test]
    fn a_create_with_a_fix_laid_over_equals_the_create_then_the_patch(before in bodies(), after in bodies()) {
        let Some(patch) = diff(&before, &after, &["lines"]) else { return Ok(()) };
        let mut fixed = before.clone();
        lay_over(&mut fixed, &patch);
        without_nulls(&mut fixed);
        prop_assert_eq!(fixed, after);
    }
}

#[test]
fn a_create_over_a_row_that_is_there_merges_field_by_field() {
    // After a restore: the office made the row anew, with a field that the phone's create does not know.
    let confirmed = json!({"name":"Ada","credit":5,"lines":{"x":{"q":1}}});
    let create = Edit::Create(json!({"name":"Adalar","lines":{"y":{"q":2}}}));
    let merged = json!({"name":"Adalar","credit":5,"lines":{"x":{"q":1},"y":{"q":2}}});
    assert_eq!(effective(Kind::Customer, Some(&confirmed), [&create]), Some(merged));
}
