use std::{
    sync::{Weak, mpsc},
    time::{Duration, Instant},
};

use super::*;
use crate::{ChangeListener, Saha, testing::*};

const SOON: Duration = Duration::from_secs(20);

/// Hears of a moment of requests to a path.
fn moments(server: &TestServer, wanted: Moment) -> mpsc::Receiver<&'static str> {
    let (told, heard) = mpsc::channel();
    server.on_request(move |path, moment| {
        if moment == wanted {
            let _nobody_hears = told.send(path);
        }
    });
    heard
}

fn log_on(saha: &Weak<Saha>) {
    let new = crate::NewCall {
        customer: id(CUSTOMER),
        disposition: saha_domain::CallDisposition::Connected,
        direction: saha_domain::CallDirection::Outgoing,
        duration_s: 60,
        outcome: None,
        note: None,
    };
    saha.upgrade().unwrap().calls().log(new).unwrap();
}

fn ask(phone: &Phone, budget: SyncBudget) -> thread::JoinHandle<Result<SyncReport, SahaError>> {
    let sync = phone.saha.sync();
    thread::spawn(move || block_on(sync.run(budget)))
}

/// Until so many syncs were asked for.
fn until_asked(phone: &Phone, count: u64) {
    until(|| phone.saha.core().worker.asked.load(Ordering::Acquire) == count);
}

fn until(is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < SOON, "it does not come about");
        thread::sleep(Duration::from_millis(2));
    }
}

fn sent_and_unanswered(phone: &Phone) -> i64 {
    phone.count("SELECT count(*) FROM outbox WHERE state = 'sent'")
}

#[test]
fn everyone_who_asks_while_a_sync_runs_is_served_by_one_further_sync() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    phone.sync().unwrap();
    server.batches();
    // The first sync waits within its request until three more were asked for.
    let (go_on, wait) = mpsc::channel::<()>();
    let (told, heard) = mpsc::channel();
    server.on_request(move |_, moment| {
        if moment == Moment::Handled {
            let _nobody_hears = told.send(());
            let _ended = wait.recv_timeout(SOON);
        }
    });
    let first = ask(&phone, SyncBudget::default());
    heard.recv_timeout(SOON).unwrap();
    phone.log_call();
    let others = [(); 3].map(|()| ask(&phone, SyncBudget::default()));
    until_asked(&phone, 5);
    drop(go_on);
    assert!(first.join().unwrap().is_ok());
    let reports = others.map(|other| other.join().unwrap().unwrap());
    assert!(reports.iter().all(|report| *report == reports[0] && report.is_complete), "{reports:?}");
    assert_eq!(server.batches(), [0, 1, 0], "the change went with the first, whose answer showed that it waits");
    assert_eq!(server.applied(), 1);
}

#[test]
fn a_change_written_at_any_moment_of_a_sync_goes_with_it_or_with_the_next_that_is_asked_for() {
    for moment in [Moment::Sent, Moment::Handled] {
        for request in 0..4 {
            let server = TestServer::new();
            let phone = Phone::signed_in(&server);
            server.have_pages(2, 0);
            phone.log_call();
            let saha = Arc::downgrade(&phone.saha);
            let mut seen = 0;
            server.on_request(move |_, now| {
                if now == moment {
                    if seen == request {
                        log_on(&saha);
                    }
                    seen += 1;
                }
            });
            phone.sync().unwrap();
            let status = phone.saha.sync().status().unwrap();
            assert_eq!((server.applied(), status.waiting), (2, 0), "{moment:?} of request {request}");
        }
    }
}

struct WritesOnce {
    saha: Weak<Saha>,
    commits_before: std::sync::atomic::AtomicI64,
}

impl ChangeListener for WritesOnce {
    fn changed(&self, _kinds: Vec<saha_domain::Kind>, _outbox: bool) -> Result<(), SahaError> {
        if self.commits_before.fetch_sub(1, Ordering::SeqCst) == 0 {
            log_on(&self.saha);
        }
        Ok(())
    }
}

#[test]
fn a_change_written_behind_any_commit_of_a_sync_goes_with_the_next_at_the_latest() {
    for commits_before in 1..5 {
        let server = TestServer::new();
        let phone = Phone::signed_in(&server);
        phone.log_call();
        let saha = Arc::downgrade(&phone.saha);
        let listener = WritesOnce { saha, commits_before: commits_before.into() };
        let subscription = phone.saha.observe(Arc::new(listener)).unwrap();
        phone.sync().unwrap();
        phone.sync().unwrap();
        subscription.cancel();
        let written = usize::try_from(phone.count("SELECT count(*) FROM call")).unwrap();
        assert_eq!(server.applied(), written, "after {commits_before} commits");
        assert_eq!(phone.saha.sync().status().unwrap().waiting, 0);
    }
}

