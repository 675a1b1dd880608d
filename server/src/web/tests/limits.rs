use std::io::Write as _;

use axum::{
    body::Body,
    http::{Method, Response, StatusCode, header},
};
use saha_domain::wire::{Outcome, SyncResponse, TokenGrant};
use serde_json::{json, value::RawValue};

use super::{bytes, refusal, request, send};
use crate::testing::{World, call, device_id, id};

fn empty_sync() -> Vec<u8> {
    json!({ "schema": 1, "request_id": id(1), "limit": 10, "changes": [] }).to_string().into_bytes()
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

async fn sync(world: &World, encoding: &str, body: Vec<u8>) -> Response<Body> {
    let token = world.login("ayse", 1).unwrap().access_token;
    let request = request(Method::POST, "/v1/sync", Some(&token)).header(header::CONTENT_ENCODING, encoding);
    send(world, request.body(Body::from(body)).unwrap()).await
}

async fn answer(response: Response<Body>) -> SyncResponse {
    assert_eq!(response.status(), StatusCode::OK);
    serde_json::from_slice(&bytes(response).await).unwrap()
}

#[tokio::test]
async fn bodies_may_be_packed() {
    let world = World::new();
    let plain = empty_sync();
    let (gzipped, zstd) = (gzip(&plain), zstd::encode_all(&*plain, 3).unwrap());
    for (encoding, body) in [("identity", plain), ("gzip", gzipped), ("zstd", zstd)] {
        assert!(!answer(sync(&world, encoding, body).await).await.changes.is_empty(), "{encoding}");
    }
}

#[tokio::test]
async fn answers_are_packed_for_who_can_unpack_them() {
    let world = World::new();
    let token = world.login("ayse", 1).unwrap().access_token;
    let request = request(Method::POST, "/v1/sync", Some(&token)).header(header::ACCEPT_ENCODING, "zstd, gzip");
    let response = send(&world, request.body(Body::from(empty_sync())).unwrap()).await;
    assert_eq!(response.headers()[header::CONTENT_ENCODING], "zstd");
    let unpacked = zstd::decode_all(&*bytes(response).await).unwrap();
    serde_json::from_slice::<SyncResponse>(&unpacked).unwrap();
}

#[tokio::test]
async fn a_body_larger_than_the_limits_is_refused_packed_or_unpacked() {
    let world = World::new();
    let too_large = (StatusCode::PAYLOAD_TOO_LARGE, "too_large".to_owned());
    assert_eq!(refusal(sync(&world, "identity", vec![b' '; (1 << 20) + 1]).await).await, too_large);
    let bomb = vec![b' '; 9 << 20];
    assert_eq!(refusal(sync(&world, "gzip", gzip(&bomb)).await).await, too_large);
    assert_eq!(refusal(sync(&world, "zstd", zstd::encode_all(&*bomb, 3).unwrap()).await).await, too_large);
}

#[tokio::test]
async fn a_body_that_is_announced_as_too_large_is_not_waited_for() {
    let world = World::new();
    let token = world.login("ayse", 1).unwrap().access_token;
    let request = request(Method::POST, "/v1/sync", Some(&token)).header(header::CONTENT_LENGTH, 2 << 20);
    let response = send(&world, request.body(Body::empty()).unwrap()).await;
    assert_eq!(refusal(response).await, (StatusCode::PAYLOAD_TOO_LARGE, "too_large".to_owned()));
}

#[tokio::test]
async fn what_is_not_the_message_is_a_bad_request() {
    let world = World::new();
    let bad = (StatusCode::BAD_REQUEST, "bad_request".to_owned());
    for body in [b"".to_vec(), b"{}".to_vec(), b"\xff\xfe".to_vec(), br#"{"limit":-1}"#.to_vec()] {
        assert_eq!(refusal(sync(&world, "identity", body).await).await, bad);
    }
    assert_eq!(refusal(sync(&world, "gzip", b"not gzip".to_vec()).await).await, bad);
    assert_eq!(refusal(sync(&world, "br", empty_sync()).await).await, bad);
}

#[tokio::test]
async fn a_deep_payload_is_one_changes_problem_and_nobodys_stack() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let mut deep = phone.create("call", id(1), json!({}));
    let nested = format!(r#"{{"a":{}1{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    deep.payload = Some(RawValue::from_string(nested).unwrap());
    let good = phone.create("call", id(2), call(id(2), phone.rep(), world.customer("C1")));
    let body = serde_json::to_vec(&phone.request(vec![deep, good], 10)).unwrap();
    let results = answer(sync(&world, "identity", body).await).await.results;
    let applied: Vec<bool> = results.iter().map(|r| matches!(r.outcome, Outcome::Applied { .. })).collect();
    assert_eq!(applied, [false, true]);
    let deep_request = format!(r#"{{"unknown":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(sync(&world, "identity", deep_request.into_bytes()).await.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn fifty_identical_batches_at_once_have_one_effect() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    let token = world.login("ayse", 1).unwrap().access_token;
    let create = phone.create("call", id(1), call(id(1), phone.rep(), world.customer("C1")));
    let body = serde_json::to_vec(&phone.request(vec![create], 1)).unwrap();
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let request = request(Method::POST, "/v1/sync", Some(&token)).body(Body::from(body.clone())).unwrap();
            tokio::spawn(tower::ServiceExt::oneshot(world.server.router(), request))
        })
        .collect();
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(answer(task.await.unwrap().unwrap()).await.results.remove(0));
    }
    assert_eq!(outcomes.iter().filter(|result| !result.replayed).count(), 1);
    assert!(outcomes.iter().all(|result| result.outcome == outcomes[0].outcome));
}

