//! All kinds in one table: a body, its version, and the keys that say who may see it.

use chrono::NaiveDate;
use saha_domain::{CustomerId, Hlc, Kind, RepId, registry::NamedFile};
use serde_json::Value;
use uuid::Uuid;

use super::Result;
use crate::sync::FieldClocks;

/// Whose sight a row falls into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight {
    /// Everyone's.
    Company,
    /// Those who see the customer, and the rep whom it names.
    Customer,
    /// The rep alone whom it names.
    Rep,
}

/// What decides who sees a row, taken out of its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ScopeKeys {
    /// Whose sight.
    pub(crate) sight: Sight,
    /// The customer beneath whom it lies; a customer lies beneath himself.
    pub(crate) customer: Option<CustomerId>,
    /// The rep whom it names as its doer or owner; none for an assignment, which is nobody's work.
    pub(crate) rep: Option<RepId>,
    /// The date by which it ages out of other people's sight.
    pub(crate) on_date: Option<NaiveDate>,
    /// A customer's tax number: no two live ones may share it.
    pub(crate) tax_no: Option<String>,
    /// The file that it names: who sees the row may ask for the file.
    pub(crate) file: Option<NamedFile>,
}

/// A row as the judge needs it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Aggregate {
    /// The kind.
    pub(crate) kind: Kind,
    /// The id.
    pub(crate) id: Uuid,
    /// The company's sequence of its last change.
    pub(crate) version: i64,
    /// Its newest clock.
    pub(crate) hlc: Hlc,
    /// The body; none for a tombstone.
    pub(crate) body: Option<Value>,
    /// Who wrote each field last, and when.
    pub(crate) clocks: FieldClocks,
    /// Who sees it.
    pub(crate) keys: ScopeKeys,
}

/// A row as it is sent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SentRow {
    /// The kind.
    pub(crate) kind: Kind,
    /// The id.
    pub(crate) id: Uuid,
    /// The version.
    pub(crate) version: i64,
    /// The newest clock.
    pub(crate) hlc: Hlc,
    /// The body as it is stored; none for a tombstone.
    pub(crate) body: Option<String>,
    /// The customer beneath whom it lies.
    pub(crate) customer: Option<CustomerId>,
    /// The rep whom it names.
    pub(crate) rep: Option<RepId>,
}

/// A walk along the sequence over what one rep sees.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Walk {
    /// Who looks.
    pub(crate) rep: RepId,
    /// Other people's activities before this date are out of sight.
    pub(crate) horizon: NaiveDate,
    /// Rows above this version.
    pub(crate) after: i64,
    /// Rows up to this version.
    pub(crate) until: i64,
    /// Only what lies beneath this customer.
    pub(crate) beneath: Option<CustomerId>,
    /// Tombstones up to this version are passed over: whoever starts from nothing has nothing to delete.
    pub(crate) tombstones_after: i64,
    /// How many rows at most.
    pub(crate) limit: u32,
    /// Whoever walks has room for bodies of so many bytes together. The one that goes beyond is the last.
    pub(crate) max_bytes: usize,
}

/// The rows of a walk.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Walked {
    /// By version.
    pub(crate) rows: Vec<SentRow>,
    /// Whether the walk ended for want of room: what comes after the last row was not looked at.
    pub(crate) cut: bool,
}

/// Reading rows.
pub(crate) trait RecordReads {
    /// One row, deleted or not.
    fn record(&self, kind: Kind, id: Uuid) -> Result<Option<Aggregate>>;

    /// The next rows of a walk, by version.
    fn walk(&self, walk: &Walk) -> Result<Walked>;

    /// The live customer with this tax number.
    fn customer_with_tax_no(&self, tax_no: &str) -> Result<Option<CustomerId>>;

    /// Whether `rep` has a row of his own beneath the customer.
    fn has_own_beneath(&self, rep: RepId, customer: CustomerId) -> Result<bool>;

    /// The id that an import gave to a code of a kind.
    fn id_of_code(&self, kind: Kind, code: &str) -> Result<Option<Uuid>>;
}

/// Writing rows.
pub(crate) trait RecordWrites {
    /// Writes a row, in place of what was there.
    fn put_record(&self, row: &Aggregate) -> Result<()>;

    /// Remembers the id of a code of a kind.
    fn put_code(&self, kind: Kind, code: &str, id: Uuid) -> Result<()>;
}
