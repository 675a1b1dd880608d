//! Syncs that have little time, servers that want to be left alone, and many who ask at once.

use std::time::{Duration, Instant};

use saha::bad_link::Fault;
use saha_core::{SyncBudget, WaitCause};
use saha_domain::SahaError;

use crate::world::World;

fn within_ms(max_ms: i64) -> SyncBudget {
    SyncBudget { max_ms: Some(max_ms), ..SyncBudget::default() }
}

#[test]
fn a_first_sync_comes_in_parts_where_each_has_little_time() {
    let world = World::new();
    world.import_many_customers(690);
    let phone = world.signed_in("ayse");
    world.plan(&[Fault::Delay(Duration::from_millis(800)); 2]);
    let begun = Instant::now();
    let report = phone.sync_within(within_ms(2_500)).unwrap();
    assert!(begun.elapsed() < Duration::from_millis(2_600), "{:?}", begun.elapsed());
    assert!(!report.is_complete && report.pulled > 0, "{report:?}");
    assert!(!phone.saha.sync().status().unwrap().is_complete);
    assert!(phone.sync().unwrap().is_complete);
    assert!(phone.saha.sync().status().unwrap().is_complete);
    assert_eq!(world.syncs(), 3, "no page came twice");
}

#[test]
fn a_request_that_outlasts_the_budget_is_given_up_and_its_changes_have_one_effect() {
    let world = World::new();
    let phone = world.phone("ayse");
    phone.log_call("C1");
    world.plan(&[Fault::Delay(Duration::from_secs(3))]);
    let begun = Instant::now();
    assert_eq!(phone.sync_within(within_ms(1_200)), Err(SahaError::Offline { reason: "timeout".into() }));
    assert!(begun.elapsed() < Duration::from_millis(2_500), "{:?}", begun.elapsed());
    assert_eq!(phone.sync().unwrap().applied, 1);
    assert_eq!(phone.saha.outbox().list().unwrap(), []);
    assert_eq!(world.phone("ayse").calls_of("C1"), 1);
}

#[test]
fn a_server_that_wants_to_be_left_alone_is_unless_a_person_asks() {
    let world = World::new();
    let phone = world.phone("ayse");
    let call = phone.log_call("C1");
    let busy = Err(SahaError::Offline { reason: "server_busy".into() });
    world.plan(&[Fault::Status { status: 503, retry_after_s: Some(120) }]);
    assert_eq!(phone.sync(), busy);
    let phone = phone.reopened();
    let before = world.syncs();
    let background = SyncBudget { is_background: true, ..within_ms(30_000) };
    assert_eq!(phone.sync_within(background), busy);
    assert_eq!(world.syncs(), before, "not even a request");
    let said = phone.saha.sync().diagnosis().unwrap();
    assert_eq!((said.code, said.oldest_captured_ms.is_some()), (WaitCause::AskedToWait, true));
    assert!(said.sentence.starts_with("call “Ihlamur Kafe” waits: the server is busy"), "{}", said.sentence);
    assert_eq!(phone.sync().unwrap().applied, 1);
    assert_eq!(phone.saha.sync().diagnosis().unwrap().code, WaitCause::NothingWaits);
    assert_eq!(phone.saha.calls().get(call.id).unwrap(), call);
}

#[test]
fn many_who_ask_at_once_cost_two_syncs() {
    let world = World::new();
    let phone = world.phone("ayse");
    let before = world.syncs();
    world.plan(&[Fault::Delay(Duration::from_millis(1_500))]);
    let runs = std::thread::scope(|scope| {
        let ask = || scope.spawn(|| world.company.runtime.block_on(phone.saha.sync().run(SyncBudget::default())));
        let first = ask();
        std::thread::sleep(Duration::from_millis(300));
        phone.log_call("C1");
        let others = [(); 4].map(|()| ask());
        std::iter::once(first).chain(others).map(|run| run.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(runs.iter().all(Result::is_ok), "{runs:?}");
    assert!(world.syncs() - before <= 3, "the second exchange of the first sync, and one for the rest");
    assert_eq!(phone.saha.sync().status().unwrap().waiting, 0);
    assert_eq!(world.phone("ayse").calls_of("C1"), 1);
}
