//! A company with a real server on a real port of the loopback, and phones that speak to it over HTTP.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, Result};
use saha::secrets::TokenFile;
use saha_core::Saha;
use saha_domain::wire::ImportReport;
use saha_server::{PasswordCost, Server, ServerConfig};
use tokio::{net::TcpListener, runtime::Runtime};

use crate::phone;

/// The file of a server within its folder.
pub const DATABASE: &str = "saha-server.db";

/// A company whose server runs on threads of this process, until this is dropped.
#[derive(Debug)]
pub struct LiveCompany {
    /// Where the server runs, and where a test waits for HTTP.
    pub runtime: Runtime,
    /// Where the server listens.
    pub address: SocketAddr,
    /// The folder of its database.
    pub folder: PathBuf,
    admin: String,
}

impl LiveCompany {
    /// A new company in `folder`. `adjust` has the last word on how the server is set up.
    pub fn start(folder: &Path, adjust: impl FnOnce(&mut ServerConfig)) -> Result<Self> {
        let mut config = ServerConfig::new(folder, "Boğaziçi Dağıtım");
        // A sign-in is not what is measured or killed here.
        config.password_cost = PasswordCost { memory_kib: 64, passes: 1 };
        adjust(&mut config);
        let opened = Server::open(config)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
        let address = listener.local_addr()?;
        runtime.spawn(saha_server::serve(opened.server, listener, std::future::pending()));
        let admin = opened.first_start.context("the company is not new")?.admin_token;
        Ok(Self { runtime, address, folder: folder.to_owned(), admin })
    }

    /// Its address as phones sign in at it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Imports a file of that kind, such as `customers`. What is wrong with single lines stands in the report.
    pub fn import(&self, kind: &str, csv: &str) -> Result<ImportReport> {
        let request = reqwest::Client::new()
            .post(format!("{}/v1/import/{kind}", self.url()))
            .bearer_auth(&self.admin)
            .header("content-type", "text/csv")
            .body(csv.to_owned());
        let text = self.runtime.block_on(async { request.send().await?.text().await })?;
        serde_json::from_str(&text).with_context(|| format!("not a report of an import: {text}"))
    }
}

/// Opens a phone as an app does: over HTTP, its tokens in a file beside the database, so that they outlive the process.
pub fn open(folder: &Path) -> Result<Arc<Saha>> {
    let secrets = TokenFile::in_folder(folder)?;
    Ok(Saha::open(phone::config(folder), Arc::new(secrets))?)
}
