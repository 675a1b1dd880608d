//! The skin: who comes in, what is refused before it is read, and what the answers look like.

mod blobs;
mod limits;
mod openapi;
mod over_a_socket;
mod route_table;

use axum::{
    body::{Body, to_bytes},
    http::{Method, Request, Response, StatusCode, header},
};
use saha_domain::wire::ErrorBody;
use tower::ServiceExt as _;

use crate::testing::World;

#[test]
fn a_proxys_word_counts_only_behind_a_proxy_and_only_the_last() {
    let request = Request::builder().header("x-forwarded-for", "1.1.1.1, 10.0.0.7").body(Body::empty()).unwrap();
    assert_eq!(super::client_address(&request, true), Some([10, 0, 0, 7].into()));
    assert_eq!(super::client_address(&request, false), None);
}

/// A request with a token, if there is one.
fn request(method: Method, path: &str, token: Option<&str>) -> axum::http::request::Builder {
    let builder = Request::builder().method(method).uri(path);
    match token {
        Some(token) => builder.header(header::AUTHORIZATION, format!("Bearer {token}")),
        None => builder,
    }
}

async fn send(world: &World, request: Request<Body>) -> Response<Body> {
    world.server.router().oneshot(request).await.unwrap()
}

async fn bytes(response: Response<Body>) -> Vec<u8> {
    to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()
}

/// Status and code of a refusal.
async fn refusal(response: Response<Body>) -> (StatusCode, String) {
    let status = response.status();
    let body: ErrorBody = serde_json::from_slice(&bytes(response).await).unwrap();
    (status, body.code)
}
