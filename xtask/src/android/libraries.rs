//! The libraries of the app, from Maven repositories, into the cache.
//!
//! Coursier resolves them: as with Gradle, the highest version of a library wins. Maven would take the nearest.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use zip::ZipArchive;

use super::catalogue::Catalogue;
use super::metadata::METADATA;
use super::stamp::Stamp;
use crate::context::Context;
use crate::setup;

/// The resolver, which itself comes by Maven.
const COURSIER: &str = "2.1.24";

/// A library, as the tests need it.
pub(super) struct Library {
    /// What was fetched.
    pub(super) artifact: PathBuf,
    /// The jar itself, or what an AAR was unpacked to.
    unpacked: PathBuf,
}

impl Library {
    /// A jar.
    pub(super) fn of(artifact: PathBuf) -> Self {
        Self { unpacked: artifact.clone(), artifact }
    }

    /// The name of its file.
    pub(super) fn name(&self) -> String {
        self.artifact.file_name().unwrap_or(self.artifact.as_os_str()).to_string_lossy().into_owned()
    }

    /// What an AAR wants of the build of an app.
    pub(super) fn metadata(&self) -> Result<Option<String>> {
        let file = self.unpacked.join(METADATA);
        if !self.is_aar() || !file.is_file() {
            return Ok(None);
        }
        fs::read_to_string(&file).map(Some).with_context(|| format!("cannot read {}", file.display()))
    }

    fn is_aar(&self) -> bool {
        self.artifact.extension().is_some_and(|extension| extension == "aar")
    }

    /// The classes; none where an AAR has none.
    pub(super) fn jar(&self) -> Option<PathBuf> {
        let jar = if self.is_aar() { self.unpacked.join("classes.jar") } else { self.unpacked.clone() };
        jar.is_file().then_some(jar)
    }

    /// The compiled resources of an AAR, where it has some.
    pub(super) fn resources(&self) -> Option<PathBuf> {
        Some(self.unpacked.join("resources.zip")).filter(|resources| self.is_aar() && resources.is_file())
    }

    /// The package that the manifest of an AAR names.
    pub(super) fn package(&self) -> Result<Option<String>> {
        if !self.is_aar() {
            return Ok(None);
        }
        let manifest = self.unpacked.join("AndroidManifest.xml");
        let text = fs::read_to_string(&manifest).with_context(|| format!("cannot read {}", manifest.display()))?;
        Ok(text.split_once("package=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(name, _)| name.to_owned()))
    }
}

/// Where libraries come from.
pub(super) struct Libraries<'a> {
    context: &'a Context,
    pub(super) catalogue: Catalogue,
    cache: PathBuf,
}

impl<'a> Libraries<'a> {
    pub(super) fn new(context: &'a Context, catalogue: Catalogue) -> Result<Self> {
        Ok(Self { context, catalogue, cache: setup::cache()?.join("android") })
    }

    /// Those of these bundles with everything that they need, an AAR unpacked.
    pub(super) fn bundles(&self, names: &[&str]) -> Result<Vec<Library>> {
        let wanted: Vec<String> =
            names.iter().map(|name| self.catalogue.bundle(name)).collect::<Result<Vec<_>>>()?.concat();
        let mut options = vec!["-A".to_owned(), "aar,jar,bundle".to_owned()];
        for raised in self.catalogue.bundle("aligned")? {
            options.extend(["-V".to_owned(), raised]);
        }
        let artifacts = without_roots(self.fetch(&[options, wanted].concat())?);
        artifacts.into_iter().map(|artifact| self.unpacked(artifact)).collect()
    }

    /// The jars of a tool with everything that it needs.
    pub(super) fn tool(&self, bundle: &str) -> Result<Vec<PathBuf>> {
        self.fetch(&self.catalogue.bundle(bundle)?)
    }

    /// The jars of one library with everything that it needs.
    pub(super) fn program(&self, name: &str) -> Result<Vec<PathBuf>> {
        self.fetch(&[self.catalogue.library(name)?])
    }

    /// One jar alone.
    pub(super) fn jar(&self, name: &str) -> Result<PathBuf> {
        let fetched = self.fetch(&["--intransitive".to_owned(), self.catalogue.library(name)?])?;
        fetched.into_iter().next().with_context(|| format!("{name} has no jar"))
    }

