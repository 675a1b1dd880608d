use std::cell::RefCell;

use super::*;

/// What comes of a list of `length`, and the offsets that were asked for.
fn read(length: i64) -> (Vec<i64>, Vec<i64>) {
    let asked = RefCell::new(Vec::new());
    let page = |limit: i64, offset: i64| {
        asked.borrow_mut().push(offset);
        Ok((offset..length.min(offset + limit)).collect())
    };
    (every(page).unwrap(), asked.into_inner())
}

#[test]
fn every_row_comes_once_and_no_page_is_asked_for_in_vain() {
    assert_eq!(read(0), (vec![], vec![0]));
    assert_eq!(read(199), ((0..199).collect(), vec![0]));
    assert_eq!(read(200), ((0..200).collect(), vec![0, 200]), "a full page may be the last one");
    assert_eq!(read(401), ((0..401).collect(), vec![0, 200, 400]));
}

#[test]
fn a_page_that_fails_fails_the_whole() {
    let page = |_, offset| if offset == 0 { Ok(vec![0; 200]) } else { Err(SahaError::Closed) };
    assert_eq!(every(page), Err(SahaError::Closed));
}
