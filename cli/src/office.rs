//! The office's desk: brings CSV files to a server, and ends devices.

use std::{io, time::Duration};

use reqwest::{Client, Method, RequestBuilder, StatusCode, Url, header};
use saha_domain::{
    DeviceId,
    catalog::Lang,
    wire::{ErrorBody, ImportReport},
};
use saha_server::{DeviceView, ImportKind};

use crate::{
    args::office::DeskArgs,
    exit::{CliError, Result},
    texts,
};

/// Until a connection stands.
const CONNECT_PATIENCE: Duration = Duration::from_secs(10);
/// Until a file is imported and its report is here. The largest file that a server takes needs a minute on a small machine.
const PATIENCE: Duration = Duration::from_mins(5);

/// A sentence about a server.
type Sentence = fn(Lang, &str) -> String;

/// A server and the right to do there what only the office may.
pub struct Office {
    client: Client,
    server: Url,
    token: String,
    lang: Lang,
}

impl Office {
    /// The server at `server`, by its admin token. Plain http only to this machine: the token would be read on the way.
    pub fn at(server: &str, token: String, lang: Lang) -> Result<Self> {
        let usage = || CliError::Usage(texts::errors::bad_server(lang, server));
        let server: Url = server.parse().map_err(|_| usage())?;
        let is_here = server.host_str().is_some_and(|host| matches!(host, "127.0.0.1" | "[::1]"));
        if server.scheme() != "https" && !(server.scheme() == "http" && is_here) {
            return Err(usage());
        }
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_PATIENCE)
            .timeout(PATIENCE)
            .build();
        let client = client.map_err(|error| CliError::Failed(texts::errors::system(lang, &error.to_string())))?;
        Ok(Self { client, server, token, lang })
    }

    /// The server and the right that the command line names.
    pub fn of(desk: &DeskArgs, lang: Lang) -> Result<Self> {
        let token = if desk.token_stdin { token_from_stdin(lang)? } else { desk.token.clone().unwrap_or_default() };
        Self::at(&desk.server, token, lang)
    }

    /// Imports one file. Good lines are durable at the server when it returns; the report names the others.
    pub async fn import(&self, kind: ImportKind, file: Vec<u8>) -> Result<ImportReport> {
        let request = self.request(Method::POST, "/v1/import/", kind.name())?;
        let request = request.header(header::CONTENT_TYPE, "text/csv").body(file);
        let report = self.answer(request, texts::errors::import_answer_lost).await?;
        serde_json::from_slice(&report).map_err(|_| self.lost(texts::errors::import_answer_lost))
    }

    /// Every device of the company.
    pub async fn devices(&self) -> Result<Vec<DeviceView>> {
        let request = self.request(Method::GET, "/v1/devices", "")?;
        let devices = self.answer(request, texts::errors::answer_lost).await?;
        serde_json::from_slice(&devices).map_err(|_| self.lost(texts::errors::answer_lost))
    }

    /// Ends a device for good.
    pub async fn revoke(&self, device: DeviceId) -> Result<()> {
        let request = self.request(Method::DELETE, "/v1/devices/", &device.to_string())?;
        self.answer(request, texts::errors::answer_lost).await.map(drop)
    }

    fn request(&self, method: Method, path: &str, last: &str) -> Result<RequestBuilder> {
        let url = self.server.join(path).and_then(|url| if last.is_empty() { Ok(url) } else { url.join(last) });
        let url = url.map_err(|_| CliError::Usage(texts::errors::bad_server(self.lang, self.server.as_str())))?;
        let request = self.client.request(method, url).bearer_auth(&self.token);
        Ok(request.header(header::ACCEPT_LANGUAGE, self.lang.code()))
    }

    /// The body of a success. `lost` says what is not known where an answer got lost: only where no connection came about is
    /// it certain that the server did nothing.
    async fn answer(&self, request: RequestBuilder, lost: Sentence) -> Result<Vec<u8>> {
        let no_answer = |error: reqwest::Error| {
            if error.is_connect() {
                return CliError::Offline(texts::errors::no_server(self.lang, self.server.as_str()));
            }
            self.lost(lost)
        };
        let answer = request.send().await.map_err(no_answer)?;
        let status = answer.status();
        let body = answer.bytes().await.map_err(|_| self.lost(lost))?;
        if status.is_success() {
            return Ok(body.to_vec());
        }
        Err(self.refusal(status, serde_json::from_slice(&body).ok()))
    }

    fn lost(&self, sentence: Sentence) -> CliError {
        CliError::Offline(sentence(self.lang, self.server.as_str()))
    }

    fn refusal(&self, status: StatusCode, body: Option<ErrorBody>) -> CliError {
        let message = body.map_or_else(|| status.to_string(), |body| body.message);
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                CliError::Token(texts::errors::bad_token(self.lang, &message))
            }
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => CliError::Offline(message),
            _ => CliError::Failed(message),
        }
    }
}

fn token_from_stdin(lang: Lang) -> Result<String> {
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line);
    read.map_err(|error| CliError::Failed(texts::errors::system(lang, &error.to_string())))?;
    match line.trim() {
        "" => Err(CliError::Usage(texts::errors::no_token(lang))),
        token => Ok(token.to_owned()),
    }
}
