use rusqlite::Connection;

use super::SqliteStore;
use crate::{
    host::Host as _,
    store::StoreError,
    testing::{TestHost, World},
};

#[test]
fn another_applications_database_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("saha-server.db");
    let other = Connection::open(&path).unwrap();
    other.execute_batch("PRAGMA application_id = 42; CREATE TABLE precious (x)").unwrap();
    drop(other);
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(SqliteStore::open(&path), Err(StoreError::ForeignDatabase { found: 42 })));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_newer_servers_database_is_refused() {
    let world = World::empty();
    let path = world.dir.path().join("saha-server.db");
    drop(world.server);
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    assert!(matches!(SqliteStore::open(&path), Err(StoreError::SchemaTooNew { found: 99, supported: 1 })));
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("saha-server.db");
    std::fs::write(&path, vec![0xa5; 8_192]).unwrap();
    assert!(SqliteStore::open(&path).is_err());
    assert_eq!(std::fs::read(&path).unwrap(), vec![0xa5; 8_192]);
}

#[test]
fn a_view_keeps_its_snapshot_and_never_waits_for_the_writer() {
    let world = World::empty();
    let store = world.server.store();
    let view = store.view().unwrap();
    let before = view.head().unwrap();
    let tx = store.begin().unwrap();
    tx.next_seq(1, TestHost::new(1).now_ms()).unwrap();
    assert_eq!(store.view().unwrap().head().unwrap(), before, "not committed yet");
    tx.commit().unwrap();
    assert_eq!(view.head().unwrap(), before, "the snapshot is older");
    assert_eq!(store.view().unwrap().head().unwrap().seq, before.seq + 1);
}

#[test]
fn a_transaction_that_is_dropped_leaves_no_trace() {
    let world = World::empty();
    let store = world.server.store();
    let before = store.view().unwrap().head().unwrap();
    let tx = store.begin().unwrap();
    tx.next_seq(1, 1).unwrap();
    drop(tx);
    assert_eq!(store.begin().unwrap().head().unwrap(), before);
}

#[test]
fn the_database_is_sound_and_its_hot_statements_use_an_index() {
    let world = World::new();
    let connection = Connection::open(world.dir.path().join("saha-server.db")).unwrap();
    let check: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    assert!(!connection.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap());
    for sql in [include_str!("walk.sql"), include_str!("walk_beneath.sql")] {
        let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let unbound: Vec<Option<i64>> = vec![None; plan.parameter_count()];
        let steps = plan.query_map(rusqlite::params_from_iter(unbound), |row| row.get::<_, String>(3)).unwrap();
        let steps: Vec<String> = steps.map(Result::unwrap).collect();
        assert!(steps.iter().any(|step| step.starts_with("SEARCH record USING INDEX")), "{steps:?}");
        assert!(
            steps.iter().all(|step| !step.contains("TEMP B-TREE") && !step.starts_with("SCAN record")),
            "{steps:?}"
        );
    }
}
