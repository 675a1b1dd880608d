//! One function for each route: take the body, ask the server, give the answer.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::{Path, Request, State},
    http::StatusCode,
};
use saha_domain::wire::{ImportReport, Info, LoginRequest, RefreshRequest, SyncRequest, SyncResponse, TokenGrant};

use super::{
    answer::Refusal,
    body::{self, Bounds, Packed},
    client_address, lang, on_server,
};
use crate::{
    auth::{Caller, DeviceView},
    error::RequestError,
    server::Server,
};

/// What anyone may send without a token is small.
const SIGN_IN: Bounds = Bounds { travelling: 16 << 10, inflated: 16 << 10 };

type App = State<Arc<Server>>;
type Answer<T> = Result<T, Refusal>;

pub(super) async fn info(State(server): App) -> Json<Info> {
    Json(server.info())
}

pub(super) async fn login(State(server): App, request: Request) -> Answer<Json<TokenGrant>> {
    let lang = lang(request.headers());
    let address = client_address(&request, server.config().behind_proxy);
    let grant = async {
        let body = receive(request, SIGN_IN).await?;
        on_server(&server, move |server| server.login(&body.json::<LoginRequest>()?, address)).await
    };
    grant.await.map(Json).map_err(|error| Refusal::new(error, lang))
}

pub(super) async fn refresh(State(server): App, request: Request) -> Answer<Json<TokenGrant>> {
    let lang = lang(request.headers());
    let grant = async {
        let body = receive(request, SIGN_IN).await?;
        on_server(&server, move |server| server.refresh(&body.json::<RefreshRequest>()?)).await
    };
    grant.await.map(Json).map_err(|error| Refusal::new(error, lang))
}

pub(super) async fn sync(
    State(server): App,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Answer<Json<SyncResponse>> {
    let answer = async {
        let body = receive(request, message_bounds(&server)).await?;
        on_server(&server, move |server| server.sync(&caller, &body.json::<SyncRequest>()?)).await
    };
    answer.await.map(Json).map_err(|error| Refusal::new(error, caller.lang))
}

pub(super) async fn import(
    State(server): App,
    Extension(caller): Extension<Caller>,
    Path(kind): Path<String>,
    request: Request,
) -> Answer<Json<ImportReport>> {
    let report = async {
        let kind = kind.parse()?;
        let max = server.config().max_import_bytes;
        let body = receive(request, Bounds { travelling: max, inflated: max }).await?;
        on_server(&server, move |server| server.import(&caller, kind, &body.unpack()?)).await
    };
    report.await.map(Json).map_err(|error| Refusal::new(error, caller.lang))
}

pub(super) async fn devices(State(server): App, Extension(caller): Extension<Caller>) -> Answer<Json<Vec<DeviceView>>> {
    let devices = on_server(&server, move |server| server.devices(&caller)).await;
    devices.map(Json).map_err(|error| Refusal::new(error, caller.lang))
}

pub(super) async fn revoke_device(
    State(server): App,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Answer<StatusCode> {
    let revoked = async {
        let device = id.parse().map_err(|_| RequestError::NotFound)?;
        on_server(&server, move |server| server.revoke_device(&caller, device)).await
    };
    revoked.await.map(|()| StatusCode::NO_CONTENT).map_err(|error| Refusal::new(error, caller.lang))
}

fn message_bounds(server: &Server) -> Bounds {
    let limits = &server.config().limits;
    Bounds { travelling: limits.max_body_bytes, inflated: limits.max_inflated_bytes }
}

async fn receive(request: Request, bounds: Bounds) -> Result<Packed, RequestError> {
    let (parts, body) = request.into_parts();
    body::receive(&parts.headers, body, bounds).await
}
