//! What is done with a Swift package: generated code into it, its tests, its documentation.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Toolchain, find};
use crate::bindings::{self, Generated};
use crate::build;
use crate::context::Context;
use crate::files;
use crate::test::Counts;

/// A Swift package of the workspace.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Package {
    /// Below the workspace.
    pub(crate) folder: &'static str,
    /// Below the target folder: where `SwiftPM` builds into.
    pub(crate) scratch: &'static str,
    /// What the linker is told beside the usual.
    pub(crate) linker: &'static [&'static str],
}

/// The core for app developers.
const LAYER: Package = Package { folder: "bindings/swift", scratch: "swift", linker: &[] };

/// How Swift is written here, for every package.
const FORMAT: &str = ".swift-format";

/// Puts generated files where `SwiftPM` looks for them. One that is as before is left alone, so that nothing is compiled anew.
pub(crate) fn place(context: &Context, files: &[Generated]) -> Result<()> {
    let sources = context.root.join(LAYER.folder).join("Sources");
    for file in files {
        let folder = match file.path.extension().and_then(OsStr::to_str) {
            Some("swift") => sources.join("SahaBindings/Generated"),
            Some("h") => sources.join("SahaFFI"),
            _ => continue,
        };
        let place = folder.join(&file.path);
        if fs::read_to_string(&place).is_ok_and(|before| before == file.text) {
            continue;
        }
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        fs::write(&place, &file.text).with_context(|| format!("cannot write {}", place.display()))?;
    }
    Ok(())
}

/// A package with its generated code, the library and the server that its tests speak to.
struct Prepared<'a> {
    context: &'a Context,
    package: Package,
    toolchain: Toolchain,
    built: build::Built,
    /// Where `SwiftPM` builds into.
    scratch: PathBuf,
}

impl<'a> Prepared<'a> {
    fn new(context: &'a Context, package: Package) -> Result<Self> {
        let toolchain = find(context)?.context("no Swift 6 here: run `cargo xtask setup swift`")?;
        let (built, _) = bindings::made(context, false)?;
        let scratch = context.target_dir()?.join(package.scratch);
        Ok(Self { context, package, toolchain, built, scratch })
    }

    /// A program of the toolchain, which finds the host library when it links and when it starts one of our programs.
    fn program(&self, name: &str) -> Result<Command> {
        let mut command = self.toolchain.command(self.context, name)?;
        let libraries = self.built.library()?.parent().context("the library is in no folder")?;
        for variable in ["LIBRARY_PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"] {
            command.env(variable, libraries);
        }
        // A panic that a test asks for would be looked up in hundreds of megabytes of symbols.
        command.env("RUST_BACKTRACE", "0");
        command.env("SAHA_SERVER", self.built.program("saha")?).env("SAHA_REPOSITORY", &self.context.root);
        Ok(command)
    }

    /// `swift build`, `swift test`, `swift run`, in the package.
    fn swift(&self, verb: &str, arguments: &[&str]) -> Result<Command> {
        let mut command = self.program("swift")?;
        command.args([verb, "--package-path", self.package.folder, "--scratch-path"]).arg(&self.scratch);
        for option in self.package.linker {
            command.args(["-Xlinker", option]);
        }
        command.args(arguments);
        Ok(command)
    }

    fn runs(&self, command: &mut Command, what: &str) -> Result<bool> {
        self.context.say(&format!("swift: {what}"));
        self.context.run(command)
    }
}

/// The tests of the core for app developers: the sample and the scenarios are among them.
pub(crate) fn test(context: &Context) -> Result<Counts> {
    test_package(context, LAYER)
}

/// Checks the format of a package, compiles every target and runs the tests. A toolchain has to be here: see [`super::missing`].
pub(crate) fn test_package(context: &Context, package: Package) -> Result<Counts> {
    let folder = context.root.join(package.folder);
    let package = Prepared::new(context, package)?;
    let sources =
        [vec![folder.join("Package.swift")], sources(&folder.join("Sources"))?, sources(&folder.join("Tests"))?];
    let formatted =
        package.runs(&mut format(context, &package.toolchain, &sources.concat())?, "the format of the sources")?;
    let compiles = package.runs(&mut package.swift("build", &["--build-tests"])?, "the package and its tests")?;
    if !compiles {
        return Ok(Counts { broken: true, ..Counts::default() });
    }
    // One after the other: tests stop servers and wait for moments of a sync, which a machine that has much to do would miss.
    let mut tests = package.swift("test", &["--skip-build", "--disable-xctest", "--no-parallel"])?;
    context.say("swift: the tests");
    let mut heard = Heard::default();
    let passed = Context::lines(&mut tests, |line| {
        context.say(line);
        heard.line(line);
        Ok(())
    })?;
    let mut counts = heard.counts();
    counts.broken = !formatted || (!passed && counts.failed == 0);
    Ok(counts)
}