struct Spinner {
    saha: Weak<Saha>,
    shown: mpsc::Sender<bool>,
}

impl ChangeListener for Spinner {
    fn changed(&self, _kinds: Vec<saha_domain::Kind>, outbox: bool) -> Result<(), SahaError> {
        if let Some(saha) = self.saha.upgrade().filter(|_| outbox) {
            let _nobody_looks = self.shown.send(saha.sync().status()?.is_syncing);
        }
        Ok(())
    }
}

#[test]
fn a_listener_hears_when_a_sync_begins_and_when_it_is_over() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    let (shown, seen) = mpsc::channel();
    let _subscription = phone.saha.observe(Arc::new(Spinner { saha: Arc::downgrade(&phone.saha), shown })).unwrap();
    phone.sync().unwrap();
    let mut seen: Vec<bool> = seen.try_iter().collect();
    seen.dedup();
    assert_eq!(seen, [false, true, false]);
}

/// The awaits of one sync: the clock, a request that is refused, fresh tokens, and one that goes through.
const AWAITS: [&str; 4] = ["/v1/info", "/v1/sync", "/v1/auth/refresh", "/v1/sync"];

/// A phone whose sync hangs at its `nth` await.
fn hanging_at(nth: usize, fate: Fate) -> (Arc<TestServer>, Phone) {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    server.expire_token();
    (0..3).for_each(|_| drop(phone.log_call()));
    server.plan(&[vec![Fate::Pass; nth], vec![fate]].concat());
    (server, phone)
}

fn assert_unharmed(server: &Arc<TestServer>, phone: &Phone, nth: usize, fate: Fate) {
    assert_eq!(sent_and_unanswered(phone), 0, "{fate:?} at {nth}");
    let report = phone.sync().unwrap();
    assert!(report.is_complete, "{fate:?} at {nth}");
    assert_eq!((server.applied(), phone.saha.sync().status().unwrap().waiting), (3, 0), "{fate:?} at {nth}");
    assert_eq!(phone.count("SELECT count(*) FROM call"), 3);
    assert!(phone.saha.account().info().unwrap().is_signed_in);
}

#[test]
fn a_sync_that_is_cancelled_at_any_await_leaves_nothing_behind() {
    for (nth, path) in AWAITS.into_iter().enumerate() {
        for fate in [Fate::Hangs, Fate::AnswerHangs] {
            let (server, phone) = hanging_at(nth, fate);
            let hanging = moments(&server, Moment::Hanging);
            let sync = ask(&phone, SyncBudget::default());
            assert_eq!(hanging.recv_timeout(SOON), Ok(path));
            assert_eq!(phone.saha.sync().diagnosis().unwrap().code, crate::WaitCause::Syncing);
            phone.saha.sync().cancel().unwrap();
            assert_eq!(sync.join().unwrap(), Err(SahaError::Cancelled));
            assert_unharmed(&server, &phone, nth, fate);
        }
    }
}

#[test]
fn a_sync_whose_future_is_dropped_at_any_await_leaves_nothing_behind() {
    for (nth, path) in AWAITS.into_iter().enumerate() {
        for fate in [Fate::Hangs, Fate::AnswerHangs] {
            let (server, phone) = hanging_at(nth, fate);
            let hanging = moments(&server, Moment::Hanging);
            let sync = phone.saha.sync();
            {
                let mut run = std::pin::pin!(sync.run(SyncBudget::default()));
                block_on(async { tokio::time::timeout(Duration::ZERO, &mut run).await }).unwrap_err();
                assert_eq!(hanging.recv_timeout(SOON), Ok(path));
            }
            until(|| !phone.saha.core().worker.is_syncing());
            assert_unharmed(&server, &phone, nth, fate);
        }
    }
}

#[test]
fn a_sync_is_cancelled_within_a_pause_too() {
    let (server, phone) = hanging_at(1, Fate::Status(503, Some(25)));
    let handled = moments(&server, Moment::Sent);
    let sync = ask(&phone, SyncBudget::default());
    assert_eq!(handled.recv_timeout(SOON), Ok("/v1/info"));
    assert_eq!(handled.recv_timeout(SOON), Ok("/v1/sync"));
    // The pause has begun, or is about to.
    let begun = Instant::now();
    phone.saha.sync().cancel().unwrap();
    assert_eq!(sync.join().unwrap(), Err(SahaError::Cancelled));
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert_unharmed(&server, &phone, 1, Fate::Lost);
}

