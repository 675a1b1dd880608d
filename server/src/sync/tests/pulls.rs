use crate::{
    store::Walk,
    testing::{NOW_MS, World, call, id, visit},
};

#[test]
fn a_first_sync_cut_into_pages_gives_what_one_page_gives() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    let calls: Vec<_> =
        (1..=40).map(|n| ayse.create("call", id(n), call(id(n), ayse.rep(), world.customer("C1")))).collect();
    ayse.push(&world, &calls);
    let (mut whole, mut cut) = (world.phone("ayse", 2), world.phone("ayse", 3));
    let messages = whole.pull(&world, 500);
    for limit in [1, 3, 7] {
        cut.cursor = None;
        cut.rows.clear();
        assert_eq!(cut.pull(&world, limit).len(), messages.len());
        assert_eq!(cut.rows, whole.rows);
    }
}

#[test]
fn a_first_sync_goes_on_where_it_was_cut_and_hears_of_what_changed_meanwhile() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let his = mehmet.create("visit", id(1), visit(id(1), mehmet.rep(), world.customer("C3"), NOW_MS));
    mehmet.push_one(&world, &his);
    let first = ayse.page(&world, vec![], 3);
    assert!(first.has_more);
    let shared = mehmet.create("call", id(2), call(id(2), mehmet.rep(), world.customer("C2")));
    mehmet.push_one(&world, &shared);
    world.assign("C3,R1,2026-11-01,\nC1,R1,2026-01-01,2026-11-22\n");
    ayse.pull(&world, 3);
    let mut fresh = world.phone("ayse", 3);
    fresh.pull(&world, 500);
    assert_eq!(ayse.rows, fresh.rows);
    assert!(ayse.body("visit", id(1)).is_some() && ayse.body("call", id(2)).is_some());
}

#[test]
fn whoever_became_another_rep_is_sent_what_that_one_sees_from_the_beginning() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    phone.pull(&world, 500);
    world.import(crate::ImportKind::Users, "login,password,role,rep_code\nayse,,rep,R2\n");
    let mut again = world.phone("ayse", 1);
    (again.cursor, again.head) = (phone.cursor, phone.head);
    again.pull(&world, 500);
    let mut fresh = world.phone("mehmet", 2);
    fresh.pull(&world, 500);
    assert_eq!(again.rows, fresh.rows);
}

#[test]
fn a_quiet_pull_is_empty() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    ayse.pull(&world, 500);
    let quiet = ayse.sync(&world, vec![]);
    assert!(quiet.changes.is_empty() && !quiet.has_more);
    assert_eq!(quiet.head, ayse.head);
}

#[test]
fn a_page_of_nothing_is_a_page_of_one() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    assert_eq!(ayse.page(&world, vec![], 0).changes.len(), 1);
    let dir = tempfile::tempdir().unwrap();
    let limits = saha_domain::wire::Limits { max_page: 0, ..Default::default() };
    let config = crate::ServerConfig { limits, ..crate::testing::config(&dir) };
    let closed = crate::Server::open_on(config, world.host.clone()).unwrap().server;
    assert_eq!(closed.sync(&ayse.caller, &ayse.request(vec![], 5)).unwrap().changes.len(), 0, "another history");
    assert_eq!(closed.sync(&ayse.caller, &world.phone("ayse", 2).request(vec![], 5)).unwrap().changes.len(), 1);
}

#[test]
fn a_page_ends_when_its_bodies_are_heavy() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    ayse.pull(&world, 500);
    let note = "x".repeat(4_000);
    for batch in 0..2 {
        let calls: Vec<_> = (1..=200)
            .map(|n| {
                let row = id(batch * 1_000 + n);
                let mut body = call(row, ayse.rep(), world.customer("C1"));
                body["note"] = serde_json::json!(note);
                ayse.create("call", row, body)
            })
            .collect();
        let request = ayse.request(calls, 1);
        world.server.sync(&ayse.caller, &request).unwrap();
    }
    let page = ayse.page(&world, vec![], 500);
    assert!(page.has_more && page.changes.len() < 300, "{}", page.changes.len());
}

#[test]
fn a_page_reads_no_more_bodies_than_it_has_room_for() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let calls = (1..=12).map(|n| {
        let mut body = call(id(n), mehmet.rep(), world.customer("C3"));
        body["photo"] = serde_json::json!("x".repeat(200_000));
        mehmet.create("call", id(n), body)
    });
    let calls: Vec<_> = calls.collect();
    mehmet.push(&world, &calls);
    let view = world.server.store().view().unwrap();
    let walk = Walk {
        rep: mehmet.rep(),
        horizon: chrono::NaiveDate::MIN,
        after: 0,
        until: view.head().unwrap().seq,
        beneath: Some(world.customer("C3")),
        tombstones_after: 0,
        limit: 500,
        max_bytes: 500_000,
    };
    let walked = view.walk(&walk).unwrap();
    let heavy = walked.rows.iter().filter(|row| row.body.as_ref().unwrap().len() > 200_000).count();
    assert_eq!((walked.cut, heavy), (true, 3));

    // As a backfill and as rows in order, page by page, nothing is passed over.
    ayse.pull(&world, 500);
    world.assign("C3,R1,2026-11-01,\n");
    ayse.pull(&world, 500);
    assert_eq!(ayse.ids("call").len(), 12);
    let mut fresh = world.phone("mehmet", 3);
    assert!(fresh.page(&world, vec![], 500).has_more);
    fresh.pull(&world, 500);
    assert_eq!(fresh.ids("call").len(), 12);
}

#[test]
fn without_a_backup_a_commit_is_durable_after_thirty_days() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    let today = ayse.sync(&world, vec![]);
    assert_eq!(today.durable_through, 0);
    world.host.pass(31 * crate::testing::DAY_MS);
    assert_eq!(ayse.sync(&world, vec![]).durable_through, today.snapshot);
}

#[test]
fn events_that_need_no_message_hide_none_that_does() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    let (first, second) = (world.customer("C1"), world.customer("C2"));
    ayse.pull(&world, 500);
    let mut tablet = world.phone("ayse", 2);
    let create = tablet.create("visit", id(1), visit(id(1), tablet.rep(), first, NOW_MS));
    let moves = [second, first, second].map(|to| tablet.patch("visit", id(1), serde_json::json!({ "customer": to })));
    tablet.push(&world, &[vec![create], moves.to_vec()].concat());
    world.assign("C1,R1,2026-01-01,2026-11-22\n");
    let items = ayse.pull(&world, 2);
    assert!(items.iter().any(|item| item.left == Some(first)));
    assert_eq!(ayse.body("customer", first), None);
}
