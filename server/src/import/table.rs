//! A file as a table: columns by name in either language, and the decimal mark that its numbers use.

use saha_domain::text;

use super::csv::{self, Line};
use crate::error::{BadRequest, RequestError};

/// A column that a file may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// Its English name, by which problems are reported.
    pub(super) name: &'static str,
    /// Its other names, folded as [`text::fold`] does.
    aliases: &'static [&'static str],
    required: bool,
    numeric: bool,
}

impl Column {
    /// Without it, a file is refused.
    pub(super) const fn required(name: &'static str, aliases: &'static [&'static str]) -> Self {
        Self { name, aliases, required: true, numeric: false }
    }

    /// A file may lack it; what it would say stays as it is.
    pub(super) const fn optional(name: &'static str, aliases: &'static [&'static str]) -> Self {
        Self { name, aliases, required: false, numeric: false }
    }

    /// It holds numbers, which show the decimal mark of the file. Codes and phone numbers are none.
    pub(super) const fn of_numbers(self) -> Self {
        Self { numeric: true, ..self }
    }

    fn is_called(&self, folded: &str) -> bool {
        text::fold(self.name) == folded || self.aliases.contains(&folded)
    }
}

/// A file whose header was understood.
#[derive(Debug)]
pub(super) struct Table {
    lines: Vec<Line>,
    unterminated_at: Option<u64>,
    /// Column name, header as in the file, and position.
    columns: Vec<(&'static str, String, usize)>,
    width: usize,
    decimal_mark: char,
}

impl Table {
    /// Reads a file. Refused when its header lacks a required column.
    pub(super) fn read(text: &str, columns: &'static [Column]) -> Result<Self, RequestError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let separator = csv::separator(text);
        let csv::Lines { lines, unterminated_at } = csv::split(text, separator);
        let mut lines = lines.into_iter();
        let header = lines.next().map(|line| line.cells).unwrap_or_default();
        let found = find_columns(&header, columns)?;
        let lines: Vec<Line> = lines.collect();
        let is_numeric = |name| columns.iter().any(|column| column.name == name && column.numeric);
        let numeric = found.iter().filter(|(name, ..)| is_numeric(*name)).map(|(.., position)| *position);
        let decimal_mark = decimal_mark(&lines, &numeric.collect::<Vec<_>>(), separator);
        Ok(Self { lines, unterminated_at, columns: found, width: header.len(), decimal_mark })
    }

    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The line on which a quote was opened and never closed.
    pub(super) fn unterminated_at(&self) -> Option<u64> {
        self.unterminated_at
    }

    /// How many columns the header has.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// A column's header as in the file.
    pub(super) fn header(&self, column: &str) -> Option<&str> {
        self.columns.iter().find(|(name, ..)| *name == column).map(|(_, header, _)| header.as_str())
    }

    /// A line by its columns. One with another number of cells is refused with that number: the cells after a missing
    /// separator would be taken for their neighbours. Empty cells too many, which spreadsheets leave behind, do no
    /// harm.
    pub(super) fn row<'a>(&'a self, line: &'a Line) -> Result<Row<'a>, usize> {
        let filled = line.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        if line.cells.len() < self.width || filled > self.width {
            return Err(line.cells.len());
        }
        Ok(Row { table: self, cells: &line.cells })
    }
}

/// One line of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    table: &'a Table,
    cells: &'a [String],
}

impl<'a> Row<'a> {
    /// Whether the file has the column.
    pub(super) fn has(&self, column: &str) -> bool {
        self.table.header(column).is_some()
    }

    /// The cell; none where it is empty or the file lacks the column.
    pub(super) fn cell(&self, column: &str) -> Option<&'a str> {
        let (.., position) = self.table.columns.iter().find(|(name, ..)| *name == column)?;
        self.cells.get(*position).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    /// What stands between units and tenths in this file.
    pub(super) fn decimal_mark(&self) -> char {
        self.table.decimal_mark
    }
}

fn find_columns(
    header: &[String],
    columns: &'static [Column],
) -> Result<Vec<(&'static str, String, usize)>, RequestError> {
    let folded: Vec<String> = header.iter().map(|cell| text::fold(cell)).collect();
    let mut found = Vec::new();
    let mut missing = Vec::new();
    for column in columns {
        match folded.iter().position(|name| column.is_called(name)) {
            Some(position) => found.push((column.name, header.get(position).cloned().unwrap_or_default(), position)),
            None if column.required => missing.push(column.name),
            None => {}
        }
    }
    if missing.is_empty() { Ok(found) } else { Err(BadRequest::MissingColumns { columns: missing.join(", ") }.into()) }
}

/// The decimal mark of a file: what the numbers of its numeric columns show where they show it beyond doubt (`38,50`, but not `12,500`), else
/// what goes with the separator: spreadsheets write semicolons where the comma is the decimal mark.
fn decimal_mark(lines: &[Line], numeric: &[usize], separator: char) -> char {
    let numbers = || lines.iter().flat_map(|line| numeric.iter().filter_map(|position| line.cells.get(*position)));
    let shows = |mark: char| numbers().any(|cell| shows_decimals(cell, mark));
    match (shows(','), shows('.'), separator) {
        (true, false, _) => ',',
        (false, true, _) => '.',
        (_, _, ';') => ',',
        _ => '.',
    }
}

/// Whether a number has decimals behind the mark, for sure: not the three digits that could be a group of thousands,
/// unless groups by the other mark or a zero alone stand before them.
fn shows_decimals(cell: &str, mark: char) -> bool {
    let Some((whole, rest)) = cell.rsplit_once(mark) else { return false };
    let other = if mark == ',' { '.' } else { ',' };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = whole.trim_start_matches('-');
    digits(rest) && whole.split(other).all(digits) && (rest.len() != 3 || whole == "0" || whole.contains(other))
}