#[test]
fn a_cancellation_reaches_everyone_who_asked_before_it_and_nobody_who_asks_after() {
    let (server, phone) = hanging_at(0, Fate::Hangs);
    let hanging = moments(&server, Moment::Hanging);
    let first = ask(&phone, SyncBudget::default());
    hanging.recv_timeout(SOON).unwrap();
    let second = ask(&phone, SyncBudget::default());
    until_asked(&phone, 2);
    phone.saha.sync().cancel().unwrap();
    let later = ask(&phone, SyncBudget::default());
    assert_eq!(first.join().unwrap(), Err(SahaError::Cancelled));
    assert_eq!(second.join().unwrap(), Err(SahaError::Cancelled));
    assert_eq!(later.join().unwrap().map(|report| report.applied), Ok(3));
    assert_eq!(server.applied(), 3);
}

#[test]
fn who_goes_away_takes_the_sync_from_nobody_who_stays() {
    let (server, phone) = hanging_at(0, Fate::Hangs);
    let hanging = moments(&server, Moment::Hanging);
    let first = ask(&phone, SyncBudget::default());
    hanging.recv_timeout(SOON).unwrap();
    let stays = ask(&phone, SyncBudget::default());
    until_asked(&phone, 2);
    let sync = phone.saha.sync();
    let mut goes = Box::pin(sync.run(SyncBudget::default()));
    block_on(async { tokio::time::timeout(Duration::ZERO, &mut goes).await }).unwrap_err();
    // The sync of both stands at its first request, which will be lost, so that a pause follows.
    server.plan(&[Fate::Lost]);
    let (go_on, wait) = mpsc::channel::<()>();
    let (told, heard) = mpsc::channel();
    server.on_request(move |_, _| {
        let _nobody_hears = told.send(());
        let _ended = wait.recv_timeout(SOON);
    });
    phone.saha.core().worker.cancelled.send_replace(1);
    assert_eq!(first.join().unwrap(), Err(SahaError::Cancelled));
    heard.recv_timeout(SOON).unwrap();
    drop((goes, go_on));
    assert_eq!(stays.join().unwrap().map(|report| report.applied), Ok(3));
}

#[test]
fn who_has_no_time_left_is_told_so_while_another_sync_runs() {
    let (server, phone) = hanging_at(0, Fate::Hangs);
    let hanging = moments(&server, Moment::Hanging);
    let first = ask(&phone, SyncBudget::default());
    hanging.recv_timeout(SOON).unwrap();
    let budget = SyncBudget { max_ms: Some(300), ..SyncBudget::default() };
    let hurried = ask(&phone, budget);
    until_asked(&phone, 2);
    server.host.pass_ms(300);
    assert_eq!(hurried.join().unwrap(), Ok(SyncReport::default()));
    phone.saha.sync().cancel().unwrap();
    assert_eq!(first.join().unwrap(), Err(SahaError::Cancelled));
}

#[test]
fn who_asked_later_for_the_same_has_his_own_time() {
    let (server, phone) = hanging_at(0, Fate::Hangs);
    let hanging = moments(&server, Moment::Hanging);
    let first = ask(&phone, SyncBudget::default());
    hanging.recv_timeout(SOON).unwrap();
    let budget = SyncBudget { max_ms: Some(30_000), ..SyncBudget::default() };
    let early = ask(&phone, budget);
    until_asked(&phone, 2);
    server.host.pass_ms(29_500);
    let late = ask(&phone, budget);
    until_asked(&phone, 3);
    server.plan(&[]);
    drop(phone.log_call());
    // The one that hangs is given up for those who wait.
    phone.saha.core().worker.cancelled.send_replace(1);
    assert_eq!(first.join().unwrap(), Err(SahaError::Cancelled));
    assert_eq!(early.join().unwrap().map(|report| report.is_complete), Ok(false));
    assert_eq!(late.join().unwrap().map(|report| report.is_complete), Ok(true));
}

#[test]
fn a_sign_in_that_hangs_ends_with_the_core() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    server.plan(&[Fate::Hangs]);
    let hanging = moments(&server, Moment::Hanging);
    let account = phone.saha.account();
    let sign_in =
        thread::spawn(move || block_on(account.sign_in("http://127.0.0.1:1".into(), "ayse".into(), "secret".into())));
    assert_eq!(hanging.recv_timeout(SOON), Ok("/v1/auth/login"));
    phone.saha.shutdown().unwrap();
    assert_eq!(sign_in.join().unwrap(), Err(SahaError::Closed));
}

#[test]
fn a_panic_ends_one_sync_and_the_next_one_sends_what_it_had() {
    for moment in [Moment::Sent, Moment::Handled] {
        let server = TestServer::new();
        let phone = Phone::signed_in(&server);
        phone.log_call();
        server.on_request(move |path, now| assert!(path != "/v1/sync" || now != moment, "a bug"));
        assert!(matches!(phone.sync(), Err(SahaError::Internal { .. })), "{moment:?}");
        assert!(!phone.saha.sync().status().unwrap().is_syncing);
        assert!(phone.sync().unwrap().is_complete);
        assert_eq!((server.applied(), phone.saha.sync().status().unwrap().waiting), (1, 0), "{moment:?}");
    }
}
