//! The package for Android: an AAR with the library for three processors, the classes of the Kotlin package and Android's own,
//! the rules that an app's shrinker needs, and a manifest; laid out as a Maven repository.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::archive::{Contents, Opened};
use super::jvm::{compile, lacking, sources};
use super::library::Library;
use super::{Packaged, Parts, missing, read, write};
use crate::bindings;
use crate::context::Context;
use crate::kotlin;

const NAME: &str = "saha-android";
const LIBRARY: &str = "libsaha_core.so";

/// The oldest Android: java.time is there from 8.0 on. The manifest says it too, and a test holds both together.
const OLDEST: &str = "26";

/// Android's names for processors, and Rust's targets.
const ABIS: [(&str, &str); 3] = [
    ("arm64-v8a", "aarch64-linux-android"),
    ("armeabi-v7a", "armv7-linux-androideabi"),
    ("x86_64", "x86_64-linux-android"),
];

/// What an app's build reads first.
const METADATA: &str = "META-INF/com/android/build/gradle/aar-metadata.properties";
const METADATA_TEXT: &str = "aarFormatVersion=1.0\naarMetadataVersion=1.0\nminCompileSdk=26\n";

pub(super) fn missing(context: &Context) -> Vec<String> {
    let cargo_ndk = (!missing::starts(context, "cargo", &["ndk", "--version"]))
        .then(|| "cargo-ndk: `cargo install cargo-ndk --version 4.1.2 --locked`".to_owned());
    let targets = missing::targets(context, &ABIS.map(|(_, target)| target));
    kotlin::missing(context).into_iter().chain(cargo_ndk).chain(missing::ndk()).chain(targets).collect()
}

pub(super) fn package(parts: &Parts<'_>) -> Result<Packaged> {
    let libraries = build(parts)?;
    let classes = [compile(parts)?, compile_android(parts)?];
    let version = &parts.version;
    let file =
        |suffix: &str| parts.folder.join("dev/saha").join(NAME).join(version).join(format!("{NAME}-{version}{suffix}"));
    let aar = file(".aar");
    assemble(parts, &classes, &libraries, &aar)?;
    let mut sources = sources(parts)?;
    sources.folder("", &parts.context.root.join(kotlin::ANDROID).join("src/main/kotlin"))?;
    sources.pack(&file("-sources.jar"))?;
    let manifest = read(&parts.context.root.join(kotlin::PACKAGE).join("pom.xml"))?;
    let lock = read(&parts.context.root.join("Cargo.lock"))?;
    write(&file(".pom"), project(&manifest, &lock, version)?)?;
    let files = [".aar", "-sources.jar", ".pom"].map(file).to_vec();
    Ok(Packaged { files, problems: check(&aar)? })
}

/// The library for every processor, by cargo-ndk: their names and where they are.
fn build(parts: &Parts<'_>) -> Result<Vec<(String, PathBuf)>> {
    let folder = parts.folder.join("libraries");
    let mut cargo = parts.context.cargo(&["ndk", "--platform", OLDEST]);
    for (abi, _) in ABIS {
        cargo.args(["-t", abi]);
    }
    cargo.arg("-o").arg(&folder).args(["build", "-p", "saha-core", "--lib", "--locked", "--profile", "mobile"]);
    if !parts.context.run(&mut cargo)? {
        bail!("the library does not build for Android, see above");
    }
    Ok(ABIS.map(|(abi, _)| (abi.to_owned(), folder.join(abi).join(LIBRARY))).to_vec())
}

/// Compiles what is Android's alone; the folder of its classes.
fn compile_android(parts: &Parts<'_>) -> Result<PathBuf> {
    let (built, _) = bindings::made(parts.context, false)?;
    if !parts.context.run(&mut kotlin::android(parts.context, &built)?)? {
        bail!("what is Android's alone does not compile, see above");
    }
    Ok(parts.context.root.join(kotlin::ANDROID).join("target/classes"))
}

