use std::{
    sync::{
        MutexGuard,
        mpsc::{Receiver, channel},
    },
    time::{Duration, Instant},
};

use super::*;
use crate::{NewProspect, testing::*};

/// The log is the process's, so one test has it at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    lock_of(&ALONE)
}

type Heard = (LogLevel, String, String);

#[derive(Default)]
struct Kept(Mutex<Vec<Heard>>);

impl Kept {
    fn heard(&self) -> Vec<Heard> {
        self.0.lock().unwrap().clone()
    }

    /// The line that holds `part`, once it is there.
    fn line(&self, part: &str) -> Option<Heard> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            if let Some(line) = self.heard().into_iter().find(|(.., text)| text.contains(part)) {
                return Some(line);
            }
            thread::sleep(Duration::from_millis(2));
        }
        None
    }

    /// Whether a line with `part` came before one that is said now.
    fn has(&self, part: &str) -> bool {
        let end = format!("the end of {part}");
        tracing::error!("{end}");
        self.line(&end).unwrap();
        self.heard().iter().any(|(.., text)| text.contains(part) && !text.contains(&end))
    }
}

impl LogSink for Kept {
    fn log(&self, level: LogLevel, target: String, text: String) -> Result<(), SahaError> {
        self.0.lock().unwrap().push((level, target, text));
        Ok(())
    }
}

fn keep(level: LogLevel) -> Arc<Kept> {
    let kept = Arc::new(Kept::default());
    let sink: Arc<dyn LogSink> = kept.clone();
    init_logging(level, sink).unwrap();
    kept
}

#[test]
fn a_line_has_level_target_sentence_and_fields() {
    let _alone = alone();
    let kept = keep(LogLevel::Info);
    tracing::info!(count = 7, code = "x", id = %saha_domain::CustomerId::from(uuid::Uuid::from_u128(9)), "seven of them");
    let (level, target, text) = kept.line("seven of them").unwrap();
    assert_eq!((level, target.as_str()), (LogLevel::Info, "saha_core::logging::tests"));
    assert_eq!(text, "seven of them count=7 code=\"x\" id=00000000-0000-0000-0000-000000000009");
}

#[test]
fn what_matters_less_than_was_asked_for_is_not_told() {
    let _alone = alone();
    let kept = keep(LogLevel::Warn);
    tracing::info!("too light");
    assert!(!kept.has("too light"));
}

#[test]
fn what_libraries_say_is_not_told() {
    let _alone = alone();
    let kept = keep(LogLevel::Trace);
    tracing::error!(target: "hyper::client", "a request to a person");
    assert!(!kept.has("a request to a person"));
}

#[test]
fn a_later_sink_takes_the_earlier_ones_place_and_its_level() {
    let _alone = alone();
    let earlier = keep(LogLevel::Error);
    let later = keep(LogLevel::Debug);
    tracing::debug!("for the later one");
    assert!(later.line("for the later one").is_some());
    assert!(earlier.heard().iter().all(|(.., text)| !text.contains("for the later one")));
}

#[test]
fn a_panic_is_told_with_its_place_but_without_what_it_quotes() {
    let _alone = alone();
    let kept = keep(LogLevel::Error);
    assert!(thread::spawn(|| panic!("a rule of ours")).join().is_err());
    let (level, target, text) = kept.line("a rule of ours at core/src/logging/tests.rs:").unwrap();
    assert_eq!((level, target.as_str()), (LogLevel::Error, "panic"), "{text}");

    let name = "Ayşe Yılmaz".to_owned();
    assert!(thread::spawn(move || panic!("who is {name}?")).join().is_err());
    kept.line("a panic at core/src/logging/tests.rs:").unwrap();
    assert!(!kept.has("Ayşe"));
}

/// Waits until it is released, and fails.
struct Bad(Mutex<Receiver<()>>);

impl LogSink for Bad {
    fn log(&self, _level: LogLevel, _target: String, _text: String) -> Result<(), SahaError> {
        let _released = self.0.lock().unwrap().recv();
        Err(SahaError::Busy)
    }
}

#[test]
fn a_slow_sink_that_fails_holds_nobody_up_and_hears_what_was_dropped() {
    let _alone = alone();
    let (release, wait) = channel();
    init_logging(LogLevel::Error, Arc::new(Bad(Mutex::new(wait)))).unwrap();
    let begun = Instant::now();
    for number in 0..2 * MAX_WAITING {
        tracing::error!(number, "many");
    }
    assert!(begun.elapsed() < Duration::from_secs(5));
    let kept = keep(LogLevel::Error);
    drop(release);
    let (level, _, text) = kept.line("lines were dropped").unwrap();
    assert_eq!(level, LogLevel::Warn, "{text}");
}

#[test]
fn a_day_at_the_finest_level_names_nobody() {
    let _alone = alone();
    let kept = keep(LogLevel::Trace);
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    let prospect = NewProspect {
        name: "Ihlamur Şarküteri".into(),
        phone: Some("0532 123 45 67".into()),
        ..NewProspect::default()
    };
    phone.saha.customers().create_prospect(prospect).unwrap();
    phone.sync().unwrap();
    assert_eq!(server.batches(), [1], "he was sent, so there was something to tell");
    assert!(kept.line("exchange").is_some());
    for personal in ["Ihlamur", "5321234567", "rep-password"] {
        assert!(!kept.has(personal), "{personal}");
    }
}
