use super::bar;

#[test]
fn a_bar_shows_done_waiting_and_left() {
    assert_eq!(bar(4, 2, 8, 8), "████▒▒··");
    assert_eq!(bar(0, 0, 8, 4), "····");
    assert_eq!(bar(9, 3, 8, 4), "████");
    assert_eq!(bar(2, 9, 8, 4), "█▒▒▒");
}

#[test]
fn something_is_never_nothing_and_a_full_bar_is_a_reached_target() {
    assert_eq!(bar(1, 0, 1_000, 4), "█···");
    assert_eq!(bar(999, 0, 1_000, 4), "███·");
}

#[test]
fn odd_figures_make_a_bar_too() {
    assert_eq!(bar(5, 0, 0, 4), "····");
    assert_eq!(bar(-5, 3, 10, 10), "▒▒▒·······");
    assert_eq!(bar(i64::MAX, i64::MAX, i64::MAX, 3), "███");
    assert_eq!(bar(1, 1, 2, 0), "");
}
