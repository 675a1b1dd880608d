//! Bodies: bounded as they travel and again as they unfold, before anything reads them.

use std::{error::Error as _, io::Read};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, HeaderValue, header},
};
use http_body_util::LengthLimitError;
use serde::de::DeserializeOwned;

use crate::error::{BadRequest, RequestError};

/// How many bytes a body may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// As it travels.
    pub(super) travelling: u64,
    /// Unpacked.
    pub(super) inflated: u64,
}

/// A body that arrived whole, still packed.
#[derive(Debug)]
pub(super) struct Packed {
    bytes: Bytes,
    encoding: Encoding,
    inflated: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Plain,
    Gzip,
    Zstd,
}

/// Waits for a body, not longer than its bounds.
pub(super) async fn receive(headers: &HeaderMap, body: Body, bounds: Bounds) -> Result<Packed, RequestError> {
    let encoding = encoding(headers)?;
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > bounds.travelling) {
        return Err(RequestError::TooLarge);
    }
    let limit = usize::try_from(bounds.travelling).unwrap_or(usize::MAX);
    let bytes = to_bytes(body, limit).await.map_err(|error| {
        // The other way to fail is a connection that broke.
        let is_too_long = error.source().is_some_and(<dyn std::error::Error>::is::<LengthLimitError>);
        if is_too_long { RequestError::TooLarge } else { BadRequest::Body.into() }
    })?;
    Ok(Packed { bytes, encoding, inflated: bounds.inflated })
}

fn encoding(headers: &HeaderMap) -> Result<Encoding, RequestError> {
    match headers.get(header::CONTENT_ENCODING).map(HeaderValue::as_bytes) {
        None | Some(b"identity") => Ok(Encoding::Plain),
        Some(b"gzip") => Ok(Encoding::Gzip),
        Some(b"zstd") => Ok(Encoding::Zstd),
        Some(_) => Err(BadRequest::Compression.into()),
    }
}

impl Packed {
    /// The body as it was before it was packed. Slow for large ones: not on an async thread.
    pub(super) fn unpack(self) -> Result<Vec<u8>, RequestError> {
        match self.encoding {
            Encoding::Plain => read_within(&*self.bytes, self.inflated),
            Encoding::Gzip => read_within(flate2::read::MultiGzDecoder::new(&*self.bytes), self.inflated),
            Encoding::Zstd => {
                let decoder = zstd::stream::read::Decoder::new(&*self.bytes).map_err(|_| BadRequest::Compression)?;
                read_within(decoder, self.inflated)
            }
        }
    }

    /// The body read as JSON.
    pub(super) fn json<T: DeserializeOwned>(self) -> Result<T, RequestError> {
        serde_json::from_slice(&self.unpack()?).map_err(|_| BadRequest::Body.into())
    }
}

/// Reads to the end, and gives up one byte after the limit: a small body can unfold into gigabytes.
fn read_within(reader: impl Read, limit: u64) -> Result<Vec<u8>, RequestError> {
    let mut bytes = Vec::new();
    let read = reader.take(limit.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|_| BadRequest::Compression)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= limit) { Ok(bytes) } else { Err(RequestError::TooLarge) }
}
