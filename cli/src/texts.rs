//! Every sentence of the terminal, in Turkish and English side by side. What the core says (errors, kinds, states,
//! outcomes, refusals) comes from the domain's own catalogue.

#![allow(missing_docs, reason = "each sentence is its own description, which the macro writes")]

pub mod account;
pub mod demo;
pub mod errors;
pub mod field;
pub mod figures;
pub mod office;
