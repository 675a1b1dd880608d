//! The office's desk: brings CSV files to a server.

use std::time::Duration;

use reqwest::{Client, StatusCode, Url, header};
use saha_domain::{
    catalog::Lang,
    wire::{ErrorBody, ImportReport},
};
use saha_server::ImportKind;

use crate::{
    exit::{CliError, Result},
    texts,
};

/// Until a connection stands.
const CONNECT_PATIENCE: Duration = Duration::from_secs(10);
/// Until a file is imported and its report is here. The largest file that a server takes needs a minute on a small machine.
const PATIENCE: Duration = Duration::from_mins(5);

/// A server and the right to import there.
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

    /// Imports one file. Good lines are durable at the server when it returns; the report names the others.
    pub async fn import(&self, kind: ImportKind, file: Vec<u8>) -> Result<ImportReport> {
        let url = self.server.join("/v1/import/").and_then(|url| url.join(kind.name()));
        let url = url.map_err(|_| CliError::Usage(texts::errors::bad_server(self.lang, self.server.as_str())))?;
        let request = self
            .client
            .post(url)
            .bearer_auth(&self.token)
            .header(header::CONTENT_TYPE, "text/csv")
            .header(header::ACCEPT_LANGUAGE, self.lang.code())
            .body(file);
        let answer = request.send().await.map_err(|error| self.no_answer(&error))?;
        let status = answer.status();
        let body = answer.bytes().await.map_err(|error| self.no_answer(&error))?;
        if status.is_success() {
            return serde_json::from_slice(&body).map_err(|_| self.answer_lost());
        }
        Err(self.refusal(status, serde_json::from_slice(&body).ok()))
    }

    /// Only where no connection came about is it certain that the server did nothing.
    fn no_answer(&self, error: &reqwest::Error) -> CliError {
        if error.is_connect() {
            return CliError::Offline(texts::errors::no_server(self.lang, self.server.as_str()));
        }
        self.answer_lost()
    }

    fn answer_lost(&self) -> CliError {
        CliError::Offline(texts::errors::answer_lost(self.lang, self.server.as_str()))
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
