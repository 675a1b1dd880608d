//! The only list of kinds. A new kind is a file in `records/` and one line in `registry!`; the compiler then demands
//! what is missing.

mod fields;

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use crate::{BlobHash, FieldError, Problem, RepId, Stamp, facts::Facts, merge, records};

/// Whose sight a record falls into, and where its body says so. Paths are JSON pointers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everyone in the company.
    Company,
    /// The row is itself a customer: the reps who are assigned to it.
    Customer,
    /// Something beneath a customer: whoever sees the customer, and the rep whom the record names.
    BeneathCustomer {
        /// Path of the customer's id.
        customer: &'static str,
        /// Path of the rep's id.
        rep: &'static str,
        /// Path of the date by which the record ages out of sight; none for what does not age.
        date: Option<&'static str>,
    },
    /// The rep alone whom the record names.
    Rep {
        /// Path of the rep's id.
        rep: &'static str,
    },
}

/// A field that names another record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The field, top level, or `children/field` for a field of each child.
    pub field: &'static str,
    /// The kind that it names.
    pub to: Kind,
}

impl Reference {
    /// `field` names a record of kind `to`.
    pub const fn new(field: &'static str, to: Kind) -> Self {
        Self { field, to }
    }
}

/// What a rep may do with a kind. Everything that is not listed is denied; the office may do everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepAccess {
    /// May make new ones.
    pub create: bool,
    /// May patch these top-level fields.
    pub patch: &'static [&'static str],
    /// May delete.
    pub delete: bool,
}

impl RepAccess {
    /// Reads only: company data.
    pub const READ_ONLY: Self = Self { create: false, patch: &[], delete: false };
}

/// The fields by which a record names a file that travels beside it, in the lane of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileFields {
    /// The field with its hash.
    pub sha256: &'static str,
    /// The field with its length, bytes.
    pub size_bytes: &'static str,
}

/// A file that a record names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedFile {
    /// The hash of its bytes.
    pub sha256: BlobHash,
    /// Its length, bytes.
    pub size_bytes: u64,
}

/// What is known of a kind without a record at hand.
#[derive(Debug, Clone, Copy)]
pub struct KindSpec {
    /// Who sees it.
    pub scope: Scope,
    /// Which records it names.
    pub references: &'static [Reference],
    /// Fields that hold a collection of children, as an object keyed by child id.
    pub children: &'static [&'static str],
    /// Fields that say when something happened, each a [`Stamp`].
    pub stamps: &'static [&'static str],
    /// What a rep may do.
    pub rep: RepAccess,
}

/// A rule that was broken, or a permission that is not there: what a server answers a change with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// See [`crate::wire::RejectionCode`].
    pub code: crate::wire::RejectionCode,
    /// The field at fault, if one is.
    pub field: Option<String>,
}

impl From<FieldError> for Refusal {
    fn from(error: FieldError) -> Self {
        Self { code: crate::wire::RejectionCode::Invalid, field: Some(error.field) }
    }
}

/// A kind of record. Implemented once for each struct in [`records`].
pub trait Record: Serialize + DeserializeOwned + Clone + PartialEq + fmt::Debug {
    /// Its kind.
    const KIND: Kind;
    /// What is known of the kind.
    const SPEC: KindSpec;

    /// The id.
    fn uuid(&self) -> Uuid;

    /// The rules that the record alone can tell. Called at capture and again by the server, after the merge.
    fn check(&self) -> Result<(), FieldError>;

    /// Whether this build knows the rules by which derived fields were made. Where it does not, [`Record::check`] leaves
    /// them out, and a server does not accept the record from a rep.
    fn has_known_rules(&self) -> bool {
        true
    }

    /// Where the record names a file, if it does.
    const FILE: Option<FileFields> = None;

    /// Fields that [`Record::settle`] computes, of the record and of its children.
    const DERIVED: &'static [&'static str] = &[];

    /// Whether the body of a child, as it stands in a collection of [`KindSpec::children`], is a whole one and not the edit of a
    /// part.
    fn is_whole_child(_id: &str, _body: &Value) -> bool {
        false
    }

    /// Computes derived fields anew. Called by the server after a merge and before [`Record::check`]: two edits that merged
    /// each brought the totals of their own writer.
    fn settle(&mut self) -> Result<(), FieldError> {
        Ok(())
    }

    /// What the record adds to the figures.
    fn facts(&self) -> Facts {
        Facts::default()
    }

    /// Whether `rep` may turn `before` into `self`, beyond what [`RepAccess`] says of fields. `before` is none for a create.
    fn check_rep(&self, _rep: RepId, _before: Option<&Self>) -> Result<(), Refusal> {
        Ok(())
    }

    /// The date by which the company would file the record; none for what has no date.
    fn date(&self) -> Option<NaiveDate> {
        None
    }
}

