use super::*;

fn ledger(visits: &[&str], calls: &[&str]) -> Ledger {
    let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    Ledger { visits: owned(visits), calls: owned(calls), sales: Vec::new() }
}

#[test]
fn the_order_does_not_matter_and_a_double_does() {
    let written = ledger(&["a", "b"], &["c"]);
    assert!(ledger(&["b", "a"], &["c"]).agrees(&written));
    assert!(!ledger(&["b", "a", "a"], &["c"]).agrees(&written), "one is there twice");
    assert!(!ledger(&["b", "a", "x"], &["c"]).agrees(&written), "one is there under another id");
    assert!(!ledger(&["b"], &["c"]).agrees(&written), "one is lost");
    assert!(!ledger(&["b", "a"], &[]).agrees(&written));
}

#[test]
fn what_was_not_known_is_found() {
    let there = ledger(&["a", "b"], &["c", "d"]);
    let more = there.beyond(&ledger(&["a"], &["d"]));
    assert_eq!((&more, more.len()), (&ledger(&["b"], &["c"]), 2));
    let mut known = ledger(&["a"], &["d"]);
    known.extend(more);
    assert!(known.agrees(&there));
}
