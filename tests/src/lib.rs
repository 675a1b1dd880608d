//! What the benches and the killed-process harness share: a phone on a canned server or a live one, a company to fill it with,
//! raw `SQLite` by the core's own settings, and figures as `cargo xtask bench` reads them.

pub mod canned;
pub mod dice;
pub mod live;
pub mod measure;
pub mod office;
pub mod passing_time;
pub mod phone;
pub mod raw;
