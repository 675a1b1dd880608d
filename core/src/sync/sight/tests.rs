use saha_domain::{
    Call, Customer, Sale,
    facts::FactKind,
    wire::{Outcome, PulledItem, RejectionCode, WireChange},
};

use super::*;
use crate::{NewProspect, NewSale, NewSaleLine, sync::exchange, testing::*};

/// A call that the company has.
fn settled_call(phone: &Phone) -> Call {
    let call = phone.log_call();
    phone.push(|entry| phone.applied(entry));
    phone.pull(&[phone.row(&call)]);
    call
}

fn left_customer() -> PulledItem {
    PulledItem { left: Some(id(CUSTOMER)), ..PulledItem::default() }
}

fn edit_note(phone: &Phone, note: &str) -> Customer {
    let before = phone.saha.customers().get(phone.customer_id()).unwrap();
    let after = Customer { note: Some(note.into()), ..before };
    phone.saha.customers().update(after.clone()).unwrap();
    after
}

/// The next request's changes, as they would travel.
fn sent(phone: &Phone) -> Vec<WireChange> {
    let flight = exchange::prepare(&phone.store, 500).unwrap();
    exchange::give_up(&phone.store).unwrap();
    flight.request.changes
}

fn restore(phone: &Phone) {
    phone.store.apply(history_changed).unwrap();
    phone.check();
}

#[test]
fn what_a_restored_server_does_not_announce_again_goes_at_the_end() {
    let phone = Phone::new();
    let others = Call { id: id(900), rep: id(101), ..settled_call(&phone) };
    phone.pull(&[phone.row(&others), phone.row(&customer(201, "Yeni Market"))]);
    phone.pull(&[PulledItem::row("promotion", Uuid::from_u128(77), 9, saha_domain::Hlc::LOWEST, raw("{}"))]);
    restore(&phone);
    assert!(phone.saha.customers().get(id(201)).is_ok(), "shown while the server goes through its rows");
    phone.page(&[phone.row_at(&customer(CUSTOMER, "Ihlamur Kafe"), 1)], true, 5);
    assert!(phone.saha.customers().get(id(201)).is_ok());
    phone.page(&[], false, 5);
    assert!(phone.saha.customers().get(id(201)).is_err() && phone.saha.calls().get(id(900)).is_err());
    assert!(phone.saha.customers().get(phone.customer_id()).is_ok());
    assert_eq!(phone.counted(FactKind::Call), [0, 1, 0], "the rep's own waits to be sent again");
    assert_eq!(phone.count("SELECT count(*) FROM parked"), 0);
    phone.push(|entry| phone.applied(entry));
}

#[test]
fn what_the_reps_other_phone_deleted_does_not_come_back_with_the_answer_to_its_creation() {
    let phone = Phone::new();
    let call = settled_call(&phone);
    restore(&phone);
    // The server remembers that it took the creation, and has deleted the row since.
    phone.push(|entry| Outcome::Applied { version: 1, hlc: entry.hlc, superseded: vec![] });
    phone.page(&[phone.row_at(&customer(CUSTOMER, "Ihlamur Kafe"), 1)], false, 5);
    assert!(phone.saha.calls().get(call.id).is_err());
    assert_eq!(phone.counted(FactKind::Call), [0, 0, 0]);
}

#[test]
fn what_is_swept_goes_in_parts_and_goes_on_after_a_cut() {
    let phone = Phone::new();
    let many: Vec<_> = (0..u128::from(ROWS) + 20).map(|n| phone.row(&customer(1_000 + n, "Ölü Market"))).collect();
    phone.pull(&many);
    restore(&phone);
    let answer = SyncResponse { snapshot: 9, ..answer(Uuid::nil()) };
    phone.store.apply(|tx| crate::sync::apply::page(tx, &answer)).unwrap();
    // Products first, and then as many customers as go at a time.
    let products = phone.store.apply(|tx| sweep_some(tx, None)).unwrap();
    assert!(phone.store.apply(|tx| sweep_some(tx, products)).unwrap().is_some());
    let left = phone.count("SELECT count(*) FROM customer");
    assert!(left > 0 && left < i64::from(ROWS), "{left}");
    // The process ends here; the next answer goes on.
    let phone = phone.restart();
    phone.page(&[], false, 9);
    assert_eq!(phone.count("SELECT count(*) FROM customer"), 0);
    assert_eq!(phone.count("SELECT count(*) FROM local WHERE key = 'starting_over'"), 0);
}

