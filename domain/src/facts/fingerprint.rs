//! One number that stands for figures: equal figures have equal fingerprints, and a difference in any cell shows.

use std::fmt;

use sha2::{Digest as _, Sha256};

use super::{CubeKey, Fact, Measures};
use crate::CurrencyCode;

/// The version of the rules by which bodies become cells. **It grows whenever any body would give other cells or measures than
/// before**: with a kind that has facts, a new name in a cell, another way to count. Figures by different rules differ by right, so
/// their fingerprints are never compared.
pub const FACT_RULES: u32 = 1;

/// The fingerprint of some cells of the cube. It is a sum: what moves a cell moves it by so much, in whatever order, so whoever
/// keeps one need not look at the other cells.
///
/// Each number of a cell that is not zero adds itself times the first 16 bytes, as a big-endian number, of the SHA-256 of what it
/// counts: the texts `rep, date, fact, outcome, segment, lifecycle, product group, currency, measure`, with a zero byte between
/// them, where the measure is `count`, `amount_minor` or `duration_ms`, and what there is not is empty. All modulo 2¹²⁸.
/// Written down, it is [`FACT_RULES`], a hyphen and 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fingerprint(u128);

impl Fingerprint {
    /// Counts a cell in.
    pub fn add(&mut self, key: &CubeKey, measures: Measures) {
        let numbers =
            [("count", measures.count), ("amount_minor", measures.amount_minor), ("duration_ms", measures.duration_ms)];
        let cell = start(key);
        for (measure, number) in numbers.into_iter().filter(|(_, number)| *number != 0) {
            // A negative number is its complement, as in any sum modulo a power of two.
            let weighed = weight(cell.clone(), measure).wrapping_mul(i128::from(number).cast_unsigned());
            self.0 = self.0.wrapping_add(weighed);
        }
    }

    /// Counts facts in.
    pub fn add_all(&mut self, facts: impl IntoIterator<Item = Fact>) {
        facts.into_iter().for_each(|fact| self.add(&fact.key, fact.measures));
    }

    /// Takes facts out that were counted in.
    pub fn remove_all(&mut self, facts: impl IntoIterator<Item = Fact>) {
        facts.into_iter().for_each(|fact| self.add(&fact.key, fact.measures.negated()));
    }

    /// Counts in what another one stands for.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }

    /// To be kept.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// Back from [`Fingerprint::to_bytes`].
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }

    /// Whether `text` is a fingerprint by the rules of this build. By other rules it says nothing about our figures.
    pub fn is_comparable(text: &str) -> bool {
        text.split_once('-').is_some_and(|(rules, _)| rules.parse() == Ok(FACT_RULES))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{FACT_RULES}-{:032x}", self.0)
    }
}

/// The hash of what every measure of a cell has in common.
fn start(key: &CubeKey) -> Sha256 {
    let CubeKey { rep, date, kind, outcome, segment, lifecycle, product_group, currency } = key;
    let (rep, date) = (rep.to_string(), date.to_string());
    let texts: [&str; 8] = [
        &rep,
        &date,
        kind.name(),
        outcome,
        segment.name(),
        lifecycle.name(),
        product_group,
        currency.map_or("", CurrencyCode::code),
    ];
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update(text);
        hasher.update([0]);
    }
    hasher
}

fn weight(mut cell: Sha256, measure: &str) -> u128 {
    cell.update(measure);
    let hash: [u8; 32] = cell.finalize().into();
    let [first, ..] = hash.as_chunks::<16>().0 else { return 0 };
    u128::from_be_bytes(*first)
}

#[cfg(test)]
mod tests;
