use saha_domain::{
    ClockSource, NaiveDate, SaleId, Stamp, VisitId,
    facts::FactKind,
    wire::{PulledItem, RejectionCode},
};

use super::*;
use crate::{NewSale, NewSaleLine, VisitEnd, clock::tests::MONDAY_10, outbox::entries, sync::exchange, testing::*};

const DAY_MS: i64 = 86_400_000;
const YEAR_MS: i64 = 365 * DAY_MS;
const MONDAY: &str = "2026-11-23";
const A_YEAR_ON: &str = "2027-11-23";

/// The phone hears the server's clock, which shows `now_ms`.
fn hear(phone: &Phone, now_ms: i64) {
    exchange::save_clock(&phone.store, now_ms, phone.store.time().reading()).unwrap();
    phone.check();
}

fn changes(phone: &Phone) -> Vec<Entry> {
    phone.store.read(|r| entries(r.conn())).unwrap()
}

fn hlcs(phone: &Phone) -> Vec<Hlc> {
    changes(phone).iter().map(|entry| entry.hlc).collect()
}

fn payload(entry: &Entry) -> serde_json::Value {
    serde_json::from_slice(&entry.payload).unwrap()
}

fn end() -> VisitEnd {
    VisitEnd { outcome: "order".into(), ..VisitEnd::default() }
}

/// A visit of 20 minutes.
fn visit(phone: &Phone) -> VisitId {
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap().id;
    phone.host.pass_minutes(20);
    phone.saha.visits().check_out(visit, end()).unwrap();
    visit
}

fn sell(phone: &Phone) -> SaleId {
    let lines =
        vec![NewSaleLine { product: phone.cola(), quantity_milli: 1_000, unit_price: None, discounts_bp: vec![] }];
    phone.saha.sales().create(NewSale { customer: phone.customer_id(), visit: None, lines, note: None }).unwrap().id
}

/// Visits, calls and sales that are counted on a day.
fn counted_on(phone: &Phone, date: &str) -> [i64; 3] {
    let days = date.parse::<NaiveDate>().unwrap().signed_duration_since(NaiveDate::default()).num_days();
    [FactKind::Visit, FactKind::Call, FactKind::Sale].map(|fact| {
        let fact = fact.code();
        phone.count(&format!("SELECT coalesce(sum(count), 0) FROM rollup WHERE fact = {fact} AND date = {days}"))
    })
}

fn shown(stamp: &Stamp) -> (&str, i64, ClockSource) {
    let date = [MONDAY, A_YEAR_ON].into_iter().find(|date| stamp.local_date.to_string() == *date);
    (date.unwrap_or("another day"), stamp.utc_ms(), stamp.source)
}

#[test]
fn changes_captured_before_the_clock_was_known_are_stamped_anew_in_order() {
    let phone = Phone::new();
    phone.host.set_wall(MONDAY_10 + YEAR_MS);
    for _ in 0..3 {
        phone.log_call();
    }
    hear(&phone, MONDAY_10);
    phone.log_call();
    let hlcs = hlcs(&phone);
    assert!(hlcs.windows(2).all(|pair| pair[0] < pair[1]), "{hlcs:?}");
    assert!(hlcs.iter().all(|hlc| (hlc.ms() - MONDAY_10).abs() < 60_000), "{hlcs:?}");
}

#[test]
fn a_stamp_by_a_known_clock_outlives_a_reboot_after_which_the_wall_clock_is_wrong() {
    let phone = Phone::new();
    hear(&phone, MONDAY_10);
    phone.log_call();
    let known = hlcs(&phone)[0];
    phone.host.reboot("boot-2");
    phone.host.set_wall(MONDAY_10 + 60_000 - YEAR_MS);
    phone.log_call();
    hear(&phone, MONDAY_10 + 60_000);
    let (first, second) = (hlcs(&phone)[0], hlcs(&phone)[1]);
    assert_eq!(first, known);
    assert!(first < second && (second.ms() - MONDAY_10 - 60_000).abs() < 1_000, "{second:?}");
}

