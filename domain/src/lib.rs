//! The pure part of Saha: what a record is, which rules hold, how figures are made, how edits merge, and the
//! messages of the sync protocol.
//!
//! **Architecture invariant:** nothing here does I/O, reads a clock, draws a random number or speaks SQL. Time and
//! ids are arguments. The phone and the server run the same code, so they show the same figure.

uniffi::setup_scaffolding!();

pub mod calendar;
pub mod catalog;
pub mod error;
pub mod facts;
pub mod geo;
pub mod hlc;
pub mod id;
pub mod life;
pub mod merge;
pub mod metrics;
pub mod period;
pub mod pricing;
pub mod records;
pub mod registry;
pub mod text;
pub mod value;
pub mod wire;

pub use chrono::NaiveDate;
pub use error::{FieldError, Problem, SahaError};
pub use hlc::Hlc;
pub use id::*;
pub use records::*;
pub use registry::{Kind, Record};
pub use value::*;

// A calendar date crosses the FFI as `2026-11-23`; the bindings turn it into their own date type.
uniffi::custom_type!(NaiveDate, String, {
    remote,
    lower: |date| date.to_string(),
    try_lift: |text| text.parse::<NaiveDate>().map_err(|_| SahaError::invalid("date", Problem::Malformed).into()),
});