/// Puts the AAR together.
pub(super) fn assemble(
    parts: &Parts<'_>,
    classes: &[PathBuf],
    libraries: &[(String, PathBuf)],
    aar: &Path,
) -> Result<()> {
    let mut jar = Contents::default();
    for folder in classes {
        jar.folder("", folder)?;
    }
    let parts_of_aar = parts.folder.join("parts");
    let classes = parts_of_aar.join("classes.jar");
    // Each of the two compilations describes its module there, under a name of its own, but a manifest can only be one.
    jar.without("META-INF/MANIFEST").pack(&classes)?;
    let made = [("R.txt", ""), (METADATA, METADATA_TEXT)];
    for (name, text) in made {
        write(&parts_of_aar.join(name), text)?;
    }
    let ours = parts.context.root.join(kotlin::ANDROID);
    let mut contents = Contents::default();
    contents.file("AndroidManifest.xml", &ours.join("AndroidManifest.xml"));
    contents.file("proguard.txt", &ours.join("consumer-rules.pro"));
    contents.file("classes.jar", &classes);
    for (name, _) in made {
        contents.file(name, &parts_of_aar.join(name));
    }
    for (abi, library) in libraries {
        contents.file(format!("jni/{abi}/{LIBRARY}"), library);
    }
    contents.pack(aar)?;
    fs::remove_dir_all(&parts_of_aar).with_context(|| format!("cannot clear {}", parts_of_aar.display()))
}

/// What is wrong with the AAR.
pub(super) fn check(aar: &Path) -> Result<Vec<String>> {
    let mut aar = Opened::open(aar)?;
    let mut problems =
        lacking(&aar.names(), &["AndroidManifest.xml", "R.txt", "classes.jar", "proguard.txt", METADATA]);
    let manifest = String::from_utf8(aar.bytes("AndroidManifest.xml")?)?;
    if !manifest.contains(&format!("android:minSdkVersion=\"{OLDEST}\"")) {
        problems.push(format!("the manifest does not say that Android {OLDEST} is the oldest"));
    }
    for (abi, _) in ABIS {
        let name = format!("jni/{abi}/{LIBRARY}");
        match aar.bytes(&name) {
            Ok(bytes) => problems.extend(Library::read(&bytes)?.problems(&name, abi.contains("64"))),
            Err(_) => problems.push(format!("the package lacks {name}")),
        }
    }
    Ok(problems)
}

/// The Maven project of the AAR: what an app that adds it gets with it, in the versions of the Kotlin package and of
/// `Cargo.lock`.
pub(super) fn project(manifest: &str, lock: &str, version: &str) -> Result<String> {
    let of = |name: &str| kotlin::property(manifest, name);
    let verifier = locked(lock, "rustls-platform-verifier-android")?;
    let dependencies = [
        ("org.jetbrains.kotlin", "kotlin-stdlib", of("kotlin.version")?, "jar"),
        ("org.jetbrains.kotlinx", "kotlinx-coroutines-core", of("coroutines.version")?, "jar"),
        ("net.java.dev.jna", "jna", of("jna.version")?, "aar"),
        // Not on Maven Central: the app names the repository of that project, see `bindings/android/README.md`.
        ("rustls", "rustls-platform-verifier", verifier, "aar"),
    ];
    let dependency = |(group, name, version, kind): &(&str, &str, String, &str)| {
        format!(
            "    <dependency>\n      <groupId>{group}</groupId>\n      <artifactId>{name}</artifactId>\n      \
             <version>{version}</version>\n      <type>{kind}</type>\n    </dependency>\n"
        )
    };
    let dependencies: Vec<String> = dependencies.iter().map(dependency).collect();
    Ok(format!(
        "<project xmlns=\"http://maven.apache.org/POM/4.0.0\">\n  <modelVersion>4.0.0</modelVersion>\n  \
         <groupId>dev.saha</groupId>\n  <artifactId>{NAME}</artifactId>\n  <version>{version}</version>\n  \
         <packaging>aar</packaging>\n  <dependencies>\n{}  </dependencies>\n</project>\n",
        dependencies.concat()
    ))
}

/// The version of a crate in `Cargo.lock`.
fn locked(lock: &str, name: &str) -> Result<String> {
    let after = lock.split_once(&format!("name = \"{name}\"\nversion = \"")).map(|(_, rest)| rest);
    let version = after.and_then(|rest| rest.split_once('"')).map(|(version, _)| version.to_owned());
    version.with_context(|| format!("Cargo.lock has no {name}"))
}
