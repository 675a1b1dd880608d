//! Requests about files: each with a token, renewed where it ended, and stopped when the caller says so.

use std::{future::Future, time::Duration};

use saha_domain::{
    BlobHash,
    catalog::Lang,
    wire::{BlobStatus, ErrorBody},
};
use serde::de::DeserializeOwned;
use tokio::{sync::watch, time::Instant};
use url::Url;

use crate::{
    error::{Error, Result},
    session::Session,
    sync::{
        driver::{SyncReport, understand},
        engine::Failure,
        transport::{Body, ByteRange, HttpRequest, HttpResponse, Method, NoAnswer, Transport},
    },
};

/// Why a request about a file brought nothing.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The caller cancelled, or his time is up.
    Stopped,
    /// The way to the server is at fault and not the file: others would not get through either.
    Link(Failure),
    /// The server said no to this file.
    Refused(String),
    /// The phone's own storage is at fault.
    Own(Error),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Own(error)
    }
}

/// The way to the server.
pub(crate) struct Link<'a> {
    pub transport: &'a mut dyn Transport,
    pub session: &'a Session,
    pub server: Url,
    pub lang: Lang,
    /// Turns true when the caller cancels.
    pub stop: watch::Receiver<bool>,
    /// When his time is up.
    pub ends: Option<Instant>,
    /// What the link carried is counted here.
    pub report: &'a mut SyncReport,
}

impl Link<'_> {
    /// How much of a file the server has of this sender.
    pub(super) async fn status(&mut self, sha256: BlobHash) -> Result<BlobStatus, Trouble> {
        let answer = self.ask(Method::Get, format!("/v1/blobs/{sha256}/status"), None, Body::Empty).await?;
        read(&answer)
    }

    /// Sends the part of a file that goes on at `offset`.
    pub(super) async fn send(&mut self, sha256: BlobHash, offset: u64, part: Vec<u8>) -> Result<BlobStatus, Trouble> {
        let path = format!("/v1/blobs/{sha256}?offset={offset}");
        let answer = self.ask(Method::Put, path, None, Body::Bytes(part)).await?;
        read(&answer)
    }

    /// Fetches a range of a file: exactly its bytes, whatever stands between us.
    pub(super) async fn fetch(&mut self, sha256: BlobHash, range: ByteRange) -> Result<Vec<u8>, Trouble> {
        let answer = self.ask(Method::Get, format!("/v1/blobs/{sha256}"), Some(range), Body::Empty).await?;
        let length = u64::try_from(answer.body.len()).unwrap_or(u64::MAX);
        match answer.status {
            206 if length == range.length() => Ok(answer.body),
            200..=299 => Err(Trouble::Link(Failure::NoAnswer("not_our_server"))),
            _ => Err(read::<BlobStatus>(&answer).err().unwrap_or(Trouble::Link(Failure::Refused))),
        }
    }

    /// Waits, unless it is to stop.
    pub(super) async fn pause(&mut self, ms: u64) -> Result<(), Trouble> {
        self.unless_stopped(tokio::time::sleep(Duration::from_millis(ms))).await
    }

    /// Asks with the token that there is, and once more with a new one where it had ended.
    async fn ask(
        &mut self,
        method: Method,
        path: String,
        range: Option<ByteRange>,
        body: Body,
    ) -> Result<HttpResponse, Trouble> {
        let bearer = self.session.access_token()?;
        let mut request = HttpRequest { method, range, body, ..HttpRequest::get(path, bearer, self.lang) };
        let answer = self.send_once(request.clone()).await?;
        if answer.status != 401 {
            return Ok(answer);
        }
        self.renew().await?;
        request.bearer = self.session.access_token()?;
        self.send_once(request).await
    }

    async fn renew(&mut self) -> Result<(), Trouble> {
        let signed_out = || Trouble::Link(Failure::SignedOut);
        let refresh = self.session.refresh_request()?.ok_or_else(signed_out)?;
        let request = HttpRequest::post("/v1/auth/refresh", None, self.lang, &refresh).map_err(Error::internal)?;
        let answer = self.send_once(request).await?;
        let grant = understand(&answer).map_err(|failure| match failure {
            Failure::Unauthenticated => signed_out(),
            failure => Trouble::Link(failure),
        })?;
        if self.session.renewed(&refresh, &grant)? { Ok(()) } else { Err(signed_out()) }
    }

    async fn send_once(&mut self, request: HttpRequest) -> Result<HttpResponse, Trouble> {
        self.report.requests += 1;
        let (mut stop, ends) = (self.stop.clone(), self.ends);
        let sent = self.transport.send(&self.server, request);
        let answer = stopped_before(&mut stop, ends, sent).await.ok_or(Trouble::Stopped)?;
        let answer = answer.map_err(|NoAnswer(reason)| Trouble::Link(Failure::NoAnswer(reason)))?;
        self.report.count_bytes(&answer);
        Ok(answer)
    }

    async fn unless_stopped<T>(&mut self, work: impl Future<Output = T>) -> Result<T, Trouble> {
        stopped_before(&mut self.stop, self.ends, work).await.ok_or(Trouble::Stopped)
    }
}

/// What `work` gives; none where it has to stop before.
async fn stopped_before<T>(
    stop: &mut watch::Receiver<bool>,
    ends: Option<Instant>,
    work: impl Future<Output = T>,
) -> Option<T> {
    let time_is_up = async {
        match ends {
            Some(end) => tokio::time::sleep_until(end).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        biased;
        _ = stop.wait_for(|stop| *stop) => None,
        () = time_is_up => None,
        done = work => Some(done),
    }
}

fn read<T: DeserializeOwned>(answer: &HttpResponse) -> Result<T, Trouble> {
    understand(answer).map_err(|failure| match failure {
        Failure::Refused | Failure::TooLarge => {
            let said = serde_json::from_slice::<ErrorBody>(&answer.body);
            Trouble::Refused(said.map_or_else(|_| "refused".to_owned(), |said| said.code))
        }
        failure => Trouble::Link(failure),
    })
}
