//! Value objects. They travel whole in a patch: half of a price is not a price.

mod blob_hash;
mod location;
mod money;
mod quantity;
mod stamp;

pub use blob_hash::BlobHash;
pub use location::{GeoPoint, Location};
pub use money::{CurrencyCode, Money, UnitPrice, currency_digits};
pub use quantity::Quantity;
pub use stamp::{ClockSource, Stamp};

#[cfg(test)]
mod tests;
