//! What a picker shows.

use saha_domain::catalog::{Lang, words};

/// A code that a rep picks, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, uniffi::Record)]
pub struct Choice {
    /// As it is written into a record.
    pub code: String,
    /// In the app's language.
    pub name: String,
}

/// Outcomes in the order in which they are shown.
pub(crate) fn of_outcomes(lang: Lang, codes: &[&str]) -> Vec<Choice> {
    let choice = |code: &&str| Choice { code: (*code).to_owned(), name: words::outcome_name(lang, code).to_owned() };
    codes.iter().map(choice).collect()
}
