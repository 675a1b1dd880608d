//! The one table of routes. A test asks each of them with every kind of token, so a new line needs no new test to be
//! guarded.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    http::Method,
    middleware,
    routing::{MethodRouter, delete, get, post, put},
};

use super::{
    blobs, give_up_after,
    guard::{Access, guard},
    handlers,
};
use crate::server::Server;

/// One route.
pub(super) struct Route {
    /// The method.
    pub(super) method: Method,
    /// The path, with parameters in braces.
    pub(super) path: &'static str,
    /// Whom it takes.
    pub(super) access: Access,
    /// Whether it takes, for some days, a device that was revoked: to hand in its work.
    pub(super) hands_in: bool,
    handler: MethodRouter<Arc<Server>>,
    /// A request that takes longer is given up. The device sends it again, and finds what was done by then.
    patience: Duration,
}

/// Every message of a device.
const MESSAGE: Duration = Duration::from_secs(30);
/// A file of the office: a thousand passwords take half a minute to hash.
const FILE: Duration = Duration::from_mins(10);

/// Every route.
pub(super) fn table() -> Vec<Route> {
    let route =
        |method, path, access, handler| Route { method, path, access, hands_in: false, handler, patience: MESSAGE };
    vec![
        route(Method::GET, "/v1/info", Access::Anyone, get(handlers::info)),
        route(Method::POST, "/v1/auth/login", Access::Anyone, post(handlers::login)),
        route(Method::POST, "/v1/auth/refresh", Access::Anyone, post(handlers::refresh)),
        route(Method::GET, "/v1/devices", Access::SignedIn, get(handlers::devices)),
        route(Method::DELETE, "/v1/devices/{id}", Access::SignedIn, delete(handlers::revoke_device)),
        Route { hands_in: true, ..route(Method::POST, "/v1/sync", Access::Reps, post(handlers::sync)) },
        route(Method::GET, "/v1/blobs/{sha256}/status", Access::Reps, get(blobs::status)),
        route(Method::GET, "/v1/blobs/{sha256}", Access::Reps, get(blobs::read)),
        route(Method::PUT, "/v1/blobs/{sha256}", Access::Reps, put(blobs::write)),
        Route { patience: FILE, ..route(Method::POST, "/v1/import/{kind}", Access::Admins, post(handlers::import)) },
    ]
}

pub(super) fn router(server: &Arc<Server>) -> Router {
    let guarded = |router: Router<Arc<Server>>, route: Route| {
        tracing::debug!(method = %route.method, path = route.path, access = ?route.access, "route");
        let guard = middleware::from_fn_with_state((Arc::clone(server), route.access, route.hands_in), guard);
        let patience = middleware::from_fn_with_state(route.patience, give_up_after);
        router.route(route.path, route.handler.layer(guard).layer(patience))
    };
    table().into_iter().fold(Router::new(), guarded).with_state(Arc::clone(server))
}
