use serde::{Deserialize, Serialize};

/// What became of an imported file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportReport {
    /// Lines that made a new record.
    pub created: u32,
    /// Lines that changed one.
    pub updated: u32,
    /// Lines that said what is known already.
    pub unchanged: u32,
    /// Lines that could not be taken, each with its reason. The others were.
    pub problems: Vec<ImportProblem>,
}

/// A line that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProblem {
    /// The line in the file, from 1; the header is line 1.
    pub line: u64,
    /// The column at fault, by its English name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// For programs.
    pub code: String,
    /// For people, in the language of the request.
    pub message: String,
}
