use std::sync::Mutex;

use super::*;

/// A host whose clocks a test sets.
pub(crate) struct TestHost {
    pub(crate) reading: Mutex<Reading>,
    pub(crate) boot: Mutex<String>,
    counter: Mutex<u64>,
}

/// 2026-11-23, Monday, 10:00 in Istanbul.
pub(crate) const MONDAY_10: i64 = 1_795_417_200_000;

impl TestHost {
    pub(crate) fn new() -> Arc<Self> {
        let reading = Reading { utc_ms: MONDAY_10, monotonic_ms: 1_000_000 };
        Arc::new(Self { reading: Mutex::new(reading), boot: Mutex::new("boot-1".into()), counter: Mutex::new(0) })
    }

    /// Time passes: both clocks go on.
    pub(crate) fn pass_minutes(&self, minutes: i64) {
        self.pass_ms(minutes * 60_000);
    }

    pub(crate) fn pass_ms(&self, ms: i64) {
        let mut reading = self.reading.lock().unwrap();
        reading.utc_ms += ms;
        reading.monotonic_ms += ms;
    }

    /// Somebody sets the wall clock.
    pub(crate) fn set_wall(&self, utc_ms: i64) {
        self.reading.lock().unwrap().utc_ms = utc_ms;
    }

    /// The phone starts anew.
    pub(crate) fn reboot(&self, boot: &str) {
        *self.boot.lock().unwrap() = boot.into();
        self.reading.lock().unwrap().monotonic_ms = 5_000;
    }
}

impl Host for TestHost {
    fn now(&self) -> Reading {
        *self.reading.lock().unwrap()
    }

    fn boot_id(&self) -> String {
        self.boot.lock().unwrap().clone()
    }

    fn zone(&self) -> String {
        "Europe/Istanbul".into()
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        let mut counter = self.counter.lock().unwrap();
        *counter += 1;
        bytes.fill(0);
        for (byte, part) in bytes.iter_mut().rev().zip(counter.to_le_bytes()) {
            *byte = part;
        }
    }
}

fn measured(host: &Arc<TestHost>, server_ahead_ms: i64) -> (Time, Correction) {
    let time = Time::new(host.clone());
    let correction = time.measure(host.now().utc_ms + server_ahead_ms, host.now());
    (time, correction)
}

#[test]
fn a_stamp_without_contact_is_the_devices_and_provisional() {
    let stamp = Time::new(TestHost::new()).stamp(None).unwrap();
    assert_eq!((stamp.source, stamp.correction_ms), (ClockSource::Device, None));
    assert_eq!(stamp.local_date.to_string(), "2026-11-23");
    assert!(stamp.is_provisional());
}

#[test]
fn a_phone_that_is_years_ahead_stamps_the_right_day() {
    let host = TestHost::new();
    let year_ms = 365 * 86_400_000;
    host.set_wall(MONDAY_10 + year_ms);
    let (time, correction) = measured(&host, -year_ms);
    let stamp = time.stamp(Some(&correction)).unwrap();
    assert_eq!((stamp.local_date.to_string(), stamp.utc_ms()), ("2026-11-23".to_owned(), MONDAY_10));
    assert!(!stamp.is_provisional());
}

#[test]
fn a_wall_clock_that_is_set_after_the_contact_is_corrected_by_as_much() {
    let host = TestHost::new();
    let (time, correction) = measured(&host, 0);
    host.set_wall(0);
    assert_eq!(time.corrected_ms(Some(&correction)), MONDAY_10);
}

#[test]
fn the_correction_of_another_boot_says_nothing() {
    let host = TestHost::new();
    let (time, correction) = measured(&host, 60_000);
    host.reboot("boot-2");
    assert_eq!(time.stamp(Some(&correction)).unwrap().correction_ms, None);
}

#[test]
fn a_measurement_that_agrees_and_is_no_surer_says_nothing_new() {
    let host = TestHost::new();
    let (time, known) = measured(&host, 60_000);
    let vague = |server_ahead_ms| Correction { uncertainty_ms: 400, ..measured(&host, server_ahead_ms).1 };
    assert!(time.confirms(&known, &vague(60_300)));
    assert!(!time.confirms(&known, &vague(61_000)), "it disagrees");
    assert!(!time.confirms(&vague(60_300), &known), "it is surer");
    host.set_wall(0);
    assert!(time.confirms(&known, &vague(MONDAY_10 + 60_000)), "the wall clock was set, which is known");
    host.reboot("boot-2");
    assert!(!time.confirms(&known, &vague(MONDAY_10 + 60_000)), "nothing is known in this boot");
}

#[test]
fn a_correction_survives_its_text() {
    let (_, correction) = measured(&TestHost::new(), -5);
    assert_eq!(correction.to_string().parse(), Ok(correction));
    assert!("1 2".parse::<Correction>().is_err());
}

#[test]
fn ids_are_version_7_and_sort_as_they_were_made() {
    let host = TestHost::new();
    let time = Time::new(host.clone());
    let first = time.new_id();
    host.pass_minutes(1);
    let second = time.new_id();
    assert_eq!((first.get_version_num(), second.get_version_num()), (7, 7));
    assert!(first < second);
}
