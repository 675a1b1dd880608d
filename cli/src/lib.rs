//! Saha with a terminal for a face: the rep's phone, the company's server and a demonstration of both in one binary.
//!
//! Each command is one function under `commands/`; it opens the core, does one thing and tells it. All that is printed goes
//! through [`output::Out`], all sentences come from [`texts`], and every command ends with one of the [`exit::Code`]s.
//! [`bad_link`], [`chance`], [`secrets`] and [`server_process`] are for tests of other crates too.

pub mod args;
pub mod bad_link;
pub mod bar;
pub mod chance;
pub mod clock_file;
pub mod exit;
pub mod find;
pub mod format;
pub mod office;
pub mod output;
pub mod pages;
pub mod parse;
pub mod phone;
pub mod secrets;
pub mod server_process;
pub mod settings;
pub mod table;
pub mod texts;

mod commands;
mod demo;
mod help;
mod start;

pub use help::localized_command;
pub use start::run;
