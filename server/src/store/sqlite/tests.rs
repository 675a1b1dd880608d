use rusqlite::Connection;

use super::{SqliteStore, accounts, blobs, commits, figures, ops, records, sight};
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
fn the_database_is_sound() {
    let world = World::new();
    let connection = Connection::open(world.dir.path().join("saha-server.db")).unwrap();
    let check: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    assert!(!connection.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap());
}

/// The first step of how SQLite would carry out each statement that runs for every change, page or sign-in, or over every row.
const PLANS: [(&str, &str); 27] = [
    (records::RECORD, "record USING INDEX sqlite_autoindex_record_1 (company=? AND kind=? AND id=?)"),
    (records::WALK, "record USING INDEX record_by_version (company=? AND version>? AND version<?)"),
    (records::WALK_BENEATH, "record USING INDEX record_by_customer (customer=? AND version>? AND version<?)"),
    (records::WITH_TAX_NO, "record USING INDEX record_by_tax_no (tax_no=? AND company=?)"),
    (records::OWN_BENEATH, "record USING INDEX record_by_rep (rep=? AND customer=?)"),
    (figures::FINGERPRINT, "figures USING PRIMARY KEY (company=? AND rep=?)"),
    (figures::ROWS_OF_REPS, "record USING INDEX record_by_version (company=? AND version>?)"),
    (blobs::FILE_SIGHT, "record USING INDEX record_by_file (file_sha256=?)"),
    (blobs::BLOB, "blob USING PRIMARY KEY (company=? AND sha256=?)"),
    (blobs::PUT_HOLDER, "blob USING PRIMARY KEY (company=? AND sha256=?)"),
    (ops::OP, "op USING PRIMARY KEY (company=? AND id=?)"),
    (ops::REFUSED_CREATE, "op USING INDEX op_refused_create (row=? AND kind=? AND rep=? AND company=?)"),
    (ops::WAS_NAMED, "op USING COVERING INDEX op_existing (existing=? AND rep=? AND company=?)"),
    (sight::IN_SCOPE, "scope USING PRIMARY KEY (company=? AND rep=? AND customer=?)"),
    (
        sight::WAS_IN_SCOPE,
        "scope_log USING COVERING INDEX scope_log_by_pair (customer=? AND rep=? AND what=? AND company=?)",
    ),
    (sight::IS_ASSIGNED, "assignment USING INDEX assignment_by_pair (customer=? AND rep=? AND company=?)"),
    (sight::SCOPE_LOG, "scope_log USING PRIMARY KEY (company=? AND rep=? AND seq>? AND seq<?)"),
    (sight::LOG_MOVE, "scope USING COVERING INDEX scope_by_customer (customer=? AND company=?)"),
    (sight::LOG_ENTERED, "scope USING COVERING INDEX scope_by_customer (customer=? AND company=?)"),
    (sight::ASSIGNEE, "assignment USING INDEX assignment_by_pair (customer=?)"),
    (sight::HAS_DATED, "record USING INDEX record_by_date (on_date>? AND on_date<?)"),
    (sight::HORIZON_LOG, "horizon_log USING PRIMARY KEY (company=? AND seq>? AND seq<?)"),
    (ops::FORGET_OPS, "op USING PRIMARY KEY (company=? AND id=?)"),
    (commits::LAST_SEQ_BEFORE, "commit_log USING COVERING INDEX commit_log_by_time (at_ms<?)"),
    (accounts::REVOKE_SESSIONS, "session USING INDEX session_by_user (user=? AND company=?)"),
    (accounts::FORGET_ACCESS, "access_token USING INDEX access_token_by_end (expires_at_ms<?)"),
    (accounts::FORGET_REFRESH, "refresh_token USING INDEX refresh_token_by_end (expires_at_ms<?)"),
];

#[test]
fn every_hot_statement_uses_the_index_that_was_made_for_it() {
    let world = World::new();
    let connection = Connection::open(world.dir.path().join("saha-server.db")).unwrap();
    for (sql, expected) in PLANS {
        let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let unbound: Vec<Option<i64>> = vec![None; plan.parameter_count()];
        let steps = plan.query_map(rusqlite::params_from_iter(unbound), |row| row.get::<_, String>(3)).unwrap();
        let steps: Vec<String> = steps.map(Result::unwrap).collect();
        assert_eq!(steps[0], format!("SEARCH {expected}"), "{sql}");
        assert!(steps.iter().all(|step| !step.starts_with("SCAN")), "{steps:?}");
        // The refused creates of one row and the assignments of one customer are a handful; a page or a log is read in the
        // order of its index.
        let sorts = steps.iter().any(|step| step.contains("TEMP B-TREE"));
        assert_eq!(sorts, [ops::REFUSED_CREATE, sight::ASSIGNEE].contains(&sql), "{steps:?}");
    }
}

#[test]
fn a_commit_never_looks_older_than_the_one_before_it() {
    let world = World::empty();
    let tx = world.server.store().begin().unwrap();
    let now_ms = TestHost::new(1).now_ms();
    let ahead = tx.next_seq(1, now_ms + 1_000).unwrap();
    let set_back = tx.next_seq(2, now_ms - 1_000).unwrap();
    assert_eq!(tx.last_seq_before(now_ms + 1_000).unwrap(), ahead - 1);
    assert_eq!(tx.last_seq_before(now_ms + 1_001).unwrap(), set_back);
}
