//! A company with a real server on a real port of the loopback, and phones that speak to it over HTTP.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context as _, Result};
use saha::secrets::TokenFile;
use saha_core::Saha;
use saha_domain::wire::ImportReport;
use saha_server::{FirstStart, PasswordCost, Server, ServerConfig};
use tokio::{net::TcpListener, runtime::Runtime, sync::oneshot, task::JoinHandle};

use crate::{passing_time::PassingTime, phone};

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
    /// The server's time. A test may let some pass.
    pub time: PassingTime,
    config: ServerConfig,
    running: Mutex<Option<Running>>,
    admin: String,
}

/// A server that runs.
#[derive(Debug)]
struct Running {
    stop: oneshot::Sender<()>,
    task: JoinHandle<std::io::Result<()>>,
}

impl LiveCompany {
    /// A new company in `folder`. `adjust` has the last word on how the server is set up.
    pub fn start(folder: &Path, adjust: impl FnOnce(&mut ServerConfig)) -> Result<Self> {
        let mut config = ServerConfig::new(folder, "Boğaziçi Dağıtım");
        // A sign-in is not what is measured or killed here.
        config.password_cost = PasswordCost { memory_kib: 64, passes: 1 };
        adjust(&mut config);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let time = PassingTime::default();
        let (running, address, first_start) = run(&runtime, &config, &time, "127.0.0.1:0")?;
        let admin = first_start.context("the company is not new")?.admin_token;
        let (folder, running) = (folder.to_owned(), Mutex::new(Some(running)));
        Ok(Self { runtime, address, folder, time, config, running, admin })
    }

    /// A copy of the database as it is now, as IT would take it at night.
    pub fn back_up(&self, to: &Path) -> Result<()> {
        let database = rusqlite::Connection::open(self.folder.join(DATABASE))?;
        database.execute("VACUUM INTO ?1", [to.to_str().context("a path that is no text")?])?;
        Ok(())
    }

    /// The server is stopped, its database file replaced by a copy, and started again. Nobody tells anyone.
    pub fn restore(&self, from: &Path) -> Result<()> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Running { stop, task }) = running.take() {
            // Where it ended by itself there is nobody to tell.
            let _ended = stop.send(());
            self.runtime.block_on(task)??;
        }
        let database = self.folder.join(DATABASE);
        for beside in ["-wal", "-shm"] {
            let file = self.folder.join(format!("{DATABASE}{beside}"));
            if file.exists() {
                std::fs::remove_file(file)?;
            }
        }
        std::fs::copy(from, database)?;
        *running = Some(run(&self.runtime, &self.config, &self.time, &self.address.to_string())?.0);
        Ok(())
    }

    /// Its address as phones sign in at it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The company's devices, as the office lists them.
    pub fn devices(&self) -> Result<serde_json::Value> {
        let request = reqwest::Client::new().get(format!("{}/v1/devices", self.url())).bearer_auth(&self.admin);
        let text = self.runtime.block_on(async { request.send().await?.error_for_status()?.text().await })?;
        Ok(serde_json::from_str(&text)?)
    }

    /// The office revokes a device.
    pub fn revoke_device(&self, device: &str) -> Result<()> {
        let url = format!("{}/v1/devices/{device}", self.url());
        let request = reqwest::Client::new().delete(url).bearer_auth(&self.admin);
        self.runtime.block_on(async { request.send().await?.error_for_status() })?;
        Ok(())
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

fn run(
    runtime: &Runtime,
    config: &ServerConfig,
    time: &PassingTime,
    address: &str,
) -> Result<(Running, SocketAddr, Option<FirstStart>)> {
    let opened = Server::open_on(config.clone(), Arc::new(time.server()))?;
    let listener = runtime.block_on(TcpListener::bind(address))?;
    let address = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel();
    let shutdown = async {
        // Whoever drops the company stops its server, too.
        let _dropped = stopped.await;
    };
    let task = runtime.spawn(saha_server::serve(opened.server, listener, shutdown));
    Ok((Running { stop, task }, address, opened.first_start))
}

/// Opens a phone as an app does: over HTTP, its tokens in a file beside the database, so that they outlive the process.
pub fn open(folder: &Path) -> Result<Arc<Saha>> {
    let secrets = TokenFile::in_folder(folder)?;
    Ok(Saha::open(phone::config(folder), Arc::new(secrets))?)
}
