use serde::{Deserialize, Serialize};

/// How much of a file the server has: `GET /v1/blobs/{sha256}/status`, and the answer to every part that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobStatus {
    /// The file's length, bytes.
    pub size_bytes: u64,
    /// Bytes from its beginning that the server has of this sender: where the next part goes on. The whole length only once
    /// their hash was found right.
    pub received_bytes: u64,
}

impl BlobStatus {
    /// The server has the whole file.
    pub const fn whole(size_bytes: u64) -> Self {
        Self { size_bytes, received_bytes: size_bytes }
    }

    /// Whether nothing is left to be sent.
    pub const fn is_whole(self) -> bool {
        self.received_bytes == self.size_bytes
    }
}

/// The most that one part of a file holds, bytes, in either direction. A phone on a bad link takes less at a time.
pub const MAX_BLOB_PART_BYTES: u64 = 1 << 20;
