use std::{
    pin::pin,
    sync::mpsc,
    task::{Context, Poll, Waker},
    thread,
    time::Duration,
};

use super::*;
use crate::{SyncBudget, testing::*};

const SOON: Duration = Duration::from_secs(20);

/// Hears of requests that hang.
fn hanging(server: &TestServer) -> mpsc::Receiver<&'static str> {
    let (told, heard) = mpsc::channel();
    server.plan(&[Fate::Hangs]);
    server.on_request(move |path, moment| {
        if moment == Moment::Hanging {
            let _nobody_hears = told.send(path);
        }
    });
    heard
}

#[test]
fn a_cancellation_calls_off_the_sync_that_it_was_given_to() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    phone.log_call();
    let (hanging, cancellation) = (hanging(&server), Cancellation::new());
    let (sync, given) = (phone.saha.sync(), Arc::clone(&cancellation));
    let run = thread::spawn(move || block_on(sync.run_unless(SyncBudget::default(), Some(given))));
    hanging.recv_timeout(SOON).unwrap();
    cancellation.cancel();
    assert_eq!(run.join().unwrap(), Err(SahaError::Cancelled));
    assert!(phone.sync().unwrap().is_complete);
    assert_eq!(server.applied(), 1);
}

#[test]
fn a_cancellation_takes_the_sync_from_nobody_else() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    phone.log_call();
    let (hanging, cancellation, of_first) = (hanging(&server), Cancellation::new(), Cancellation::new());
    let (first, given) = (phone.saha.sync(), Arc::clone(&of_first));
    let first = thread::spawn(move || block_on(first.run_unless(SyncBudget::default(), Some(given))));
    hanging.recv_timeout(SOON).unwrap();
    // Both wait for the sync after the one that hangs.
    let sync = phone.saha.sync();
    let mut goes = pin!(sync.run_unless(SyncBudget::default(), Some(Arc::clone(&cancellation))));
    let mut stays = pin!(sync.run_unless(SyncBudget::default(), Some(Cancellation::new())));
    let mut unwoken = Context::from_waker(Waker::noop());
    assert_eq!(goes.as_mut().poll(&mut unwoken), Poll::Pending);
    assert_eq!(stays.as_mut().poll(&mut unwoken), Poll::Pending);
    cancellation.cancel();
    assert_eq!(goes.as_mut().poll(&mut unwoken), Poll::Ready(Err(SahaError::Cancelled)));
    assert_eq!(stays.as_mut().poll(&mut unwoken), Poll::Pending);
    of_first.cancel();
    assert_eq!(first.join().unwrap(), Err(SahaError::Cancelled));
    assert!(block_on(stays).unwrap().is_complete);
}

#[test]
fn what_is_called_off_before_it_begins_does_not_begin() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    phone.log_call();
    let cancellation = Cancellation::new();
    cancellation.cancel();
    server.batches();
    let given = || Some(Arc::clone(&cancellation));
    assert_eq!(block_on(phone.saha.sync().run_unless(SyncBudget::default(), given())), Err(SahaError::Cancelled));
    let (url, login, password) = ("http://127.0.0.1:1".to_owned(), "ayse".to_owned(), "secret".to_owned());
    let account = phone.saha.account();
    assert_eq!(block_on(account.sign_in_unless(url, login, password, given())), Err(SahaError::Cancelled));
    let photo = "01890000-0000-7000-8000-000000000001".parse().unwrap();
    assert_eq!(block_on(phone.saha.photos().fetch_unless(photo, given())), Err(SahaError::Cancelled));
    assert!(server.batches().is_empty());
}

#[test]
fn a_cancellation_after_the_end_does_nothing() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    let cancellation = Cancellation::new();
    let report = block_on(phone.saha.sync().run_unless(SyncBudget::default(), Some(Arc::clone(&cancellation))));
    cancellation.cancel();
    assert!(report.unwrap().is_complete);
    assert!(phone.sync().unwrap().is_complete);
}
