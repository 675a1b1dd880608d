//! The Swift package for this machine: its sources, the generated ones among them, and the library.

use std::env::consts::{ARCH, DLL_PREFIX, DLL_SUFFIX, OS};
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::archive::{Contents, Opened};
use super::jvm::lacking;
use super::library::Library;
use super::{Packaged, Parts, copy, host_library, write};
use crate::context::Context;
use crate::files;
use crate::swift;

/// Below the workspace.
pub(super) const PACKAGE: &str = "bindings/swift";

/// A project that knows nothing of the repository.
const OUTSIDE_MANIFEST: &str = r#"// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Outside",
    platforms: [.macOS(.v13)],
    dependencies: [.package(path: "../saha")],
    targets: [.executableTarget(name: "Outside", dependencies: [.product(name: "Saha", package: "saha")])]
)
"#;

const OUTSIDE_MAIN: &str = r#"import Saha

print("accounts: \(try knownAccounts(folder: CommandLine.arguments[1]).count)")
"#;

pub(super) fn missing(context: &Context) -> Vec<String> {
    swift::missing(context).into_iter().collect()
}

pub(super) fn package(parts: &Parts<'_>) -> Result<Packaged> {
    let library = host_library(parts)?;
    let native = format!("lib/{DLL_PREFIX}saha_core{DLL_SUFFIX}");
    let tree = parts.folder.join("saha");
    lay_out(parts, &tree)?;
    copy(&library, &tree.join(&native))?;
    let archive = parts.folder.join(format!("saha-swift-{}-{OS}-{ARCH}.zip", parts.version));
    let mut contents = Contents::default();
    contents.folder("saha/", &tree)?;
    contents.pack(&archive)?;
    let mut problems = check(&archive, &format!("saha/{native}"))?;
    problems.extend(outside(parts, &tree)?);
    Ok(Packaged { files: vec![archive], problems })
}

/// The package's manifest, sources and licence, without tests and what was built.
pub(super) fn lay_out(parts: &Parts<'_>, tree: &Path) -> Result<()> {
    let package = parts.context.root.join(PACKAGE);
    for name in ["Package.swift", "README.md"] {
        copy(&package.join(name), &tree.join(name))?;
    }
    copy(&parts.context.root.join("LICENSE"), &tree.join("LICENSE"))?;
    for folder in ["Sources", "Tests"] {
        let (from, to) = (package.join(folder), tree.join(folder));
        files::below(&from)?.iter().try_for_each(|path| copy(&from.join(path), &to.join(path)))?;
    }
    Ok(())
}

fn check(archive: &Path, native: &str) -> Result<Vec<String>> {
    let mut archive = Opened::open(archive)?;
    let needed = ["saha/Package.swift", "saha/Sources/SahaFFI/SahaCoreFFI.h", "saha/Sources/SahaFFI/SahaDomainFFI.h"];
    let mut problems = lacking(&archive.names(), &needed);
    problems.extend(Library::read(&archive.bytes(native)?)?.problems(native, false));
    Ok(problems)
}

/// Builds and runs a project beside the package, which has nothing but the package.
fn outside(parts: &Parts<'_>, tree: &Path) -> Result<Vec<String>> {
    let context = parts.context;
    context.say("using the package from outside");
    let folder = parts.folder.join("outside");
    write(&folder.join("Package.swift"), OUTSIDE_MANIFEST)?;
    write(&folder.join("Sources/Outside/main.swift"), OUTSIDE_MAIN)?;
    let toolchain = swift::find(context)?.context("the Swift toolchain is gone")?;
    let mut run = toolchain.command(context, "swift")?;
    for variable in ["LIBRARY_PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"] {
        run.env(variable, tree.join("lib"));
    }
    run.args(["run", "--package-path"]).arg(&folder).arg("Outside").arg(folder.join("accounts"));
    let said = run.output().context("cannot start swift")?;
    if String::from_utf8_lossy(&said.stdout).contains("accounts: 0") {
        std::fs::remove_dir_all(&folder).with_context(|| format!("cannot clear {}", folder.display()))?;
        return Ok(Vec::new());
    }
    bail!("a project outside can't use the package: {}", String::from_utf8_lossy(&said.stderr).trim())
}