macro_rules! registry {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)*) => {
        /// A kind of record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, uniffi::Enum)]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        impl Kind {
            /// Every kind, parents before what names them.
            pub const ALL: &[Kind] = &[$(Kind::$kind),*];

            /// The name on the wire and in tables.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Kind::$kind => $name,)*
                }
            }

            /// What is known of the kind.
            pub const fn spec(self) -> &'static KindSpec {
                match self {
                    $(Kind::$kind => const { &<records::$kind as Record>::SPEC },)*
                }
            }

            /// Every top-level field that this build knows.
            pub fn fields(self) -> &'static [&'static str] {
                match self {
                    $(Kind::$kind => fields::of::<records::$kind>(),)*
                }
            }

            /// The file that a body names, if its kind has one.
            pub fn named_file(self, body: &Value) -> Option<NamedFile> {
                let fields = match self {
                    $(Kind::$kind => <records::$kind as Record>::FILE,)*
                }?;
                Some(NamedFile {
                    sha256: body.get(fields.sha256)?.as_str()?.parse().ok()?,
                    size_bytes: body.get(fields.size_bytes)?.as_u64()?,
                })
            }

            /// Reads a body as this kind and applies the rules that it alone can tell.
            pub fn check(self, body: &Value) -> Result<(), FieldError> {
                match self {
                    $(Kind::$kind => read::<records::$kind>(body)?.check(),)*
                }
            }

            /// What a body adds to the figures, or why this build can't read it, whatever rules it may break.
            pub fn read_facts(self, body: &Value) -> Result<Facts, FieldError> {
                match self {
                    $(Kind::$kind => read::<records::$kind>(body).map(|record| record.facts()),)*
                }
            }

            /// Whether this build knows the rules by which the body's derived fields were made.
            pub fn has_known_rules(self, body: &Value) -> Result<bool, FieldError> {
                match self {
                    $(Kind::$kind => Ok(read::<records::$kind>(body)?.has_known_rules()),)*
                }
            }

            /// Computes a body's derived fields anew, and leaves every other field as it is.
            pub fn settle(self, body: &mut Value) -> Result<(), FieldError> {
                match self {
                    $(Kind::$kind => settle::<records::$kind>(body),)*
                }
            }

            /// Whether a field, or the part of a child at `lines/<id>/field`, is derived and nobody's own word.
            pub fn is_derived(self, field: &str) -> bool {
                let name = field.rsplit('/').next().unwrap_or(field);
                match self {
                    $(Kind::$kind => <records::$kind as Record>::DERIVED.contains(&name),)*
                }
            }

            /// Whether the body of a child of this kind is a whole one, and not the edit of a part.
            pub fn is_whole_child(self, id: &str, body: &Value) -> bool {
                match self {
                    $(Kind::$kind => <records::$kind as Record>::is_whole_child(id, body),)*
                }
            }

            /// What a body adds to the figures. Of a body that can't be read: nothing.
            pub fn facts(self, body: &Value) -> Facts {
                self.read_facts(body).unwrap_or_default()
            }

            /// Whether `rep` may turn `before` into `after`.
            pub fn check_rep(self, rep: RepId, before: Option<&Value>, after: &Value) -> Result<(), Refusal> {
                match self {
                    $(Kind::$kind => {
                        let before = before.map(read::<records::$kind>).transpose()?;
                        read::<records::$kind>(after)?.check_rep(rep, before.as_ref())
                    })*
                }
            }
        }
    };
}

registry! {
    /// The company itself: name, home currency, zone, radius, horizon.
    Company = "company",
    /// A working calendar.
    WorkCalendar = "work_calendar",
    /// A sales representative.
    Rep = "rep",
    /// A product.
    Product = "product",
    /// A customer, prospect or existing.
    Customer = "customer",
    /// A customer's assignment to a rep.
    Assignment = "assignment",
    /// A target and its revisions.
    Target = "target",
    /// How often customers of a segment are to be visited.
    CallCycle = "call_cycle",
    /// A planned visit.
    PlanItem = "plan_item",
    /// A visit.
    Visit = "visit",
    /// A call.
    Call = "call",
    /// A sale with its lines.
    Sale = "sale",
    /// A photo of a visit.
    Photo = "photo",
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = FieldError;

    fn from_str(name: &str) -> Result<Self, FieldError> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| FieldError::new("kind", Problem::Unknown))
    }
}

