use rusqlite::Connection;
use serde_json::json;

use super::*;
use crate::store::migrations_for_tests;

fn content(version: i64, body: &Value) -> Content<'_> {
    Content { version: Some(version), body }
}

fn database() -> Connection {
    let mut conn = Connection::open_in_memory().unwrap();
    migrations_for_tests(&mut conn);
    conn
}

fn round_trip(kind: Kind, mut body: Value) {
    let conn = database();
    let id = Uuid::from_u128(7);
    body["id"] = json!(id.to_string());
    let statements = crate::kinds::statements(kind);
    statements.insert(&conn, &mut Words::default(), id, content(3, &body)).unwrap();
    let row = statements.get(&conn, &mut Words::default(), id).unwrap().unwrap();
    assert_eq!(row, StoredRow { id, version: Some(3), body });
}

fn visit() -> Value {
    json!({
        "rep": Uuid::from_u128(1).to_string(), "customer": Uuid::from_u128(2).to_string(), "segment": "A",
        "lifecycle": "active", "state": "completed", "geo_verdict": "inside", "distance_m": 12, "outcome": "order",
        "check_in": {
            "device_utc_ms": 1, "correction_ms": -5, "zone": "Europe/Istanbul", "utc_offset_s": 10800,
            "local_date": "2026-11-23", "monotonic_ms": 77, "boot_id": "b", "source": "server", "uncertainty_ms": 3
        },
        "check_in_location": {
            "point": {"lat_e7": 410_000_000, "lon_e7": 290_000_000}, "accuracy_m": 5, "fix_age_ms": 0, "provider": "gps", "mocked": false
        }
    })
}

#[test]
fn a_visit_comes_back_as_it_was_stored() {
    round_trip(Kind::Visit, visit());
}

#[test]
fn what_the_columns_can_hold_leaves_no_rest() {
    let conn = database();
    let id = Uuid::from_u128(7);
    let mut body = visit();
    body["id"] = json!(id.to_string());
    crate::kinds::statements(Kind::Visit).insert(&conn, &mut Words::default(), id, content(1, &body)).unwrap();
    let rest: Option<String> = conn.query_row("SELECT rest FROM visit", [], |row| row.get(0)).unwrap();
    assert_eq!(rest, None);
}

