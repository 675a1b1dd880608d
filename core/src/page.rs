//! Which part of a list is asked for.

use saha_domain::{Problem, SahaError};

/// The most records that a page may hold.
const MAX_LIMIT: i64 = 200;

/// So many records of a list, after so many others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page {
    pub limit: i64,
    pub offset: i64,
}

impl Page {
    /// Refuses a page of none or of more than [`MAX_LIMIT`], and one that begins before its list.
    pub(crate) fn new(limit: i64, offset: i64) -> Result<Self, SahaError> {
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(SahaError::invalid("limit", Problem::OutOfRange));
        }
        if offset < 0 {
            return Err(SahaError::invalid("offset", Problem::OutOfRange));
        }
        Ok(Self { limit, offset })
    }

    /// How many records there are up to the page's end where it is full.
    pub(crate) fn end(self) -> usize {
        size(self.offset.saturating_add(self.limit))
    }

    /// The page of a list that is at hand.
    pub(crate) fn of<T>(self, all: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
        all.into_iter().skip(size(self.offset)).take(size(self.limit))
    }
}

fn size(count: i64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
