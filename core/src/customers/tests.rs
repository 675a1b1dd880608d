use saha_domain::{Assignment, CallCycle, Problem};

use super::*;
use crate::testing::*;

fn names(phone: &Phone, text: &str) -> Vec<String> {
    phone.saha.customers().search(text.into(), 10, 0).unwrap().into_iter().map(|c| c.name).collect()
}

#[test]
fn turkish_letters_are_found_however_they_are_typed_and_exact_spelling_comes_first() {
    let phone = Phone::new();
    phone.pull(&[phone.row(&customer(201, "ıhlamur Pastanesi")), phone.row(&customer(202, "Şükrü Market"))]);
    assert_eq!(names(&phone, "ihlamur"), ["Ihlamur Kafe", "ıhlamur Pastanesi"]);
    assert_eq!(names(&phone, "ıhlamur"), ["ıhlamur Pastanesi", "Ihlamur Kafe"], "as typed first");
    assert_eq!(names(&phone, "SUKRU kadikoy"), ["Şükrü Market"]);
    assert_eq!(names(&phone, "").len(), 3);
}

#[test]
fn search_text_is_text_and_never_a_pattern() {
    let phone = Phone::new();
    for text in
        ["multi-agent", "a'b", "\"", "*", "NEAR(", "%", "_", "\\", "'; DROP TABLE customer; --", "🙂", "\u{202e}abc"]
    {
        names(&phone, text);
    }
    assert!(names(&phone, "a'b").is_empty());
    let parentheses = "(".repeat(2_000);
    assert!(matches!(phone.saha.customers().search(parentheses, 10, 0), Err(SahaError::InvalidInput { .. })));
    assert!(matches!(phone.saha.customers().search("a\0b".into(), 10, 0), Err(SahaError::InvalidInput { .. })));
}

#[test]
fn a_page_has_one_to_two_hundred_rows_and_begins_in_its_list_or_after_it() {
    let phone = Phone::new();
    let page = |limit, offset| phone.saha.customers().search(String::new(), limit, offset);
    for limit in [i64::MIN, -1, 0, 201, i64::MAX] {
        assert_eq!(page(limit, 0), Err(SahaError::invalid("limit", Problem::OutOfRange)));
    }
    for offset in [i64::MIN, -1] {
        assert_eq!(page(200, offset), Err(SahaError::invalid("offset", Problem::OutOfRange)));
    }
    assert_eq!(page(200, i64::MAX), Ok(Vec::new()));
}

#[test]
fn a_prospect_is_stored_with_his_phone_normalised() {
    let phone = Phone::new();
    let new =
        NewProspect { name: " Yeni Büfe ".into(), phone: Some("0216 555 12 34".into()), ..NewProspect::default() };
    let made = phone.saha.customers().create_prospect(new).unwrap();
    assert_eq!((made.name.as_str(), made.phone.as_deref()), ("Yeni Büfe", Some("+902165551234")));
    assert_eq!(names(&phone, "yeni"), ["Yeni Büfe"]);
}

#[test]
fn a_prospect_with_an_id_of_the_apps_is_made_once() {
    let phone = Phone::new();
    let drawn: CustomerId = id(77);
    let new = NewProspect { name: "Yeni Büfe".into(), id: Some(drawn), ..NewProspect::default() };
    let customers = phone.saha.customers();
    let made = customers.create_prospect(new.clone()).unwrap();
    assert_eq!(made.id, drawn);
    let again = customers.create_prospect(NewProspect { name: "Başkası".into(), ..new.clone() }).unwrap_err();
    assert!(matches!(&again, SahaError::WrongState { state, .. } if state == "prospect"), "{again:?}");
    assert_eq!(customers.get(drawn).unwrap(), made);
    assert_eq!(phone.count("SELECT count(*) FROM outbox"), 1);

    let known = NewProspect { id: Some(phone.customer_id()), ..new };
    assert!(
        matches!(customers.create_prospect(known), Err(SahaError::WrongState { .. })),
        "nor over the company's own"
    );
    phone.check();
}

#[test]
fn a_wrong_tax_number_or_an_empty_name_stores_nothing() {
    let phone = Phone::new();
    let wrong = NewProspect { name: "X".into(), tax_no: Some("123".into()), ..NewProspect::default() };
    assert_eq!(phone.saha.customers().create_prospect(wrong), Err(SahaError::invalid("tax_no", Problem::Malformed)));
    assert_eq!(
        phone.saha.customers().create_prospect(NewProspect::default()),
        Err(SahaError::invalid("name", Problem::Missing))
    );
    assert_eq!(phone.count("SELECT count(*) FROM outbox"), 0);
}

#[test]
fn an_edit_that_changes_nothing_queues_nothing() {
    let phone = Phone::new();
    let customer = phone.saha.customers().get(phone.customer_id()).unwrap();
    phone.saha.customers().update(customer).unwrap();
    assert_eq!(phone.count("SELECT count(*) FROM outbox"), 0);
}

fn at(n: u128, name: &str, lat: f64, lon: f64) -> Customer {
    Customer { location: GeoPoint::from_degrees(lat, lon).ok(), ..customer(n, name) }
}

