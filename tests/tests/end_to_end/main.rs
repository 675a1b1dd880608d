//! The phone's core and the company's server over a real socket, with a link that loses, doubles and lies.
#![expect(clippy::unwrap_used, reason = "a test fails by them")]

mod budget;
mod figures;
mod find;
mod identity;
mod photos;
mod repairs;
mod restore;
mod sight;
mod world;

use std::time::{Duration, Instant};

use saha::bad_link::Fault;
use saha_domain::{Customer, SahaError, life::ChangeState};
use serde_json::json;
use world::{TAX_NO_OF_C3, World};

#[test]
fn a_small_sync_is_one_request_that_sends_and_fetches() {
    let world = World::new();
    let phone = world.phone("ayse");
    phone.log_call("C1");
    let before = world.syncs();
    let report = phone.sync().unwrap();
    assert_eq!((world.syncs() - before, report.requests, report.applied), (1, 1, 1));
    assert_eq!(phone.saha.outbox().list().unwrap(), [], "its own change came back in the same answer");
}

#[test]
fn an_answer_lost_after_the_commit_doubles_nothing() {
    let world = World::new();
    let phone = world.phone("ayse");
    for _ in 0..3 {
        phone.log_call("C1");
    }
    world.plan(&[Fault::LoseAnswer, Fault::LoseAnswer]);
    let report = phone.sync().unwrap();
    assert_eq!((report.requests, report.applied), (3, 3));
    assert_eq!(world.phone("ayse").calls_of("C1"), 3);
    assert_eq!(phone.calls_of("C1"), 3);
}

#[test]
fn a_request_that_arrives_twice_has_one_effect() {
    let world = World::new();
    let phone = world.phone("ayse");
    phone.log_call("C1");
    world.plan(&[Fault::SendTwice]);
    let report = phone.sync().unwrap();
    assert_eq!((report.applied, report.rejected), (1, 0));
    assert_eq!(phone.saha.outbox().list().unwrap(), []);
    assert_eq!(world.phone("ayse").calls_of("C1"), 1);
}

#[test]
fn a_request_that_is_lost_and_an_answer_that_is_cut_off_are_tried_again() {
    let world = World::new();
    let phone = world.phone("ayse");
    phone.log_call("C1");
    world.plan(&[Fault::LoseRequest, Fault::CutAt(40), Fault::CutAt(300)]);
    assert_eq!(phone.sync().unwrap().applied, 1);
    assert_eq!(world.phone("ayse").calls_of("C1"), 1);
}

#[test]
fn an_op_id_with_another_payload_is_a_conflict_of_that_change_alone() {
    let world = World::new();
    let login = json!({"login": "ayse", "password": "saha-ayse-2026",
        "device": {"id": "0198c0de-0000-7000-8000-0000000000d1", "name": "raw", "platform": "test"}});
    let (_, grant) = world.post("/v1/auth/login", None, &login);
    let token = grant["access_token"].as_str().unwrap();
    let prospect = |op: u32, row: u32, name: &str| {
        let id = format!("0198c0de-0000-7000-8000-0000000000{row:02x}");
        json!({"op_id": format!("0198c0de-0000-7000-8000-0000000000{op:02x}"), "seq": op, "attempt": 1, "kind": "customer",
            "id": id, "op": "create", "hlc": "1795417200000-0000",
            "payload": {"id": id, "name": name, "lifecycle": "prospect", "segment": "Unknown"}})
    };
    let send = |changes: serde_json::Value| {
        let request = json!({"schema": 1, "request_id": "0198c0de-0000-7000-8000-0000000000ff", "sent_at_ms": grant["server_time_ms"],
            "cursor": null, "head": null, "limit": 10, "changes": changes});
        let (status, answer) = world.post("/v1/sync", Some(token), &request);
        assert_eq!(status, 200, "{answer}");
        answer["results"].clone()
    };
    assert!(send(json!([prospect(1, 11, "Bir")]))[0]["outcome"]["applied"].is_object());
    let results = send(json!([prospect(1, 11, "Bir"), prospect(1, 11, "Başka"), prospect(2, 12, "İki")]));
    assert_eq!(results[0]["replayed"], true);
    assert_eq!(results[1]["outcome"], "conflict");
    assert!(results[2]["outcome"]["applied"].is_object(), "{results}");
    let stored = world.phone("ayse").saha.customers().search("Bir".into(), 10, 0).unwrap();
    assert_eq!(
        stored.iter().map(|customer| customer.name.as_str()).collect::<Vec<_>>(),
        ["Bir"],
        "the first one holds"
    );
    assert_eq!(world.phone("ayse").saha.customers().search("Başka".into(), 10, 0).unwrap(), []);
}

