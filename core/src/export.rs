//! The rep's own data as one JSON document, for himself. It holds what he did and the prospects that he knows, and nothing of
//! how he signs in.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use saha_domain::{CustomerId, Kind, Problem, Rep, RepId, SahaError};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    company,
    core::Core,
    customers, durable,
    error::{Error, Result},
    kinds,
    store::{Key, Reader, local},
};

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, uniffi::Record)]
pub struct Export {
    /// How many records.
    pub records: i64,
    /// The length of the file, bytes.
    pub bytes: i64,
}

/// What a document of this shape calls itself.
const SCHEMA: &str = "saha.export";
/// Grows where a reader of documents of before would misread one.
const VERSION: u32 = 1;

/// The lists of a document, in order.
const LISTS: &[(&str, Kind)] = &[
    ("prospects", Kind::Customer),
    ("visits", Kind::Visit),
    ("calls", Kind::Call),
    ("sales", Kind::Sale),
    ("photos", Kind::Photo),
    ("plan", Kind::PlanItem),
];

/// Writes the document to `path`, whole or not at all.
pub(crate) fn export(core: &Core, path: &str) -> Result<Export> {
    let path = target(core, path)?;
    let part = path.with_extension(format!("{}.part", core.store.time().new_id()));
    let written = write(core, &part).and_then(|export| {
        durable::rename(&part, &path).map_err(Error::io("name the export"))?;
        Ok(export)
    });
    if written.is_err() {
        // Nobody reads a part, and there is nothing to tell of one that can't be removed.
        drop(fs::remove_file(&part));
    }
    written
}

/// Where the file is to be: in a folder that is there, and not among the core's own files.
fn target(core: &Core, path: &str) -> Result<PathBuf> {
    let wrong = || SahaError::invalid("path", Problem::Unknown);
    let path = PathBuf::from(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().map_err(|_| wrong())?;
    let own = core.store.folder().canonicalize().map_err(Error::io("find the app's folder"))?;
    let name = path.file_name().ok_or_else(wrong)?;
    let path = folder.join(name);
    if path.is_dir() || folder.starts_with(own) {
        return Err(wrong().into());
    }
    Ok(path)
}

fn write(core: &Core, path: &Path) -> Result<Export> {
    let at_ms = core.store.time().reading().utc_ms;
    let mut file = create(path).map_err(Error::io("make the export"))?;
    let records = core.store.read(|reader| {
        let mut document = Document { out: BufWriter::new(&mut file), records: 0 };
        document.write(reader, at_ms)?;
        document.out.flush().map_err(writing)?;
        Ok(document.records)
    })?;
    file.sync_all().map_err(writing)?;
    let bytes = file.metadata().map_err(writing)?.len();
    Ok(Export { records, bytes: i64::try_from(bytes).unwrap_or(i64::MAX) })
}

/// A new file that nobody but its owner can read.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn writing(error: impl Into<io::Error>) -> Error {
    Error::io("write the export")(error.into())
}

/// A document under way. Records go out one by one: a year of them would not fit into a phone's memory twice.
struct Document<W: Write> {
    out: W,
    records: i64,
}

impl<W: Write> Document<W> {
    fn write(&mut self, reader: &Reader, at_ms: i64) -> Result<()> {
        let own: RepId = local::get(reader.conn(), Key::Rep)?.ok_or(SahaError::NotSignedIn)?;
        let head = json!({
            "schema": SCHEMA,
            "version": VERSION,
            "exported_at_ms": at_ms,
            "company": company::company(reader)?,
            "rep": reader.get::<Rep>(own.uuid())?,
        });
        let head = head.to_string();
        // The lists follow in the same object.
        self.text(head.strip_suffix('}').unwrap_or(&head))?;
        for (name, kind) in LISTS {
            self.text(&format!(",\n\"{name}\":["))?;
            for (at, id) in ids(reader, *kind, own)?.into_iter().enumerate() {
                self.text(if at == 0 { "\n" } else { ",\n" })?;
                self.record(reader, *kind, id)?;
            }
            self.text("]")?;
        }
        self.text("}\n")
    }

    fn record(&mut self, reader: &Reader, kind: Kind, id: Uuid) -> Result<()> {
        let record = reader.body(kind, id)?.unwrap_or_default();
        let entry =
            Entry { state: reader.state_of(id)?.name(), customer_name: customer_name(reader, &record)?, record };
        serde_json::to_writer(&mut self.out, &entry).map_err(writing)?;
        self.records += 1;
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(writing)
    }
}

/// A record of a list, as it travels, with what it does not say itself.
#[derive(Serialize)]
struct Entry {
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_name: Option<String>,
    record: Value,
}

fn ids(reader: &Reader, kind: Kind, own: RepId) -> Result<Vec<Uuid>> {
    match kind {
        Kind::Customer => customers::store::prospects(reader.conn()),
        kind => kinds::statements(kind).of_rep(reader.conn(), own),
    }
}

fn customer_name(reader: &Reader, record: &Value) -> Result<Option<String>> {
    let customer: Option<CustomerId> = record.get("customer").and_then(Value::as_str).and_then(|id| id.parse().ok());
    Ok(customer.map(|id| customers::name_of(reader, id)).transpose()?.flatten())
}

#[cfg(test)]
mod tests;
