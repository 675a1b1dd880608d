use saha_domain::life::ChangeState;
use serde_json::json;

use super::*;

fn pending(seq: i64, state: ChangeState, acked_version: Option<i64>, edit: Edit) -> Pending {
    Pending { seq, op_id: Uuid::from_u128(u128::try_from(seq).unwrap()), state, acked_version, edit }
}

fn row(confirmed: Option<Value>, overlay: Vec<Pending>) -> RowState {
    let confirmed = confirmed.map(|body| Confirmed::new(5, body));
    RowState { kind: Kind::Customer, id: Uuid::from_u128(1), confirmed, overlay }
}

#[test]
fn an_accepted_edit_stays_over_the_row_until_its_version_is_seen() {
    let patch = Edit::Patch(json!({"name": "new"}));
    let mut row = row(Some(json!({"name": "old"})), vec![pending(1, ChangeState::Acked, Some(9), patch)]);
    assert_eq!(row.seen_at(8), []);
    assert_eq!(row.effective().unwrap()["name"], "new", "an older page does not make it flicker back");
    assert_eq!(row.seen_at(9).len(), 1);
    assert_eq!(row.overlay, []);
}

#[test]
fn a_change_whose_row_never_comes_back_is_folded_into_it() {
    let create = Edit::Create(json!({"name": "far"}));
    let waiting = Edit::Patch(json!({"note": "mine"}));
    let overlay = vec![pending(1, ChangeState::Acked, Some(9), create), pending(2, ChangeState::Queued, None, waiting)];
    let mut row = RowState { kind: Kind::Call, ..row(None, overlay) };
    assert_eq!(row.fold_through(8, false).len(), 0);
    assert_eq!(row.fold_through(12, false).len(), 1);
    assert_eq!(row.confirmed, Some(Confirmed::new(9, json!({"name": "far"}))));
    assert_eq!(row.effective().unwrap()["note"], "mine");
}

#[test]
fn folding_makes_no_row_announced_that_is_not() {
    let patch = || vec![pending(1, ChangeState::Acked, Some(9), Edit::Patch(json!({"note": "mine"})))];
    let mut row = row(Some(json!({"name": "left"})), patch());
    row.unannounce();
    row.fold_through(12, false);
    assert_eq!(row.confirmed, Some(Confirmed::new(UNANNOUNCED, json!({"name": "left", "note": "mine"}))));
    assert!(row.is_let_go());
    let create = pending(1, ChangeState::Acked, Some(9), Edit::Create(json!({"name": "given away"})));
    let mut given_away = RowState { confirmed: None, overlay: vec![create], ..row };
    given_away.fold_through(12, false);
    assert!(given_away.is_let_go(), "a customer of whom nothing came is another's");
}

#[test]
fn a_change_that_its_row_shows_already_is_not_laid_over_it_again() {
    let create = pending(1, ChangeState::Acked, Some(5), Edit::Create(json!({"state": "in_progress"})));
    let there = json!({"state": "completed", "note": "a colleague's"});
    let mut row = RowState { kind: Kind::Visit, ..row(Some(there.clone()), vec![create]) };
    assert_eq!(row.fold_through(12, true).len(), 1);
    assert_eq!((&row.confirmed, row.overlay.len()), (&Some(Confirmed::new(5, there)), 0));
}

#[test]
fn an_activity_that_nobody_announced_when_everything_was_pulled_anew_is_gone() {
    let create = pending(1, ChangeState::Acked, Some(9), Edit::Create(json!({"name": "deleted since"})));
    let mut row = RowState { kind: Kind::Call, ..row(None, vec![create]) };
    row.fold_through(12, true);
    assert!(row.is_let_go());
}