#[test]
fn version_numbers_that_are_used_again_say_nothing_of_the_past() {
    let phone = Phone::new();
    restore(&phone);
    edit_note(&phone, "yeni");
    assert_eq!(sent(&phone)[0].base_version, None);
    // The server's row comes at a lower version than before, and counts.
    phone.page(&[phone.row_at(&customer(CUSTOMER, "Ihlamur"), 1)], false, 5);
    let shown = phone.saha.customers().get(phone.customer_id()).unwrap();
    assert_eq!((shown.name.as_str(), shown.note.as_deref()), ("Ihlamur", Some("yeni")));
}

#[test]
fn a_row_that_left_stays_under_an_unresolved_change_and_goes_with_it() {
    let phone = Phone::new();
    edit_note(&phone, "yeni");
    phone.pull(&[left_customer()]);
    assert!(phone.saha.customers().get(phone.customer_id()).is_ok());
    let refused = phone.push(|_| rejected(RejectionCode::NotYourCustomer))[0].clone();
    assert!(phone.saha.customers().get(phone.customer_id()).is_ok(), "marked, until the rep has dealt with it");
    phone.saha.outbox().withdraw(refused.op_id, false).unwrap();
    assert!(phone.saha.customers().get(phone.customer_id()).is_err());
    assert_eq!(phone.count("SELECT count(*) FROM shadow"), 0);
    assert_eq!(phone.count("SELECT count(*) FROM retained"), 0);
}

#[test]
fn a_row_that_left_goes_with_the_accepted_edit_that_will_not_be_seen() {
    let phone = Phone::new();
    edit_note(&phone, "yeni");
    phone.push(|entry| phone.applied(entry));
    phone.pull(&[left_customer()]);
    assert!(phone.saha.customers().get(phone.customer_id()).is_err());
    phone.check();
}

#[test]
fn a_prospect_who_was_given_away_at_once_is_not_kept() {
    let phone = Phone::new();
    let made = phone.saha.customers().create_prospect(NewProspect { name: "Büfe".into(), ..NewProspect::default() });
    let made = made.unwrap();
    phone.push(|entry| phone.applied(entry));
    phone.pull(&[PulledItem { left: Some(made.id), ..PulledItem::default() }]);
    assert!(phone.saha.customers().get(made.id).is_err());
}

#[test]
fn a_kept_change_keeps_the_body_that_it_names_for_a_server_that_lost_it() {
    let phone = Phone::new();
    let call = settled_call(&phone);
    phone.pull(&[left_customer()]);
    assert!(phone.saha.customers().get(phone.customer_id()).is_err(), "nobody is shown it");
    assert_eq!(phone.count("SELECT count(*) FROM customer_stub WHERE name = 'Ihlamur Kafe'"), 1);
    restore(&phone);
    assert!(sent(&phone)[0].full_parent.is_none());
    let need = Outcome::NeedFull { parent: Some(phone.customer_id().uuid()) };
    phone.push(|_| need.clone());
    let again = &sent(&phone)[0];
    assert!(again.full_parent.as_ref().unwrap().get().contains("Ihlamur Kafe") && !again.lacks_full);
    assert!(again.full.is_none());
    phone.push(|entry| phone.applied(entry));
    phone.pull(&[phone.row(&call)]);
    assert_eq!(phone.count("SELECT count(*) FROM retained"), 1);
    let durable = SyncDurable(i64::MAX);
    durable.tell(&phone);
    assert_eq!(phone.count("SELECT count(*) FROM retained"), 0);
}

/// The company's backups hold everything up to a version.
struct SyncDurable(i64);

impl SyncDurable {
    fn tell(&self, phone: &Phone) {
        phone.store.apply(|tx| outbox::durable_through(tx, self.0)).unwrap();
    }
}