/// The clock of what a phone writes, its wall clock off by that much, in a boot that ends before it hears the server. Before that
/// it wrote something itself, and pulled a row which is older than that, of the clock `shown`.
fn written_by_a_lost_clock(error_ms: i64, shown: Hlc) -> Hlc {
    let phone = Phone::new();
    hear(&phone, MONDAY_10);
    phone.log_call();
    phone.push(|_| rejected(RejectionCode::Invalid));
    phone.pull(&[PulledItem { hlc: Some(shown), ..phone.row(&customer(CUSTOMER, "Ihlamur Kafe")) }]);
    phone.host.reboot("boot-2");
    phone.host.set_wall(MONDAY_10 + 60_000 + error_ms);
    phone.log_call();
    phone.host.reboot("boot-3");
    phone.host.set_wall(MONDAY_10 + 120_000);
    let phone = phone.restart();
    hear(&phone, MONDAY_10 + 120_000);
    hlcs(&phone)[1]
}

#[test]
fn what_nobody_can_date_is_later_than_what_its_writer_saw_and_not_later_than_now() {
    let shown = Hlc::new(MONDAY_10 - 60_000, 7);
    let behind = written_by_a_lost_clock(-YEAR_MS, shown);
    assert!(behind > shown && behind.ms() <= MONDAY_10 + 60_000, "{behind:?}");
    let ahead = written_by_a_lost_clock(YEAR_MS, shown);
    assert!(ahead > shown && ahead.ms() <= MONDAY_10 + 121_000, "{ahead:?}");
}

#[test]
fn what_was_written_by_a_clock_that_is_a_year_off_gets_its_true_dates() {
    let phone = Phone::new();
    phone.host.set_wall(MONDAY_10 + YEAR_MS);
    let (visit, call, _kept, sale) = (visit(&phone), phone.log_call().id, sell(&phone), sell(&phone));
    phone.saha.sales().cancel(sale).unwrap();
    let (before, captured) = (phone.saha.sales().get(sale).unwrap(), changes(&phone));
    assert_eq!((counted_on(&phone, A_YEAR_ON), counted_on(&phone, MONDAY)), ([1; 3], [0; 3]));
    phone.host.pass_minutes(5 * 60);
    hear(&phone, MONDAY_10 + 320 * 60_000);

    assert_eq!((counted_on(&phone, A_YEAR_ON), counted_on(&phone, MONDAY)), ([0; 3], [1; 3]));
    let (visit, sale) = (phone.saha.visits().get(visit).unwrap(), phone.saha.sales().get(sale).unwrap());
    assert_eq!(shown(&visit.check_in), (MONDAY, MONDAY_10, ClockSource::Server));
    let check_out = visit.check_out.as_ref().unwrap();
    assert_eq!(shown(check_out), (MONDAY, MONDAY_10 + 20 * 60_000, ClockSource::Server));
    assert_eq!(check_out.device_utc_ms, MONDAY_10 + YEAR_MS + 20 * 60_000, "what the clock showed is kept");
    assert!(!check_out.is_provisional());
    assert_eq!((sale.number, shown(&sale.cancelled_at.unwrap()).0), (before.number, MONDAY));
    let monday = MONDAY.parse().unwrap();
    assert_eq!(phone.saha.visits().list_on(monday, 10, 0).unwrap(), [visit]);
    assert_eq!(phone.saha.calls().list_on(monday, 10, 0).unwrap()[0].id, call);

    let now = changes(&phone);
    assert!(now.iter().map(|entry| entry.op_id).eq(captured.iter().map(|entry| entry.op_id)));
    assert!(now.iter().map(|entry| entry.hlc).is_sorted());
    let stamps = ["check_in", "check_out", "at", "at", "at", "cancelled_at"];
    for (field, entry) in stamps.into_iter().zip(&now) {
        assert_eq!(payload(entry)[field]["local_date"], MONDAY, "{field} as it will be sent");
    }
}

