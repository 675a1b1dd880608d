//! The company's server: it accepts changes from phones, tells each phone what it may know, and owns scope, sign-in and
//! import.
//!
//! The logic is synchronous and stands on two traits: [`Host`] for time and randomness, and a store for everything that
//! lasts. [`Server`] is its one face; [`serve`] puts HTTP around it.
//!
//! **Architecture invariants:** who asks comes from a token, never from a body. No transaction is held while anything
//! waits for the network. SQL is under `store/` only.

mod auth;
mod blobs;
mod config;
mod error;
mod folder;
mod host;
mod import;
mod json_depth;
mod json_size;
mod server;
mod store;
mod sync;
#[cfg(test)]
mod testing;
mod texts;
mod web;

pub use auth::{Caller, DeviceView};
pub use config::{PasswordCost, Rates, ServerConfig, TokenLife};
pub use error::{BadRequest, RequestError, ServerError};
pub use folder::make_private_folder;
pub use host::{Host, NoRandomness, SystemHost};
pub use import::ImportKind;
pub use server::{FirstStart, Opened, Server};
pub use web::serve;
