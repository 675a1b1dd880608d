use std::net::IpAddr;

use super::{LoginAttempts, PRUNE_ABOVE};
use crate::{RequestError, config::Rates};

fn attempts() -> LoginAttempts {
    LoginAttempts::new(Rates::default())
}

#[test]
fn an_attempt_counts_before_it_failed_and_not_after_it_succeeded() {
    let attempts = attempts();
    let address: IpAddr = [10, 0, 0, 1].into();
    for _ in 0..20 {
        attempts.begin("ayse", Some(address), 5).unwrap();
        attempts.forgive("ayse", Some(address), 5);
    }
    for _ in 0..10 {
        attempts.begin("ayse", Some(address), 5).unwrap();
    }
    assert!(matches!(attempts.begin("ayse", Some(address), 5), Err(RequestError::TooManyAttempts { .. })));
    assert_eq!(attempts.attempts.lock().unwrap().times.values().map(std::collections::VecDeque::len).max(), Some(10));
}

#[test]
fn an_ipv6_client_is_his_network_and_an_ipv4_client_his_address() {
    let attempts = attempts();
    for n in 0..50 {
        let address: IpAddr = format!("2001:db8:1:2::{n:x}").parse().unwrap();
        attempts.begin(&format!("guess-{n}"), Some(address), 5).unwrap();
    }
    let passes = |address: &str| attempts.begin(address, Some(address.parse().unwrap()), 5).is_ok();
    assert!(!passes("2001:db8:1:2:ffff::1"));
    assert!(passes("2001:db8:1:3::1") && passes("10.0.0.1") && passes("::ffff:10.0.0.1"));
    assert!(attempts.attempts.lock().unwrap().times.contains_key(&super::Key::Address([10, 0, 0, 1].into())));
}

#[test]
fn a_flood_of_names_is_forgotten_in_time_and_not_looked_through_every_time() {
    let attempts = attempts();
    let begin = |n: usize, now_ms| attempts.begin(&format!("guess-{n}"), None, now_ms).unwrap();
    (0..PRUNE_ABOVE + 2).for_each(|n| begin(n, 0));
    let above = attempts.attempts.lock().unwrap().prune_above;
    assert!(above > 2 * PRUNE_ABOVE, "the next look comes when the keys have doubled");
    (PRUNE_ABOVE + 2..=above + 1).for_each(|n| begin(n, Rates::default().login_window_ms));
    assert!(attempts.attempts.lock().unwrap().times.len() < above / 2 + 2);
}
