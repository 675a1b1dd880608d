//! Which folder of which machine this is, so that a copy of it is not taken for it.

use std::{fs, io, path::Path, time::UNIX_EPOCH};

/// What tells the folder from every copy of it: the machine's id, and what the file system calls the folder. A copy is
/// another folder with another number, made at another moment; a folder that was moved or renamed is the same.
///
/// The device's number is left out where the moment is known: it may be another after each start of the machine.
pub(super) fn of(folder: &Path) -> io::Result<String> {
    let metadata = fs::metadata(folder)?;
    let made = metadata.created().ok().and_then(|made| made.duration_since(UNIX_EPOCH).ok());
    let made = made.map(|since| since.as_nanos().to_string());
    Ok([machine(), number(&metadata), made.unwrap_or_else(|| device(&metadata))].join(":"))
}

/// The id that the system was given when it was installed; nothing where it has none.
fn machine() -> String {
    let ids = ["/etc/machine-id", "/var/lib/dbus/machine-id"].iter();
    let id = ids.filter_map(|path| fs::read_to_string(path).ok()).find(|id| !id.trim().is_empty());
    id.map(|id| id.trim().to_owned()).unwrap_or_default()
}

#[cfg(unix)]
fn number(metadata: &fs::Metadata) -> String {
    std::os::unix::fs::MetadataExt::ino(metadata).to_string()
}

#[cfg(not(unix))]
fn number(_metadata: &fs::Metadata) -> String {
    String::new()
}

#[cfg(unix)]
fn device(metadata: &fs::Metadata) -> String {
    std::os::unix::fs::MetadataExt::dev(metadata).to_string()
}

#[cfg(not(unix))]
fn device(_metadata: &fs::Metadata) -> String {
    String::new()
}
