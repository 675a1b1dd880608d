//! The company of a scenario: a `saha serve`, and what the office does by `saha` too.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};
use saha::server_process::ServerProcess;
use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_saha");

/// A server and its office.
pub(crate) struct Company {
    folder: PathBuf,
    url: String,
    admin_token: String,
    server: Option<ServerProcess>,
}

impl Company {
    /// A new company in `folder`, with the data in `data`.
    pub(crate) fn found(folder: &Path, data: &Path, now_ms: i64) -> Result<Self> {
        fs::create_dir_all(folder)?;
        set_clock(folder, now_ms)?;
        let server = start(folder, "127.0.0.1:0")?;
        let admin_token = server.admin_token().context("the company is not new")?.to_owned();
        let company =
            Self { folder: folder.to_owned(), url: server.url().to_owned(), admin_token, server: Some(server) };
        company.office(&["import", "all", &data.to_string_lossy()])?;
        Ok(company)
    }

    /// Where phones sign in.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn set_clock(&self, now_ms: i64) -> Result<()> {
        set_clock(&self.folder, now_ms)
    }

    pub(crate) fn start(&mut self) -> Result<()> {
        let address = self.url.strip_prefix("http://").context("not an address")?;
        self.server = Some(start(&self.folder, address)?);
        Ok(())
    }

    pub(crate) fn stop(&mut self) -> Result<()> {
        if let Some(server) = self.server.take() {
            anyhow::ensure!(server.stop()?, "the server did not end well");
        }
        Ok(())
    }

    /// Keeps a copy of the data as they are now.
    pub(crate) fn back_up(&mut self) -> Result<()> {
        self.stop()?;
        copy(&self.folder.join("server"), &self.folder.join("backup"))?;
        self.start()
    }

    /// The copy takes the place of the data. Nobody tells anyone.
    pub(crate) fn restore(&mut self) -> Result<()> {
        self.stop()?;
        fs::remove_dir_all(self.folder.join("server"))?;
        copy(&self.folder.join("backup"), &self.folder.join("server"))?;
        self.start()
    }

    /// Imports a file of these lines.
    pub(crate) fn import(&self, kind: &str, lines: &[String]) -> Result<Value> {
        let file = self.folder.join("import.csv");
        fs::write(&file, lines.join("\n") + "\n")?;
        self.office(&["import", kind, &file.to_string_lossy()])
    }

    /// Revokes a device.
    pub(crate) fn revoke(&self, device: &str) -> Result<Value> {
        self.office(&["devices", "revoke", device])
    }

    fn office(&self, command: &[&str]) -> Result<Value> {
        let output = Command::new(BINARY)
            .args(["--json", "--lang", "en"])
            .args(command)
            .args(["--server", &self.url])
            .env("SAHA_ADMIN_TOKEN", &self.admin_token)
            .output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        serde_json::from_str(&said).with_context(|| format!("not a document: {said}"))
    }
}

fn start(folder: &Path, address: &str) -> Result<ServerProcess> {
    let clock = folder.join("clock");
    Ok(ServerProcess::start_at(Path::new(BINARY), folder, address, &["--clock", &clock.to_string_lossy()])?)
}

/// In one step, as the server may read it at any moment.
fn set_clock(folder: &Path, now_ms: i64) -> Result<()> {
    fs::write(folder.join("clock.new"), now_ms.to_string())?;
    Ok(fs::rename(folder.join("clock.new"), folder.join("clock"))?)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (entry, to) = (entry?, to);
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
