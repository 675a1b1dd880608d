//! Photos of visits: the record, and the file that it names.

pub(crate) mod store;
#[cfg(test)]
mod tests;

use std::{
    fs::File,
    io::{self, Read as _, Seek as _},
    sync::Arc,
};

use saha_domain::{Kind, Photo, PhotoId, PhotoPurpose, Problem, SahaError, Visit, VisitId, VisitState};

use crate::{
    blobs::{self, Taken, lane::Lane},
    cancellation::{Cancellation, unless_called_off},
    core::Core,
    count::signed,
    error::{Error, Result},
    page::Page,
    store::{Loaded, Reader, WriteTx},
};

/// A photo as a rep takes it.
#[derive(Debug, Clone, PartialEq, serde::Deserialize, uniffi::Record)]
#[serde(deny_unknown_fields)]
pub struct NewPhoto {
    /// The file of the camera: JPEG, PNG, WebP or HEIC, 20 MiB at the most. It is copied byte by byte, with what the camera
    /// wrote into it (place, device), and may be deleted afterwards.
    pub path: String,
    /// What it is of.
    pub purpose: PhotoPurpose,
    /// The rep's own words.
    #[uniffi(default = None)]
    pub note: Option<String>,
}

/// Where the file of a photo is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, uniffi::Record)]
pub struct PhotoFile {
    /// The file on this device; none where it has to be fetched: [`Photos::fetch`].
    pub path: Option<String>,
    /// Whether it waits on this device to be sent to the company.
    pub is_waiting: bool,
    /// Of a file that waits: bytes that the company has of it, as far as is known.
    pub sent_bytes: i64,
    /// Of a file that waits: why it did not get through when it was last tried; for programs.
    pub problem: Option<String>,
}

/// Questions and wishes about photos. What is attached is kept at once and sent when there is time for it: with a sync, after
/// everything else.
#[derive(uniffi::Object)]
pub struct Photos {
    core: Arc<Core>,
}

impl Photos {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }

    /// The file of a photo. Dropping the future stops it. See [`Photos::fetch_unless`].
    pub async fn fetch(&self, id: PhotoId) -> Result<String, SahaError> {
        let answer = self.core.worker.fetch(id)?;
        self.core.worker.hear(answer).await
    }
}

#[uniffi::export]
impl Photos {
    /// Adds a photo to one of the rep's own visits. File and record are durable when it returns. The same picture is kept
    /// once, however often it is attached.
    pub fn attach(&self, visit: VisitId, photo: NewPhoto) -> Result<Photo, SahaError> {
        Ok(attach(&self.core, visit, &photo)?)
    }

    /// Saves a corrected purpose and note of one of the rep's own photos.
    pub fn edit(&self, id: PhotoId, purpose: PhotoPurpose, note: Option<String>) -> Result<Photo, SahaError> {
        Ok(self.core.store.write(|tx| {
            let loaded = own(tx, id)?;
            let edited = Photo { purpose, note, ..loaded.record.clone() };
            tx.put(loaded, &edited)?;
            Ok(edited)
        })?)
    }

    /// Deletes one of the rep's own photos. Its file goes with it, here and at the company, unless another photo is the same.
    pub fn delete(&self, id: PhotoId) -> Result<(), SahaError> {
        Ok(self.core.store.write(|tx| {
            own(tx, id)?;
            tx.delete(Kind::Photo, id.uuid())
        })?)
    }

    /// What a photo may be of, as a picker shows it; each says its own name.
    pub fn purposes(&self) -> Result<Vec<PhotoPurpose>, SahaError> {
        Ok(PhotoPurpose::PICKED.to_vec())
    }

    /// The photo. [`SahaError::NotFound`] where it is not on this device.
    pub fn get(&self, id: PhotoId) -> Result<Photo, SahaError> {
        Ok(self.core.store.read(|reader| get(reader, id))?)
    }

    /// Photos of a visit, by anyone in sight, in order of time. At most 200 a page.
    pub fn list_of(&self, visit: VisitId, limit: i64, offset: i64) -> Result<Vec<Photo>, SahaError> {
        let page = Page::new(limit, offset)?;
        Ok(self.core.store.read(|reader| store::of_visit(reader, visit, page))?)
    }

    /// Where the file of a photo is. Local and fast.
    pub fn file(&self, id: PhotoId) -> Result<PhotoFile, SahaError> {
        let (photo, waiting) = self.core.store.read(|reader| {
            let photo = get(reader, id)?;
            let waiting = blobs::store::waiting(reader.conn(), photo.sha256)?;
            Ok((photo, waiting))
        })?;
        let path = self.core.blobs.find(photo.sha256).map(|path| path.to_string_lossy().into_owned());
        let sent_bytes = waiting.as_ref().map_or(0, |waiting| signed(waiting.sent_bytes));
        Ok(PhotoFile { path, is_waiting: waiting.is_some(), sent_bytes, problem: waiting.and_then(|w| w.problem) })
    }

