//! Files, part by part.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::{Path, Query, Request, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use saha_domain::{
    BlobHash,
    wire::{BlobStatus, MAX_BLOB_PART_BYTES},
};
use serde::Deserialize;

use super::{
    answer::Refusal,
    body::{self, Bounds},
    on_server,
};
use crate::{
    auth::Caller,
    blobs::{Part, Wanted},
    error::RequestError,
    server::Server,
};

type App = State<Arc<Server>>;
type Answer<T> = Result<T, Refusal>;

const PART: Bounds = Bounds { travelling: MAX_BLOB_PART_BYTES, inflated: MAX_BLOB_PART_BYTES };

/// Where a part goes on.
#[derive(Debug, Deserialize)]
pub(super) struct Offset {
    offset: u64,
}

pub(super) async fn status(
    State(server): App,
    Extension(caller): Extension<Caller>,
    Path(sha256): Path<String>,
) -> Answer<Json<BlobStatus>> {
    let status = async {
        let sha256 = named(&sha256)?;
        on_server(&server, move |server| server.blob_status(&caller, sha256)).await
    };
    status.await.map(Json).map_err(|error| Refusal::new(error, caller.lang))
}

pub(super) async fn read(
    State(server): App,
    Extension(caller): Extension<Caller>,
    Path(sha256): Path<String>,
    headers: HeaderMap,
) -> Answer<Response> {
    let part = async {
        let sha256 = named(&sha256)?;
        on_server(&server, move |server| server.read_blob(&caller, sha256, wanted(&headers))).await
    };
    part.await.map(sent).map_err(|error| Refusal::new(error, caller.lang))
}

pub(super) async fn write(
    State(server): App,
    Extension(caller): Extension<Caller>,
    Path(sha256): Path<String>,
    offset: Result<Query<Offset>, QueryRejection>,
    request: Request,
) -> Answer<Json<BlobStatus>> {
    let status = async {
        let sha256 = named(&sha256)?;
        let (parts, body) = request.into_parts();
        let body = body::receive(&parts.headers, body, PART).await?;
        let offset = offset.ok().map(|Query(Offset { offset })| offset);
        on_server(&server, move |server| server.write_blob(&caller, sha256, offset, &body.unpack()?)).await
    };
    status.await.map(Json).map_err(|error| Refusal::new(error, caller.lang))
}

/// What is no hash names no file.
fn named(sha256: &str) -> Result<BlobHash, RequestError> {
    sha256.parse().map_err(|_| RequestError::NotFound)
}

/// The one range of bytes that is asked for. A whole file is asked for part by part, as no answer is longer than one.
fn wanted(headers: &HeaderMap) -> Option<Wanted> {
    let (first, last) = headers.get(header::RANGE)?.to_str().ok()?.strip_prefix("bytes=")?.split_once('-')?;
    let start: u64 = first.parse().ok()?;
    let max_bytes = match last {
        "" => MAX_BLOB_PART_BYTES,
        last => last.parse::<u64>().ok()?.checked_sub(start)?.saturating_add(1).min(MAX_BLOB_PART_BYTES),
    };
    Some(Wanted { start, max_bytes })
}

fn sent(part: Part) -> Response {
    let Part { start, bytes, size_bytes } = part;
    let last = start.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX)).saturating_sub(1);
    let mut response = (StatusCode::PARTIAL_CONTENT, bytes).into_response();
    let headers = response.headers_mut();
    // Never what a sender says that it is: a browser must not run it.
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Ok(range) = HeaderValue::from_str(&format!("bytes {start}-{last}/{size_bytes}")) {
        headers.insert(header::CONTENT_RANGE, range);
    }
    response
}
