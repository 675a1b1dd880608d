use saha_domain::{Hlc, Kind};
use serde_json::{Map, Value, json};

use super::{Arrival, Clock, FieldClocks, MAX_PATHS, Unmergeable, check, merge};
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
        keys: ScopeKeys { sight: Sight::Customer, customer: None, rep: None, on_date: None, tax_no: None },
    }
}

fn fields(count: usize) -> Value {
    Value::Object((0..count).map(|n| (format!("f{n}"), json!(n))).collect::<Map<_, _>>())
}

#[test]
fn a_change_of_more_fields_than_allowed_is_too_large() {
    let row = row();
    assert_eq!(check(&row, &fields(MAX_PATHS), &["lines"]), Ok(()));
    assert_eq!(check(&row, &fields(MAX_PATHS + 1), &["lines"]), Err(Unmergeable::TooMany));
    let children = json!({ "lines": { "a": fields(MAX_PATHS), "b": {} } });
    assert_eq!(check(&row, &children, &["lines"]), Err(Unmergeable::TooMany));
    assert_eq!(check(&row, &children, &[]), Ok(()), "a value object travels whole");
}

#[test]
fn a_row_remembers_only_so_many_writes() {
    let mut row = row();
    let refused = (0..10).find(|round| {
        let renamed = (0..MAX_PATHS).map(|n| (format!("f{round}-{n}"), json!(n))).collect::<Map<_, _>>();
        let patch = Value::Object(renamed);
        if check(&row, &patch, &[]).is_err() {
            return true;
        }
        let arrival = Arrival { base_version: Some(1), hlc: Hlc::new(2, 0), device: 1, version: 2 };
        row.clocks = merge(&row, json!({}), patch, &[], arrival).clocks;
        false
    });
    assert_eq!(refused, Some(4));
}

#[test]
fn a_name_that_would_be_taken_for_a_path_is_none() {
    let row = row();
    for patch in [json!({ "a/b": 1 }), json!({ "lines": { "a": { "b/c": 1 } } }), json!({ ("x".repeat(201)): 1 })] {
        assert_eq!(check(&row, &patch, &["lines"]), Err(Unmergeable::Name), "{patch}");
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