/// Reads a body as a record. The error names the field where serde can tell it.
pub fn read<R: Record>(body: &Value) -> Result<R, FieldError> {
    R::deserialize(body).map_err(|error| FieldError::new(field_of(&error), Problem::Malformed))
}

fn settle<R: Record>(value: &mut Value) -> Result<(), FieldError> {
    let before: R = read(value)?;
    let mut after = before.clone();
    after.settle()?;
    // By difference, so that what a newer build wrote into the body stays.
    if let Some(patch) = merge::diff(&body(&before)?, &body(&after)?, R::SPEC.children) {
        merge::merge_patch(value, &patch);
    }
    Ok(())
}

/// Serde names a missing or doubled field between backticks. What else stands between them (a character of a bad UUID, an
/// enum's value) is no field, and the body as a whole is at fault.
fn field_of(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let named = ["missing field `", "duplicate field `"].iter().find_map(|start| text.strip_prefix(start));
    named.and_then(|rest| rest.split('`').next()).filter(|name| !name.is_empty()).unwrap_or("body").to_owned()
}

/// The record as a body, with every field that this build knows: absent ones are null.
pub fn body<R: Record>(record: &R) -> Result<Value, FieldError> {
    serde_json::to_value(record).map_err(|_| FieldError::new("body", Problem::Malformed))
}

/// A record that a body or a patch names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The field that names it, as on the wire: `customer`, or `lines/<child>/product`.
    pub field: String,
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Uuid,
}

impl KindSpec {
    /// Every (kind, id) that a body or a patch names.
    pub fn named_by(&self, payload: &Value) -> Vec<(Kind, Uuid)> {
        self.named_in(payload).into_iter().map(|named| (named.kind, named.id)).collect()
    }

    /// Every record that a body or a patch names, and where it does.
    pub fn named_in(&self, payload: &Value) -> Vec<Named> {
        self.references.iter().flat_map(|reference| reference.named_in(payload)).collect()
    }
}

impl KindSpec {
    /// Lets a body or a patch name `to` wherever it names `from`, a record of `kind`. Says whether it did.
    pub fn rename(&self, payload: &mut Value, kind: Kind, from: Uuid, to: Uuid) -> bool {
        let to_kind = self.references.iter().filter(|reference| reference.to == kind);
        to_kind.map(|reference| reference.rename(payload, from, to)).max().unwrap_or(false)
    }

    /// Puts what `better` gives for a stamp into its place, wherever a body or a patch holds one. Says whether it gave any.
    pub fn replace_stamps(&self, payload: &mut Value, better: impl Fn(&Stamp) -> Option<Stamp>) -> bool {
        let mut is_replaced = false;
        for field in self.stamps {
            let Some(held) = payload.get_mut(field) else { continue };
            let stamp = Stamp::deserialize(&*held).ok();
            if let Some(Ok(stamp)) = stamp.and_then(|stamp| better(&stamp)).map(serde_json::to_value) {
                *held = stamp;
                is_replaced = true;
            }
        }
        is_replaced
    }
}

impl Reference {
    fn rename(&self, payload: &mut Value, from: Uuid, to: Uuid) -> bool {
        let rename = |holder: &mut Value, field: &str| match holder.get_mut(field) {
            Some(value) if value.as_str().is_some_and(|text| Uuid::try_parse(text) == Ok(from)) => {
                *value = Value::String(to.to_string());
                true
            }
            _ => false,
        };
        match self.field.split_once('/') {
            None => rename(payload, self.field),
            Some((children, field)) => {
                let each = payload.get_mut(children).and_then(Value::as_object_mut).into_iter().flatten();
                each.map(|(_, child)| rename(child, field)).max().unwrap_or(false)
            }
        }
    }

    fn named_in(&self, payload: &Value) -> Vec<Named> {
        let named = |field: String, value: Option<&Value>| {
            let id = Uuid::try_parse(value?.as_str()?).ok()?;
            Some(Named { field, kind: self.to, id })
        };
        match self.field.split_once('/') {
            None => named(self.field.to_owned(), payload.get(self.field)).into_iter().collect(),
            Some((children, field)) => {
                let each = payload.get(children).and_then(Value::as_object).into_iter().flatten();
                each.filter_map(|(child, body)| named(format!("{children}/{child}/{field}"), body.get(field))).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests;
