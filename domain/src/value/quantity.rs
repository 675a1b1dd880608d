use serde::{Deserialize, Serialize};

/// An amount of goods: thousandths of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Record)]
pub struct Quantity {
    /// Units × 10³.
    pub amount_milli: i64,
    /// The unit's code as the company writes it: `adet`, `koli`, `kg`.
    pub unit: String,
}

impl Quantity {
    /// So many thousandths of `unit`.
    pub fn milli(amount_milli: i64, unit: impl Into<String>) -> Self {
        Self { amount_milli, unit: unit.into() }
    }
}
