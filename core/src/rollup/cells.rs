//! The cells of a day, packed into the row of the day: numbers of four words and three measures each, in seven bits a byte.

use std::collections::BTreeMap;

use saha_domain::facts::Measures;

/// Outcome, segment, lifecycle and product group, as numbers of `word`.
pub(super) type CellKey = [i64; 4];

/// The cells of one day, status and currency.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Cells(BTreeMap<CellKey, Measures>);

impl Cells {
    /// None where these are not bytes that [`Cells::pack`] made.
    pub(super) fn unpack(bytes: &[u8]) -> Option<Self> {
        let mut bytes = bytes.iter().copied();
        let mut cells = BTreeMap::new();
        while bytes.len() > 0 {
            let mut next = || number(&mut bytes);
            let key = [next()?, next()?, next()?, next()?];
            cells.insert(key, Measures { count: next()?, amount_minor: next()?, duration_ms: next()? });
        }
        Some(Self(cells))
    }

    pub(super) fn pack(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (key, measures) in &self.0 {
            let measures = [measures.count, measures.amount_minor, measures.duration_ms];
            key.iter().chain(&measures).for_each(|number| push(&mut bytes, *number));
        }
        bytes
    }

    /// Adds to a cell, and takes it out where it becomes zero.
    pub(super) fn add(&mut self, key: CellKey, measures: Measures) {
        let sum = self.0.get(&key).copied().unwrap_or_default().plus(measures);
        if sum.is_zero() {
            self.0.remove(&key);
        } else {
            self.0.insert(key, sum);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&CellKey, &Measures)> {
        self.0.iter()
    }

    /// The sum of the cells that have each word which is asked for.
    pub(super) fn sum(&self, asked: [Option<i64>; 4]) -> Measures {
        let is_asked =
            |key: &CellKey| asked.iter().zip(key).all(|(asked, number)| asked.is_none_or(|no| no == *number));
        self.0.iter().filter(|(key, _)| is_asked(key)).fold(Measures::default(), |sum, (_, cell)| sum.plus(*cell))
    }
}

/// Small numbers of either sign become small: the sign goes to the lowest bit. The highest bit of a byte says that more follow.
fn push(bytes: &mut Vec<u8>, number: i64) {
    let mut rest = ((number << 1) ^ (number >> 63)).cast_unsigned();
    loop {
        let [low, ..] = rest.to_le_bytes();
        rest >>= 7;
        if rest == 0 {
            return bytes.push(low & 0x7f);
        }
        bytes.push(low | 0x80);
    }
}

fn number(bytes: &mut impl Iterator<Item = u8>) -> Option<i64> {
    let mut whole = 0_u64;
    for shift in (0..u64::BITS).step_by(7) {
        let byte = bytes.next()?;
        whole |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((whole >> 1).cast_signed() ^ -(whole & 1).cast_signed());
        }
    }
    None
}

#[cfg(test)]
mod tests;
