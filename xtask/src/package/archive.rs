//! Archives: jars, AARs and zipped packages, the same bytes from the same files.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::files;

/// What goes into an archive, and under which name.
#[derive(Clone, Debug, Default)]
pub(super) struct Contents(Vec<(String, PathBuf)>);

impl Contents {
    /// A file under that name.
    pub(super) fn file(&mut self, name: impl Into<String>, file: &Path) {
        self.0.push((name.into(), file.to_path_buf()));
    }

    /// Every file below a folder, under its path from there with `prefix` before it.
    pub(super) fn folder(&mut self, prefix: &str, folder: &Path) -> Result<()> {
        for path in files::below(folder)? {
            let parts: Vec<_> = path.iter().map(OsStr::to_string_lossy).collect();
            self.file(format!("{prefix}{}", parts.join("/")), &folder.join(&path));
        }
        Ok(())
    }

    /// Without the files whose name starts so.
    pub(super) fn without(mut self, start: &str) -> Self {
        self.0.retain(|(name, _)| !name.starts_with(start));
        self
    }

    /// Writes the archive. Names are sorted and no time is kept, so that the same files give the same bytes.
    pub(super) fn pack(mut self, archive: &Path) -> Result<()> {
        self.0.sort();
        // A jar's manifest is looked for among the first entries.
        self.0.sort_by_key(|(name, _)| !name.starts_with("META-INF/MANIFEST"));
        let folder = archive.parent().context("an archive in no folder")?;
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let file = File::create(archive).with_context(|| format!("cannot write {}", archive.display()))?;
        let mut zip = ZipWriter::new(file);
        for (name, path) in &self.0 {
            let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
            zip.start_file(name, options.unix_permissions(0o644))?;
            zip.write_all(&bytes)?;
        }
        zip.finish().with_context(|| format!("cannot finish {}", archive.display()))?;
        Ok(())
    }
}

/// An archive that is read again.
pub(super) struct Opened(ZipArchive<File>);

impl Opened {
    pub(super) fn open(archive: &Path) -> Result<Self> {
        let file = File::open(archive).with_context(|| format!("cannot open {}", archive.display()))?;
        Ok(Self(ZipArchive::new(file).with_context(|| format!("{} is no archive", archive.display()))?))
    }

    /// The names in it; one that can't be read is nobody's.
    pub(super) fn names(&self) -> Vec<String> {
        self.0.file_names().filter_map(Result::ok).map(Into::into).collect()
    }

    pub(super) fn bytes(&mut self, name: &str) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.0.by_name(name).with_context(|| format!("{name} is not in the archive"))?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
