use saha_domain::{Hlc, Kind};
use serde_json::{Map, Value, json};

use super::{Arrival, Clock, FieldClocks, MAX_CLOCKS, MAX_PATHS, Unmergeable, check, merge};
use crate::{
    store::{Aggregate, ScopeKeys, Sight},
    testing::id,
};

fn row() -> Aggregate {
    Aggregate {
        kind: Kind::Sale,
        id: id(1),
        version: 1,
        hlc: Hlc::new(1, 0),
        body: Some(json!({})),
        clocks: FieldClocks::all(Clock::new(1, Hlc::new(1, 0), 1)),
        keys: ScopeKeys { sight: Sight::Customer, customer: None, rep: None, on_date: None, tax_no: None, file: None },
    }
}

fn fields(count: usize) -> Value {
    Value::Object((0..count).map(|n| (format!("f{n}"), json!(n))).collect::<Map<_, _>>())
}

#[test]
fn a_change_of_more_fields_than_allowed_is_too_large() {
    assert_eq!(check(&fields(MAX_PATHS), &["lines"]), Ok(()));
    assert_eq!(check(&fields(MAX_PATHS + 1), &["lines"]), Err(Unmergeable::TooMany));
    let children = json!({ "lines": { "a": fields(MAX_PATHS), "b": {} } });
    assert_eq!(check(&children, &["lines"]), Err(Unmergeable::TooMany));
    assert_eq!(check(&children, &[]), Ok(()), "a value object travels whole");
}

#[test]
fn fields_that_come_and_go_do_not_grow_what_a_row_remembers() {
    let (mut row, mut body) = (row(), json!({ "note": "x" }));
    let patched = |row: &Aggregate, body: &Value, version: i64, patch: Value| {
        let arrival = Arrival { base_version: Some(version - 1), hlc: Hlc::new(version, 0), device: 1, version };
        merge(row, body.clone(), patch, &[], arrival)
    };
    row.clocks = patched(&row, &body, 2, json!({ "note": "y" })).clocks;
    for round in 3..20 {
        let names = (0..MAX_PATHS / 2).map(|n| format!("f{round}-{n}"));
        let gone = (0..MAX_PATHS / 2).map(|n| (format!("f{}-{n}", round - 1), Value::Null));
        let patch = Value::Object(names.map(|name| (name, json!(1))).chain(gone).collect::<Map<_, _>>());
        let merged = patched(&row, &body, round, patch);
        (row.clocks, body) = (merged.clocks, merged.body);
        assert!(row.clocks.len() <= MAX_CLOCKS, "{}", row.clocks.len());
    }
    assert_eq!(row.clocks.own("note").map(Clock::version), Some(2), "what is there is remembered");
}

#[test]
fn a_name_that_would_be_taken_for_a_path_is_none() {
    for patch in [json!({ "a/b": 1 }), json!({ "lines": { "a": { "b/c": 1 } } }), json!({ ("x".repeat(201)): 1 })] {
        assert_eq!(check(&patch, &["lines"]), Err(Unmergeable::Name), "{patch}");
    }
}

#[test]
fn the_widest_patch_of_the_widest_row_is_merged_in_no_time() {
    let mut row = row();
    let arrival = Arrival { base_version: Some(1), hlc: Hlc::new(2, 0), device: 1, version: 2 };
    row.clocks = merge(&row, json!({}), fields(MAX_PATHS), &[], arrival).clocks;
    let started = std::time::Instant::now();
    merge(&row, json!({}), fields(MAX_PATHS), &[], arrival);
    // A scan for each field took seconds.
    assert!(started.elapsed() < std::time::Duration::from_millis(500), "{:?}", started.elapsed());
}