#[test]
fn the_whole_body_travels_when_it_is_asked_for_and_is_what_the_server_confirmed() {
    let phone = Phone::new();
    edit_note(&phone, "yeni");
    assert!(sent(&phone)[0].full.is_none());
    phone.push(|_| Outcome::NeedFull { parent: None });
    let change = &sent(&phone)[0];
    let full: Value = serde_json::from_str(change.full.as_ref().unwrap().get()).unwrap();
    assert_eq!((&full["name"], full.get("note")), (&Value::from("Ihlamur Kafe"), None));
    assert!(!change.lacks_full);
    // A server that forgets again asks anew.
    restore(&phone);
    assert!(sent(&phone)[0].full.is_none());
}

#[test]
fn whoever_has_no_whole_body_says_so() {
    let phone = Phone::new();
    phone.log_call();
    phone.push(|_| Outcome::NeedFull { parent: Some(Uuid::from_u128(12)) });
    let change = &sent(&phone)[0];
    assert!(change.lacks_full && change.full_parent.is_none(), "it names no such row");
}

#[test]
fn what_is_asked_for_goes_at_once_and_not_for_ever() {
    let phone = Phone::new();
    edit_note(&phone, "yeni");
    let ask = || {
        let flight = exchange::prepare(&phone.store, 500).unwrap();
        let outcome = Outcome::NeedFull { parent: None };
        let op_id = flight.request.changes[0].op_id;
        let results = vec![saha_domain::wire::ChangeResult { op_id, replayed: false, outcome }];
        let answer = SyncResponse { results, ..answer(flight.request.request_id) };
        exchange::accept(&phone.store, &flight, &answer).unwrap().unwrap().more_to_send
    };
    assert!(ask(), "the same sync goes on");
    assert!(!ask(), "a server that asks again and again waits for the next");
}

#[test]
fn whoever_is_told_to_resync_pulls_from_the_start_and_sends_nothing_twice() {
    let phone = Phone::new();
    let call = settled_call(&phone);
    phone.pull(&[phone.row(&customer(201, "Yeni Market"))]);
    let flight = exchange::prepare(&phone.store, 500).unwrap();
    assert!(flight.request.changes.is_empty());
    let answer = SyncResponse {
        resync_required: true,
        changes: vec![phone.row(&customer(CUSTOMER, "Ihlamur Kafe")), phone.row(&call)],
        snapshot: phone.version(),
        ..answer(flight.request.request_id)
    };
    exchange::accept(&phone.store, &flight, &answer).unwrap();
    assert!(phone.saha.customers().get(id(201)).is_err() && phone.saha.calls().get(call.id).is_ok());
    assert_eq!(phone.counted(FactKind::Call), [1, 0, 0]);
    assert!(sent(&phone).is_empty());
    phone.check();
}

fn raw(json: &str) -> Box<serde_json::value::RawValue> {
    serde_json::value::RawValue::from_string(json.into()).unwrap()
}

fn aged(horizon: NaiveDate) -> PulledItem {
    PulledItem { aged: Some(horizon), ..PulledItem::default() }
}

/// Somebody else's call so many days before the rep's own.
fn others(own: &Call, n: u128, days: u64) -> Call {
    let at = saha_domain::Stamp { local_date: own.at.local_date - chrono::Days::new(days), ..own.at.clone() };
    Call { id: id(n), rep: id(101), at, ..own.clone() }
}

#[test]
fn what_is_too_old_goes_with_its_figures_and_the_reps_own_stays() {
    let phone = Phone::new();
    let own = settled_call(&phone);
    let today = own.at.local_date;
    phone.pull(&[phone.row(&others(&own, 900, 1)), phone.row(&others(&own, 901, 0))]);
    assert_eq!(phone.counted(FactKind::Call), [3, 0, 0]);
    phone.pull(&[aged(today)]);
    assert!(phone.saha.calls().get(id(900)).is_err());
    assert!(phone.saha.calls().get(id(901)).is_ok(), "the horizon's own day is within");
    assert_eq!(phone.counted(FactKind::Call), [2, 0, 0]);
    phone.pull(&[aged(today + chrono::Days::new(1))]);
    assert_eq!(phone.counted(FactKind::Call), [1, 0, 0]);
    assert!(phone.saha.calls().get(own.id).is_ok());
    assert!(phone.saha.customers().get(phone.customer_id()).is_ok(), "a customer has no age");
}

