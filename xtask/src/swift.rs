//! Swift: where a compiler comes from, and what is done with the package `bindings/swift`, and with others.
//!
//! [`toolchain`] installs one, [`missing`] says why there is none, [`test()`] and [`document`] are what the other commands do with
//! it. Whatever else wants Swift asks [`Toolchain::command`].

use std::fmt;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::context::Context;
use crate::setup::Consent;

mod debian;
mod package;
#[cfg(test)]
mod tests;

pub(crate) use package::{Package, bench, document, place, reads, run_optimised, test, test_package};

/// The oldest release that builds the package.
const OLDEST: (u32, u32) = (6, 0);

/// How Swift is run on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The machine's own.
    Native,
    /// That of a small Debian in this folder, in a sandbox of its own: see [`debian`].
    Debian(PathBuf),
}

impl Toolchain {
    /// A program of the toolchain (`swift`, `docc`, …), started in the workspace. In a sandbox it sees the workspace, the
    /// target folder and `/tmp` of its own, under the same paths as everybody.
    pub(crate) fn command(&self, context: &Context, program: &str) -> Result<Command> {
        match self {
            Self::Native => Ok(context.command(program)),
            Self::Debian(root) => debian::command(context, root, program),
        }
    }
}

impl fmt::Display for Toolchain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Native => f.write_str("the machine's own Swift"),
            Self::Debian(root) => write!(f, "Swift in {}", root.display()),
        }
    }
}

/// The toolchain that is here, if one is. Installs nothing.
pub(crate) fn find(context: &Context) -> Result<Option<Toolchain>> {
    let native = context.command("swift").arg("--version").output();
    if native.is_ok_and(|output| is_new_enough(&String::from_utf8_lossy(&output.stdout))) {
        return Ok(Some(Toolchain::Native));
    }
    Ok(debian::installed()?.map(Toolchain::Debian))
}

/// Why Swift can't run here, and the command that would change it; none where it can.
pub(crate) fn missing(context: &Context) -> Option<String> {
    match find(context) {
        Ok(Some(_)) => None,
        Ok(None) => Some("no Swift 6 here: `cargo xtask setup swift` gets one, or says how to".to_owned()),
        Err(error) => Some(format!("{error:#}")),
    }
}

/// The toolchain that is here, after installing one where there is none and it can be done: the packages of a Debian that has
/// them, or else a small Debian of its own in the cache folder. Both want root.
///
/// # Errors
/// Where it can't be done, in a sentence that says how to get a toolchain.
pub(crate) fn toolchain(context: &Context, consent: Consent) -> Result<Toolchain> {
    if let Some(found) = find(context)? {
        return Ok(found);
    }
    debian::install(context, consent)?;
    find(context)?.context("Swift was installed and does not start")
}

/// Does the answer to `swift --version` name a release that builds the package?
fn is_new_enough(answer: &str) -> bool {
    let Some((_, after)) = answer.split_once("Swift version ") else { return false };
    let mut numbers = after.split(|letter: char| !letter.is_ascii_digit()).map(str::parse::<u32>);
    let mut next = || numbers.next().and_then(Result::ok).unwrap_or(0);
    (next(), next()) >= OLDEST
}
