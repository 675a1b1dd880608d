use serde_json::json;

use super::*;
use crate::{Hlc, OpId, merge::Edit};

fn change(payload: &str) -> String {
    format!(
        r#"{{"op_id":"0198c0de-0000-7000-8000-000000000001","seq":1,"attempt":1,"kind":"visit",
        "id":"0198c0de-0000-7000-8000-000000000002","op":"create","hlc":"1795467890123-0001","payload":{payload}}}"#
    )
}

#[test]
fn a_payload_keeps_its_bytes_through_a_request() {
    let payload = r#"{ "b":1.50,  "a":12345678901234567890123 }"#;
    let change: WireChange = serde_json::from_str(&change(payload)).unwrap();
    assert_eq!(change.payload_bytes(), payload.as_bytes());
    let mut hashed = Vec::new();
    payload_hash(&change, |bytes| hashed.extend_from_slice(bytes));
    assert_eq!(hashed, [b"visit\x000198c0de-0000-7000-8000-000000000002\0create\0", payload.as_bytes()].concat());
    let sent = serde_json::to_string(&change).unwrap();
    assert!(sent.contains(payload), "{sent}");
}

#[test]
fn a_create_needs_an_object_and_a_delete_nothing() {
    let read = |payload: &str| serde_json::from_str::<WireChange>(&change(payload)).unwrap().edit();
    assert_eq!(read(r#"{"a":1}"#), Ok(Edit::Create(json!({"a":1}))));
    assert!(read("[]").is_err());
    assert!(Edit::parse(Op::Delete, b"{}").is_err());
    assert_eq!(Edit::parse(Op::Delete, b""), Ok(Edit::Delete));
    assert!(Edit::parse(Op::Patch, b"").is_err());
}

#[test]
fn a_judgement_of_a_newer_server_costs_the_rest_of_its_answer_nothing() {
    let op_id = "0198c0de-0000-7000-8000-000000000001";
    let read = |outcome: &str| {
        serde_json::from_str::<ChangeResult>(&format!(r#"{{"op_id":"{op_id}","outcome":{outcome}}}"#)).unwrap().outcome
    };
    assert_eq!(read(r#"{"escrowed":{"until_ms":5}}"#), Outcome::Retry { reason: "needs_app".into() });
    assert_eq!(read(r#""postponed""#), Outcome::Retry { reason: "needs_app".into() });
    assert_eq!(read(r#""gone""#), Outcome::Gone);
}

#[test]
fn outcomes_are_written_as_the_protocol_says() {
    let op_id: OpId = "0198c0de-0000-7000-8000-000000000001".parse().unwrap();
    let write = |outcome| serde_json::to_value(ChangeResult { op_id, replayed: false, outcome }).unwrap();
    assert_eq!(
        write(Outcome::Applied { version: 7, hlc: Hlc::new(1_795_467_890_123, 1), superseded: vec![] }),
        json!({"op_id": op_id, "outcome": {"applied": {"version": 7, "hlc": "1795467890123-0001"}}})
    );
    assert_eq!(write(Outcome::Gone)["outcome"], json!("gone"));
    assert_eq!(
        write(Outcome::Retry { reason: "needs_server".into() })["outcome"],
        json!({"retry": {"reason": "needs_server"}})
    );
    let rejection = Rejection {
        code: RejectionCode::Other("credit_limit".into()),
        field: None,
        message: "m".into(),
        existing: None,
    };
    assert_eq!(
        write(Outcome::Rejected(rejection))["outcome"],
        json!({"rejected": {"code": "credit_limit", "message": "m"}})
    );
}

#[test]
fn pulled_messages_are_told_apart_and_those_of_a_newer_server_passed_over() {
    let read = |text: &str| serde_json::from_str::<PulledItem>(text).unwrap();
    let id = "0198c0de-0000-7000-8000-000000000002";
    assert!(matches!(
        read(&format!(r#"{{"kind":"visit","id":"{id}","version":3,"body":{{}}}}"#)).read(),
        Pulled::Row { version: 3, .. }
    ));
    assert!(matches!(
        read(&format!(r#"{{"kind":"visit","id":"{id}","version":3,"deleted":true}}"#)).read(),
        Pulled::Tombstone { .. }
    ));
    assert!(matches!(read(&format!(r#"{{"entered":"{id}"}}"#)).read(), Pulled::Entered(_)));
    assert!(matches!(read(&format!(r#"{{"left":"{id}"}}"#)).read(), Pulled::Left(_)));
    assert!(matches!(read(&format!(r#"{{"stub":{{"customer":"{id}","name":"x"}}}}"#)).read(), Pulled::Stub(_)));
    let aged = PulledItem { aged: "2025-10-24".parse().ok(), ..PulledItem::default() };
    assert_eq!(serde_json::to_string(&aged).unwrap(), r#"{"aged":"2025-10-24"}"#);
    assert!(matches!(read(r#"{"aged":"2025-10-24"}"#).read(), Pulled::Aged(date) if Some(date) == aged.aged));
    assert!(matches!(read(r#"{"merged":true}"#).read(), Pulled::Unknown));
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let login = LoginRequest {
        login: "ayse".into(),
        password: "hunter2-hunter2".into(),
        device: DeviceInfo {
            id: "0198c0de-0000-7000-8000-000000000003".parse().unwrap(),
            name: "p".into(),
            platform: "cli".into(),
        },
    };
    assert!(!format!("{login:?}").contains("hunter2"));
    assert!(!format!("{:?}", RefreshRequest { refresh_token: "secret".into() }).contains("secret"));
}
