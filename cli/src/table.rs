//! Columns that stay in line whatever letters they hold.

use console::{measure_text_width, truncate_str};

/// On which side the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// Rows of cells. The first column that may shrink gives way when the terminal is too narrow.
#[derive(Debug, Clone)]
pub struct Table {
    aligns: Vec<Align>,
    flexible: usize,
    rows: Vec<Vec<String>>,
}

/// Between two columns.
const GAP: usize = 2;
/// The narrowest that the flexible column gets.
const MIN_FLEXIBLE: usize = 10;

impl Table {
    /// Columns so aligned; column `flexible`, from 0, is cut when there is not enough room.
    pub fn new(aligns: &[Align], flexible: usize) -> Self {
        Self { aligns: aligns.to_vec(), flexible, rows: Vec::new() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The rows as lines, no longer than `width` columns where one is given.
    pub fn lines(&self, width: Option<usize>) -> Vec<String> {
        let widths = self.widths(width);
        self.rows.iter().map(|row| self.line(row, &widths)).collect()
    }

    fn widths(&self, width: Option<usize>) -> Vec<usize> {
        let widest = |column: usize| {
            self.rows.iter().filter_map(|row| row.get(column)).map(|cell| measure_text_width(cell)).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..self.aligns.len()).map(widest).collect();
        let all = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
        let excess = width.map_or(0, |width| all.saturating_sub(width));
        if let Some(flexible) = widths.get_mut(self.flexible) {
            let least = MIN_FLEXIBLE.min(*flexible);
            *flexible = flexible.saturating_sub(excess).max(least);
        }
        widths
    }

    fn line(&self, row: &[String], widths: &[usize]) -> String {
        let cells: Vec<String> = row
            .iter()
            .zip(widths)
            .zip(&self.aligns)
            .map(|((cell, width), align)| pad(&truncate_str(cell, *width, "…"), *width, *align))
            .collect();
        cells.join(&" ".repeat(GAP)).trim_end().to_owned()
    }
}

/// `text` filled up with spaces to `width` columns.
pub fn pad(text: &str, width: usize, align: Align) -> String {
    let fill = " ".repeat(width.saturating_sub(measure_text_width(text)));
    match align {
        Align::Left => format!("{text}{fill}"),
        Align::Right => format!("{fill}{text}"),
    }
}

/// `text` in lines of at most `width` columns, broken at spaces.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if measure_text_width(line) + 1 + measure_text_width(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Parts with ` · ` between them, in lines of at most `width` columns, broken between parts.
pub fn join_within(parts: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if measure_text_width(line) + 3 + measure_text_width(part) <= width => {
                line.push_str(" · ");
                line.push_str(part);
            }
            _ => lines.push(part.clone()),
        }
    }
    lines
}

#[cfg(test)]
mod tests;
