//! Files that rows name: who may read one, who may send one, and how much of it is here.
//!
//! **A hash alone never grants access.** Whoever sees no row that names a file is answered as if there were none. And a row
//! grants its readers the file only when its doer has proved to have it, by sending it whole or by being able to read it
//! already: else one who knows a hash could make a row that names it, and read what he never had.

mod files;
#[cfg(test)]
mod tests;

use saha_domain::{BlobHash, RepId, wire::BlobStatus};

pub(crate) use files::Files;

use crate::{
    error::{BadRequest, RequestError},
    host::Host,
    store::{Store, StoreError},
};
use files::Partial;

/// Files without a row that are younger stay: the database may have been restored from an older backup by mistake.
const STRAY_AFTER_MS: i64 = 30 * 24 * 3_600_000;
/// A part that nobody went on with for so long is dropped.
const STALE_AFTER_MS: i64 = 7 * 24 * 3_600_000;
/// Tidying reads every file's name.
const TIDY_EVERY_MS: i64 = 24 * 3_600_000;

/// A part of a file, as it is sent.
#[derive(Debug)]
pub(crate) struct Part {
    /// Where it begins.
    pub(crate) start: u64,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// The length of the whole.
    pub(crate) size_bytes: u64,
}

/// Which bytes of a file somebody wants. The end may lie beyond the file's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The first byte.
    pub(crate) start: u64,
    /// How many, at the most.
    pub(crate) max_bytes: u64,
}

/// What a rep may do with a file that he sees named.
enum Standing {
    /// It is here, and he may read it.
    Reader { size_bytes: u64 },
    /// A row of his own names it, and he has still to send it.
    Sender { size_bytes: u64 },
}

/// Where files are handed in and out.
pub(crate) struct BlobDesk<'a> {
    /// What is known of files and of those who see them.
    pub(crate) store: &'a dyn Store,
    /// The clock.
    pub(crate) host: &'a dyn Host,
    /// The files.
    pub(crate) files: &'a Files,
}

impl BlobDesk<'_> {
    /// How much of a file is here.
    pub(crate) fn status(&self, rep: RepId, sha256: BlobHash) -> Result<BlobStatus, RequestError> {
        match self.standing(rep, sha256)? {
            Standing::Reader { size_bytes } => Ok(BlobStatus::whole(size_bytes)),
            Standing::Sender { size_bytes } => {
                let received_bytes = self.partial(rep, sha256)?.received_bytes(size_bytes).map_err(failed)?;
                Ok(BlobStatus { size_bytes, received_bytes })
            }
        }
    }

    /// A part of a file. Whether there is such a file comes first: what else is wrong must not tell that there is.
    pub(crate) fn read(&self, rep: RepId, sha256: BlobHash, wanted: Option<Wanted>) -> Result<Part, RequestError> {
        let Standing::Reader { size_bytes } = self.standing(rep, sha256)? else { return Err(RequestError::NotFound) };
        let wanted = wanted.filter(|wanted| wanted.start < size_bytes).ok_or(BadRequest::Part)?;
        let bytes = self.files.read(sha256, wanted).map_err(failed)?;
        Ok(Part { start: wanted.start, bytes, size_bytes })
    }

    /// Takes the part of a file that goes on at `offset`. With the last one the file is here for good, or, where its hash is
    /// not the one that names it, forgotten. A part of a file that is here already is taken for a second copy.
    pub(crate) fn write(
        &self,
        rep: RepId,
        sha256: BlobHash,
        offset: Option<u64>,
        part: &[u8],
    ) -> Result<BlobStatus, RequestError> {
        let size_bytes = match self.standing(rep, sha256)? {
            Standing::Reader { size_bytes } => return Ok(BlobStatus::whole(size_bytes)),
            Standing::Sender { size_bytes } => size_bytes,
        };
        let offset = offset.ok_or(BadRequest::Part)?;
        let partial = self.partial(rep, sha256)?;
        if partial.received_bytes(size_bytes).map_err(failed)? != offset {
            return Err(RequestError::WrongOffset);
        }
        let received_bytes = offset.saturating_add(u64::try_from(part.len()).unwrap_or(u64::MAX));
        if part.is_empty() || received_bytes > size_bytes {
            return Err(RequestError::TooLarge);
        }
        let now_ms = self.host.now_ms();
        if offset == 0 {
            self.files.make_room(rep, now_ms, STALE_AFTER_MS).map_err(failed)?;
        }
        partial.append(part, now_ms).map_err(failed)?;
        if received_bytes == size_bytes {
            self.keep(rep, sha256, size_bytes, partial)?;
        }
        Ok(BlobStatus { size_bytes, received_bytes })
    }

    /// All of it came: it is kept if it is what its hash says. The file is durable before the store tells of it.
    fn keep(&self, rep: RepId, sha256: BlobHash, size_bytes: u64, partial: Partial<'_>) -> Result<(), RequestError> {
        if partial.sha256().map_err(failed)? != sha256 {
            partial.forget().map_err(failed)?;
            return Err(RequestError::WrongHash);
        }
        let now_ms = self.host.now_ms();
        let _changing = self.files.changing();
        partial.become_whole(sha256, now_ms).map_err(failed)?;
        let tx = self.store.begin()?;
        tx.put_blob(sha256, size_bytes, now_ms)?;
        tx.put_blob_holder(sha256, rep)?;
        Ok(tx.commit()?)
    }

    /// Removes files that nothing names any more, and parts that nobody went on with, if it was not done today.
    pub(crate) fn tidy(&self) -> Result<(), StoreError> {
        let now_ms = self.host.now_ms();
        if !self.files.is_tidying_due(now_ms, TIDY_EVERY_MS) {
            return Ok(());
        }
        let _changing = self.files.changing();
        let tx = self.store.begin()?;
        let unnamed = tx.remove_unnamed_blobs()?;
        tx.commit()?;
        let view = self.store.view()?;
        let strays = self.files.older_than(now_ms - STRAY_AFTER_MS).map_err(StoreError::Folder)?;
        for sha256 in unnamed.into_iter().chain(strays) {
            if view.blob_bytes(sha256)?.is_none() {
                self.files.remove(sha256).map_err(StoreError::Folder)?;
            }
        }
        self.files.drop_partials_before(now_ms - STALE_AFTER_MS).map_err(StoreError::Folder)
    }

    fn standing(&self, rep: RepId, sha256: BlobHash) -> Result<Standing, RequestError> {
        let view = self.store.view()?;
        let sight = view.file_sight(sha256, rep)?;
        let here = if sight.is_readable { view.blob_bytes(sha256)? } else { None };
        drop(view);
        // A file that was lost beside its database is sent once more.
        match (here.filter(|size_bytes| self.files.has(sha256, *size_bytes)), sight.own_bytes) {
            (Some(size_bytes), Some(_)) if !sight.is_holder => {
                let tx = self.store.begin()?;
                tx.put_blob_holder(sha256, rep)?;
                tx.commit()?;
                Ok(Standing::Reader { size_bytes })
            }
            (Some(size_bytes), _) => Ok(Standing::Reader { size_bytes }),
            (None, Some(size_bytes)) => Ok(Standing::Sender { size_bytes }),
            (None, None) => Err(RequestError::NotFound),
        }
    }

    /// What came of a file so far, for one request at a time.
    fn partial(&self, rep: RepId, sha256: BlobHash) -> Result<Partial<'_>, RequestError> {
        self.files.partial(rep, sha256).ok_or(RequestError::Busy)
    }
}

fn failed(error: std::io::Error) -> RequestError {
    StoreError::Folder(error).into()
}