#[test]
fn the_nearest_come_first_however_far_the_next_ones_are() {
    let phone = Phone::new();
    let here = GeoPoint::from_degrees(41.0, 29.0).unwrap();
    phone.pull(&[
        phone.row(&at(201, "Köşede", 41.0001, 29.0)),
        // Nearer in latitude than the next one, and farther away.
        phone.row(&at(202, "Doğuda", 41.0, 29.02)),
        phone.row(&at(203, "Kuzeyde", 41.012, 29.0)),
        phone.row(&at(204, "Ankara", 39.93, 32.86)),
        phone.row(&at(205, "Avustralya", -33.87, 151.21)),
    ]);
    let near = |limit, offset| {
        let found = phone.saha.customers().nearby(here, limit, offset).unwrap();
        found.into_iter().map(|near| (near.customer.name, near.distance_m)).collect::<Vec<_>>()
    };
    let all = near(200, 0);
    let names: Vec<_> = all.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Köşede", "Kuzeyde", "Doğuda", "Ankara", "Avustralya"], "who has no place is not in it");
    assert_eq!((all[0].1, all[1].1, all[2].1), (11, 1_334, 1_678));
    assert_eq!([near(1, 0), near(1, 1), near(2, 2), near(9, 4)].concat(), [&all[..], &[]].concat());
    assert_eq!(near(9, 5), []);
}

#[test]
fn a_place_that_is_none_is_refused() {
    let phone = Phone::new();
    let nowhere = phone.saha.customers().nearby(GeoPoint { lat_e7: 0, lon_e7: 0 }, 10, 0);
    assert_eq!(nowhere, Err(SahaError::invalid("location", Problem::OutOfRange)));
}

#[test]
fn who_is_near_is_found_by_the_index_alone() {
    let phone = Phone::new();
    let sql = "EXPLAIN QUERY PLAN SELECT id, lat_e7, lon_e7 FROM customer
               WHERE lat_e7 BETWEEN 1 AND 2 AND lon_e7 IS NOT NULL";
    let plan: String = phone.store.read(|r| Ok(r.conn().query_row(sql, [], |row| row.get("detail"))?)).unwrap();
    assert!(plan.contains("USING COVERING INDEX customer_by_place"), "{plan}");
}

fn cycle(n: u128, segment: Segment, required_visits: i32) -> CallCycle {
    CallCycle { id: id(n), segment, required_visits, period: saha_domain::period::Period::Month }
}

fn assigned(n: u128, customer: u128, rep: u128, from: &str, to: Option<&str>) -> Assignment {
    let (from, to) = (from.parse().unwrap(), to.map(|to| to.parse().unwrap()));
    Assignment { id: id(n), customer: id(customer), rep: id(rep), from, to }
}

#[test]
fn who_is_due_is_told_by_the_cycle_of_his_segment() {
    let phone = Phone::new();
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    let end = crate::VisitEnd { outcome: "order".into(), ..crate::VisitEnd::default() };
    let visit = phone.saha.visits().check_out(visit.id, end).unwrap();
    let lost = Customer { lifecycle: Lifecycle::Lost, ..customer(203, "Kapalı") };
    let other_segment = Customer { segment: Segment::B, ..customer(204, "B grubu") };
    phone.pull(&[
        phone.row(&customer(201, "Hiç gidilmedi")),
        phone.row(&customer(202, "Başkasının")),
        phone.row(&lost),
        phone.row(&other_segment),
        phone.row(&assigned(601, CUSTOMER, REP, "2026-01-01", None)),
        phone.row(&assigned(602, 201, REP, "2026-11-20", None)),
        phone.row(&assigned(603, 202, 101, "2026-01-01", None)),
        phone.row(&assigned(604, 203, REP, "2026-01-01", None)),
        phone.row(&assigned(605, 204, REP, "2026-01-01", None)),
        phone.row(&assigned(606, 202, REP, "2026-01-01", Some("2026-11-22"))),
    ]);
    let due = || {
        let found = phone.saha.customers().due(10, 0).unwrap();
        let told = |due: DueCustomer| (due.customer.name, due.last_visit_on, due.due_on.to_string(), due.overdue_days);
        found.into_iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(due(), [], "without cycles nobody is");
    phone.pull(&[phone.row(&cycle(901, Segment::A, 1)), phone.row(&cycle(902, Segment::A, 4))]);
    let never = |days| ("Hiç gidilmedi".to_owned(), None, "2026-11-20".to_owned(), days);
    assert_eq!(due(), [never(3)]);
    phone.host.pass_minutes(7 * 24 * 60);
    let again = ("Ihlamur Kafe".to_owned(), Some(visit.check_in.local_date), "2026-11-30".to_owned(), 0);
    assert_eq!(due(), [never(10), again.clone()], "of two cycles the more frequent holds");
    assert_eq!(phone.saha.customers().due(1, 1).unwrap()[0].customer.name, again.0);
    phone.saha.visits().check_in(id(201), None).unwrap();
    assert_eq!(due().len(), 2, "a visit that is not over is none yet");
    assert_eq!(phone.saha.customers().due(201, 0), Err(SahaError::invalid("limit", Problem::OutOfRange)));
}
