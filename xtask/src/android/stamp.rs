//! What a step was made of, written beside what it made: a step whose parts are as before is not done again.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::files;

/// A digest of everything that a step reads.
#[derive(Default)]
pub(super) struct Stamp(DefaultHasher);

impl Stamp {
    /// A part by what it is called: an option, or a file that never changes under its name.
    pub(super) fn text(mut self, text: &str) -> Self {
        text.hash(&mut self.0);
        self
    }

    pub(super) fn texts<'a>(self, texts: impl IntoIterator<Item = &'a str>) -> Self {
        texts.into_iter().fold(self, Self::text)
    }

    /// A file with its bytes.
    pub(super) fn file(mut self, file: &Path) -> Result<Self> {
        file.hash(&mut self.0);
        fs::read(file).with_context(|| format!("cannot read {}", file.display()))?.hash(&mut self.0);
        Ok(self)
    }

    /// Every file below a folder.
    pub(super) fn folder(self, folder: &Path) -> Result<Self> {
        files::below(folder)?.into_iter().try_fold(self, |stamp, path| stamp.file(&folder.join(path)))
    }

    pub(super) fn digest(&self) -> String {
        format!("{:016x}", self.0.finish())
    }

    /// Does the step where it was not done with these parts before, into an empty folder.
    pub(super) fn step(self, folder: &Path, make: impl FnOnce() -> Result<()>) -> Result<String> {
        let digest = self.digest();
        let note = note(folder);
        if fs::read_to_string(&note).is_ok_and(|before| before == digest) {
            return Ok(digest);
        }
        for path in [&note, folder] {
            let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            if path.exists() {
                removed.with_context(|| format!("cannot clear {}", path.display()))?;
            }
        }
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        make()?;
        fs::write(&note, &digest).with_context(|| format!("cannot write {}", note.display()))?;
        Ok(digest)
    }
}

/// Beside the folder. A name may have dots of its own, as versions do.
fn note(folder: &Path) -> PathBuf {
    let mut name = folder.as_os_str().to_owned();
    name.push(".stamp");
    name.into()
}

#[cfg(test)]
mod tests;
