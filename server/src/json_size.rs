//! How large a value is as JSON text, without making the text.

use std::io::{Error, ErrorKind, Result, Write};

use serde_json::Value;

/// Whether a value has more than `max` bytes as JSON.
pub(crate) fn exceeds(value: &Value, max: usize) -> bool {
    serde_json::to_writer(Room(max), value).is_err()
}

/// Takes so many bytes and keeps none.
struct Room(usize);

impl Write for Room {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or_else(|| Error::from(ErrorKind::FileTooLarge))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
