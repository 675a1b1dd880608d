//! The thin skin: HTTP in, the synchronous server, HTTP out. Nothing here decides anything about data.

mod answer;
mod blobs;
mod body;
mod guard;
mod handlers;
mod routes;
mod serve;
#[cfg(test)]
mod tests;

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
};
use saha_domain::catalog::Lang;
use tower_http::compression::CompressionLayer;

pub use serve::serve;

use crate::{error::RequestError, server::Server};
use answer::Refusal;

impl Server {
    /// Every route of the server.
    pub fn router(self: &Arc<Self>) -> Router {
        routes::router(self)
            .fallback(not_found)
            .method_not_allowed_fallback(not_found)
            .layer(middleware::from_fn(log))
            .layer(CompressionLayer::new())
    }
}

async fn not_found(request: Request) -> Refusal {
    Refusal::new(RequestError::NotFound, lang(request.headers()))
}

async fn give_up_after(State(patience): State<Duration>, request: Request, next: Next) -> Response {
    let lang = lang(request.headers());
    let answer = tokio::time::timeout(patience, next.run(request)).await;
    answer.unwrap_or_else(|_| Refusal::new(RequestError::Busy, lang).into_response())
}

/// One line for each request: what was asked and how it ended. No token, no body, no query.
async fn log(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let started = tokio::time::Instant::now();
    let response = next.run(request).await;
    let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(%method, path, status = response.status().as_u16(), duration_ms, "request");
    response
}

/// The language of the answer.
fn lang(headers: &HeaderMap) -> Lang {
    let accepted = headers.get(axum::http::header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    accepted.map(Lang::of).unwrap_or_default()
}

/// The client's address, where it is known: of the connection, or as the proxy says.
fn client_address(request: &Request, behind_proxy: bool) -> Option<IpAddr> {
    if behind_proxy {
        // The proxy adds the address that it saw at the end; what stands before it was sent by the client.
        let forwarded = request.headers().get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        return forwarded.rsplit(',').next()?.trim().parse().ok();
    }
    request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip())
}

/// Runs the synchronous server on a thread that may wait for the disk.
async fn on_server<T, F>(server: &Arc<Server>, work: F) -> Result<T, RequestError>
where
    T: Send + 'static,
    F: FnOnce(&Server) -> Result<T, RequestError> + Send + 'static,
{
    let server = Arc::clone(server);
    tokio::task::spawn_blocking(move || work(&server)).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a request ended in a panic");
        Err(RequestError::Internal)
    })
}