#[test]
fn one_poison_change_does_not_hold_back_the_rest_and_is_repaired() {
    let world = World::new();
    let phone = world.phone("ayse");
    // The tax number of a customer whom this rep can't see.
    let prospect = phone.prospect("Yeni Büfe", Some(TAX_NO_OF_C3));
    phone.visit(prospect.id);
    phone.log_call("C1");
    let report = phone.sync().unwrap();
    assert_eq!((report.applied, report.rejected), (1, 1));
    let waiting = phone.saha.outbox().list().unwrap();
    assert_eq!(waiting.len(), 3);
    assert_eq!((waiting[0].state, waiting[0].code.as_deref()), (ChangeState::Rejected, Some("duplicate_tax_no")));
    assert!(waiting[1].is_held_back && waiting[2].is_held_back);
    let progress = phone.saha.targets().progress().unwrap();
    assert_eq!(progress[0].waiting, 1, "the visit is the rep's work and waits");

    phone.saha.customers().update(Customer { tax_no: None, ..prospect.clone() }).unwrap();
    assert_eq!(phone.sync().unwrap().applied, 3);
    assert_eq!(phone.saha.outbox().list().unwrap(), []);
    let second = world.phone("ayse");
    assert_eq!(second.saha.customers().get(prospect.id).unwrap().name, "Yeni Büfe");
    assert_eq!(second.saha.visits().list_of(prospect.id, 10, 0).unwrap().len(), 1);
}

#[test]
fn a_refused_price_is_shown_with_its_line_and_goes_through_once_it_is_right() {
    let world = World::new();
    let phone = world.phone("ayse");
    // The floor rises at the office while the phone is offline.
    world.import(
        "products",
        "code,name,group,unit,price,currency,vat,floor_price\nP1,Kola,icecek,adet,10.00,TRY,20,9.80\n",
    );
    let sale = phone.sell(phone.customer("C1").id, Some(9_500_000)).unwrap();
    assert_eq!(phone.sync().unwrap().rejected, 1);
    let refused = phone.saha.outbox().list().unwrap();
    assert_eq!(refused[0].field.as_deref(), Some(format!("lines/{}/unit_price", sale.lines[0].id).as_str()));
    assert!(refused[0].reason.as_deref().unwrap().contains("floor price"), "{refused:?}");
    let price = saha_domain::UnitPrice { amount_micro: 9_900_000, ..sale.lines[0].unit_price };
    phone.saha.sales().change_line(sale.id, sale.lines[0].id, None, Some(price), None).unwrap();
    assert_eq!(phone.sync().unwrap().applied, 1);
    assert_eq!(world.phone("ayse").saha.sales().get(sale.id).unwrap().net_minor, 1_980);
}

#[test]
fn a_token_that_expired_is_renewed_on_the_way() {
    let world = World::with_access_ms(2_000);
    let phone = world.phone("ayse");
    phone.log_call("C1");
    std::thread::sleep(Duration::from_millis(2_100));
    assert_eq!(phone.sync().unwrap().applied, 1);
    assert!(phone.saha.account().info().unwrap().is_signed_in);
}

