//! Databases as files: copied while nobody writes, as a kill or a nightly backup leaves them.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};

/// A folder in memory where there is one: what is tried here is the protocol, not the disk.
pub(crate) fn folder() -> Result<tempfile::TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { Ok(tempfile::tempdir_in(memory)?) } else { Ok(tempfile::tempdir()?) }
}

/// Copies a database with its log into `to`, in place of what is there.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for file in fs::read_dir(to)? {
        let path = file?.path();
        if is_data(&path) {
            fs::remove_file(path)?;
        }
    }
    for file in fs::read_dir(from)? {
        let path = file?.path();
        let name = path.file_name().context("a file without a name")?;
        // The index of the log is made anew, as after a crash.
        if is_data(&path) && !name.to_string_lossy().ends_with("-shm") {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

fn is_data(path: &Path) -> bool {
    path.is_file() && path.file_name().is_some_and(|name| name.to_string_lossy().contains(".db"))
}

/// Writes the log back into the database, so that a copy is one file.
pub(crate) fn settle(database: &Path) -> Result<()> {
    let database = rusqlite::Connection::open(database)?;
    database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}