#[test]
fn what_comes_again_after_it_was_too_old_stays() {
    let phone = Phone::new();
    let own = settled_call(&phone);
    let old = others(&own, 900, 1);
    phone.pull(&[phone.row(&old)]);
    let entered = PulledItem { entered: Some(phone.customer_id()), ..PulledItem::default() };
    phone.pull(&[aged(own.at.local_date), entered, phone.row(&old)]);
    assert_eq!(phone.saha.calls().get(old.id).unwrap(), old);
}

#[test]
fn a_row_under_a_change_that_waits_grows_old_when_the_change_ends() {
    let phone = Phone::new();
    let own = settled_call(&phone);
    let old = others(&own, 900, 1);
    phone.pull(&[phone.row(&old)]);
    let noted = Call { note: Some("benim".into()), ..old.clone() };
    phone
        .store
        .write(|tx| {
            let loaded = tx.load::<Call>(old.id.uuid())?.unwrap();
            tx.put(loaded, &noted)
        })
        .unwrap();
    phone.pull(&[aged(own.at.local_date)]);
    assert_eq!(phone.saha.calls().get(old.id).unwrap(), noted, "what the rep wrote is kept for as long as it waits");
    phone.push(|_| rejected(RejectionCode::Forbidden));
    let refused = phone.saha.outbox().list().unwrap()[0].op_id;
    phone.saha.outbox().withdraw(refused, false).unwrap();
    assert!(phone.saha.calls().get(old.id).is_err());
    phone.check();
}

#[test]
fn a_year_that_grows_old_at_once_goes_in_several_transactions() {
    let phone = Phone::new();
    let own = settled_call(&phone);
    let rows: Vec<_> = (0..1_200).map(|n| phone.row(&others(&own, 9_000 + n, 1))).collect();
    phone.pull(&rows);
    let commits = std::sync::Arc::new(std::sync::atomic::AtomicU32::new(0));
    let counter = commits.clone();
    let _watch = phone.store.observe(move |_| {
        counter.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    });
    let flight = exchange::prepare(&phone.store, 500).unwrap();
    let answer = SyncResponse { changes: vec![aged(own.at.local_date)], ..answer(flight.request.request_id) };
    exchange::accept(&phone.store, &flight, &answer).unwrap().unwrap();
    assert_eq!(phone.counted(FactKind::Call), [1, 0, 0]);
    assert_eq!(commits.load(std::sync::atomic::Ordering::Relaxed), 3, "of 500 rows at the most");
    phone.check();
}

/// A sale of two lines, of the rep's other phone.
fn sale_of_the_other_phone() -> Sale {
    let other = Phone::new();
    let line = NewSaleLine { product: other.cola(), quantity_milli: 1_000, unit_price: None, discounts_bp: Vec::new() };
    let lines = vec![line.clone(), line];
    other.saha.sales().create(NewSale { customer: other.customer_id(), visit: None, lines, note: None }).unwrap()
}

/// The same without its second line.
fn shortened(sale: &Sale) -> Sale {
    let mut shortened = sale.clone();
    shortened.lines.truncate(1);
    shortened.reprice().unwrap();
    shortened
}

#[test]
fn an_edit_of_a_line_that_was_taken_out_brings_no_part_of_it_back_after_a_restore() {
    let phone = Phone::new();
    let sale = sale_of_the_other_phone();
    phone.pull(&[phone.row(&sale)]);
    phone.saha.sales().change_line(sale.id, sale.lines[1].id, Some(2_000), None, None).unwrap();
    phone.push(|entry| phone.applied(entry));
    phone.pull(&[phone.row(&shortened(&sale))]);
    assert_eq!(phone.saha.sales().get(sale.id).unwrap().lines.len(), 1);
    restore(&phone);
    assert_eq!(phone.saha.sales().get(sale.id).unwrap().lines.len(), 1);
}

#[test]
fn an_edit_that_waits_on_a_line_which_was_taken_out_hides_nothing_of_the_sale() {
    let phone = Phone::new();
    let sale = sale_of_the_other_phone();
    phone.pull(&[phone.row(&sale)]);
    phone.saha.sales().change_line(sale.id, sale.lines[1].id, Some(2_000), None, None).unwrap();
    phone.push(|_| rejected(RejectionCode::Forbidden));
    phone.pull(&[phone.row(&shortened(&sale))]);
    phone.check();
    assert_eq!(phone.saha.sales().get(sale.id).unwrap().lines.len(), 1);
}