#[test]
fn a_token_that_expires_between_two_pages_is_renewed_and_the_page_is_asked_for_again() {
    let world = World::with_access_ms(3_000);
    world.import_many_customers(690);
    let phone = world.signed_in("ayse");
    world.plan(&[Fault::Pass, Fault::Delay(Duration::from_millis(3_100))]);
    phone.sync().unwrap();
    assert_eq!((world.syncs(), world.refreshes()), (4, 1), "three pages, and one of them twice");
    assert!(phone.saha.sync().status().unwrap().is_complete);
}

#[test]
fn an_answer_with_fresh_tokens_that_is_lost_or_damaged_signs_nobody_out() {
    let world = World::with_access_ms(2_000);
    let mut phone = world.phone("ayse");
    for fault in [Fault::LoseRequest, Fault::LoseAnswer, Fault::CutAt(40), Fault::Portal] {
        phone.log_call("C1");
        std::thread::sleep(Duration::from_millis(2_100));
        let before = world.refreshes();
        world.plan_refresh(&[fault]);
        assert_eq!(phone.sync().map(|report| report.applied), Ok(1), "{fault:?}");
        assert_eq!(world.refreshes() - before, 2, "{fault:?}");
        assert!(phone.saha.account().info().unwrap().is_signed_in, "{fault:?}");
        phone = phone.reopened();
    }
    assert_eq!(world.phone("ayse").calls_of("C1"), 4);
}

#[test]
fn a_first_sync_that_is_cut_off_is_not_complete_and_goes_on_where_it_was() {
    let world = World::new();
    world.import_many_customers(690);
    let phone = world.signed_in("ayse");
    world.plan(&[
        Fault::Pass,
        Fault::LoseAnswer,
        Fault::LoseRequest,
        Fault::LoseRequest,
        Fault::LoseRequest,
        Fault::LoseRequest,
    ]);
    assert!(matches!(phone.sync(), Err(SahaError::Offline { .. })));
    assert!(!phone.saha.sync().status().unwrap().is_complete);
    let usable = phone.saha.customers().search(String::new(), 200, 0).unwrap().len();
    assert!(usable > 0, "what came by then can be worked with");

    let phone = phone.reopened();
    let before = world.syncs();
    phone.sync().unwrap();
    assert!(phone.saha.sync().status().unwrap().is_complete);
    assert_eq!(world.syncs() - before, 2, "the first page is not fetched again");
    let all: usize =
        (0..4).map(|page| phone.saha.customers().search(String::new(), 200, page * 200).unwrap().len()).sum();
    assert_eq!(all, 692);
}

#[test]
fn a_captive_portal_acknowledges_nothing() {
    let world = World::new();
    let phone = world.phone("ayse");
    phone.log_call("C1");
    world.plan(&[Fault::Portal; 5]);
    assert_eq!(phone.sync(), Err(SahaError::Offline { reason: "not_our_server".into() }));
    assert_eq!(phone.saha.sync().status().unwrap().waiting, 1);
    assert_eq!(phone.sync().unwrap().applied, 1);
}

#[test]
fn a_server_in_trouble_is_asked_again_and_nothing_is_lost() {
    let world = World::new();
    let phone = world.phone("ayse");
    phone.log_call("C1");
    let refuse = |status| Fault::Status { status, retry_after_s: Some(1) };
    world.plan(&[refuse(500), refuse(429), refuse(503)]);
    let begun = Instant::now();
    assert_eq!(phone.sync().unwrap().applied, 1);
    assert!(begun.elapsed() >= Duration::from_secs(3), "each Retry-After was obeyed");
}

#[test]
fn an_accepted_edit_never_flickers_back() {
    let world = World::new();
    let (first, second) = (world.phone("ayse"), world.phone("ayse"));
    let screen = first.watch_note("C1");
    let mut shop = first.customer("C1");
    for n in 0..5 {
        screen.take();
        shop.note = Some(format!("not {n}"));
        first.saha.customers().update(shop.clone()).unwrap();
        // The answer is lost: the phone does not know that the edit is accepted, and pulls only later.
        world.plan(&[Fault::LoseAnswer, Fault::Portal]);
        second.log_call("C2");
        first.sync().unwrap();
        assert_shows_only(&screen, shop.note.as_ref());
        second.sync().unwrap();
        assert_eq!(second.customer("C1").note, shop.note);
    }
}

