//! Lists of the core, page by page.

use saha_domain::SahaError;

/// The most that the core gives at once.
pub const PAGE: i64 = 200;

/// Everything that `page` gives for a limit and an offset: page after page, until one is not full.
pub fn every<T>(page: impl Fn(i64, i64) -> Result<Vec<T>, SahaError>) -> Result<Vec<T>, SahaError> {
    let (mut all, mut offset) = (Vec::new(), 0);
    loop {
        let rows = page(PAGE, offset)?;
        let is_full = i64::try_from(rows.len()) == Ok(PAGE);
        all.extend(rows);
        if !is_full {
            return Ok(all);
        }
        offset += PAGE;
    }
}

#[cfg(test)]
mod tests;
