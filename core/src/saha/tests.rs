use std::sync::{
    Weak,
    atomic::{AtomicUsize, Ordering},
};

use saha_domain::{
    LeavePolicy, Metric, Target, TargetDirection, TargetFilter, TargetRevision, TargetState, period::Period,
};

use super::*;
use crate::{
    VisitEnd,
    clock::tests::TestHost,
    store::{Key, local},
    testing::*,
};

#[test]
fn a_second_opening_waits_and_then_says_busy() {
    let phone = Phone::new();
    let begun = std::time::Instant::now();
    assert_eq!(open(&phone.folder, &phone.host, &phone.secrets).err(), Some(SahaError::Busy));
    assert!(begun.elapsed().as_secs() >= 5);
}

#[test]
fn a_shut_core_says_so_and_lets_others_at_the_database() {
    let phone = Phone::new();
    phone.saha.shutdown().unwrap();
    phone.saha.shutdown().unwrap();
    assert_eq!(phone.saha.customers().get(phone.customer_id()), Err(SahaError::Closed));
    assert_eq!(phone.saha.visits().check_in(phone.customer_id(), None), Err(SahaError::Closed));
    let listener = Arc::new(Listener { saha: Arc::downgrade(&phone.saha), heard: AtomicUsize::new(0) });
    assert_eq!(phone.saha.observe(listener.clone()).err(), Some(SahaError::Closed));
    assert_eq!(listener.heard.load(Ordering::SeqCst), 0);
    open(&phone.folder, &phone.host, &phone.secrets).unwrap();
}

#[test]
fn what_was_acknowledged_is_there_after_a_restart() {
    let phone = Phone::new();
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    let phone = phone.restart();
    assert_eq!(phone.saha.visits().get(visit.id).unwrap(), visit);
    phone.check();
}

type Make<'a> = &'a dyn Fn(&rusqlite::Connection);