#[tokio::test]
async fn too_many_failed_sign_ins_are_told_when_to_come_back() {
    let world = World::new();
    let device = json!({ "id": device_id(1), "name": "p", "platform": "ios" });
    let body = json!({ "login": "ayse", "password": "wrong", "device": device }).to_string();
    let login = || request(Method::POST, "/v1/auth/login", None).body(Body::from(body.clone())).unwrap();
    for _ in 0..10 {
        let refused = refusal(send(&world, login()).await).await;
        assert_eq!(refused, (StatusCode::UNAUTHORIZED, "wrong_credentials".to_owned()));
    }
    let response = send(&world, login()).await;
    assert_eq!(response.headers()[header::RETRY_AFTER], "901");
    assert_eq!(refusal(response).await, (StatusCode::TOO_MANY_REQUESTS, "too_many_attempts".to_owned()));
}

#[tokio::test]
async fn what_anyone_may_send_is_small_packed_or_unpacked() {
    let world = World::new();
    let too_large = (StatusCode::PAYLOAD_TOO_LARGE, "too_large".to_owned());
    for path in ["/v1/auth/login", "/v1/auth/refresh"] {
        for (encoding, body) in [("identity", vec![b' '; 17 << 10]), ("gzip", gzip(&vec![b' '; 17 << 10]))] {
            let knock = request(Method::POST, path, None).header(header::CONTENT_ENCODING, encoding);
            assert_eq!(refusal(send(&world, knock.body(Body::from(body)).unwrap()).await).await, too_large, "{path}");
        }
    }
}

#[tokio::test]
async fn a_refresh_needs_no_access_token() {
    let world = World::new();
    let grant = world.login("ayse", 1).unwrap();
    let body = json!({ "refresh_token": grant.refresh_token }).to_string();
    let response = send(&world, request(Method::POST, "/v1/auth/refresh", None).body(Body::from(body)).unwrap()).await;
    let next: TokenGrant = serde_json::from_slice(&bytes(response).await).unwrap();
    assert_ne!(next.access_token, grant.access_token);
}

#[tokio::test]
async fn a_file_is_imported_over_http() {
    let world = World::new();
    let import = |kind: &str, body: &'static [u8]| {
        request(Method::POST, &format!("/v1/import/{kind}"), Some(&world.admin_token)).body(Body::from(body)).unwrap()
    };
    let response = send(&world, import("reps", b"code,name\nR7,Deniz\n")).await;
    let report: saha_domain::wire::ImportReport = serde_json::from_slice(&bytes(response).await).unwrap();
    assert_eq!((report.created, report.problems.len()), (1, 0));
    let bad = (StatusCode::BAD_REQUEST, "bad_request".to_owned());
    assert_eq!(refusal(send(&world, import("invoices", b"")).await).await, bad);
    assert_eq!(refusal(send(&world, import("reps", b"code,name\nR8,\xdeahin\n")).await).await, bad);
}
