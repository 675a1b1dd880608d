//! `UniFFI` 0.32.2 writes Kotlin that does not compile for a trait of the app whose error is another crate's: the error is lowered
//! into that crate's `RustBuffer`, and this crate's is wanted. Everywhere else the generator copies the buffer; so does this.

use std::{fs, io, path::Path};

#[cfg(test)]
mod tests;

const BROKEN: &str = "Exception -> FfiConverterTypeSahaError.lower(e) }";
const MENDED: &str = "Exception -> FfiConverterTypeSahaError.lower(e)\
                      .let { RustBuffer.create(it.capacity.toULong(), it.len.toULong(), it.data) } }";

/// Mends the core's file below `folder`. It is an error where nothing has to be mended: then this module may go.
pub(crate) fn folder(folder: &Path) -> io::Result<()> {
    let file = folder.join("dev/saha/core/saha_core.kt");
    let text = fs::read_to_string(&file)?;
    let mended = text_of(&text).ok_or_else(|| io::Error::other("the generator does not write it any more"))?;
    fs::write(file, mended)
}

/// None where nothing has to be mended.
fn text_of(text: &str) -> Option<String> {
    text.contains(BROKEN).then(|| text.replace(BROKEN, MENDED))
}