/// What Swift Testing said. It writes no results file where `XCTest` is left out.
#[derive(Default)]
struct Heard {
    tests: u64,
    failed: u64,
    ignored: u64,
}

impl Heard {
    /// Lines such as `✘ Test aDay() failed after 0.1 seconds with 1 issue.`, and at the end `✔ Test run with 52 tests passed after …`.
    fn line(&mut self, line: &str) {
        let Some((_, said)) = line.split_once(" Test ") else { return };
        if let Some(run) = said.strip_prefix("run with ") {
            self.tests = run.split_once(' ').and_then(|(tests, _)| tests.parse().ok()).unwrap_or(0);
        } else if said.contains(") failed after ") {
            self.failed += 1;
        } else if said.contains(") skipped") {
            self.ignored += 1;
        }
    }

    fn counts(&self) -> Counts {
        let passed = self.tests.saturating_sub(self.failed + self.ignored);
        Counts { passed, failed: self.failed, ignored: self.ignored, broken: false }
    }
}

/// The package's bench, with the library in that folder; it wants a server's address, a login and a password.
pub(crate) fn bench(context: &Context, libraries: &Path) -> Result<Command> {
    run_optimised(context, LAYER, &["SahaBench"], libraries)
}

/// A program of a package, compiled for speed, with the library in that folder. The name comes last, behind options of the build.
pub(crate) fn run_optimised(context: &Context, package: Package, name: &[&str], libraries: &Path) -> Result<Command> {
    let mut bench = Prepared::new(context, package)?.swift("run", &[&["-c", "release"], name].concat())?;
    for variable in ["LIBRARY_PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"] {
        bench.env(variable, libraries);
    }
    Ok(bench)
}

/// Whether the Swift below these folders is well formed and formatted. For what imports modules that only a Mac has, that is all
/// that can be said here.
pub(crate) fn reads(context: &Context, folders: &[&str]) -> Result<bool> {
    let toolchain = find(context)?.context("no Swift 6 here: run `cargo xtask setup swift`")?;
    let mut all = Vec::new();
    for folder in folders {
        all.extend(sources(&context.root.join(folder))?);
    }
    context.say(&format!("swift: {} files that only a Mac compiles", all.len()));
    let mut parse = toolchain.command(context, "swiftc")?;
    let parsed = context.run(parse.args(["-parse", "-swift-version", "6"]).args(&all))?;
    let formatted = context.run(&mut format(context, &toolchain, &all)?)?;
    Ok(parsed && formatted)
}

/// `swift format lint` over what is ours.
fn format(context: &Context, toolchain: &Toolchain, sources: &[PathBuf]) -> Result<Command> {
    let mut lint = toolchain.command(context, "swift")?;
    lint.args(["format", "lint", "--strict", "--parallel", "--configuration", FORMAT]).args(sources);
    Ok(lint)
}

/// Every Swift file of ours below a folder, in order. What is generated is nobody's to format.
fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let is_ours = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "swift")
            && !path.components().any(|part| part.as_os_str() == "Generated")
    };
    Ok(files::below(folder)?.into_iter().filter(is_ours).map(|path| folder.join(path)).collect())
}

/// Builds the documentation of the package into `target/swift/docs`: a warning, or a public name without a comment of its own,
/// is an error.
pub(crate) fn document(context: &Context) -> Result<bool> {
    let package = Prepared::new(context, LAYER)?;
    let (graphs, pages) = (package.scratch.join("symbols"), package.scratch.join("docs"));
    // A build of its own: with other options than the tests', each would undo what the other has compiled.
    let package = Prepared { scratch: package.scratch.join("documented"), ..package };
    fs::create_dir_all(&graphs).with_context(|| format!("cannot make {}", graphs.display()))?;
    let mut symbols = package.swift("build", &["--target", "Saha", "-Xswiftc", "-emit-symbol-graph"])?;
    symbols.args(["-Xswiftc", "-emit-symbol-graph-dir", "-Xswiftc"]).arg(&graphs);
    if !package.runs(&mut symbols, "the symbols")? {
        return Ok(false);
    }
    // What is generated is re-exported, and so in the graph of `Saha` already. With both, links go now here and now there.
    let twice = graphs.join("SahaBindings.symbols.json");
    if twice.exists() {
        fs::remove_file(&twice).with_context(|| format!("cannot remove {}", twice.display()))?;
    }
    let mut compiler = package.program("docc")?;
    compiler.args(["convert", &format!("{}/Sources/Saha/Saha.docc", LAYER.folder), "--warnings-as-errors"]);
    compiler.arg("--additional-symbol-graph-dir").arg(&graphs).arg("--output-path").arg(&pages);
    package.runs(&mut compiler, "the documentation")
}

#[cfg(test)]
mod tests;
