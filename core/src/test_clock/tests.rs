use std::panic::{AssertUnwindSafe, catch_unwind};

use saha_domain::ClockSource;

use super::*;
use crate::{
    Config, Saha,
    clock::{Time, tests::MONDAY_10},
    testing::{CUSTOMER, Phone, id},
};

const ZONE: &str = "Europe/Istanbul";

fn host(clock: &Arc<TestClock>) -> TestClockHost {
    TestClockHost::new(Arc::clone(clock), Some(ZONE.to_owned()))
}

#[test]
fn every_clock_stands_still_until_time_goes_by() {
    let clock = TestClock::new(MONDAY_10);
    let (before, again) = (host(&clock).now(), host(&clock).now());
    assert_eq!(before, again);
    clock.advance(60_000);
    let after = host(&clock).now();
    assert_eq!(after.utc_ms - before.utc_ms, 60_000);
    assert_eq!(after.monotonic_ms - before.monotonic_ms, 60_000);
}

#[test]
fn a_wall_clock_that_is_set_leaves_the_clock_since_boot_alone() {
    let clock = TestClock::new(MONDAY_10);
    let before = host(&clock).now();
    clock.set_wall_clock(0);
    assert_eq!(host(&clock).now(), Reading { utc_ms: 0, ..before });
    assert_eq!(clock.utc_ms(), 0);
}

#[test]
fn a_reboot_forgets_what_was_known_of_the_clock() {
    let clock = TestClock::new(MONDAY_10);
    let time = Time::new(Arc::new(host(&clock)));
    let correction = time.measure(MONDAY_10 + 60_000, time.reading());
    assert_eq!(time.stamp(Some(&correction)).unwrap().source, ClockSource::Server);
    clock.advance(3_600_000);
    clock.reboot();
    assert_eq!(time.stamp(Some(&correction)).unwrap().source, ClockSource::Device);
    assert_eq!(time.reading().monotonic_ms, STARTED_MS);
}

/// The rep's phone is shut down, and opened again by a test's clock.
fn open(phone: &Phone, clock: &Arc<TestClock>) -> Arc<Saha> {
    phone.saha.shutdown().unwrap();
    let config = Config { zone: Some(ZONE.to_owned()), ..Config::in_folder(phone.folder.path().to_str().unwrap()) };
    Saha::open_with_clock(config, phone.secrets.clone(), Arc::clone(clock)).unwrap()
}

#[test]
fn a_core_that_is_opened_with_it_stamps_by_it() {
    let (phone, clock) = (Phone::new(), TestClock::new(MONDAY_10 + 86_400_000));
    let saha = open(&phone, &clock);
    let visit = saha.visits().check_in(id(CUSTOMER), None).unwrap();
    assert_eq!(visit.check_in.device_utc_ms, MONDAY_10 + 86_400_000);
    assert_eq!((visit.check_in.zone.as_str(), visit.check_in.local_date.to_string().as_str()), (ZONE, "2026-11-24"));
}

#[test]
fn a_panic_in_a_write_keeps_nothing_of_it_and_the_core_works_on() {
    let (phone, clock) = (Phone::new(), TestClock::new(MONDAY_10));
    let saha = open(&phone, &clock);
    let changes = saha.outbox().list().unwrap().len();
    for _ in 0..3 {
        clock.panic_at_next_reading();
        let writing = AssertUnwindSafe(|| saha.visits().check_in(id(CUSTOMER), None));
        assert!(catch_unwind(writing).is_err(), "the clock was not read");
        assert_eq!(saha.visits().in_progress().unwrap(), None);
        assert_eq!(saha.outbox().list().unwrap().len(), changes);
    }
    let visit = saha.visits().check_in(id(CUSTOMER), None).unwrap();
    assert_eq!(saha.visits().in_progress().unwrap(), Some(visit));
    assert_eq!(saha.outbox().list().unwrap().len(), changes + 1);
    assert_eq!(saha.verify_figures().unwrap(), Vec::<String>::new());
}
