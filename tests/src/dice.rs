//! Repeatable chance.

use saha::chance::SplitMix64;
use uuid::Uuid;

/// Dice that always roll the same from the same seed.
#[derive(Debug, Clone)]
pub struct Dice(SplitMix64);

impl Dice {
    /// Dice that always roll the same from here.
    pub fn new(seed: u64) -> Self {
        Self(SplitMix64::new(seed))
    }

    /// Any number.
    pub fn roll(&mut self) -> u64 {
        self.0.roll()
    }

    /// A number from 0 to below `end`; 0 where `end` is.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0.below(end)
    }

    /// As [`Dice::below`], for what is signed. `end` below 1 counts as 1.
    pub fn below_i64(&mut self, end: i64) -> i64 {
        i64::try_from(self.below(u64::try_from(end).unwrap_or(1))).unwrap_or(0)
    }

    /// As [`Dice::below`], for what is small.
    pub fn below_i32(&mut self, end: i32) -> i32 {
        i32::try_from(self.below_i64(i64::from(end))).unwrap_or(0)
    }

    /// True so many times of a hundred.
    pub fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    /// One of several.
    ///
    /// # Panics
    /// When there is none.
    #[expect(clippy::indexing_slicing, reason = "the index is below the length")]
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let len = u64::try_from(from.len()).unwrap_or(u64::MAX);
        &from[usize::try_from(self.below(len)).unwrap_or(0)]
    }

    /// A `UUIDv7` of that instant, Unix milliseconds.
    pub fn id<T: From<Uuid>>(&mut self, utc_ms: i64) -> T {
        let mut random = [0; 10];
        for (byte, roll) in
            random.iter_mut().zip(self.roll().to_le_bytes().into_iter().chain(self.roll().to_le_bytes()))
        {
            *byte = roll;
        }
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(utc_ms).unwrap_or(0), &random).into_uuid().into()
    }
}
