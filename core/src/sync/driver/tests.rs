use super::*;
use crate::{clock::Host as _, testing::*};

fn budget(max_ms: Option<i64>, max_bytes: Option<i64>) -> SyncBudget {
    SyncBudget { max_ms, max_bytes, ..SyncBudget::default() }
}

const BACKGROUND: SyncBudget = SyncBudget { max_ms: None, max_bytes: None, is_metered: false, is_background: true };
const BUSY: Fate = Fate::Status(503, Some(600));

fn busy() -> Result<SyncReport, SahaError> {
    Err(SahaError::Offline { reason: "server_busy".into() })
}

#[test]
fn a_sync_stops_in_time_and_the_next_one_goes_on_where_it_ended() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    server.have_pages(6, 0);
    let host = Arc::clone(&server.host);
    server.on_request(move |_, moment| {
        if moment == Moment::Handled {
            host.pass_ms(10_000);
        }
    });
    let report = phone.sync_within(budget(Some(30_000), None)).unwrap();
    assert_eq!((report.is_complete, report.requests), (false, 3), "the clock, and two pages");
    let status = phone.saha.sync().status().unwrap();
    assert_eq!((status.last_success_ms, status.next_try_ms), (None, None), "neither a success nor a failure");
    let report = phone.sync().unwrap();
    assert_eq!((report.is_complete, report.requests), (true, 5), "seven pages in all");
    assert!(phone.saha.sync().status().unwrap().last_success_ms.is_some());
}

#[test]
fn a_sync_stops_before_it_costs_more_bytes_than_it_may() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    server.have_pages(6, 10_000);
    let report = phone.sync_within(budget(None, Some(25_000))).unwrap();
    assert!(!report.is_complete);
    assert!((20_000..25_000).contains(&(report.received_bytes + report.sent_bytes)), "{report:?}");
    assert!(phone.sync().unwrap().is_complete);
}

#[test]
fn a_budget_that_lasts_for_no_request_costs_none_and_is_no_attempt() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    for budget in [budget(Some(0), None), budget(Some(999), None), budget(None, Some(0))] {
        assert_eq!(phone.sync_within(budget), Ok(SyncReport::default()));
    }
    assert_eq!(server.paths(), Vec::<&str>::new());
    assert_eq!(phone.store.read(|reader| attempt::last(reader.conn())).unwrap(), None);
}

#[test]
fn a_request_that_hangs_is_given_up_when_the_time_is_up() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    phone.sync().unwrap();
    phone.log_call();
    server.plan(&[Fate::AnswerHangs]);
    let host = Arc::clone(&server.host);
    server.on_request(move |_, moment| {
        if moment == Moment::Hanging {
            host.pass_ms(1_100);
        }
    });
    let begun = std::time::Instant::now();
    let hung = phone.sync_within(budget(Some(1_100), None));
    assert_eq!(hung, Err(SahaError::Offline { reason: "timeout".into() }));
    assert!((1_100..5_000).contains(&begun.elapsed().as_millis()), "{:?}", begun.elapsed());
    assert_eq!(phone.count("SELECT count(*) FROM outbox WHERE state = 'sent'"), 0);
    assert_eq!((phone.sync().unwrap().applied, server.applied()), (1, 1), "a replay");
}

#[test]
fn the_servers_limit_is_obeyed_in_this_sync_and_after_a_restart() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    server.limit_changes(2);
    let log_three = |phone: &Phone| (0..3).for_each(|_| drop(phone.log_call()));
    log_three(&phone);
    phone.sync().unwrap();
    assert_eq!(server.batches(), [2, 1]);
    let phone = phone.restart();
    log_three(&phone);
    phone.sync().unwrap();
    assert_eq!(server.batches(), [2, 1]);
    assert_eq!(server.applied(), 6);
}

#[test]
fn a_server_whose_limit_was_lowered_since_is_served_by_halves() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    phone.sync().unwrap();
    server.limit_changes(1);
    (0..4).for_each(|_| drop(phone.log_call()));
    server.batches();
    assert_eq!(phone.sync().unwrap().applied, 4);
    assert_eq!(server.batches(), [4, 2, 1, 2, 1, 2, 1, 1], "a full batch lets it try more");
    assert_eq!(phone.saha.outbox().list().unwrap(), [], "no change is to blame");
}

#[test]
fn a_background_sync_keeps_away_for_as_long_as_the_server_asked_for() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    phone.log_call();
    server.plan(&[BUSY]);
    assert_eq!(phone.sync(), busy());
    server.paths();
    let phone = phone.restart();
    let now_ms = phone.host.now().utc_ms;
    assert_eq!(phone.saha.sync().status().unwrap().next_try_ms, Some(now_ms + 600_000));
    assert_eq!(phone.sync_within(BACKGROUND), busy());
    assert_eq!(server.paths(), Vec::<&str>::new());
    phone.host.pass_minutes(10);
    assert_eq!(phone.sync_within(BACKGROUND).unwrap().applied, 1);
}

#[test]
fn a_person_who_asks_is_not_kept_away() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    phone.log_call();
    server.plan(&[BUSY]);
    assert_eq!(phone.sync(), busy());
    assert_eq!(phone.sync().unwrap().applied, 1);
    assert_eq!(phone.saha.sync().status().unwrap().next_try_ms, None, "and a success ends it");
    assert!(phone.sync_within(BACKGROUND).is_ok());
}

#[test]
fn failed_syncs_push_the_next_try_away_and_a_sign_in_starts_afresh() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    let pause_ms = |phone: &Phone| {
        server.plan(&[Fate::Status(503, Some(40))]);
        assert_eq!(phone.sync(), busy());
        phone.saha.sync().status().unwrap().next_try_ms.unwrap() - phone.host.now().utc_ms
    };
    let pauses = [(); 6].map(|()| pause_ms(&phone));
    assert!(pauses.is_sorted() && pauses[0] >= 40_000 && pauses[5] >= 480_000, "{pauses:?}");
    let account = phone.saha.account();
    block_on(account.sign_in("http://127.0.0.1:1".into(), "ayse".into(), "secret".into())).unwrap();
    assert_eq!(phone.saha.sync().status().unwrap().next_try_ms, None);
}

#[test]
fn a_revoked_device_is_told_so() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    server.plan(&[Fate::Says(403, "device_revoked")]);
    assert_eq!(phone.sync(), Err(SahaError::SignInRefused { code: "device_revoked".into() }));
    assert_eq!(server.paths().len(), 1, "asking again changes nothing");
}

#[test]
fn a_batch_whose_answer_is_lost_goes_again_in_smaller_ones_and_has_one_effect() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    phone.sync().unwrap();
    (0..120).for_each(|_| drop(phone.log_call()));
    server.batches();
    server.plan(&[Fate::AnswerLost]);
    assert_eq!(phone.sync().unwrap().applied, 120);
    assert_eq!(server.batches(), [100, 50, 70]);
    assert_eq!(server.applied(), 120);
}
