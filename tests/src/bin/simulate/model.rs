//! What a plain person with a notebook would know of the history: who wrote what, and when it truly was.
//!
//! Of two who wrote one field, the later one holds, whatever his clock said and whenever his phone came online: an edit that
//! saw another is later than it, and for the others the server corrects the clocks.

use std::collections::BTreeMap;

use uuid::Uuid;

/// A field that people fill with words of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Note,
    Address,
    District,
}

impl Field {
    pub(crate) const ALL: [Self; 3] = [Self::Note, Self::Address, Self::District];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Address => "address",
            Self::District => "district",
        }
    }
}

/// One edit: the words tell it apart from every other.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    pub(crate) device: usize,
    pub(crate) at_ms: i64,
    pub(crate) words: String,
}

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is to be there.
    Lives,
    /// Someone deleted it, or took it back before the company had it.
    Gone,
}

#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) kind: &'static str,
    pub(crate) fate: Fate,
    /// Someone repaired or took back a refused change of it: which of its words hold is then for people to say.
    pub(crate) is_repaired: bool,
    pub(crate) edits: BTreeMap<Field, Vec<Edit>>,
}

/// The notebook.
#[derive(Debug, Default)]
pub(crate) struct Model {
    pub(crate) records: BTreeMap<Uuid, Record>,
    words: u32,
}

impl Model {
    pub(crate) fn new_words(&mut self) -> String {
        self.words += 1;
        format!("w{}", self.words)
    }

    pub(crate) fn created(&mut self, id: Uuid, kind: &'static str) {
        self.records.insert(id, Record { kind, fate: Fate::Lives, is_repaired: false, edits: BTreeMap::new() });
    }

    pub(crate) fn edited(&mut self, id: Uuid, field: Field, edit: Edit) {
        if let Some(record) = self.records.get_mut(&id) {
            record.edits.entry(field).or_default().push(edit);
        }
    }

    pub(crate) fn repaired(&mut self, id: Uuid) {
        if let Some(record) = self.records.get_mut(&id) {
            record.is_repaired = true;
        }
    }

    pub(crate) fn gone(&mut self, id: Uuid) {
        if let Some(record) = self.records.get_mut(&id) {
            record.fate = Fate::Gone;
        }
    }
}

impl Record {
    /// When these words were written; 0 for what was there before the history.
    pub(crate) fn written_at(&self, field: Field, words: Option<&str>) -> Option<i64> {
        let Some(words) = words else { return Some(0) };
        self.edits.get(&field)?.iter().find(|edit| edit.words == words).map(|edit| edit.at_ms)
    }

    /// The words that hold.
    pub(crate) fn latest(&self, field: Field) -> Option<&Edit> {
        self.edits.get(&field)?.iter().max_by_key(|edit| edit.at_ms)
    }

    /// The last words of one phone.
    pub(crate) fn own_latest(&self, field: Field, device: usize) -> Option<&Edit> {
        self.edits.get(&field)?.iter().filter(|edit| edit.device == device).max_by_key(|edit| edit.at_ms)
    }
}