#[test]
fn fields_of_a_newer_server_survive_at_every_depth() {
    let mut body = visit();
    body["loyalty"] = serde_json::from_str(r#"{"points": 123456789012345678901234567890}"#).unwrap();
    body["check_in"]["satellites"] = json!(9);
    body["check_in_location"]["point"]["alt_mm"] = json!(120);
    round_trip(Kind::Visit, body);
}

#[test]
fn values_in_a_shape_that_no_column_holds_survive() {
    let mut body = visit();
    body["customer"] = json!("NOT-A-UUID");
    body["distance_m"] = json!("far");
    body["check_in"]["local_date"] = json!("23.11.2026");
    body["check_in"]["monotonic_ms"] = serde_json::from_str("77.0").unwrap();
    body["check_in_location"] = json!("Taksim");
    round_trip(Kind::Visit, body);
}

fn sale() -> Value {
    let line = |position: i32, product: u128| {
        json!({
            "position": position, "product": Uuid::from_u128(product).to_string(), "product_group": "icecek",
            "quantity": {"amount_milli": 12_000, "unit": "adet"}, "unit_price": {"amount_micro": 38_500_000, "currency": "TRY"},
            "discounts_bp": [500], "tax_bp": 2_000, "tax_included": false, "net_minor": 43_890, "tax_minor": 8_778
        })
    };
    json!({
        "number": "A-000001", "rep": Uuid::from_u128(1).to_string(), "customer": Uuid::from_u128(2).to_string(),
        "state": "confirmed", "currency": "TRY", "rule_set": "v1", "net_minor": 87_780, "tax_minor": 17_556,
        "lines": {Uuid::from_u128(31).to_string(): line(1, 41), Uuid::from_u128(32).to_string(): line(2, 42)}
    })
}

#[test]
fn a_sale_and_its_lines_come_back_as_they_were_stored_and_leave_no_rest() {
    round_trip(Kind::Sale, sale());
    let conn = database();
    let id = Uuid::from_u128(7);
    crate::kinds::statements(Kind::Sale).insert(&conn, &mut Words::default(), id, content(1, &sale())).unwrap();
    let count = |sql: &str| conn.query_row::<i64, _, _>(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM sale WHERE rest IS NULL"), 1);
    assert_eq!(count("SELECT count(*) FROM sale_line WHERE rest IS NULL"), 2);
    crate::kinds::statements(Kind::Sale).delete(&conn, id).unwrap();
    assert_eq!(count("SELECT count(*) FROM sale_line"), 0);
}

#[test]
fn children_in_a_shape_that_no_row_holds_survive() {
    let mut body = sale();
    body["lines"][Uuid::from_u128(31).to_string()]["discounts_bp"] = json!("a third");
    body["lines"][Uuid::from_u128(31).to_string()]["campaign"] = json!({"code": 7});
    round_trip(Kind::Sale, body.clone());
    body["lines"]["first"] = json!({"position": 0});
    round_trip(Kind::Sale, body.clone());
    body["lines"] = json!({});
    round_trip(Kind::Sale, body.clone());
    body["lines"] = json!("none");
    round_trip(Kind::Sale, body);
}

#[test]
fn a_line_that_is_taken_out_of_a_sale_is_gone() {
    let conn = database();
    let id = Uuid::from_u128(7);
    let statements = crate::kinds::statements(Kind::Sale);
    let mut body = sale();
    body["id"] = json!(id.to_string());
    statements.insert(&conn, &mut Words::default(), id, content(1, &body)).unwrap();
    let mut shorter = body.clone();
    shorter["lines"].as_object_mut().unwrap().remove(&Uuid::from_u128(31).to_string());
    statements.update(&conn, &mut Words::default(), id, content(1, &body), content(2, &shorter)).unwrap();
    assert_eq!(statements.get(&conn, &mut Words::default(), id).unwrap().unwrap().body, shorter);
}

#[test]
fn every_kind_has_the_columns_that_its_table_names() {
    let conn = database();
    for kind in Kind::ALL {
        let statements = crate::kinds::statements(*kind);
        conn.prepare(&statements.select).unwrap();
        conn.prepare(&statements.insert).unwrap();
        for child in &statements.children {
            conn.prepare(&child.insert).unwrap();
        }
    }
}

#[test]
fn a_row_is_replaced_whole() {
    let conn = database();
    let id = Uuid::from_u128(7);
    let statements = crate::kinds::statements(Kind::Visit);
    let full = visit();
    statements.insert(&conn, &mut Words::default(), id, content(1, &full)).unwrap();
    let bare = json!({"rep": full["rep"], "id": id.to_string()});
    statements.update(&conn, &mut Words::default(), id, content(1, &full), content(2, &bare)).unwrap();
    let row = statements.get(&conn, &mut Words::default(), id).unwrap().unwrap();
    assert_eq!(row, StoredRow { id, version: Some(2), body: bare });
}

#[test]
fn of_a_row_only_what_differs_is_written() {
    let conn = database();
    let id = Uuid::from_u128(7);
    let statements = crate::kinds::statements(Kind::Visit);
    let mut before = visit();
    before["id"] = json!(id.to_string());
    statements.insert(&conn, &mut Words::default(), id, content(1, &before)).unwrap();
    // Whatever the columns of indexes hold by now: a patch of something else has nothing to say of them.
    conn.execute("UPDATE visit SET customer = NULL, check_in_date = 5", []).unwrap();
    let mut after = before.clone();
    after["note"] = json!("Kapalı");
    after["check_in"]["satellites"] = json!(9);
    statements.update(&conn, &mut Words::default(), id, content(1, &before), content(2, &after)).unwrap();
    let sql = "SELECT 1 FROM visit WHERE note = 'Kapalı' AND version = 2 AND customer IS NULL AND check_in_date = 5
               AND rest LIKE '%satellites%'";
    conn.query_row(sql, [], |_| Ok(())).unwrap();
}

#[test]
fn a_row_that_should_be_there_and_is_not_is_damage() {
    let conn = database();
    let statements = crate::kinds::statements(Kind::Visit);
    let body = visit();
    let row = content(1, &body);
    assert!(statements.update(&conn, &mut Words::default(), Uuid::from_u128(7), row, row).is_err());
}
