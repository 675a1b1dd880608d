//! Files on the disk: whole ones by their hash, and what came so far of others by sender and hash.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use saha_domain::{BlobHash, RepId};
use sha2::{Digest as _, Sha256};

use super::Wanted;
use crate::folder::make_private_folder;

/// A rep has so many files on their way at the most; of more, the one that waited longest is dropped.
const MAX_PARTIALS_OF_REP: usize = 8;

/// The folders of files.
pub(crate) struct Files {
    whole: PathBuf,
    partial: PathBuf,
    /// Those that a request works on.
    busy: Mutex<BTreeSet<PathBuf>>,
    /// Held while files and what the store says of them change together.
    changing: Mutex<()>,
    tidied_ms: AtomicI64,
}

impl Files {
    /// In `folder`, which is made where it is missing.
    pub(crate) fn in_folder(folder: &Path) -> io::Result<Self> {
        let (whole, partial) = (folder.join("whole"), folder.join("partial"));
        make_private_folder(&whole)?;
        make_private_folder(&partial)?;
        Ok(Self {
            whole,
            partial,
            busy: Mutex::default(),
            changing: Mutex::new(()),
            tidied_ms: AtomicI64::new(i64::MIN),
        })
    }

    /// Nobody else changes which files are here for as long as this is held.
    pub(super) fn changing(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether so long has passed since the last time that this was so.
    pub(super) fn is_tidying_due(&self, now_ms: i64, every_ms: i64) -> bool {
        let is_due = |last_ms: i64| last_ms.saturating_add(every_ms) <= now_ms;
        self.tidied_ms.fetch_update(Ordering::AcqRel, Ordering::Acquire, |ms| is_due(ms).then_some(now_ms)).is_ok()
    }

    /// Whether the whole file is here.
    pub(super) fn has(&self, sha256: BlobHash, size_bytes: u64) -> bool {
        fs::metadata(self.path(sha256)).is_ok_and(|found| found.len() == size_bytes)
    }

    /// Bytes of a whole file.
    pub(super) fn read(&self, sha256: BlobHash, wanted: Wanted) -> io::Result<Vec<u8>> {
        let mut file = File::open(self.path(sha256))?;
        file.seek(SeekFrom::Start(wanted.start))?;
        let mut bytes = Vec::new();
        file.take(wanted.max_bytes).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Removes a file; it is no error where there is none.
    pub(super) fn remove(&self, sha256: BlobHash) -> io::Result<()> {
        removed(fs::remove_file(self.path(sha256)))
    }

    /// Whole files that came before a moment.
    pub(super) fn older_than(&self, before_ms: i64) -> io::Result<Vec<BlobHash>> {
        let mut old = Vec::new();
        for folder in fs::read_dir(&self.whole)? {
            let files = entries(&folder?.path())?;
            let old_ones = files.iter().filter(|file| file.modified_ms < before_ms);
            old.extend(old_ones.filter_map(|file| file.name.parse::<BlobHash>().ok()));
        }
        Ok(old)
    }

    /// What came of a file of one sender so far; none while another request works on it.
    pub(super) fn partial(&self, rep: RepId, sha256: BlobHash) -> Option<Partial<'_>> {
        let path = self.partial.join(format!("{rep}-{sha256}"));
        self.busy().insert(path.clone()).then(|| Partial { files: self, path })
    }

    /// Drops what a sender did not go on with, where he begins another file and has many.
    pub(super) fn make_room(&self, rep: RepId, now_ms: i64, stale_after_ms: i64) -> io::Result<()> {
        self.drop_partials_before(now_ms - stale_after_ms)?;
        let mut own = entries(&self.partial)?;
        own.retain(|file| file.name.starts_with(&rep.to_string()));
        own.sort_by_key(|file| file.modified_ms);
        let excess = (own.len() + 1).saturating_sub(MAX_PARTIALS_OF_REP);
        own.iter().take(excess).try_for_each(|file| self.drop_partial(file))
    }

    /// Drops parts that nobody went on with since a moment.
    pub(super) fn drop_partials_before(&self, before_ms: i64) -> io::Result<()> {
        let stale = entries(&self.partial)?.into_iter().filter(|file| file.modified_ms < before_ms);
        stale.into_iter().try_for_each(|file| self.drop_partial(&file))
    }

    fn drop_partial(&self, file: &Entry) -> io::Result<()> {
        let busy = self.busy();
        if busy.contains(&file.path) { Ok(()) } else { removed(fs::remove_file(&file.path)) }
    }

    /// By the first digits, so that no folder grows without bounds.
    fn path(&self, sha256: BlobHash) -> PathBuf {
        let [first, ..] = sha256.bytes();
        self.whole.join(format!("{first:02x}")).join(sha256.to_string())
    }

    fn busy(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What came of a file so far. Its length is all that is known of it: what a power cut leaves is found wrong by the hash.
pub(super) struct Partial<'a> {
    files: &'a Files,
    path: PathBuf,
}

impl Partial<'_> {
    /// Where the next part goes on. One that is as long as the file and was not found right is as good as none.
    pub(super) fn received_bytes(&self, size_bytes: u64) -> io::Result<u64> {
        match fs::metadata(&self.path) {
            Ok(found) if found.len() < size_bytes => Ok(found.len()),
            Ok(_) => self.forget().map(|()| 0),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Adds a part at the end.
    pub(super) fn append(&self, part: &[u8], now_ms: i64) -> io::Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(&self.path)?;
        file.write_all(part)?;
        file.set_modified(time_of(now_ms))
    }

    /// The hash of what came.
    pub(super) fn sha256(&self) -> io::Result<BlobHash> {
        let mut hasher = Sha256::new();
        io::copy(&mut File::open(&self.path)?, &mut HashWriter(&mut hasher))?;
        Ok(<[u8; 32]>::from(hasher.finalize()).into())
    }

    /// It is a whole file from now on, durable when this returns.
    pub(super) fn become_whole(&self, sha256: BlobHash, now_ms: i64) -> io::Result<()> {
        let file = OpenOptions::new().append(true).open(&self.path)?;
        file.set_modified(time_of(now_ms))?;
        file.sync_all()?;
        let path = self.files.path(sha256);
        let folder = path.parent().unwrap_or(&self.files.whole);
        make_private_folder(folder)?;
        fs::rename(&self.path, &path)?;
        // The names: of the file in its folder, and of that folder, which may be new.
        File::open(folder)?.sync_all()?;
        File::open(&self.files.whole)?.sync_all()
    }

    /// Removes it; it is no error where there is none.
    pub(super) fn forget(&self) -> io::Result<()> {
        removed(fs::remove_file(&self.path))
    }
}

impl Drop for Partial<'_> {
    fn drop(&mut self) {
        self.files.busy().remove(&self.path);
    }
}

struct HashWriter<'a>(&'a mut Sha256);

impl io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file of a folder.
struct Entry {
    path: PathBuf,
    name: String,
    modified_ms: i64,
}

fn entries(folder: &Path) -> io::Result<Vec<Entry>> {
    let read = |entry: io::Result<fs::DirEntry>| {
        let path = entry?.path();
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default().to_owned();
        let since_1970 = fs::metadata(&path)?.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        let modified_ms = i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX);
        Ok(Entry { path, name, modified_ms })
    };
    let is_there = |entry: &io::Result<Entry>| !matches!(entry, Err(e) if e.kind() == io::ErrorKind::NotFound);
    // One that ended meanwhile is none.
    fs::read_dir(folder)?.map(read).filter(is_there).collect()
}

/// The server's own clock as a file keeps it, so that whoever moves the one moves the other.
fn time_of(utc_ms: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(u64::try_from(utc_ms).unwrap_or(0))
}

fn removed(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
