//! What a plain person with a notebook would know of the history: who wrote what, and when it truly was.
//!
//! Of two who wrote one field, the later one holds, whatever his clock said and whenever his phone came online: an edit that
//! saw another is later than it, and for the others the server corrects the clocks. A correction of a refused change counts
//! as written when that change was.

use std::collections::{BTreeMap, BTreeSet};

use saha_domain::Customer;
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

    /// What a customer has there.
    pub(crate) fn of(self, customer: &Customer) -> Option<&String> {
        match self {
            Self::Note => customer.note.as_ref(),
            Self::Address => customer.address.as_ref(),
            Self::District => customer.district.as_ref(),
        }
    }
}

/// One edit: the words tell it apart from every other.
#[derive(Debug, Clone)]
pub(crate) struct Edit {
    pub(crate) device: usize,
    pub(crate) at_ms: i64,
    pub(crate) words: String,
    /// The change that carries it.
    pub(crate) op_id: Uuid,
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
    /// Refused changes of it that someone took back: which of its other words hold is then for people to say.
    pub(crate) withdrawn: BTreeSet<Uuid>,
    pub(crate) edits: BTreeMap<Field, Vec<Edit>>,
}

/// The notebook.
#[derive(Debug, Default)]
pub(crate) struct Model {
    pub(crate) records: BTreeMap<Uuid, Record>,
    /// When each change was written.
    written: BTreeMap<Uuid, i64>,
    words: u32,
}

impl Model {
    pub(crate) fn new_words(&mut self) -> String {
        self.words += 1;
        format!("w{}", self.words)
    }

    pub(crate) fn created(&mut self, id: Uuid, kind: &'static str) {
        self.records.insert(id, Record { kind, fate: Fate::Lives, withdrawn: BTreeSet::new(), edits: BTreeMap::new() });
    }

    pub(crate) fn edited(&mut self, id: Uuid, field: Field, edit: Edit) {
        if let Some(record) = self.records.get_mut(&id) {
            record.edits.entry(field).or_default().push(edit);
        }
    }

    /// A change that was not there before.
    pub(crate) fn wrote(&mut self, op_id: Uuid, at_ms: i64) {
        self.written.entry(op_id).or_insert(at_ms);
    }

    /// `fix` stands in the place of the first of `gone`, and the others became part of it. When that counts as written.
    pub(crate) fn fixed(&mut self, id: Uuid, gone: &[Uuid], fix: Uuid) -> Option<i64> {
        let at_ms = gone.iter().filter_map(|op_id| self.written.get(op_id)).min().copied()?;
        self.written.insert(fix, at_ms);
        let edits = self.records.get_mut(&id).into_iter().flat_map(|record| record.edits.values_mut().flatten());
        for edit in edits.filter(|edit| gone.contains(&edit.op_id)) {
            (edit.op_id, edit.at_ms) = (fix, at_ms);
        }
        Some(at_ms)
    }

    /// These words count as written at another time than they were.
    pub(crate) fn counts_as_of(&mut self, id: Uuid, words: &str, at_ms: i64) {
        let edits = self.records.get_mut(&id).into_iter().flat_map(|record| record.edits.values_mut().flatten());
        for edit in edits.filter(|edit| edit.words == words) {
            edit.at_ms = at_ms;
            self.written.insert(edit.op_id, at_ms);
        }
    }

    pub(crate) fn withdrawn(&mut self, id: Uuid, op_id: Uuid) {
        if let Some(record) = self.records.get_mut(&id) {
            record.withdrawn.insert(op_id);
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

    /// Words of a change that was taken back.
    pub(crate) fn withdrawn_words(&self, field: Field) -> impl Iterator<Item = &str> {
        let edits = self.edits.get(&field).into_iter().flatten();
        edits.filter(|edit| self.withdrawn.contains(&edit.op_id)).map(|edit| edit.words.as_str())
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