#[test]
fn files_that_are_not_ours_are_refused_and_left_as_they_are() {
    let host = TestHost::new();
    let newer = |conn: &rusqlite::Connection| {
        conn.pragma_update(None, "application_id", 0x5361_6861).unwrap();
        conn.pragma_update(None, "user_version", 99).unwrap();
    };
    let foreign = |conn: &rusqlite::Connection| {
        conn.pragma_update(None, "application_id", 42).unwrap();
        conn.execute_batch("CREATE TABLE theirs (x)").unwrap();
    };
    let unmarked = |conn: &rusqlite::Connection| conn.execute_batch("CREATE TABLE theirs (x)").unwrap();
    let cases: [(Make<'_>, &str); 3] = [(&newer, "schema"), (&foreign, "someone else"), (&unmarked, "someone else")];
    for (make, said) in cases {
        let folder = tempfile::tempdir().unwrap();
        make(&rusqlite::Connection::open(folder.path().join("saha.db")).unwrap());
        let error = open(&folder, &host, &Arc::default()).err().unwrap();
        assert!(error.to_string().contains(said), "{error}");
    }
    let folder = tempfile::tempdir().unwrap();
    let jpeg = b"\xff\xd8\xff\xe0 a photograph, and not a database at all, long enough to be looked at as a header of one.........";
    std::fs::write(folder.path().join("saha.db"), jpeg).unwrap();
    assert!(matches!(open(&folder, &host, &Arc::default()).err(), Some(SahaError::StorageDamaged { .. })));
    assert_eq!(std::fs::read(folder.path().join("saha.db")).unwrap(), jpeg);
}

#[test]
fn an_empty_path_and_a_file_in_its_place_are_clear_errors() {
    let platform = || Platform { host: TestHost::new(), transport: Box::new(Offline) };
    let secrets = || Arc::new(MemorySecrets::default());
    let empty = Saha::open_with(Config::in_folder(""), secrets(), platform()).err().unwrap();
    assert_eq!(empty, SahaError::invalid("path", saha_domain::Problem::Missing));
    let file = tempfile::NamedTempFile::new().unwrap();
    let in_a_file =
        Saha::open_with(Config::in_folder(file.path().to_str().unwrap()), secrets(), platform()).err().unwrap();
    assert!(matches!(in_a_file, SahaError::StorageFailed { .. }), "{in_a_file}");
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_enter_a_folder_that_the_core_made() {
    use std::os::unix::fs::PermissionsExt;
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("rep").join("phone");
    let platform = Platform { host: TestHost::new(), transport: Box::new(Offline) };
    let config = Config::in_folder(folder.to_str().unwrap());
    Saha::open_with(config, Arc::new(MemorySecrets::default()), platform).unwrap().shutdown().unwrap();
    assert_eq!(std::fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
}

struct Listener {
    saha: Weak<Saha>,
    heard: AtomicUsize,
}

impl ChangeListener for Listener {
    fn changed(&self, _kinds: Vec<Kind>, _outbox: bool) -> Result<(), SahaError> {
        self.heard.fetch_add(1, Ordering::SeqCst);
        // A listener may call back into the core.
        if let Some(saha) = self.saha.upgrade() {
            saha.sync().status()?;
        }
        Err(SahaError::internal("a listener that fails harms nobody"))
    }
}

#[test]
fn a_listener_hears_at_once_after_each_commit_and_not_after_it_is_cancelled() {
    let phone = Phone::new();
    let listener = Arc::new(Listener { saha: Arc::downgrade(&phone.saha), heard: AtomicUsize::new(0) });
    let subscription = phone.saha.observe(listener.clone()).unwrap();
    assert_eq!(listener.heard.load(Ordering::SeqCst), 1);
    phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    assert_eq!(listener.heard.load(Ordering::SeqCst), 2);
    assert!(phone.saha.visits().check_in(id(999), None).is_err());
    assert_eq!(listener.heard.load(Ordering::SeqCst), 2, "what was rolled back is not told");
    subscription.cancel();
    phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    assert_eq!(listener.heard.load(Ordering::SeqCst), 2);
}

/// Logs a visit in its first call.
struct WritesAtOnce {
    phone: Weak<Saha>,
    customer: saha_domain::CustomerId,
    heard: AtomicUsize,
}

impl ChangeListener for WritesAtOnce {
    fn changed(&self, _kinds: Vec<Kind>, _outbox: bool) -> Result<(), SahaError> {
        let saha = self.phone.upgrade().filter(|_| self.heard.fetch_add(1, Ordering::SeqCst) == 0);
        saha.map_or(Ok(()), |saha| saha.visits().check_in(self.customer, None).map(drop))
    }
}

#[test]
fn what_is_written_while_a_listener_first_draws_is_told() {
    let phone = Phone::new();
    let (saha, customer) = (Arc::downgrade(&phone.saha), phone.customer_id());
    let listener = Arc::new(WritesAtOnce { phone: saha, customer, heard: AtomicUsize::new(0) });
    let _subscription = phone.saha.observe(listener.clone()).unwrap();
    assert_eq!(listener.heard.load(Ordering::SeqCst), 2);
}

#[test]
fn a_reader_does_not_wait_for_the_writer_and_sees_the_last_commit() {
    let phone = Phone::new();
    phone
        .store
        .write(|tx| {
            tx.set(Key::Series, &"B")?;
            let store = phone.store.clone();
            let (told, seen) = std::sync::mpsc::channel();
            std::thread::spawn(move || told.send(store.read(|r| local::get::<String>(r.conn(), Key::Series)).unwrap()));
            let seen = seen.recv_timeout(std::time::Duration::from_secs(5)).expect("the reader waits for the writer");
            assert_eq!(seen.as_deref(), Some("A"));
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_target_screen_counts_what_waits() {
    let phone = Phone::new();
    let revision =
        TargetRevision { id: id(501), effective_from: "2026-01-01".parse().unwrap(), value: 8, reason: None };
    let target = Target {
        id: id(500),
        rep: id(REP),
        metric: Metric::Visits,
        period: Period::Day,
        filter: TargetFilter::default(),
        direction: TargetDirection::AtLeast,
        weight_bp: 10_000,
        cap_bp: 15_000,
        leave_policy: LeavePolicy::Keep,
        currency: None,
        state: TargetState::Active,
        revisions: vec![revision],
    };
    phone.pull(&[phone.row(&target)]);
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    phone.saha.visits().check_out(visit.id, VisitEnd { outcome: "order".into(), ..VisitEnd::default() }).unwrap();
    let progress = phone.saha.targets().progress().unwrap();
    assert_eq!((progress.len(), progress[0].waiting, progress[0].target_value, progress[0].remaining), (1, 1, 8, 7));
    let yesterday = phone.saha.targets().progress_at(crate::clock::tests::MONDAY_10 - 86_400_000).unwrap();
    assert_eq!(yesterday[0].actual, 0);
}

#[test]
fn nothing_can_be_written_before_somebody_signed_in() {
    let folder = tempfile::tempdir().unwrap();
    let saha = open(&folder, &TestHost::new(), &Arc::default()).unwrap();
    assert_eq!(saha.targets().progress(), Err(SahaError::NotSignedIn));
    assert_eq!(saha.visits().check_in(id(CUSTOMER), None), Err(SahaError::NotSignedIn));
    assert_eq!(saha.customers().search("x".into(), 5, 0), Ok(vec![]));
}