#[test]
fn dates_are_corrected_once_and_then_frozen() {
    let phone = Phone::new();
    phone.host.set_wall(MONDAY_10 - YEAR_MS);
    let call = phone.log_call().id;
    hear(&phone, MONDAY_10);
    let (corrected, captured) = (phone.saha.calls().get(call).unwrap(), changes(&phone));
    assert_eq!(shown(&corrected.at).0, MONDAY);
    hear(&phone, MONDAY_10 - 3 * DAY_MS);
    let phone = phone.restart();
    hear(&phone, MONDAY_10 + 3 * DAY_MS);
    assert_eq!(phone.saha.calls().get(call).unwrap(), corrected);
    assert_eq!(changes(&phone), captured);
}

#[test]
fn a_wall_clock_that_was_set_before_the_server_was_heard_is_seen_through() {
    let phone = Phone::new();
    phone.host.set_wall(MONDAY_10 + YEAR_MS);
    let call = phone.log_call().id;
    phone.host.set_wall(MONDAY_10 + 2 * DAY_MS);
    phone.host.pass_minutes(10);
    hear(&phone, MONDAY_10 + 600_000);
    let at = phone.saha.calls().get(call).unwrap().at;
    assert_eq!(shown(&at), (MONDAY, MONDAY_10, ClockSource::Server));
    assert_eq!(at.device_utc_ms, MONDAY_10 + YEAR_MS);
    assert_eq!(hlcs(&phone)[0].ms(), MONDAY_10, "nor does it win or lose conflicts by that");
}

#[test]
fn a_date_by_the_clock_of_an_earlier_boot_stays_as_it_is_and_provisional() {
    let phone = Phone::new();
    phone.host.set_wall(MONDAY_10 + YEAR_MS);
    let before = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    phone.host.reboot("boot-2");
    let phone = phone.restart();
    phone.saha.visits().check_out(before.id, end()).unwrap();
    hear(&phone, MONDAY_10 + 60_000);
    let visit = phone.saha.visits().get(before.id).unwrap();
    assert_eq!(visit.check_in, before.check_in);
    assert!(visit.check_in.is_provisional());
    assert_eq!(shown(&visit.check_out.unwrap()), (MONDAY, MONDAY_10 + 60_000, ClockSource::Server));
}

#[test]
fn bytes_that_were_on_their_way_once_are_never_written_anew() {
    let phone = Phone::new();
    phone.host.set_wall(MONDAY_10 + YEAR_MS);
    let call = phone.log_call();
    exchange::prepare(&phone.store, 10).unwrap();
    exchange::give_up(&phone.store).unwrap();
    let sent = changes(&phone)[0].payload.clone();
    hear(&phone, MONDAY_10);
    assert_eq!(changes(&phone)[0].payload, sent);
    assert_eq!(phone.saha.calls().get(call.id).unwrap(), call);
}

#[test]
fn the_fix_of_a_refused_change_was_never_sent_and_gets_its_date() {
    let phone = Phone::new();
    hear(&phone, MONDAY_10);
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    phone.push(|_| rejected(RejectionCode::Invalid));
    phone.host.reboot("boot-2");
    phone.host.set_wall(MONDAY_10 + YEAR_MS);
    let phone = phone.restart();
    phone.saha.visits().check_out(visit.id, end()).unwrap();
    hear(&phone, MONDAY_10 + 60_000);
    let fixed = phone.saha.visits().get(visit.id).unwrap();
    assert_eq!(fixed.check_in, visit.check_in);
    assert_eq!(shown(&fixed.check_out.unwrap()).0, MONDAY);
    assert_eq!(payload(&changes(&phone)[0])["check_out"]["local_date"], MONDAY);
}

#[test]
fn a_call_that_was_deleted_meanwhile_stays_deleted() {
    let phone = Phone::new();
    phone.host.set_wall(MONDAY_10 + YEAR_MS);
    let call = phone.log_call().id;
    phone.saha.calls().delete(call).unwrap();
    hear(&phone, MONDAY_10);
    assert!(phone.saha.calls().get(call).is_err());
    assert_eq!(payload(&changes(&phone)[0])["at"]["local_date"], MONDAY);
}
