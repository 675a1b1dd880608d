//! Where the workspace is, and how its processes are started.

use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::report::Verdict;

#[cfg(test)]
mod tests;

/// What every command needs to know.
pub(crate) struct Context {
    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Keep stdout for the figures alone.
    json: bool,
}

impl Context {
    /// Finds the workspace that this `xtask` belongs to.
    pub(crate) fn locate(json: bool) -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").context("start this through cargo: `cargo xtask …`")?;
        let root = Path::new(&manifest).parent().context("xtask has no workspace around it")?.to_path_buf();
        Ok(Self { root, json })
    }

    /// The workspace in that folder.
    #[cfg(test)]
    pub(crate) fn at(root: PathBuf) -> Self {
        Self { root, json: false }
    }

    /// Says a line while the work goes on.
    pub(crate) fn say(&self, line: &str) {
        // A reader who has gone away (`| head`) is no reason to stop the work.
        let _ = if self.json { writeln!(io::stderr(), "{line}") } else { writeln!(io::stdout(), "{line}") };
    }

    /// Says the closing line, and the figures when they were asked for.
    pub(crate) fn close(&self, verdict: &Verdict) -> Result<()> {
        self.say(&verdict.line);
        if self.json {
            writeln!(io::stdout(), "{}", serde_json::to_string_pretty(&verdict.figures)?)?;
        }
        Ok(())
    }

    /// A cargo command in the workspace, with the same environment that a person's shell would give it.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(arguments);
        // `cargo run` describes xtask itself in these. Build scripts watch some of them, so a build from here and one
        // from the shell would undo each other.
        for (name, _) in env::vars_os() {
            let of_xtask = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
            if name.to_str().is_some_and(of_xtask) {
                command.env_remove(name);
            }
        }
        command
    }

    /// Any program, started in the workspace with nothing to read.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).stdin(Stdio::null());
        command
    }

    /// Runs a command whose output is for people, and returns whether it succeeded.
    pub(crate) fn run(&self, command: &mut Command) -> Result<bool> {
        if self.json {
            command.stdout(io::stderr());
        }
        let status = command.status().with_context(|| format!("cannot start {}", name(command)))?;
        Ok(status.success())
    }

    /// Runs a command, hands each line of its stdout to `each`, and returns whether it succeeded.
    ///
    /// Bytes that are no UTF-8 are replaced: a test may print anything.
    pub(crate) fn lines(command: &mut Command, mut each: impl FnMut(&str) -> Result<()>) -> Result<bool> {
        let mut child =
            command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {}", name(command)))?;
        let stdout = child.stdout.take().context("the child has no stdout")?;
        let heard = BufReader::new(stdout).split(b'\n').try_for_each(|line| {
            let line = line?;
            each(String::from_utf8_lossy(&line).trim_end_matches('\r'))
        });
        if heard.is_err() {
            // Nobody reads it any more: it would go on for nothing, or wait for ever to be read. It may have ended already.
            drop(child.kill());
        }
        let status = child.wait()?;
        heard?;
        Ok(status.success())
    }

    /// Runs a command for its stdout alone.
    pub(crate) fn capture(command: &mut Command) -> Result<String> {
        let output = command.stderr(Stdio::inherit()).output();
        let output = output.with_context(|| format!("cannot start {}", name(command)))?;
        if !output.status.success() {
            bail!("{} failed: {}", name(command), output.status);
        }
        String::from_utf8(output.stdout).with_context(|| format!("{} did not print UTF-8", name(command)))
    }

    /// The folder that cargo builds into, wherever the person has moved it.
    pub(crate) fn target_dir(&self) -> Result<PathBuf> {
        let arguments = ["metadata", "--format-version", "1", "--no-deps", "--offline"];
        let metadata: Value = serde_json::from_str(&Self::capture(&mut self.cargo(&arguments))?)?;
        let target = metadata.get("target_directory").and_then(Value::as_str);
        Ok(PathBuf::from(target.context("cargo metadata names no target directory")?))
    }
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned()
}
