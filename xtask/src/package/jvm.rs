//! The package for the JVM: a jar with this machine's library in it, its sources and its documentation, laid out as a Maven
//! repository.

use std::env::consts::{ARCH, DLL_PREFIX, DLL_SUFFIX, OS};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::archive::{Contents, Opened};
use super::library::Library;
use super::{Packaged, Parts, copy, host_library, missing, read, write};
use crate::bindings;
use crate::context::Context;
use crate::kotlin;

const GROUP: &str = "dev/saha";
const NAME: &str = "saha";

/// The classes without which an app could not begin: of the layer, and of both generated packages.
const CLASSES: [&str; 3] = ["dev/saha/Saha.class", "dev/saha/core/Saha.class", "dev/saha/domain/SahaException.class"];

/// A program that knows nothing of the repository: it finds the library in the jar, or not at all.
const OUTSIDE: &str = r#"public class Outside {
    public static void main(String[] arguments) throws Exception {
        if (System.getProperty("jna.library.path") != null) throw new IllegalStateException("a path was given");
        System.out.println("accounts: " + dev.saha.core.Saha_coreKt.knownAccounts(arguments[0]).size());
    }
}
"#;

pub(super) fn missing(context: &Context) -> Vec<String> {
    let java = (!missing::starts(context, "java", &["--version"])).then(|| "a JDK, for its `java`".to_owned());
    kotlin::missing(context).into_iter().chain(java).collect()
}

pub(super) fn package(parts: &Parts<'_>) -> Result<Packaged> {
    let (context, version) = (parts.context, &parts.version);
    let classes = compile(parts)?;
    let library = host_library(parts)?;
    let file =
        |suffix: &str| parts.folder.join(GROUP).join(NAME).join(version).join(format!("{NAME}-{version}{suffix}"));
    let jar = file(".jar");
    let native = native_name();
    let mut contents = Contents::default();
    contents.folder("", &classes)?;
    contents.file(&native, &library);
    contents.pack(&jar)?;
    sources(parts)?.pack(&file("-sources.jar"))?;
    let mut documentation = Contents::default();
    documentation.folder("", &context.root.join(kotlin::PACKAGE).join("target/dokka"))?;
    documentation.pack(&file("-javadoc.jar"))?;
    copy(&context.root.join(kotlin::PACKAGE).join("pom.xml"), &file(".pom"))?;
    let mut problems = check(&jar, &native)?;
    problems.extend(check_manifest(parts)?);
    problems.extend(outside(parts, &jar)?);
    let files = [".jar", "-sources.jar", "-javadoc.jar", ".pom"].map(file).to_vec();
    Ok(Packaged { files, problems })
}

/// Compiles the package and makes its documentation; the folder of its classes. Its tests have run elsewhere.
pub(super) fn compile(parts: &Parts<'_>) -> Result<PathBuf> {
    let context = parts.context;
    context.say("compiling the Kotlin package, and its documentation");
    let (built, _) = bindings::made(context, false)?;
    let mut maven = kotlin::maven(context, &built, kotlin::PACKAGE)?;
    if !context.run(maven.args(["package", "-Dmaven.test.skip=true"]))? {
        bail!("the Kotlin package does not build, see above");
    }
    Ok(context.root.join(kotlin::PACKAGE).join("target/classes"))
}

/// The layer's sources and the generated ones, as they are compiled.
pub(super) fn sources(parts: &Parts<'_>) -> Result<Contents> {
    let mut sources = Contents::default();
    sources.folder("", &parts.context.root.join(kotlin::PACKAGE).join("src/main/kotlin"))?;
    sources.folder("", &parts.generated.join("kotlin"))?;
    Ok(sources)
}

/// Where JNA looks for this machine's library among an app's resources.
fn native_name() -> String {
    format!("{}/{DLL_PREFIX}saha_core{DLL_SUFFIX}", resource_folder(OS, ARCH))
}

/// JNA's own words for systems and processors.
pub(super) fn resource_folder(os: &str, arch: &str) -> String {
    let os = match os {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    format!("{os}-{}", if arch == "x86_64" { "x86-64" } else { arch })
}

/// What is wrong with the jar.
fn check(jar: &Path, native: &str) -> Result<Vec<String>> {
    let mut jar = Opened::open(jar)?;
    let mut problems = lacking(&jar.names(), &CLASSES);
    problems.extend(Library::read(&jar.bytes(native)?)?.problems(native, false));
    Ok(problems)
}

/// Which of the names that are needed are not there.
pub(super) fn lacking(names: &[String], needed: &[&str]) -> Vec<String> {
    let absent = needed.iter().filter(|needed| !names.iter().any(|name| name == *needed));
    absent.map(|name| format!("the package lacks {name}")).collect()
}

/// Maven's own version of the package has to be the workspace's.
fn check_manifest(parts: &Parts<'_>) -> Result<Vec<String>> {
    let manifest = read(&parts.context.root.join(kotlin::PACKAGE).join("pom.xml"))?;
    let version = kotlin::property(&manifest, "version")?;
    let differs = version != parts.version;
    Ok(differs.then(|| format!("Maven says version {version}, cargo {}", parts.version)).into_iter().collect())
}

/// Uses the jar from a folder that knows nothing of this repository.
fn outside(parts: &Parts<'_>, jar: &Path) -> Result<Vec<String>> {
    let context = parts.context;
    context.say("using the jar from outside");
    let folder = std::env::temp_dir().join(format!("saha-outside-{}", std::process::id()));
    write(&folder.join("Outside.java"), OUTSIDE)?;
    let jars = std::iter::once(jar.to_path_buf()).chain(kotlin::dependencies(context, "runtime")?);
    let classpath = std::env::join_paths(jars)?;
    let mut java = context.command("java");
    java.current_dir(&folder).arg("-cp").arg(classpath).arg("Outside.java").arg(folder.join("accounts"));
    let said = java.output().context("cannot start java")?;
    fs::remove_dir_all(&folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    if String::from_utf8_lossy(&said.stdout).trim() == "accounts: 0" {
        return Ok(Vec::new());
    }
    Ok(vec![format!("a project outside can't use the jar: {}", String::from_utf8_lossy(&said.stderr).trim())])
}
