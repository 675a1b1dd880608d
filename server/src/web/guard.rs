//! Who may come in: each route says whom it takes, and nobody else gets to its handler.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use saha_domain::{catalog::Lang, wire::Role};

use super::{answer::Refusal, lang, on_server};
use crate::{auth::Caller, error::RequestError, server::Server};

/// Whom a route takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Anyone, without a token.
    Anyone,
    /// Whoever has a good token.
    SignedIn,
    /// Reps.
    Reps,
    /// Admins.
    Admins,
}

impl Access {
    pub(super) fn takes(self, role: Role) -> bool {
        match self {
            Self::Anyone | Self::SignedIn => true,
            Self::Reps => role == Role::Rep,
            Self::Admins => role == Role::Admin,
        }
    }
}

/// Lets a request through to a route that takes its caller; the handler finds him among the extensions.
pub(super) async fn guard(
    State((server, access, hands_in)): State<(Arc<Server>, Access, bool)>,
    mut request: Request,
    next: Next,
) -> Response {
    if access == Access::Anyone {
        return next.run(request).await;
    }
    let lang = lang(request.headers());
    match caller(&server, hands_in, request.headers(), lang).await {
        Ok(caller) if access.takes(caller.role) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Ok(_) => Refusal::new(RequestError::Forbidden, lang).into_response(),
        Err(error) => Refusal::new(error, lang).into_response(),
    }
}

async fn caller(server: &Arc<Server>, hands_in: bool, headers: &HeaderMap, lang: Lang) -> Result<Caller, RequestError> {
    let token = bearer(headers).ok_or(RequestError::Unauthenticated)?.to_owned();
    let authenticate = if hands_in { Server::authenticate_to_hand_in } else { Server::authenticate };
    on_server(server, move |server| authenticate(server, &token, lang)).await
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}
