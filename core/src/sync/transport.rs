//! What the sync needs of a network, so that a simulation can stand in for it.

use std::{future::Future, pin::Pin};

use saha_domain::catalog::Lang;
use serde::Serialize;

/// A request to the server.
#[derive(Clone)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// From the root of the server, such as `/v1/sync`.
    pub path: String,
    /// Which bytes are asked for; none for all.
    pub range: Option<ByteRange>,
    /// Access token.
    pub bearer: Option<String>,
    /// ISO 639 code of the language in which the server should speak to people.
    pub language: &'static str,
    /// What is sent.
    pub body: Body,
}

/// What a request sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// JSON, which travels compressed where that makes it smaller.
    Json(Vec<u8>),
    /// A part of a file, as it is: pictures are compressed already.
    Bytes(Vec<u8>),
}

impl Body {
    /// Its bytes before compression.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Empty => &[],
            Self::Json(bytes) | Self::Bytes(bytes) => bytes,
        }
    }
}

/// A range of bytes, both ends within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByteRange {
    /// The first byte.
    pub first: u64,
    /// The last byte, not before the first.
    pub last: u64,
}

impl ByteRange {
    /// How many bytes it holds.
    pub const fn length(self) -> u64 {
        self.last - self.first + 1
    }
}

/// Bodies below this are not worth compressing.
const COMPRESS_FROM_BYTES: usize = 256;
/// What zstd calls its level: a batch of 500 changes takes it a few milliseconds, and the radio costs more.
const COMPRESSION_LEVEL: i32 = 9;

impl HttpRequest {
    /// Asks without sending anything.
    pub fn get(path: impl Into<String>, bearer: Option<String>, lang: Lang) -> Self {
        Self { method: Method::Get, path: path.into(), range: None, bearer, language: lang.code(), body: Body::Empty }
    }

    /// Sends JSON.
    pub fn post(
        path: impl Into<String>,
        bearer: Option<String>,
        lang: Lang,
        json: &impl Serialize,
    ) -> Result<Self, serde_json::Error> {
        let body = Body::Json(serde_json::to_vec(json)?);
        Ok(Self { method: Method::Post, body, ..Self::get(path, bearer, lang) })
    }

    /// The body as zstd, where that makes it smaller.
    pub fn compressed(&self) -> Option<Vec<u8>> {
        let Body::Json(json) = &self.body else { return None };
        if json.len() < COMPRESS_FROM_BYTES {
            return None;
        }
        zstd::encode_all(json.as_slice(), COMPRESSION_LEVEL).ok().filter(|small| small.len() < json.len())
    }
}

/// The methods that the protocol uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Sends a body.
    Post,
    /// Sends a part of a file.
    Put,
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
