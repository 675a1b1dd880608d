//! What cargo builds for the other commands: the library, and programs of the workspace.
//!
//! Cargo unites the features of the packages that it is asked for. A command that asked for its own would have every
//! dependency built once more; so they all ask as `cargo test --workspace` does, and share what it built.

use std::collections::BTreeMap;
use std::env::consts::DLL_SUFFIX;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::context::Context;

#[cfg(test)]
mod tests;

/// A test target makes cargo count the features of development dependencies too; this one is small.
const AS_THE_TESTS: [&str; 4] = ["--workspace", "--locked", "--test", "openapi"];

/// The crates whose code a long run repeats so often that building it once more, a little optimised, is the shorter way:
/// ten thousand histories take a third less, which is seven minutes of a core against two.
const OFTEN_RUN: [&str; 4] = ["saha-core", "saha-domain", "saha-server", "saha-tests"];

/// What was built.
#[derive(Debug, Default)]
pub(crate) struct Built {
    library: Option<PathBuf>,
    programs: BTreeMap<String, PathBuf>,
}

impl Built {
    /// The shared library of `saha-core`, symbols and all.
    pub(crate) fn library(&self) -> Result<&Path> {
        let library = self.library.as_deref();
        library.context("saha-core built no shared library: its Cargo.toml needs crate-type \"cdylib\"")
    }

    /// A program of the workspace.
    pub(crate) fn program(&self, name: &str) -> Result<&Path> {
        self.programs.get(name).map(PathBuf::as_path).with_context(|| format!("no program {name} was built"))
    }

    /// Notes what this message of cargo's tells of.
    fn hear(&mut self, message: &str) {
        let Ok(message) = serde_json::from_str::<Value>(message) else { return };
        let Some(name) = message.pointer("/target/name").and_then(Value::as_str) else { return };
        let is_program = message.pointer("/target/kind/0").and_then(Value::as_str) == Some("bin");
        match message.get("executable").and_then(Value::as_str) {
            Some(program) if is_program => {
                self.programs.insert(name.to_owned(), program.into());
            }
            _ if name == "saha_core" => {
                let files = message.get("filenames").and_then(Value::as_array).into_iter().flatten();
                let library = files.filter_map(Value::as_str).find(|file| file.ends_with(DLL_SUFFIX));
                self.library = self.library.take().or_else(|| library.map(PathBuf::from));
            }
            _ => {}
        }
    }
}

/// The shared library and what its bindings are tested with: the generator, and `saha`, which is their server.
pub(crate) fn for_bindings(context: &Context) -> Result<Built> {
    build(context, &["--lib", "--bin", "saha", "--bin", "saha-bindgen"], &[])
}

/// A program that runs for long: our own crates are built for it a little optimised, with every check of a debug build.
pub(crate) fn program(context: &Context, name: &str) -> Result<PathBuf> {
    let optimised = OFTEN_RUN.map(|name| format!("--config=profile.dev.package.{name}.opt-level=1"));
    let built = build(context, &["--bin", name], &optimised)?;
    Ok(built.program(name)?.to_path_buf())
}

/// A program that is soon done, such as one that looks at what others left.
pub(crate) fn helper(context: &Context, name: &str) -> Result<PathBuf> {
    let built = build(context, &["--bin", name], &[])?;
    Ok(built.program(name)?.to_path_buf())
}

fn build(context: &Context, targets: &[&str], settings: &[String]) -> Result<Built> {
    let mut cargo = context.cargo(&["build"]);
    cargo.args(settings).args(AS_THE_TESTS).args(targets).arg("--message-format=json-render-diagnostics");
    hear(&mut cargo)
}

/// The shared library for this machine, with the profile that phones get.
pub(crate) fn mobile(context: &Context) -> Result<Built> {
    let arguments = ["build", "-p", "saha-core", "--lib", "--locked", "--profile", "mobile"];
    hear(context.cargo(&arguments).arg("--message-format=json-render-diagnostics"))
}

/// The server as a company runs it.
pub(crate) fn release(context: &Context) -> Result<PathBuf> {
    let mut cargo = context.cargo(&["build", "-p", "saha", "--bin", "saha", "--locked", "--release"]);
    Ok(hear(cargo.arg("--message-format=json-render-diagnostics"))?.program("saha")?.to_path_buf())
}

/// Runs a build that tells its messages as JSON.
fn hear(cargo: &mut std::process::Command) -> Result<Built> {
    let mut built = Built::default();
    let success = Context::lines(cargo, |line| {
        built.hear(line);
        Ok(())
    })?;
    if !success {
        bail!("the build failed, see above");
    }
    Ok(built)
}
