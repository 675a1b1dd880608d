//! Gradle's catalogue of versions, `android/gradle/libs.versions.toml`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// Which libraries there are, and which of them belong together.
#[derive(Debug, Deserialize)]
pub(super) struct Catalogue {
    versions: BTreeMap<String, String>,
    libraries: BTreeMap<String, Library>,
    bundles: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct Library {
    module: String,
    version: Named,
}

/// A version by its name among the versions.
#[derive(Debug, Deserialize)]
struct Named {
    r#ref: String,
}

impl Catalogue {
    pub(super) fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        Self::parse(&text).with_context(|| format!("{} is no catalogue", file.display()))
    }

    pub(super) fn parse(text: &str) -> Result<Self> {
        Ok(toml::from_str(text)?)
    }

    /// `group:artifact:version` of a library.
    pub(super) fn library(&self, name: &str) -> Result<String> {
        let library = self.libraries.get(name).with_context(|| format!("the catalogue has no library {name}"))?;
        Ok(format!("{}:{}", library.module, self.version(&library.version.r#ref)?))
    }

    pub(super) fn version(&self, name: &str) -> Result<&str> {
        Ok(self.versions.get(name).with_context(|| format!("the catalogue has no version {name}"))?)
    }

    /// The libraries of a bundle.
    pub(super) fn bundle(&self, name: &str) -> Result<Vec<String>> {
        let names = self.bundles.get(name).with_context(|| format!("the catalogue has no bundle {name}"))?;
        names.iter().map(|name| self.library(name)).collect()
    }
}

#[cfg(test)]
mod tests;
