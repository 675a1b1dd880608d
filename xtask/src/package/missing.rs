//! Toolchains that are not here: which, and how to get them.

use std::env;
use std::path::Path;

use crate::context::Context;

/// Does the program start?
pub(super) fn starts(context: &Context, program: &str, arguments: &[&str]) -> bool {
    context.command(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

/// The targets of Rust that are not installed, as one sentence with the command that installs them.
pub(super) fn targets(context: &Context, wanted: &[&str]) -> Option<String> {
    let installed = context.command("rustup").args(["target", "list", "--installed"]).output();
    let installed = installed.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    of_targets(&installed, wanted)
}

pub(super) fn of_targets(installed: &str, wanted: &[&str]) -> Option<String> {
    let absent: Vec<&str> =
        wanted.iter().copied().filter(|target| !installed.lines().any(|line| line == *target)).collect();
    (!absent.is_empty()).then(|| format!("Rust for {}: `rustup target add {}`", absent.join(", "), absent.join(" ")))
}

/// Android's NDK, as one sentence where none is found.
pub(super) fn ndk() -> Option<String> {
    let found =
        |name: &str, below: &str| env::var_os(name).is_some_and(|folder| Path::new(&folder).join(below).is_dir());
    let is_here = ["ANDROID_NDK_HOME", "ANDROID_NDK_ROOT"].iter().any(|name| found(name, "toolchains"))
        || ["ANDROID_HOME", "ANDROID_SDK_ROOT"].iter().any(|name| found(name, "ndk"));
    (!is_here).then(|| {
        "Android's NDK, 28 or newer: `sdkmanager \"ndk;28.2.13676358\"` of the Android command-line tools, then \
         ANDROID_NDK_HOME=<its folder>"
            .to_owned()
    })
}
