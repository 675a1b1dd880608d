//! What a command found, and how durations and columns are written.

use std::time::Duration;

use serde_json::Value;

#[cfg(test)]
mod tests;

/// What a command found: the one line it closes with, and whether that is good enough.
pub(crate) struct Verdict {
    pub(crate) passed: bool,
    pub(crate) line: String,
    /// What `--json` prints; `Null` for a command without figures.
    pub(crate) figures: Value,
}

impl Verdict {
    pub(crate) fn new(passed: bool, line: impl Into<String>) -> Self {
        Self { passed, line: line.into(), figures: Value::Null }
    }

    pub(crate) fn with_figures(self, figures: Value) -> Self {
        Self { figures, ..self }
    }
}

/// `1 step`, `8 steps`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// A duration as people say it: `0.4 s`, `48 s`, `3 min 12 s`, `14 min`.
pub(crate) fn took(duration: Duration) -> String {
    let seconds = (duration.as_millis() + 500) / 1000;
    match (seconds / 60, seconds % 60) {
        (0, 0..10) => format!("{:.1} s", duration.as_secs_f64()),
        (0, rest) => format!("{rest} s"),
        (minutes, rest) if minutes < 10 => format!("{minutes} min {rest} s"),
        (minutes, rest) => format!("{} min", minutes + u128::from(rest >= 30)),
    }
}

/// Rows as columns of equal width, two spaces apart; the last column is not padded.
pub(crate) fn columns(rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |row: &Vec<String>| {
        let cells: Vec<_> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}
