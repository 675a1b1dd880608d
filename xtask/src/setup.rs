//! `cargo xtask setup`: fetches the tools that are missing, each in a pinned version, into a cache of the user's.

use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::context::Context;
use crate::report::Verdict;
use crate::{android, kotlin, swift};

#[cfg(test)]
mod tests;

/// A program that cargo can install.
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
    /// What it is for, as the question to the person says it.
    purpose: &'static str,
}

/// Checks the dependencies against `deny.toml`.
pub(crate) const CARGO_DENY: Tool =
    Tool { name: "cargo-deny", version: "0.20.2", purpose: "checks licences, bans and sources; builds in minutes" };

const TOOLS: &[Tool] = &[CARGO_DENY];

/// May something be installed?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Consent {
    Given,
    Asked,
}

/// What is fetched only when it is asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Wanted {
    /// A JDK and Maven, from Debian's packages
    Kotlin,
    /// What compiles and tests the Android app: a JDK, Maven and aapt2, from Debian's packages
    Android,
    /// A Swift toolchain; several gigabytes
    Swift,
}

/// Installs each tool that is missing, or what is wanted by name.
///
/// # Errors
/// When something is missing, nobody can be asked, and `--yes` was not given; or when an installation fails.
pub(crate) fn run(context: &Context, wanted: Option<Wanted>, yes: bool) -> Result<Verdict> {
    let consent = if yes { Consent::Given } else { Consent::Asked };
    match wanted {
        Some(Wanted::Kotlin) => {
            kotlin::toolchain(context, consent)?;
            return Ok(Verdict::new(true, "setup: a JDK and Maven ready"));
        }
        Some(Wanted::Android) => {
            android::toolchain(context, consent)?;
            return Ok(Verdict::new(true, "setup: a JDK, Maven and aapt2 ready"));
        }
        Some(Wanted::Swift) => {
            let toolchain = swift::toolchain(context, consent)?;
            return Ok(Verdict::new(true, format!("setup: {toolchain} ready")));
        }
        None => {}
    }
    for tool in TOOLS {
        ensure(context, tool, consent)?;
    }
    let names: Vec<String> = TOOLS.iter().map(|tool| format!("{} {}", tool.name, tool.version)).collect();
    Ok(Verdict::new(true, format!("setup: {} ready in {}", names.join(", "), cache()?.display())))
}

/// Returns the path of the tool, after installing it when the pinned version is not there.
pub(crate) fn ensure(context: &Context, tool: &Tool, consent: Consent) -> Result<PathBuf> {
    let cache = cache()?;
    let program = cache.join("bin").join(format!("{}{}", tool.name, env::consts::EXE_SUFFIX));
    if program.is_file() && is_version(&Context::capture(context.command(&program).arg("--version"))?, tool) {
        return Ok(program);
    }
    ask(consent, &format!("{} {}", tool.name, tool.version), tool.purpose)?;
    context.say(&format!("installing {} {} into {}", tool.name, tool.version, cache.display()));
    let mut install = context.cargo(&["install", tool.name, "--version", tool.version, "--locked", "--root"]);
    if !context.run(install.arg(&cache))? {
        bail!("could not install {} {}", tool.name, tool.version);
    }
    Ok(program)
}

/// Asks the person at the terminal, unless consent was given before; anything but yes, or nobody to ask, is an error.
pub(crate) fn ask(consent: Consent, what: &str, purpose: &str) -> Result<()> {
    if consent == Consent::Given {
        return Ok(());
    }
    if !io::stdin().is_terminal() {
        bail!("{what} is missing and there is no terminal to ask on: run `cargo xtask setup` with `--yes`");
    }
    eprint!("Install {what} ({purpose})? [y/N] ");
    io::stderr().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    if !matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
        bail!("{what} was not installed");
    }
    Ok(())
}

/// Does the answer to `--version` name the pinned version?
fn is_version(answer: &str, tool: &Tool) -> bool {
    answer.split_whitespace().nth(1) == Some(tool.version)
}

/// Where tools are installed.
pub(crate) fn cache() -> Result<PathBuf> {
    cache_in(|name| env::var_os(name))
}

/// `$SAHA_CACHE`, else `$XDG_CACHE_HOME/saha`, else `~/.cache/saha`. A relative path is ignored, as XDG asks.
fn cache_in(variable: impl Fn(&str) -> Option<OsString>) -> Result<PathBuf> {
    let folder = |name: &str| variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if let Some(cache) = folder("SAHA_CACHE") {
        return Ok(cache);
    }
    if let Some(caches) = folder("XDG_CACHE_HOME") {
        return Ok(caches.join("saha"));
    }
    match folder("HOME") {
        Some(home) => Ok(home.join(".cache").join("saha")),
        None => bail!("no folder to install tools into: set SAHA_CACHE to an absolute path"),
    }
}
