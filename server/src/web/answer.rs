//! Answers that are not a success: always the same JSON, in the language of the request.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use saha_domain::{catalog::Lang, wire::ErrorBody};

use crate::error::RequestError;

/// A refused request, and the language in which to say so.
#[derive(Debug)]
pub(super) struct Refusal {
    error: RequestError,
    lang: Lang,
}

impl Refusal {
    pub(super) fn new(error: RequestError, lang: Lang) -> Self {
        Self { error, lang }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self { error, lang } = self;
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = ErrorBody { code: error.code().to_owned(), message: error.message(lang) };
        let mut response = (status, Json(body)).into_response();
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = error.retry_after_s() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
