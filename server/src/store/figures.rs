//! The fingerprint of each rep's figures, kept beside the rows of which it is the sum.

use saha_domain::{Kind, RepId, facts::Fingerprint};

use super::Result;

/// A row that may have facts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CountedRow {
    /// The kind.
    pub(crate) kind: Kind,
    /// The version.
    pub(crate) version: i64,
    /// The body as it is stored.
    pub(crate) body: String,
}

/// Reading fingerprints, and what they are made of.
pub(crate) trait FigureReads {
    /// The fingerprint of the rep's figures.
    fn fingerprint(&self, rep: RepId) -> Result<Fingerprint>;

    /// The version of the rules by which fingerprints were counted; 0 before they were.
    fn fact_rules(&self) -> Result<u32>;

    /// The next live rows that name a rep, by version, at most `limit`.
    fn rows_of_reps(&self, after: i64, limit: u32) -> Result<Vec<CountedRow>>;
}

/// Writing them.
pub(crate) trait FigureWrites {
    /// Keeps the fingerprint of the rep's figures.
    fn put_fingerprint(&self, rep: RepId, fingerprint: Fingerprint) -> Result<()>;

    /// Forgets every fingerprint: they are about to be counted by the rules of this version.
    fn forget_fingerprints(&self, fact_rules: u32) -> Result<()>;
}
