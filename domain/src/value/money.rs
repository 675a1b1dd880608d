use std::{fmt, str::FromStr};

use iso_currency::Currency;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{Problem, SahaError};

/// An ISO 4217 currency code, three capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CurrencyCode(Currency);

impl CurrencyCode {
    /// The Turkish lira.
    pub const TRY: Self = Self(Currency::TRY);

    /// The code, such as `TRY`.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimal digits the minor unit has: 2 for TRY, 0 for JPY. Units of account without one count as 0.
    pub fn minor_digits(self) -> u32 {
        u32::from(self.0.exponent().unwrap_or(0))
    }

    /// Micro units (10⁻⁶ of a major unit) in one minor unit.
    pub fn micros_per_minor(self) -> i128 {
        10_i128.pow(6_u32.saturating_sub(self.minor_digits()))
    }
}

impl PartialOrd for CurrencyCode {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for CurrencyCode {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.code().cmp(other.code())
    }
}

impl FromStr for CurrencyCode {
    type Err = SahaError;

    fn from_str(code: &str) -> Result<Self, SahaError> {
        Currency::from_code(code).map(Self).ok_or_else(|| SahaError::invalid("currency", Problem::Unknown))
    }
}

impl fmt::Display for CurrencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for CurrencyCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for CurrencyCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = std::borrow::Cow::<str>::deserialize(deserializer)?;
        code.parse().map_err(|_| de::Error::custom("not an ISO 4217 currency code"))
    }
}

uniffi::custom_type!(CurrencyCode, String, {
    lower: |currency| currency.code().to_owned(),
    try_lift: |code| code.parse::<CurrencyCode>().map_err(Into::into),
});

/// How many decimal digits the minor unit of a currency has, for whoever shows an amount: 2 for TRY, 0 for JPY.
#[uniffi::export]
pub fn currency_digits(currency: CurrencyCode) -> Result<i32, SahaError> {
    i32::try_from(currency.minor_digits()).map_err(SahaError::internal)
}

/// An amount in minor units (kuruş for TRY), in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Record)]
pub struct Money {
    /// Minor units; negative for a reversal.
    pub amount_minor: i64,
    /// ISO 4217.
    pub currency: CurrencyCode,
}

impl Money {
    /// An amount of minor units.
    pub fn new(amount_minor: i64, currency: CurrencyCode) -> Self {
        Self { amount_minor, currency }
    }
}

/// A price of one unit, in millionths of a major unit: 0.4567 TRY is a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Record)]
pub struct UnitPrice {
    /// Major units × 10⁶.
    pub amount_micro: i64,
    /// ISO 4217.
    pub currency: CurrencyCode,
}

impl UnitPrice {
    /// A price of millionths of a major unit.
    pub fn new(amount_micro: i64, currency: CurrencyCode) -> Self {
        Self { amount_micro, currency }
    }
}
