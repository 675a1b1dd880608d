//! What the importer must know of a kind of file.

use super::{
    Fault,
    table::{Column, Row},
};
use crate::{store::View, sync::Ledger};

/// What a line did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// It made a new record.
    Created,
    /// It changed one.
    Updated,
    /// It said what is known already.
    Unchanged,
}

/// A kind of file: reading a line needs no transaction, so that what is slow (a password's hash) holds nobody up.
pub(super) trait FileKind {
    /// The columns that it may have.
    const COLUMNS: &'static [Column];
    /// A line that was read.
    type Entry;

    /// Reads a line.
    fn read(&self, row: &Row<'_>, view: &dyn View) -> Result<Self::Entry, Fault>;

    /// What no other line of the file may share.
    fn key(entry: &Self::Entry) -> String;

    /// Writes a line. What it wrote before a fault is rolled back.
    fn write(&self, ledger: &Ledger<'_>, entry: &Self::Entry) -> Result<Effect, Fault>;
}
