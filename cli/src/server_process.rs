//! A company server in a process of its own: `saha serve` as a child, for the demonstration and for tests.

use std::{
    io::{self, BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::Value;

/// How long a stopped server may take to answer what is under way.
const PATIENCE: Duration = Duration::from_secs(5);

/// A running server. It is killed when this is dropped.
#[derive(Debug)]
pub struct ServerProcess {
    child: Child,
    url: String,
    admin_token: Option<String>,
}

impl ServerProcess {
    /// Starts `<program> --data <data> --json serve --listen 127.0.0.1:0 <more…>` and waits until it listens. `program` is
    /// the `saha` binary: [`std::env::current_exe`] within it, `CARGO_BIN_EXE_saha` in its tests.
    pub fn start(program: &Path, data: &Path, more: &[&str]) -> io::Result<Self> {
        Self::start_at(program, data, "127.0.0.1:0", more)
    }

    /// As [`ServerProcess::start`], at an address: where phones know a server that was stopped.
    pub fn start_at(program: &Path, data: &Path, address: &str, more: &[&str]) -> io::Result<Self> {
        let mut child = Command::new(program)
            .arg("--data")
            .arg(data)
            .args(["--json", "serve", "--listen", address])
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        match greeting(&mut child) {
            Ok((url, admin_token)) => Ok(Self { child, url, admin_token }),
            Err(error) => {
                // What it did not say can't be asked any more.
                drop(child.kill().and_then(|()| child.wait()));
                Err(error)
            }
        }
    }

    /// Its address, such as `http://127.0.0.1:41234`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its host and port, such as `127.0.0.1:41234`.
    pub fn address(&self) -> &str {
        self.url.strip_prefix("http://").unwrap_or(&self.url)
    }

    /// The token for imports; only at the first start on a folder.
    pub fn admin_token(&self) -> Option<&str> {
        self.admin_token.as_deref()
    }

    /// The process's id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end, and waits until it has. Whether it ended well is the answer.
    pub fn stop(mut self) -> io::Result<bool> {
        ask_to_end(&mut self.child)?;
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status.success());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        self.child.kill()?;
        self.child.wait()?;
        Ok(false)
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        // Already gone is as good as killed.
        drop(self.child.kill().and_then(|()| self.child.wait()));
    }
}

fn greeting(child: &mut Child) -> io::Result<(String, Option<String>)> {
    let silent = || io::Error::other("the server did not say where it listens");
    let mut line = String::new();
    BufReader::new(child.stdout.take().ok_or_else(silent)?).read_line(&mut line)?;
    let said: Value = serde_json::from_str(&line).map_err(|_| silent())?;
    let text = |field: &str| said.get(field).and_then(Value::as_str).map(str::to_owned);
    Ok((text("url").ok_or_else(silent)?, text("admin_token")))
}

#[cfg(unix)]
fn ask_to_end(child: &mut Child) -> io::Result<()> {
    let id = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw);
    let id = id.ok_or_else(|| io::Error::other("the process has no id"))?;
    Ok(rustix::process::kill_process(id, rustix::process::Signal::TERM)?)
}

#[cfg(not(unix))]
fn ask_to_end(child: &mut Child) -> io::Result<()> {
    child.kill()
}
