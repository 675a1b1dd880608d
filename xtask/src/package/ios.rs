//! The Swift package for apps: the same sources, and the library as an `XCFramework` for devices, simulators and macOS, which
//! the package's manifest takes when it is there.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::archive::Contents;
use super::library::{Machine, too_large};
use super::swift::lay_out;
use super::{Packaged, Parts, missing, read, write};
use crate::context::Context;

const FRAMEWORK: &str = "SahaFFI.xcframework";
const LIBRARY: &str = "libsaha_core.a";

/// Devices, simulators on Apple's own processors, and macOS, where tests and previews run.
const TARGETS: [&str; 3] = ["aarch64-apple-ios", "aarch64-apple-ios-sim", "aarch64-apple-darwin"];

/// The module of C declarations that the generated Swift imports.
const MODULE: &str =
    "module SahaFFI {\n    header \"SahaCoreFFI.h\"\n    header \"SahaDomainFFI.h\"\n    export *\n}\n";

pub(super) fn missing(context: &Context) -> Vec<String> {
    let xcode = (!missing::starts(context, "xcodebuild", &["-version"]))
        .then(|| "Xcode 16 or newer, on a Mac: from the App Store, then `xcode-select --install`".to_owned());
    xcode.into_iter().chain(missing::targets(context, &TARGETS)).collect()
}

pub(super) fn package(parts: &Parts<'_>) -> Result<Packaged> {
    let tree = parts.folder.join("saha");
    lay_out(parts, &tree)?;
    let libraries = TARGETS.iter().map(|target| build(parts, target)).collect::<Result<Vec<_>>>()?;
    let headers = headers(parts)?;
    let mut problems = Vec::new();
    for (target, library) in TARGETS.iter().zip(&libraries) {
        let size = std::fs::metadata(library).with_context(|| format!("cannot read {}", library.display()))?.len();
        problems.extend(too_large(target, Machine::Archive, size));
    }
    framework(parts, &libraries, &headers, &tree.join(FRAMEWORK))?;
    let archive = parts.folder.join(format!("saha-swift-{}-apple.zip", parts.version));
    let mut contents = Contents::default();
    contents.folder("saha/", &tree)?;
    contents.pack(&archive)?;
    Ok(Packaged { files: vec![archive], problems })
}

/// A static library, for one target.
fn build(parts: &Parts<'_>, target: &str) -> Result<PathBuf> {
    let mut cargo = parts.context.cargo(&["rustc", "-p", "saha-core", "--lib", "--locked", "--profile", "mobile"]);
    cargo.args(["--crate-type", "staticlib", "--target", target]);
    // The oldest systems that the Swift package runs on.
    cargo.env("IPHONEOS_DEPLOYMENT_TARGET", "16.0").env("MACOSX_DEPLOYMENT_TARGET", "13.0");
    if !parts.context.run(&mut cargo)? {
        bail!("the library does not build for {target}, see above");
    }
    Ok(parts.context.target_dir()?.join(target).join("mobile").join(LIBRARY))
}

/// The C headers and their module, as a framework wants them.
fn headers(parts: &Parts<'_>) -> Result<PathBuf> {
    let headers = parts.folder.join("headers");
    for name in ["SahaCoreFFI.h", "SahaDomainFFI.h"] {
        write(&headers.join(name), read(&parts.generated.join("swift").join(name))?)?;
    }
    write(&headers.join("module.modulemap"), MODULE)?;
    Ok(headers)
}

fn framework(parts: &Parts<'_>, libraries: &[PathBuf], headers: &Path, framework: &Path) -> Result<()> {
    let mut xcodebuild = parts.context.command("xcodebuild");
    xcodebuild.arg("-create-xcframework");
    for library in libraries {
        xcodebuild.arg("-library").arg(library).arg("-headers").arg(headers);
    }
    if !parts.context.run(xcodebuild.arg("-output").arg(framework))? {
        bail!("the framework could not be made, see above");
    }
    Ok(())
}