    /// What coursier fetches for these arguments. What it said is kept, as starting it takes seconds.
    fn fetch(&self, arguments: &[String]) -> Result<Vec<PathBuf>> {
        let name = Stamp::default().texts(arguments.iter().map(String::as_str)).digest();
        let list = self.cache.join("resolved").join(name);
        let read = || fs::read_to_string(&list).map(|text| text.lines().map(PathBuf::from).collect::<Vec<_>>());
        if let Ok(files) = read()
            && files.iter().all(|file| file.is_file())
        {
            return Ok(files);
        }
        let mut coursier = self.coursier()?;
        coursier
            .args(["fetch", "--quiet", "--repository", "central", "--reconciliation", "*:*:relaxed"])
            .args(arguments);
        let files = Context::capture(&mut coursier)?;
        write(&list, &files)?;
        Ok(read()?)
    }

    /// Coursier, after fetching it where it is not there.
    fn coursier(&self) -> Result<Command> {
        let folder = self.cache.join(format!("coursier-{COURSIER}"));
        Stamp::default().text(COURSIER).step(&folder, || {
            self.context.say("android: fetching the libraries");
            let project = folder.join("pom.xml");
            write(&project, &project_of("io.get-coursier", "coursier-cli_2.13", COURSIER))?;
            let mut maven = self.context.command("mvn");
            maven.args(["-B", "-ntp", "-q", "-f"]).arg(&project);
            maven.arg("org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies");
            if !self.context.run(maven.arg(format!("-DoutputDirectory={}", folder.display())))? {
                bail!("Maven does not fetch coursier, see above");
            }
            Ok(())
        })?;
        let mut java = self.context.command("java");
        java.arg("-cp").arg(folder.join("*")).arg("coursier.cli.Coursier");
        java.env("COURSIER_CACHE", self.cache.join("artifacts"));
        Ok(java)
    }

    /// An AAR is unpacked and its resources are compiled, once.
    fn unpacked(&self, artifact: PathBuf) -> Result<Library> {
        if artifact.extension().is_none_or(|extension| extension != "aar") {
            return Ok(Library::of(artifact));
        }
        let name = artifact.file_stem().context("an artifact without a name")?;
        let unpacked = self.cache.join("unpacked").join(name);
        let aar = artifact.to_string_lossy().into_owned();
        Stamp::default().text(&aar).step(&unpacked, || {
            let file = File::open(&artifact).with_context(|| format!("cannot read {aar}"))?;
            ZipArchive::new(file)?.extract(&unpacked).with_context(|| format!("cannot unpack {aar}"))?;
            let resources = unpacked.join("res");
            if !resources.is_dir() {
                return Ok(());
            }
            let mut aapt2 = self.context.command("aapt2");
            aapt2.args(["compile", "--legacy", "--dir"]).arg(&resources).arg("-o").arg(unpacked.join("resources.zip"));
            if !self.context.run(&mut aapt2)? {
                bail!("the resources of {aar} do not compile, see above");
            }
            Ok(())
        })?;
        Ok(Library { artifact, unpacked })
    }
}

/// A library for several platforms comes as a root and as one artifact for each. Gradle takes the artifact in place of the
/// root; coursier brings both, and a root may be so old that it still has classes.
fn without_roots(artifacts: Vec<PathBuf>) -> Vec<PathBuf> {
    let module = |artifact: &Path| artifact.ancestors().nth(2).map(|module| module.to_string_lossy().into_owned());
    let modules: BTreeSet<String> = artifacts.iter().filter_map(|artifact| module(artifact)).collect();
    let has_variant =
        |module: &String| ["-android", "-jvm"].iter().any(|suffix| modules.contains(&format!("{module}{suffix}")));
    artifacts.into_iter().filter(|artifact| !module(artifact).is_some_and(|module| has_variant(&module))).collect()
}

/// A Maven project that needs one library.
fn project_of(group: &str, artifact: &str, version: &str) -> String {
    format!(
        "<project><modelVersion>4.0.0</modelVersion><groupId>dev.saha</groupId><artifactId>fetch</artifactId>\
         <version>1</version><packaging>pom</packaging><dependencies><dependency><groupId>{group}</groupId>\
         <artifactId>{artifact}</artifactId><version>{version}</version></dependency></dependencies></project>"
    )
}

pub(super) fn write(file: &Path, text: &str) -> Result<()> {
    let folder = file.parent().context("a file in no folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests;