#[test]
fn an_edit_that_was_accepted_and_not_pulled_yet_stays() {
    let world = World::new();
    let phone = world.phone("ayse");
    let screen = phone.watch_note("C1");
    // More than a page stands before the edit in the company's order, and the sync ends between its acknowledgement and it.
    world.import_many_customers(690);
    screen.take();
    let edited = Customer { note: Some("yeni not".into()), ..phone.customer("C1") };
    phone.saha.customers().update(edited.clone()).unwrap();
    world.plan(&[
        Fault::Pass,
        Fault::LoseRequest,
        Fault::LoseRequest,
        Fault::LoseRequest,
        Fault::LoseRequest,
        Fault::LoseRequest,
    ]);
    assert!(matches!(phone.sync(), Err(SahaError::Offline { .. })));
    let status = phone.saha.sync().status().unwrap();
    assert_eq!((status.waiting, status.accepted), (0, 1), "acknowledged, and the row has not come back");
    assert_shows_only(&screen, edited.note.as_ref());

    phone.saha.customers().update(Customer { phone: Some("0216 555 11 22".into()), ..phone.customer("C1") }).unwrap();
    phone.sync().unwrap();
    assert_eq!(phone.saha.outbox().list().unwrap(), []);
    assert_shows_only(&screen, edited.note.as_ref());
    assert_eq!(world.phone("ayse").customer("C1").note, edited.note);
}

/// The screen was drawn, and showed nothing else at any commit.
fn assert_shows_only(screen: &world::Watch, note: Option<&String>) {
    let shown = screen.take();
    assert!(!shown.is_empty() && shown.iter().all(|shown| shown.as_ref() == note), "{note:?}: {shown:?}");
}

#[test]
fn two_devices_of_a_rep_show_the_same() {
    let world = World::new();
    let (first, second) = (world.phone("ayse"), world.phone("ayse"));
    first.visit(first.customer("C1").id);
    first.sell(first.customer("C1").id, None).unwrap();
    let mistaken = second.log_call("C2");
    second.log_call("C2");
    second.saha.calls().delete(mistaken.id).unwrap();
    second.visit(second.customer("C2").id);
    for phone in [&first, &second, &first] {
        phone.sync().unwrap();
    }
    let visit = &first.saha.visits().list_of(first.customer("C1").id, 1, 0).unwrap()[0];
    let as_of = 1 + visit.check_out.as_ref().unwrap().utc_ms();
    let progress = first.saha.targets().progress_at(as_of).unwrap();
    assert_eq!(progress, second.saha.targets().progress_at(as_of).unwrap());
    let actual: Vec<i64> = progress.iter().map(|p| p.actual).collect();
    assert_eq!(actual, [2, 1, 2_000], "visits, calls, revenue in kuruş");
    assert!(progress.iter().all(|p| p.waiting == 0 && p.rejected == 0));
}

#[test]
fn a_sign_in_that_is_wrong_and_one_of_another_user_change_nothing() {
    let world = World::new();
    let phone = world.phone("ayse");
    phone.log_call("C1");
    let account = phone.saha.account();
    let wrong = account.sign_in(world.link.url(), "ayse".into(), "wrong-password".into());
    let refused = Err(SahaError::SignInRefused { code: "wrong_credentials".into() });
    assert_eq!(world.company.runtime.block_on(wrong), refused);
    assert!(matches!(phone.sign_in("mehmet"), Err(SahaError::ForeignDatabase { .. })));
    assert_eq!(phone.saha.account().sign_out(), Err(SahaError::UnsentWork { count: 1 }));
    assert_eq!(phone.sync().unwrap().applied, 1, "the first user's work still goes out");
}
