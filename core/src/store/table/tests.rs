use rusqlite::Connection;
use serde_json::json;

use super::*;
use crate::store::migrations_for_tests;

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
    statements.upsert(&conn, &mut Words::default(), id, Some(3), &body).unwrap();
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
    crate::kinds::statements(Kind::Visit).upsert(&conn, &mut Words::default(), id, None, &body).unwrap();
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

#[test]
fn every_kind_has_the_columns_that_its_table_names() {
    let conn = database();
    for kind in Kind::ALL {
        let statements = crate::kinds::statements(*kind);
        conn.prepare(&statements.select).unwrap();
        conn.prepare(&statements.upsert).unwrap();
    }
}

#[test]
fn a_row_is_replaced_whole() {
    let conn = database();
    let id = Uuid::from_u128(7);
    let statements = crate::kinds::statements(Kind::Visit);
    let full = visit();
    statements.upsert(&conn, &mut Words::default(), id, Some(1), &full).unwrap();
    let bare = json!({"rep": full["rep"], "id": id.to_string()});
    statements.upsert(&conn, &mut Words::default(), id, Some(2), &bare).unwrap();
    assert_eq!(statements.get(&conn, &mut Words::default(), id).unwrap().unwrap().body, bare);
}
