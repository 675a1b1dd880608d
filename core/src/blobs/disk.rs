//! Files in the folder `blobs`: a whole one under its hash, one that is fetched under its hash and `.part`, one that is
//! taken in under a number and `.new`.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard,
        atomic::{AtomicU64, Ordering},
    },
};

use saha_domain::BlobHash;
use sha2::{Digest as _, Sha256};

use crate::{durable, lock::lock_of};

/// How much of a file is in memory at once.
const BUFFER_BYTES: usize = 64 << 10;

/// The folder of files.
pub(crate) struct Blobs {
    folder: PathBuf,
    /// Paths that someone works on, and how many do. They are not tidied away.
    held: Mutex<BTreeMap<PathBuf, u32>>,
    next_new: AtomicU64,
}

/// A file that was taken in: durable under its hash, and not tidied away for as long as this lives.
pub(crate) struct Taken<'a> {
    /// The hash of its bytes.
    pub sha256: BlobHash,
    /// Its length.
    pub size_bytes: u64,
    _held: Held<'a>,
}

impl Blobs {
    /// In `folder`, which is made with the first file.
    pub(crate) fn in_folder(folder: PathBuf) -> Self {
        Self { folder, held: Mutex::default(), next_new: AtomicU64::new(0) }
    }

    /// Copies what `source` gives. It is on the disk, under its hash, when this returns; where it fails, nothing of it is.
    pub(crate) fn take_in(&self, source: &mut impl Read) -> io::Result<Taken<'_>> {
        crate::store::make_folder(&self.folder)?;
        let new = self.hold(self.folder.join(format!("{}.new", self.next_new.fetch_add(1, Ordering::Relaxed))));
        let copied = copy(source, &new.path).and_then(|(sha256, size_bytes)| {
            let held = self.hold(self.path(sha256));
            durable::rename(&new.path, &held.path)?;
            Ok(Taken { sha256, size_bytes, _held: held })
        });
        if copied.is_err() {
            // What can't be removed either is tidied away later.
            drop(fs::remove_file(&new.path));
        }
        copied
    }

    /// The file's path, where all of it is here.
    pub(crate) fn find(&self, sha256: BlobHash) -> Option<PathBuf> {
        Some(self.path(sha256)).filter(|path| path.is_file())
    }

    /// Bytes of a file from `offset` on; fewer at its end.
    pub(crate) fn read_part(&self, sha256: BlobHash, offset: u64, max_bytes: u64) -> io::Result<Vec<u8>> {
        let mut file = File::open(self.path(sha256))?;
        file.seek(SeekFrom::Start(offset))?;
        let mut part = Vec::new();
        file.take(max_bytes).read_to_end(&mut part)?;
        Ok(part)
    }

    /// Goes on with a file that is fetched.
    pub(crate) fn fetching(&self, sha256: BlobHash) -> io::Result<Fetching<'_>> {
        crate::store::make_folder(&self.folder)?;
        Ok(Fetching { sha256, part: self.hold(self.folder.join(format!("{sha256}.part"))) })
    }

    /// For tidying: nobody begins to work on a file while this lives.
    pub(super) fn quiet(&self) -> Quiet<'_> {
        Quiet { blobs: self, held: self.held() }
    }

    fn path(&self, sha256: BlobHash) -> PathBuf {
        self.folder.join(sha256.to_string())
    }

    fn hold(&self, path: PathBuf) -> Held<'_> {
        *self.held().entry(path.clone()).or_default() += 1;
        Held { blobs: self, path }
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<PathBuf, u32>> {
        lock_of(&self.held)
    }
}

/// A path that is worked on.
struct Held<'a> {
    blobs: &'a Blobs,
    path: PathBuf,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut held = self.blobs.held();
        if let Some(count) = held.get_mut(&self.path) {
            *count -= 1;
            if *count == 0 {
                held.remove(&self.path);
            }
        }
    }
}

