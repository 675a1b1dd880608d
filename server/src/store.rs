//! What the server keeps, as traits: its logic does not know which database is beneath.
//!
//! **Architecture invariants:** every SQL statement of the server lives under `store/`. A reader sees one snapshot
//! for as long as its view lives; there is one writer at a time, and the company's sequence is taken inside its
//! transaction, so that no reader can see a later commit before an earlier one.

mod accounts;
mod blobs;
mod commits;
mod figures;
mod ops;
mod records;
mod sight;
mod sqlite;

pub(crate) use accounts::{
    AccessToken, AccountReads, AccountWrites, Credentials, DeviceRow, RefreshToken, SessionRow, TokenHash, UserRow,
};
pub(crate) use blobs::{BlobReads, BlobWrites, FileSight};
pub(crate) use commits::{Commit, CommitReads, CommitWrites};
pub(crate) use figures::{CountedRow, FigureReads, FigureWrites};
pub(crate) use ops::{OpReads, OpRow, OpState, OpWrites};
pub(crate) use records::{Aggregate, RecordReads, RecordWrites, ScopeKeys, SentRow, Sight, Walk, Walked};
pub(crate) use sight::{AssignmentRow, Moved, ScopeEvent, ScopeEventKind, ScopePair, ScopeReads, ScopeWrites};
pub(crate) use sqlite::SqliteStore;

/// The result of asking the store.
pub(crate) type Result<T> = std::result::Result<T, StoreError>;

/// The store can't do what was asked. Nothing of the transaction was kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// Another process held the database for longer than the busy timeout.
    #[error("the database is in use by another process")]
    Busy,
    /// The database was written by a newer server.
    #[error("the database has schema {found}, this server knows up to {supported}")]
    SchemaTooNew {
        /// The version in the file.
        found: i64,
        /// The newest that this build knows.
        supported: i64,
    },
    /// The file is another application's database.
    #[error("the database belongs to another application (application id {found})")]
    ForeignDatabase {
        /// The id in the file.
        found: i64,
    },
    /// A setting on which durability rests did not take.
    #[error("the database did not accept {pragma}")]
    SettingRefused {
        /// Which.
        pragma: &'static str,
    },
    /// A stored value can't be read back: the file is damaged or was edited by hand.
    #[error("a stored {what} can't be read")]
    Unreadable {
        /// What it should be.
        what: &'static str,
    },
    /// The operating system gave no randomness for a commit's id.
    #[error("the operating system gave no randomness")]
    NoRandomness,
    /// The folder or the file can't be used.
    #[error("the data folder can't be used")]
    Folder(#[source] std::io::Error),
    /// SQLite failed.
    #[error("the database failed")]
    Sqlite(#[source] rusqlite::Error),
}

/// Where the company's data is.
pub(crate) trait Store: Send + Sync {
    /// A snapshot to read from. It never waits for the writer.
    fn view(&self) -> Result<Box<dyn View + '_>>;

    /// The one write transaction; it waits for the one before. Dropped without [`Tx::commit`], it leaves no trace.
    fn begin(&self) -> Result<Box<dyn Tx + '_>>;
}

/// One snapshot of everything.
pub(crate) trait View:
    RecordReads + FigureReads + CommitReads + ScopeReads + OpReads + AccountReads + BlobReads
{
}

/// The write transaction. Whoever holds one may write; there is no other way to.
pub(crate) trait Tx:
    View + RecordWrites + FigureWrites + CommitWrites + ScopeWrites + OpWrites + AccountWrites + BlobWrites
{
    /// Marks a point to which [`Tx::roll_back`] returns. Points do not nest.
    fn save_point(&self) -> Result<()>;

    /// Keeps what was written since the point.
    fn release(&self) -> Result<()>;

    /// Undoes what was written since the point.
    fn roll_back(&self) -> Result<()>;

    /// Makes everything durable.
    fn commit(self: Box<Self>) -> Result<()>;
}
