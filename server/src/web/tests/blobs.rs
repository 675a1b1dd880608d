use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use saha_domain::wire::{BlobStatus, MAX_BLOB_PART_BYTES};
use sha2::{Digest as _, Sha256};

use super::{bytes, refusal, request, send};
use crate::testing::{NOW_MS, World, id, photo, version, visit};

/// A company with a photo of Ayşe's whose file is to be sent: the path of the file, and her token.
fn with_photo(file: &[u8]) -> (World, String, String) {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    let sha256 = <[u8; 32]>::from(Sha256::digest(file)).into();
    let (rep, customer) = (ayse.rep(), world.customer("C1"));
    let changes = [
        ayse.create("visit", id(1), visit(id(1), rep, customer, NOW_MS)),
        ayse.create("photo", id(2), photo(id(2), id(1), rep, customer, sha256, file.len())),
    ];
    for result in ayse.push(&world, &changes) {
        version(&result);
    }
    let token = world.login("ayse", 1).unwrap().access_token;
    (world, format!("/v1/blobs/{sha256}"), token)
}

async fn put(world: &World, path: &str, token: &str, part: &[u8]) -> axum::http::Response<Body> {
    send(world, request(Method::PUT, path, Some(token)).body(Body::from(part.to_vec())).unwrap()).await
}

async fn status(response: axum::http::Response<Body>) -> BlobStatus {
    assert_eq!(response.status(), StatusCode::OK);
    serde_json::from_slice(&bytes(response).await).unwrap()
}

#[tokio::test]
async fn a_file_is_sent_and_read_in_parts_over_http() {
    let file: Vec<u8> = b"picture".repeat(100);
    let (world, path, token) = with_photo(&file);
    let first = status(put(&world, &format!("{path}?offset=0"), &token, &file[..500]).await).await;
    assert_eq!((first.received_bytes, first.size_bytes), (500, 700));
    let again = put(&world, &format!("{path}?offset=0"), &token, &file[..500]).await;
    assert_eq!(refusal(again).await, (StatusCode::CONFLICT, "wrong_offset".to_owned()));
    let asked = request(Method::GET, &format!("{path}/status"), Some(&token)).body(Body::empty()).unwrap();
    assert_eq!(status(send(&world, asked).await).await, first);
    assert!(status(put(&world, &format!("{path}?offset=500"), &token, &file[500..]).await).await.is_whole());
    for (range, told, part) in
        [("bytes=600-649", "bytes 600-649/700", &file[600..650]), ("bytes=690-", "bytes 690-699/700", &file[690..])]
    {
        let asked = request(Method::GET, &path, Some(&token)).header(header::RANGE, range);
        let asked = asked.header(header::ACCEPT_ENCODING, "zstd, gzip").body(Body::empty()).unwrap();
        let response = send(&world, asked).await;
        assert_eq!(response.status(), StatusCode::PARTIAL_CONTENT);
        assert_eq!(response.headers()[header::CONTENT_RANGE], told);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/octet-stream");
        assert_eq!(bytes(response).await, part);
    }
}

#[tokio::test]
async fn what_is_no_part_of_a_file_is_refused() {
    let file: Vec<u8> = b"picture".repeat(100);
    let (world, path, token) = with_photo(&file);
    let bad = (StatusCode::BAD_REQUEST, "bad_request".to_owned());
    for query in ["", "?offset=", "?offset=-1", "?offset=x", "?other=1"] {
        assert_eq!(refusal(put(&world, &format!("{path}{query}"), &token, b"x").await).await, bad, "{query}");
    }
    let long = vec![0; usize::try_from(MAX_BLOB_PART_BYTES).unwrap() + 1];
    let too_large = (StatusCode::PAYLOAD_TOO_LARGE, "too_large".to_owned());
    assert_eq!(refusal(put(&world, &format!("{path}?offset=0"), &token, &long).await).await, too_large);
    let wrong = put(&world, &format!("{path}?offset=0"), &token, &vec![1; file.len()]).await;
    assert_eq!(refusal(wrong).await, (StatusCode::UNPROCESSABLE_ENTITY, "wrong_hash".to_owned()));
    assert!(status(put(&world, &format!("{path}?offset=0"), &token, &file).await).await.is_whole());
    for range in ["", "bytes=", "bytes=700-", "bytes=5-4", "bytes=-5", "bytes=0-1,5-6", "lines=0-1"] {
        let asked = request(Method::GET, &path, Some(&token)).header(header::RANGE, range).body(Body::empty());
        assert_eq!(refusal(send(&world, asked.unwrap()).await).await, bad, "{range}");
    }
}

#[tokio::test]
async fn a_stranger_with_a_hash_is_told_nothing_by_any_method() {
    let file: Vec<u8> = b"picture".repeat(100);
    let (world, path, token) = with_photo(&file);
    put(&world, &format!("{path}?offset=0"), &token, &file).await;
    let stranger = world.login("mehmet", 2).unwrap().access_token;
    let no_hash = "/v1/blobs/not-a-hash".to_owned();
    let of_nothing = format!("/v1/blobs/{}", "00".repeat(32));
    for path in [&path, &of_nothing, &no_hash] {
        for (method, path) in [
            (Method::GET, format!("{path}/status")),
            (Method::GET, path.clone()),
            (Method::PUT, format!("{path}?offset=0")),
            (Method::PUT, format!("{path}?offset=x")),
        ] {
            let asked = request(method, &path, Some(&stranger)).header(header::RANGE, "bytes=0-9");
            let refused = refusal(send(&world, asked.body(Body::from("x")).unwrap()).await).await;
            assert_eq!(refused, (StatusCode::NOT_FOUND, "not_found".to_owned()), "{path}");
        }
        let head = request(Method::HEAD, path, Some(&stranger)).header(header::RANGE, "bytes=0-9");
        assert_eq!(send(&world, head.body(Body::empty()).unwrap()).await.status(), StatusCode::NOT_FOUND);
    }
}