/// A file on its way from the company.
pub(crate) struct Fetching<'a> {
    sha256: BlobHash,
    part: Held<'a>,
}

impl Fetching<'_> {
    /// How much of it is here.
    pub(crate) fn received_bytes(&self) -> io::Result<u64> {
        match fs::metadata(&self.part.path) {
            Ok(found) => Ok(found.len()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Adds what came next.
    pub(crate) fn append(&self, bytes: &[u8]) -> io::Result<()> {
        OpenOptions::new().create(true).append(true).open(&self.part.path)?.write_all(bytes)
    }

    /// All of it came: it is a file of this device from now on, and durable. None where the bytes are not what the hash says;
    /// they are gone then.
    pub(crate) fn finish(self) -> io::Result<Option<PathBuf>> {
        let blobs = self.part.blobs;
        let mut file = OpenOptions::new().read(true).append(true).open(&self.part.path)?;
        if hash(&mut file, |_| Ok(()))?.0 != self.sha256 {
            self.start_over()?;
            return Ok(None);
        }
        file.sync_all()?;
        let whole = blobs.hold(blobs.path(self.sha256));
        durable::rename(&self.part.path, &whole.path)?;
        Ok(Some(whole.path.clone()))
    }

    /// Forgets what came.
    pub(crate) fn start_over(&self) -> io::Result<()> {
        removed(fs::remove_file(&self.part.path))
    }
}

/// The folder while nobody begins to work on a file.
pub(super) struct Quiet<'a> {
    blobs: &'a Blobs,
    held: MutexGuard<'a, BTreeMap<PathBuf, u32>>,
}

impl Quiet<'_> {
    /// The files that are here, whole or in part. What was left half taken in is removed.
    pub(super) fn files(&self) -> io::Result<std::collections::BTreeSet<BlobHash>> {
        let mut files = std::collections::BTreeSet::new();
        let entries = match fs::read_dir(&self.blobs.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(files),
            entries => entries?,
        };
        for entry in entries {
            let path = entry?.path();
            let stem = path.file_stem().and_then(OsStr::to_str).unwrap_or_default();
            if path.extension().is_some_and(|extension| extension == "new") {
                if !self.held.contains_key(&path) {
                    removed(fs::remove_file(&path))?;
                }
            } else if let Ok(sha256) = stem.parse() {
                files.insert(sha256);
            }
        }
        Ok(files)
    }

    /// Whether someone takes the file in: its record is about to be.
    pub(super) fn is_taken_in(&self, sha256: BlobHash) -> bool {
        self.held.contains_key(&self.blobs.path(sha256))
    }

    /// Removes files and what was fetched of them.
    pub(super) fn remove(&self, files: &[BlobHash]) -> io::Result<()> {
        for sha256 in files {
            removed(fs::remove_file(self.blobs.path(*sha256)))?;
            let part = self.blobs.folder.join(format!("{sha256}.part"));
            if !self.held.contains_key(&part) {
                removed(fs::remove_file(part))?;
            }
        }
        Ok(())
    }
}

/// Copies to a new file and hashes on the way. Durable when it returns.
fn copy(source: &mut impl Read, path: &Path) -> io::Result<(BlobHash, u64)> {
    let mut file = File::create(path)?;
    let copied = hash(source, |bytes| file.write_all(bytes))?;
    file.sync_all()?;
    Ok(copied)
}

/// The hash and the length of what `source` gives, of which `see` sees every byte.
fn hash(source: &mut impl Read, mut see: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<(BlobHash, u64)> {
    let (mut hasher, mut length) = (Sha256::new(), 0);
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        let count = match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let bytes = buffer.get(..count).unwrap_or_default();
        hasher.update(bytes);
        see(bytes)?;
        length += u64::try_from(count).unwrap_or(u64::MAX);
    }
    Ok((<[u8; 32]>::from(hasher.finalize()).into(), length))
}

fn removed(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
