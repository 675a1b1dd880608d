//! Hybrid logical clocks (Kulkarni et al., 2014): wall-clock milliseconds and a counter. They order edits that
//! nobody saw of each other.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The highest thirteen-digit number of milliseconds: 20 November 2286.
const MAX_MS: i64 = 9_999_999_999_999;

/// A hybrid logical clock reading: Unix milliseconds (server-corrected), at most thirteen digits, and a 16-bit counter.
///
/// On the wire it is text, `1795467890123-0001`, because a 64-bit integer does not survive every language's JSON. The
/// texts of this century sort as the readings do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hlc(i64);

impl Hlc {
    /// The lowest reading: everything beats it.
    pub const LOWEST: Self = Self(0);

    /// The highest reading: what would be above it stays here, as the text has no place for it.
    pub const HIGHEST: Self = Self((MAX_MS << 16) | 0xffff);

    /// A reading of its parts; `ms` before 1970 counts as 1970, and what has more than thirteen digits (in 2286) as the
    /// last that has not.
    pub fn new(ms: i64, counter: u16) -> Self {
        Self((ms.clamp(0, MAX_MS) << 16) | i64::from(counter))
    }

    /// Milliseconds since 1970, UTC.
    pub fn ms(self) -> i64 {
        self.0 >> 16
    }

    /// The reading packed into one integer, which sorts as readings do.
    pub fn packed(self) -> i64 {
        self.0
    }

    /// Back from [`Hlc::packed`]. A number beyond the lowest or the highest reading is that one.
    pub fn from_packed(packed: i64) -> Self {
        Self(packed.clamp(Self::LOWEST.0, Self::HIGHEST.0))
    }

    /// The next reading after `self` when the corrected wall clock shows `now_ms`: never behind `self`.
    #[must_use]
    pub fn tick(self, now_ms: i64) -> Self {
        self.after(Self::new(now_ms, 0))
    }

    /// A reading that is above `self`, unless that is the highest, and not below `floor`.
    #[must_use]
    pub fn after(self, floor: Self) -> Self {
        if floor > self { floor } else { Self::from_packed(self.0 + 1) }
    }
}

impl fmt::Display for Hlc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:013}-{:04x}", self.ms(), self.0 & 0xffff)
    }
}

impl FromStr for Hlc {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "an hlc is <13 digits>-<4 hex digits>";
        let (ms, counter) = text.split_once('-').ok_or(wrong)?;
        if ms.len() != 13 || counter.len() != 4 || !ms.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong);
        }
        if counter.starts_with('+') {
            return Err(wrong);
        }
        let counter = u16::from_str_radix(counter, 16).map_err(|_| wrong)?;
        Ok(Self::new(ms.parse().map_err(|_| wrong)?, counter))
    }
}

impl Serialize for Hlc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hlc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
