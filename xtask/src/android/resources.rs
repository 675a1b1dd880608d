//! The resources of the app and of its libraries: what Robolectric reads, and the classes `R`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::libraries::{Library, write};
use super::stamp::Stamp;
use crate::context::Context;
use crate::files;

/// The app's own package, as `android/app/build.gradle.kts` has it; a test holds both together.
pub(super) const NAMESPACE: &str = "dev.saha.app";

/// The Android that the tests play: the newest one that Debian's aapt2 and Java 17 know.
pub(super) const API: &str = "34";

/// The oldest Android that the app runs on.
pub(super) const OLDEST: &str = "26";

/// What was made of the resources.
pub(super) struct Resources {
    /// The folder with the classes `R`, also as sources.
    pub(super) classes: PathBuf,
    /// A folder for the class path that tells Robolectric of the rest.
    pub(super) config: PathBuf,
    /// Changes with the classes.
    pub(super) digest: String,
}

/// Compiles the resources below `sources` (`res/`, `AndroidManifest.xml`) and links them with those of the libraries.
pub(super) fn made(
    context: &Context,
    sources: &Path,
    libraries: &[Library],
    android: &Path,
    target: &Path,
) -> Result<Resources> {
    let linked = target.join("resources");
    let overlays: Vec<PathBuf> = libraries.iter().filter_map(Library::resources).collect();
    let packages = libraries.iter().map(Library::package).collect::<Result<Vec<_>>>()?;
    let packages: Vec<String> = packages.into_iter().flatten().collect();
    let stamp = overlays.iter().fold(Stamp::default(), |stamp, file| stamp.text(&file.to_string_lossy()));
    let manifest = sources.join("AndroidManifest.xml");
    stamp.folder(&sources.join("res"))?.file(&manifest)?.step(&linked, || {
        let flat = linked.join("app.zip");
        let mut compile = context.command("aapt2");
        compile.args(["compile", "--dir"]).arg(sources.join("res")).arg("-o").arg(&flat);
        if !context.run(&mut compile)? {
            bail!("the resources do not compile, see above");
        }
        let merged = linked.join("AndroidManifest.xml");
        let text = fs::read_to_string(&manifest).with_context(|| format!("cannot read {}", manifest.display()))?;
        write(&merged, &merged_manifest(&text))?;
        let mut link = context.command("aapt2");
        link.arg("link").arg("-I").arg(android).arg("--manifest").arg(&merged);
        link.args(["--non-final-ids", "--auto-add-overlay", "--extra-packages", &packages.join(":")]);
        link.arg("--java").arg(linked.join("java")).arg("-o").arg(linked.join("res.apk"));
        for overlay in overlays.iter().chain([&flat]) {
            link.arg("-R").arg(overlay);
        }
        if !context.run(&mut link)? {
            bail!("the resources do not go together, see above");
        }
        configure(&linked)
    })?;
    let (classes, digest) = compiled(context, &linked.join("java"), target)?;
    Ok(Resources { classes, config: linked.join("config"), digest })
}

/// What Android's own build adds to the manifest.
fn merged_manifest(source: &str) -> String {
    let begins = "<manifest ";
    let sdk = format!(
        "<uses-sdk android:minSdkVersion=\"{OLDEST}\" android:targetSdkVersion=\"{API}\" />\n    <uses-permission "
    );
    source
        .replacen(begins, &format!("{begins}package=\"{NAMESPACE}\" "), 1)
        .replacen("<uses-permission ", &sdk, 1)
        .replace("${applicationId}", NAMESPACE)
}

/// Tells Robolectric where everything is, in the way that Android's own build does.
fn configure(linked: &Path) -> Result<()> {
    let assets = linked.join("assets");
    fs::create_dir_all(&assets).with_context(|| format!("cannot make {}", assets.display()))?;
    let text = format!(
        "android_resource_apk={}\nandroid_merged_manifest={}\nandroid_merged_assets={}\nandroid_custom_package={NAMESPACE}\n",
        linked.join("res.apk").display(),
        linked.join("AndroidManifest.xml").display(),
        assets.display(),
    );
    write(&linked.join("config/com/android/tools/test_config.properties"), &text)
}

/// The classes `R`, which change when a name is added and not when a text is.
fn compiled(context: &Context, java: &Path, target: &Path) -> Result<(PathBuf, String)> {
    let classes = target.join("r");
    let digest = Stamp::default().folder(java)?.step(&classes, || {
        let sources: Vec<PathBuf> = files::below(java)?.into_iter().map(|path| java.join(path)).collect();
        let mut javac = context.command("javac");
        javac.args(["-nowarn", "-g:none", "-proc:none", "-d"]).arg(&classes).args(sources);
        if !context.run(&mut javac)? {
            bail!("the classes of the resources do not compile, see above");
        }
        Ok(())
    })?;
    Ok((classes, digest))
}

#[cfg(test)]
mod tests;
