//! The tokens of whoever is signed in, in a file that only its owner can read.

mod place;

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use saha_core::SecretStore;
use saha_domain::SahaError;
use serde_json::{Value, json};

/// A JSON file of mode 0600. Each write makes a new file beside it and puts that in its place, so that a power cut leaves
/// the old tokens or the new ones.
///
/// It is good only where it was written: in this very folder of this machine. In a copy of the folder, on another machine or
/// out of a backup, it holds nothing, as a phone's key store would not have come along.
pub struct TokenFile {
    path: PathBuf,
    place: String,
    /// One writer at a time within this process; the database's lock keeps other processes out.
    writing: Mutex<()>,
}

impl TokenFile {
    /// The file `tokens.json` in `folder`, which is made if it is missing.
    pub fn in_folder(folder: &Path) -> Result<Self, SahaError> {
        saha_server::make_private_folder(folder).map_err(failed)?;
        let place = place::of(folder).map_err(failed)?;
        Ok(Self { path: folder.join("tokens.json"), place, writing: Mutex::new(()) })
    }

    fn read(&self) -> Result<BTreeMap<String, String>, SahaError> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(error) => return Err(failed(error)),
        };
        let damaged = || failed(io::ErrorKind::InvalidData.into());
        let mut file: Value = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
        let place = file.get("place").and_then(Value::as_str).ok_or_else(damaged)?;
        if place != self.place {
            return Ok(BTreeMap::new());
        }
        let secrets = file.get_mut("secrets").map(Value::take).ok_or_else(damaged)?;
        serde_json::from_value(secrets).map_err(|_| damaged())
    }

    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, String>)) -> Result<(), SahaError> {
        let _one_at_a_time = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut secrets = self.read()?;
        change(&mut secrets);
        let file = json!({ "place": self.place, "secrets": secrets });
        self.replace(file.to_string().as_bytes()).map_err(failed)
    }

    fn replace(&self, bytes: &[u8]) -> io::Result<()> {
        let fresh = self.path.with_extension(format!("{}.new", std::process::id()));
        match fs::remove_file(&fresh) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = create_private(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, &self.path)?;
        match self.path.parent() {
            #[cfg(unix)]
            Some(folder) => File::open(folder)?.sync_all(),
            _ => Ok(()),
        }
    }
}

/// The mode is given when the file is made: it is at no moment open to others.
fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn failed(error: io::Error) -> SahaError {
    SahaError::StorageFailed { reason: format!("tokens: {}", error.kind()) }
}

impl SecretStore for TokenFile {
    fn get(&self, name: String) -> Result<Option<String>, SahaError> {
        Ok(self.read()?.remove(&name))
    }

    fn set(&self, name: String, secret: String) -> Result<(), SahaError> {
        self.change(|secrets| {
            secrets.insert(name, secret);
        })
    }

    fn delete(&self, name: String) -> Result<(), SahaError> {
        self.change(|secrets| {
            secrets.remove(&name);
        })
    }
}

#[cfg(test)]
mod tests;
