//! Which files are here whole, and who proved to have them. The bytes themselves are no concern of the store.

use saha_domain::{BlobHash, RepId};

use super::Result;

/// What the rows that a rep sees say of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct FileSight {
    /// One of them is the work of someone who proved to have the file: who sees that row may read it.
    pub(crate) is_readable: bool,
    /// The file's length as the rep's own row says it; none where no row of his names the file.
    pub(crate) own_bytes: Option<u64>,
    /// He proved himself to have it.
    pub(crate) is_holder: bool,
}

/// Reading about files.
pub(crate) trait BlobReads {
    /// What the rows in the rep's sight say of a file.
    fn file_sight(&self, sha256: BlobHash, rep: RepId) -> Result<FileSight>;

    /// The length of a file that is here whole.
    fn blob_bytes(&self, sha256: BlobHash) -> Result<Option<u64>>;
}

/// Writing about files.
pub(crate) trait BlobWrites {
    /// The file is here whole.
    fn put_blob(&self, sha256: BlobHash, size_bytes: u64, at_ms: i64) -> Result<()>;

    /// The rep proved to have the file: he sent it whole, or could read it. It does nothing for a file that is not here.
    fn put_blob_holder(&self, sha256: BlobHash, rep: RepId) -> Result<()>;

    /// Forgets the files that no row names any more, and says which those were.
    fn remove_unnamed_blobs(&self) -> Result<Vec<BlobHash>>;
}
