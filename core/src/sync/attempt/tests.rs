use super::*;
use crate::testing::*;

const NOW: i64 = crate::clock::tests::MONDAY_10;
const HOUR_MS: i64 = 3_600_000;

fn begun() -> Attempt {
    Attempt {
        begun_ms: NOW,
        ended_ms: NOW,
        failures: 0,
        next_try_ms: None,
        not_before_ms: None,
        ending: Ending::Interrupted,
    }
}

fn offline() -> Ending {
    Ending::Offline("connect".into())
}

#[test]
fn an_attempt_is_read_as_it_was_written() {
    let named = Ending::NAMED.into_iter().chain([offline(), Ending::Offline("of_a_newer_build".into())]);
    for ending in named {
        let attempt = Attempt { failures: 3, next_try_ms: Some(NOW + 5), ending, ..begun() };
        assert_eq!(attempt.to_string().parse(), Ok(attempt));
    }
    let attempt = Attempt { not_before_ms: Some(NOW + 9), ..begun() };
    assert_eq!(attempt.to_string().parse(), Ok(attempt));
    assert!("".parse::<Attempt>().is_err());
}

#[test]
fn pauses_double_with_each_failed_sync_up_to_an_hour_and_half_of_each_is_random() {
    for (jitter, expected) in [
        (1_000, [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]),
        (0, [15, 30, 60, 120, 240, 480, 960, 1_800, 1_800]),
    ] {
        let mut attempt = begun();
        let pauses_s = expected.map(|_| {
            attempt = attempt.clone().ended(offline(), None, NOW, jitter);
            (attempt.next_try_ms(NOW).unwrap() - NOW) / 1_000
        });
        assert_eq!(pauses_s, expected);
    }
}

#[test]
fn a_success_ends_the_pauses_and_a_sync_that_was_stopped_says_nothing_of_them() {
    let failed = begun().ended(offline(), None, NOW, 0).ended(offline(), None, NOW, 0);
    assert_eq!(failed.failures, 2);
    let stopped = failed.clone().ended(Ending::Cancelled, None, NOW, 0);
    assert_eq!((stopped.failures, stopped.next_try_ms), (2, failed.next_try_ms));
    for good in [Ending::Complete, Ending::BudgetSpent] {
        let ended = failed.clone().ended(good, None, NOW, 0);
        assert_eq!((ended.failures, ended.next_try_ms(NOW)), (0, None));
    }
}

#[test]
fn a_server_that_wants_to_be_left_alone_for_ten_years_gets_an_hour() {
    let ten_years_ms = 10 * 365 * 86_400_000;
    let held = begun().ended(Ending::Offline("server_busy".into()), Some(ten_years_ms), NOW, 0);
    assert_eq!(held.held_until_ms(NOW), Some(NOW + HOUR_MS));
    assert_eq!(held.next_try_ms(NOW), Some(NOW + HOUR_MS));
    assert_eq!(held.held_until_ms(NOW + HOUR_MS), None);
    let part = begun().ended(Ending::BudgetSpent, Some(60_000), NOW, 0);
    assert_eq!(part.held_until_ms(NOW), Some(NOW + 60_000), "whatever was exchanged before it said so");
    let stopped = held.ended(Ending::Cancelled, None, NOW, 0);
    assert_eq!(stopped.held_until_ms(NOW), Some(NOW + HOUR_MS), "a sync that was stopped does not lift it");
}

#[test]
fn a_clock_that_was_set_back_holds_nobody_back_for_longer_than_an_hour() {
    let held = begun().ended(Ending::Offline("server_busy".into()), Some(60_000), NOW, 0);
    let year_ms = 365 * 86_400_000;
    assert_eq!((held.held_until_ms(NOW - year_ms), held.next_try_ms(NOW - year_ms)), (None, None));
}

#[test]
fn a_sync_whose_process_ends_counts_as_interrupted() {
    let phone = Phone::new();
    begin(&phone.store).unwrap();
    let phone = phone.restart();
    let last = phone.store.read(|reader| last(reader.conn())).unwrap().unwrap();
    assert_eq!(last.ending, Ending::Interrupted);
}