    /// Fetches the file of a photo from the company, from where an earlier try left off, and gives its path on this device. It
    /// is [`SahaError::ServerRefused`] with `not_found` while whoever took the photo has not sent the file. Dropping the
    /// future stops it, and so does `cancellation`.
    #[uniffi::method(name = "fetch", default(cancellation = None))]
    pub async fn fetch_unless(
        &self,
        id: PhotoId,
        cancellation: Option<Arc<Cancellation>>,
    ) -> Result<String, SahaError> {
        unless_called_off(cancellation, self.fetch(id)).await
    }
}

/// Fetches a photo's file on the core's own thread.
pub(crate) async fn fetch(lane: &mut Lane<'_>, id: PhotoId) -> Result<String> {
    let photo = lane.store.read(|reader| get(reader, id))?;
    let size_bytes = u64::try_from(photo.size_bytes).unwrap_or(0);
    Ok(lane.fetch(photo.sha256, size_bytes).await?.to_string_lossy().into_owned())
}

/// The file first, so that no record ever names one that a power cut took.
fn attach(core: &Core, visit: VisitId, new: &NewPhoto) -> Result<Photo> {
    core.store.read(|reader| reader.get::<Visit>(visit.uuid()))?.ok_or_else(|| not_found("visit", visit))?;
    let mut source = open(&new.path)?;
    let media_type = media_type_of(&mut source)?;
    let taken = core.blobs.take_in(&mut source).map_err(Error::io("copy the photo"))?;
    core.store.write(|tx| create(tx, visit, new, media_type, &taken))
}

fn create(tx: &mut WriteTx<'_>, visit: VisitId, new: &NewPhoto, media_type: &str, file: &Taken<'_>) -> Result<Photo> {
    let rep = tx.rep()?;
    let visit = tx.get::<Visit>(visit.uuid())?.filter(|v| v.rep == rep).ok_or_else(|| not_found("visit", visit))?;
    if visit.state == VisitState::Voided {
        let (kind, id, wanted) = ("visit".to_owned(), visit.id.to_string(), "attach".to_owned());
        return Err(SahaError::WrongState { kind, id, state: visit.state.name().to_owned(), wanted }.into());
    }
    let photo = Photo {
        id: tx.new_id().into(),
        visit: visit.id,
        customer: visit.customer,
        rep,
        taken: tx.stamp()?,
        purpose: new.purpose,
        sha256: file.sha256,
        size_bytes: i64::try_from(file.size_bytes).unwrap_or(i64::MAX),
        media_type: media_type.to_owned(),
        note: new.note.clone(),
    };
    blobs::store::put_waiting(tx.conn(), file.sha256, file.size_bytes)?;
    tx.create(&photo)?;
    Ok(photo)
}

/// The camera's file, if it is one, and of a size that a photo may have.
fn open(path: &str) -> Result<File> {
    let wrong = |field: &str, problem| Error::from(SahaError::invalid(field, problem));
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::InvalidInput => wrong("path", Problem::Unknown),
        _ => Error::io("open the photo")(error),
    })?;
    let found = file.metadata().map_err(Error::io("open the photo"))?;
    if !found.is_file() {
        return Err(wrong("path", Problem::Malformed));
    }
    if !i64::try_from(found.len()).is_ok_and(|length| (1..=Photo::MAX_BYTES).contains(&length)) {
        return Err(wrong("size_bytes", Problem::OutOfRange));
    }
    Ok(file)
}

/// What the file is, by its first bytes: what its name says may be wrong.
fn media_type_of(file: &mut File) -> Result<&'static str> {
    let mut head = Vec::new();
    file.by_ref().take(16).read_to_end(&mut head).map_err(Error::io("read the photo"))?;
    file.rewind().map_err(Error::io("read the photo"))?;
    let media_type = match head.as_slice() {
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => "image/png",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        [_, _, _, _, b'f', b't', b'y', b'p', b'h', b'e', b'i', b'c' | b'x', ..] => "image/heic",
        _ => return Err(SahaError::invalid("media_type", Problem::Unknown).into()),
    };
    Ok(media_type)
}

fn get(reader: &Reader, id: PhotoId) -> Result<Photo> {
    Ok(reader.get(id.uuid())?.ok_or_else(|| not_found("photo", id))?)
}

fn own(tx: &mut WriteTx<'_>, id: PhotoId) -> Result<Loaded<Photo>> {
    let rep = tx.rep()?;
    let loaded: Option<Loaded<Photo>> = tx.load(id.uuid())?;
    Ok(loaded.filter(|photo| photo.record.rep == rep).ok_or_else(|| not_found("photo", id))?)
}

fn not_found(kind: &str, id: impl ToString) -> SahaError {
    SahaError::NotFound { kind: kind.to_owned(), id: id.to_string() }
}
