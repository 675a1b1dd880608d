//! The one file that knows `reqwest`.

use std::time::Duration;

use reqwest::{Client, Url, header, redirect};

use super::transport::{Answer, Body, ByteRange, HttpRequest, HttpResponse, Method, NoAnswer, Transport};

/// A server that answers with more than this, inflated, is not ours.
const MAX_INFLATED_BYTES: usize = 64 << 20;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const REQUEST_TIMEOUT: Duration = Duration::from_mins(1);

/// HTTP over the platform's network: what [`crate::Saha::open`] takes.
#[derive(Debug, Default)]
pub struct HttpTransport {
    /// Made at the first request: building it costs 50 ms and may fail, which must not stop anyone from opening the app.
    client: Option<Client>,
}

impl HttpTransport {
    fn client(&mut self) -> Result<Client, NoAnswer> {
        if let Some(client) = &self.client {
            return Ok(client.clone());
        }
        let client = Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(REQUEST_TIMEOUT)
            // A redirect to another host would take the token along.
            .redirect(redirect::Policy::none())
            .user_agent(concat!("saha/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|_| NoAnswer("tls"))?;
        Ok(self.client.insert(client).clone())
    }

    async fn exchange(&mut self, server: &Url, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let url = server.join(&request.path).map_err(|_| NoAnswer("connect"))?;
        let client = self.client()?;
        let builder = match request.method {
            Method::Get => client.get(url),
            Method::Post => client.post(url).header(header::CONTENT_TYPE, "application/json"),
            Method::Put => client.put(url).header(header::CONTENT_TYPE, "application/octet-stream"),
        };
        let builder = match request.range {
            Some(ByteRange { first, last }) => builder.header(header::RANGE, format!("bytes={first}-{last}")),
            None => builder,
        };
        let builder = builder.header(header::ACCEPT_LANGUAGE, request.language);
        let builder = match &request.bearer {
            Some(token) => builder.bearer_auth(token),
            None => builder,
        };
        let (builder, sent_bytes) = match request.compressed() {
            Some(small) => {
                let bytes = small.len();
                (builder.header(header::CONTENT_ENCODING, "zstd").body(small), bytes)
            }
            None => {
                let bytes = request.body.bytes().len();
                let builder = match request.body {
                    Body::Empty => builder,
                    Body::Json(body) | Body::Bytes(body) => builder.body(body),
                };
                (builder, bytes)
            }
        };
        let mut answer = builder.send().await.map_err(|error| no_answer(&error))?;
        let status = answer.status().as_u16();
        let retry_after_s =
            answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| no_answer(&error))? {
            if body.len() + chunk.len() > MAX_INFLATED_BYTES {
                return Err(NoAnswer("not_our_server"));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(HttpResponse { status, retry_after_s, body, sent_bytes: u64::try_from(sent_bytes).unwrap_or(u64::MAX) })
    }
}

impl Transport for HttpTransport {
    fn send<'a>(&'a mut self, server: &'a Url, request: HttpRequest) -> Answer<'a> {
        Box::pin(self.exchange(server, request))
    }
}

fn no_answer(error: &reqwest::Error) -> NoAnswer {
    if error.is_timeout() {
        NoAnswer("timeout")
    } else if error.is_decode() || error.is_body() {
        NoAnswer("not_our_server")
    } else {
        NoAnswer("connect")
    }
}
