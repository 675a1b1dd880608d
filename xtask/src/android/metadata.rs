//! What Gradle would refuse: AARs that want a newer Android or a newer plugin than the app's build has, and libraries that come in
//! another version than the catalogue says.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::catalogue::Catalogue;
use super::libraries::Library;

/// Where an AAR says what it wants.
pub(super) const METADATA: &str = "META-INF/com/android/build/gradle/aar-metadata.properties";

/// What the app is built with.
pub(super) struct Build {
    sdk: String,
    plugin: String,
}

impl Build {
    pub(super) fn read(catalogue: &Catalogue, gradle: &str) -> Result<Self> {
        Ok(Self { sdk: setting(gradle, "compileSdk")?.to_owned(), plugin: catalogue.version("agp")?.to_owned() })
    }

    /// What an AAR wants and the build has not.
    fn lacks(&self, metadata: &str) -> Vec<String> {
        let asks = [("minCompileSdk", &self.sdk), ("minAndroidGradlePluginVersion", &self.plugin)];
        let lacks = |(name, has): (&str, &String)| {
            let wanted = metadata.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
            (numbers(wanted) > numbers(has)).then(|| format!("{name} {wanted}, and the build has {has}"))
        };
        asks.into_iter().filter_map(lacks).collect()
    }
}

/// The number behind `name =` in a build script of Gradle's.
pub(super) fn setting<'a>(gradle: &'a str, name: &str) -> Result<&'a str> {
    let value = gradle.lines().find_map(|line| line.trim().strip_prefix(name)?.trim_start().strip_prefix('='));
    Ok(value.with_context(|| format!("the build script sets no {name}"))?.trim().trim_matches('"'))
}

/// Everything that is wrong with what was resolved for these bundles.
pub(super) fn problems(
    build: &Build,
    catalogue: &Catalogue,
    bundles: &[&str],
    libraries: &[Library],
) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for library in libraries {
        let name = library.name();
        let wanted = library.metadata()?.map(|metadata| build.lacks(&metadata)).unwrap_or_default();
        problems.extend(wanted.into_iter().map(|wanted| format!("{name} wants {wanted}")));
    }
    for bundle in bundles {
        for coordinates in catalogue.bundle(bundle)? {
            if !libraries.iter().any(|library| is_of(&library.artifact, &coordinates)) {
                problems.push(format!("{coordinates} is in the catalogue, and another library wants it newer"));
            }
        }
    }
    Ok(problems)
}

/// Does the artifact `…/group/artifact/version/file` have these coordinates? A library for several platforms may come as that for
/// one of them.
fn is_of(artifact: &Path, coordinates: &str) -> bool {
    let mut parts = coordinates.split(':');
    let (_, Some(module), Some(version)) = (parts.next(), parts.next(), parts.next()) else { return false };
    let name_of =
        |nth: usize| artifact.ancestors().nth(nth).and_then(Path::file_name).map(|name| name.to_string_lossy());
    let is_module =
        |name: &str| name.strip_prefix(module).is_some_and(|variant| matches!(variant, "" | "-android" | "-jvm"));
    name_of(1).is_some_and(|found| found == version) && name_of(2).is_some_and(|name| is_module(&name))
}

/// A version as numbers, which compare as versions do.
fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map_while(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests;
