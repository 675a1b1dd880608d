use super::*;

fn mutant(histories: Option<u64>, is_unseen: bool) -> Mutant {
    Mutant { name: "a.patch".into(), rule: "a rule".into(), histories, is_unseen }
}

#[test]
fn every_mutant_has_to_be_found_or_be_held_by_a_test_of_its_own() {
    assert!(verdict(&[mutant(Some(3), false), mutant(None, true), mutant(Some(9), true)]).unwrap().passed);
    let verdict = verdict(&[mutant(Some(3), false), mutant(None, false)]).unwrap();
    assert!(!verdict.passed);
    assert_eq!(verdict.line, "mutants: 1 of 2 found by histories, 0 held by tests of their own");
}
