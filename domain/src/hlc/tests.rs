use super::*;

#[test]
fn a_reading_survives_its_text() {
    let hlc = Hlc::new(1_795_467_890_123, 0xab);
    assert_eq!(hlc.to_string(), "1795467890123-00ab");
    assert_eq!(hlc.to_string().parse(), Ok(hlc));
}

#[test]
fn time_that_stands_still_or_runs_back_still_moves_the_clock() {
    let hlc = Hlc::new(1_000, 7);
    assert_eq!(hlc.tick(1_000), Hlc::new(1_000, 8));
    assert_eq!(hlc.tick(1), Hlc::new(1_000, 8));
    assert_eq!(hlc.tick(2_000), Hlc::new(2_000, 0));
}

#[test]
fn a_full_counter_carries_into_the_milliseconds() {
    assert_eq!(Hlc::new(5, u16::MAX).tick(5), Hlc::new(6, 0));
}

#[test]
fn a_malformed_text_is_refused() {
    for text in ["", "1-2", "1795467890123", "179546789012x-0000", "+795467890123-0000", "1795467890123-+001"] {
        assert!(text.parse::<Hlc>().is_err(), "{text}");
    }
}

#[test]
fn a_reading_never_outgrows_its_text() {
    for hlc in [Hlc::new(i64::MAX, u16::MAX), Hlc::from_packed(i64::MAX), Hlc::HIGHEST, Hlc::HIGHEST.tick(0)] {
        assert_eq!(hlc.to_string(), "9999999999999-ffff");
        assert_eq!(hlc.to_string().parse(), Ok(hlc));
    }
    assert_eq!(Hlc::from_packed(-1), Hlc::LOWEST);
}
