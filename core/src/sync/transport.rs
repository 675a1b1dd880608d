//! What the sync needs of a network, so that a simulation can stand in for it.

use std::{future::Future, pin::Pin};

/// A request to the server.
#[derive(Clone)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// From the root of the server, such as `/v1/sync`.
    pub path: &'static str,
    /// Access token.
    pub bearer: Option<String>,
    /// ISO 639 code of the language in which the server should speak to people.
    pub language: &'static str,
    /// JSON.
    pub body: Vec<u8>,
}

/// Bodies below this are not worth compressing.
const COMPRESS_FROM_BYTES: usize = 256;
/// What zstd calls its level: a batch of 500 changes takes it a few milliseconds, and the radio costs more.
const COMPRESSION_LEVEL: i32 = 9;

impl HttpRequest {
    /// The body as zstd, where that makes it smaller.
    pub fn compressed(&self) -> Option<Vec<u8>> {
        if self.body.len() < COMPRESS_FROM_BYTES {
            return None;
        }
        zstd::encode_all(self.body.as_slice(), COMPRESSION_LEVEL).ok().filter(|small| small.len() < self.body.len())
    }
}

/// The methods that the protocol uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Sends a body.
    Post,
}

/// An answer, whatever its status.
#[derive(Debug, Clone)]
pub struct HttpResponse {
    /// The HTTP status.
    pub status: u16,
    /// Seconds, from the header of that name.
    pub retry_after_s: Option<u64>,
    /// Inflated.
    pub body: Vec<u8>,
    /// Bytes of the request as it travelled.
    pub sent_bytes: u64,
}

/// Why there is no answer: `connect`, `timeout`, `tls`, `not_our_server`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoAnswer(
    /// The reason, as in [`saha_domain::SahaError::Offline`].
    pub &'static str,
);

/// The future of an answer.
pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send + 'a>>;

/// A way to the server.
pub trait Transport: Send {
    /// Sends one request and waits for its answer.
    fn send<'a>(&'a mut self, server: &'a url::Url, request: HttpRequest) -> Answer<'a>;
}
