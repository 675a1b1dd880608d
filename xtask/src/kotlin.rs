//! The Kotlin package `bindings/kotlin`: the JDK and the Maven that build it, its tests, its documentation.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::apt;
use crate::bindings;
use crate::build::Built;
use crate::context::Context;
use crate::setup::{self, Consent};
use crate::test::Counts;

#[cfg(test)]
mod tests;

/// Below the workspace: the package, and what only Android has of it.
pub(crate) const PACKAGE: &str = "bindings/kotlin";
pub(crate) const ANDROID: &str = "bindings/android";

/// The oldest Java that the package is built and run with.
const OLDEST: u32 = 17;

/// Debian's packages of a JDK and of Maven, in whichever versions the release has.
const PACKAGES: [&str; 2] = ["default-jdk-headless", "maven"];

/// Why Kotlin can't be built here, and the command that would change it; none where it can.
pub(crate) fn missing(context: &Context) -> Option<String> {
    // Maven tells both: its own version, and that of the Java that it runs on.
    let answer = context.command("mvn").arg("--version").output();
    let answer = answer.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let why = reason(&answer)?;
    Some(format!("{why}: `cargo xtask setup kotlin` gets them, or says how to"))
}

/// What the answer to `mvn --version` lacks.
fn reason(answer: &str) -> Option<String> {
    let Some((_, after)) = answer.split_once("Java version: ") else {
        return Some(format!("no Maven, or no Java {OLDEST} or newer"));
    };
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u32>().ok();
    match digits(after) {
        Some(version) if version >= OLDEST => None,
        version => Some(format!("Java {} instead of {OLDEST} or newer", version.unwrap_or_default())),
    }
}

/// Installs a JDK and Maven where they are missing and it can be done.
///
/// # Errors
/// Where it can't be done, in a sentence that says how to get them.
pub(crate) fn toolchain(context: &Context, consent: Consent) -> Result<()> {
    if missing(context).is_none() {
        return Ok(());
    }
    if !apt::can_install(context)? {
        bail!(
            "installing Java and Maven wants apt-get and root: get a JDK {OLDEST} or newer and Maven, then run this again"
        );
    }
    setup::ask(consent, "a JDK and Maven", "build and test the Kotlin package; 500 MB")?;
    apt::update(context)?;
    apt::install(context, &PACKAGES)?;
    match missing(context) {
        None => Ok(()),
        Some(why) => bail!("after the installation: {why}"),
    }
}

/// Maven on a package of ours, which finds the generated code, the library and the server.
pub(crate) fn maven(context: &Context, built: &Built, package: &str) -> Result<Command> {
    let library = built.library()?.parent().context("the library is in no folder")?;
    let mut maven = context.command("mvn");
    maven.args(["-B", "-ntp", "-q", "-f"]).arg(context.root.join(package).join("pom.xml"));
    let generated = bindings::folder(context)?.join("kotlin");
    let server = built.program("saha")?;
    for (name, value) in [("generated", generated.as_path()), ("library", library), ("server", server)] {
        maven.arg(format!("-Dsaha.{name}={}", value.display()));
    }
    Ok(maven)
}

/// Compiles the package, checks its format, runs its tests and makes its documentation; what is Android's alone is compiled.
pub(crate) fn test(context: &Context) -> Result<Counts> {
    let (built, _) = bindings::made(context, false)?;
    let reports = context.root.join(PACKAGE).join("target/surefire-reports");
    // What an earlier run left must not pass for this one's.
    if reports.exists() {
        fs::remove_dir_all(&reports).with_context(|| format!("cannot clear {}", reports.display()))?;
    }
    context.say("kotlin: the package, its tests and its documentation");
    let verified = context.run(maven(context, &built, PACKAGE)?.arg("verify"))?;
    let mut counts = counted(&reports)?;
    context.say(&format!("kotlin: {} passed, {} failed, {} ignored", counts.passed, counts.failed, counts.ignored));
    context.say("kotlin: what is Android's alone");
    let compiled = context.run(&mut android(context, &built)?)?;
    counts.broken |= (!verified && counts.failed == 0) || !compiled;
    Ok(counts)
}

/// The package's bench, with the library in that folder and that server.
pub(crate) fn bench(context: &Context, library: &Path, server: &Path) -> Result<Command> {
    let (built, _) = bindings::made(context, false)?;
    if !context.run(maven(context, &built, PACKAGE)?.arg("test-compile"))? {
        bail!("the Kotlin package does not build, see above");
    }
    let target = context.root.join(PACKAGE).join("target");
    let classes = ["test-classes", "classes"].map(|folder| target.join(folder));
    let mut java = context.command("java");
    java.arg("-cp").arg(std::env::join_paths(classes.into_iter().chain(dependencies(context, "test")?))?);
    for (name, value) in [("jna.library.path", library), ("saha.server", server)] {
        java.arg(format!("-D{name}={}", value.display()));
    }
    java.arg("dev.saha.bench.Bench");
    Ok(java)
}

/// The jars that the package needs: to run, or to be tested.
pub(crate) fn dependencies(context: &Context, scope: &str) -> Result<Vec<PathBuf>> {
    let list = context.target_dir()?.join(format!("kotlin-{scope}.classpath"));
    let mut maven = context.command("mvn");
    maven.args(["-B", "-ntp", "-q", "-f"]).arg(context.root.join(PACKAGE).join("pom.xml"));
    maven.args(["org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath"]);
    maven.arg(format!("-DincludeScope={scope}")).arg(format!("-Dmdep.outputFile={}", list.display()));
    if !context.run(&mut maven)? {
        bail!("Maven does not tell what the package depends on, see above");
    }
    let text = fs::read_to_string(&list).with_context(|| format!("cannot read {}", list.display()))?;
    Ok(std::env::split_paths(text.trim()).collect())
}

/// Maven compiling what is Android's alone, with the Kotlin that the package has.
pub(crate) fn android(context: &Context, built: &Built) -> Result<Command> {
    let mut maven = maven(context, built, ANDROID)?;
    let manifest = context.root.join(PACKAGE).join("pom.xml");
    let text = fs::read_to_string(&manifest).with_context(|| format!("cannot read {}", manifest.display()))?;
    maven.arg("compile").arg(format!("-Dkotlin.version={}", property(&text, "kotlin.version")?));
    Ok(maven)
}

/// `<name>value</name>` of a Maven project: the first one.
pub(crate) fn property(manifest: &str, name: &str) -> Result<String> {
    let value = manifest.split_once(&format!("<{name}>")).and_then(|(_, rest)| rest.split_once(&format!("</{name}>")));
    Ok(value.with_context(|| format!("the Maven project has no {name}"))?.0.trim().to_owned())
}

/// The sum of the reports that a test runner wrote; nothing where it wrote none.
pub(crate) fn counted(reports: &Path) -> Result<Counts> {
    let mut counts = Counts::default();
    let Ok(entries) = fs::read_dir(reports) else { return Ok(counts) };
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "xml") {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            counts.add(&Counts::of_suite(&text).with_context(|| format!("{} can't be read", path.display()))?);
        }
    }
    Ok(counts)
}
