use super::exceeds;

#[test]
fn brackets_are_counted_outside_of_strings() {
    assert!(!exceeds(br#"{"a":[1,{"b":"[[[[\"[["}]}"#, 3));
    assert!(exceeds(br#"{"a":[1,{"b":1}]}"#, 2));
    assert!(exceeds("[".repeat(10_000).as_bytes(), 32));
}
