//! Folders that only their owner may enter.

#[cfg(test)]
mod tests;

/// Makes a folder, and those above it, where they are missing; what it makes, only its owner may enter. It is no error where
/// the folder is there, and its permissions stay.
pub fn make_private_folder(path: &std::path::Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
