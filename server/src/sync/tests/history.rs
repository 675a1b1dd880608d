use saha_domain::wire::Outcome;

use crate::{
    BadRequest, RequestError,
    testing::{NOW_MS, World, call, id, version, visit},
};

#[test]
fn a_database_file_that_was_copied_back_is_noticed_and_everything_is_sent_again() {
    let mut world = World::new();
    let mut phone = world.phone("ayse", 1);
    phone.pull(&world, 500);
    let database = world.dir.path().join("saha-server.db");
    let backup = world.dir.path().join("backup.db");
    rusqlite::Connection::open(&database).unwrap().backup("main", &backup, None::<fn(_)>).unwrap();

    let create = phone.create("visit", id(1), visit(id(1), phone.rep(), world.customer("C1"), NOW_MS));
    version(&phone.push_one(&world, &create));

    let World { dir, host, server, .. } = world;
    drop(server);
    for suffix in ["-wal", "-shm"] {
        std::fs::remove_file(dir.path().join(format!("saha-server.db{suffix}"))).ok();
    }
    std::fs::copy(&backup, &database).unwrap();
    let opened = crate::Server::open_on(crate::testing::config(&dir), host.clone()).unwrap();
    world = World { dir, host, server: opened.server, admin_token: String::new(), admin: phone.caller };

    // Someone else writes first, so that the sequence has passed the number that the phone knows.
    let mut mehmet = world.phone("mehmet", 2);
    let others: Vec<_> =
        (10..15).map(|n| mehmet.create("call", id(n), call(id(n), mehmet.rep(), world.customer("C2")))).collect();
    mehmet.push(&world, &others);

    let next = phone.create("call", id(2), call(id(2), phone.rep(), world.customer("C1")));
    let answer = phone.sync(&world, vec![next.clone()]);
    assert!(answer.history_changed && answer.results.is_empty() && answer.changes.is_empty());
    assert_eq!((answer.next_cursor, answer.head), (None, None));
    phone.rows.clear();
    let results = phone.push(&world, &[create, next]);
    assert!(results.iter().all(|result| matches!(result.outcome, Outcome::Applied { .. }) && !result.replayed));
    phone.pull(&world, 500);
    assert!(phone.body("visit", id(1)).is_some());
}

#[test]
fn a_head_alone_tells_too_and_an_unreadable_cursor_starts_over() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    phone.pull(&world, 500);
    for (cursor, head) in [
        (phone.cursor.clone(), Some("bm9uc2Vuc2U".to_owned())),
        (Some("%%%".to_owned()), None),
        (Some(String::new()), phone.head.clone()),
    ] {
        let request = saha_domain::wire::SyncRequest { cursor, head, ..phone.request(vec![], 10) };
        assert!(world.server.sync(&phone.caller, &request).unwrap().history_changed);
    }
}

#[test]
fn a_restart_changes_no_history() {
    let mut world = World::new();
    let mut phone = world.phone("ayse", 1);
    phone.pull(&world, 500);
    world.restart();
    let answer = phone.sync(&world, vec![]);
    assert!(!answer.history_changed && answer.changes.is_empty());
}

#[test]
fn an_echo_of_an_older_request_is_refused() {
    let world = World::new();
    let phone = world.phone("ayse", 1);
    let sent = |ms: i64| saha_domain::wire::SyncRequest { sent_at_ms: Some(NOW_MS + ms), ..phone.request(vec![], 10) };
    let minutes = 60_000;
    assert_eq!(world.server.sync(&phone.caller, &sent(-11 * minutes)).unwrap_err(), RequestError::StaleRequest);
    assert!(world.server.sync(&phone.caller, &sent(-9 * minutes)).is_ok());
    assert!(world.server.sync(&phone.caller, &sent(60 * minutes)).is_ok(), "a clock ahead is no echo");
}

#[test]
fn changes_that_do_not_say_when_they_were_sent_are_refused() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let create = phone.create("call", id(1), call(id(1), phone.rep(), world.customer("C1")));
    let undated = |changes| saha_domain::wire::SyncRequest { sent_at_ms: None, ..phone.request(changes, 10) };
    let answer = world.server.sync(&phone.caller, &undated(vec![create]));
    assert_eq!(answer.unwrap_err(), RequestError::BadRequest(BadRequest::NoSentAt));
    assert!(world.server.sync(&phone.caller, &undated(vec![])).is_ok(), "who does not know the time asks for it so");
}

#[test]
fn more_changes_than_allowed_are_refused_as_a_whole() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let changes: Vec<_> =
        (1..=501).map(|n| phone.create("call", id(n), call(id(n), phone.rep(), world.customer("C1")))).collect();
    assert_eq!(phone.refused(&world, changes), RequestError::TooManyChanges { max: 500 });
    phone.pull(&world, 500);
    assert_eq!(phone.ids("call"), [].into());
}
