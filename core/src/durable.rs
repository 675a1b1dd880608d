//! Files that a power cut does not undo.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

/// Moves a file that is on the disk, and is done only when its new name is on the disk too.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    File::open(to.parent().unwrap_or(to))?.sync_all()
}
