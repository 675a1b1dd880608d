//! CSV as spreadsheets write it. An own reader of sixty lines, because the usual ones swallow the rest of a file
//! after a quote that is never closed, and do not say where it was opened.

/// A line that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The line of the file on which it begins, from 1; a cell may go over several.
    pub(super) number: u64,
    /// Its cells, without quotes and without blanks around them.
    pub(super) cells: Vec<String>,
}

/// A file taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lines {
    /// Its lines.
    pub(super) lines: Vec<Line>,
    /// The line on which a quote was opened and never closed. That line and what follows is not among the lines.
    pub(super) unterminated_at: Option<u64>,
}

/// The separator: whichever of semicolon, comma and tab the header has most of. The header is the first line that says
/// something.
pub(super) fn separator(text: &str) -> char {
    let says_something = |line: &&str| line.contains(|c: char| !c.is_whitespace() && c != ';' && c != ',');
    let header = text.lines().find(says_something).unwrap_or_default();
    let count = |separator: char| header.matches(separator).count();
    [';', ',', '\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(',')
}

/// Takes a file apart. A quote opens a cell only at its start; two quotes inside are one.
pub(super) fn split(text: &str, separator: char) -> Lines {
    let mut splitter = Splitter { separator, ..Splitter::default() };
    splitter.line_start = 1;
    splitter.number = 1;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next_is_quote = chars.peek() == Some(&'"');
        if splitter.take(c, next_is_quote) {
            chars.next();
        }
    }
    splitter.finish()
}

#[derive(Default)]
struct Splitter {
    separator: char,
    lines: Vec<Line>,
    cells: Vec<String>,
    cell: String,
    quoted: bool,
    /// The line on which the open quote stands.
    quote_at: u64,
    line_start: u64,
    number: u64,
}

impl Splitter {
    /// Takes one character; whether it used up the quote after it, too.
    fn take(&mut self, c: char, next_is_quote: bool) -> bool {
        match c {
            '"' if self.quoted && next_is_quote => {
                self.cell.push('"');
                return true;
            }
            '"' if self.quoted => self.quoted = false,
            '"' if self.cell.trim().is_empty() => {
                self.cell.clear();
                self.quoted = true;
                self.quote_at = self.number;
            }
            '\n' => {
                self.number += 1;
                if self.quoted { self.cell.push(c) } else { self.end_line() }
            }
            c if c == self.separator && !self.quoted => self.end_cell(),
            c => self.cell.push(c),
        }
        false
    }

    fn end_cell(&mut self) {
        let cell = std::mem::take(&mut self.cell);
        self.cells.push(cell.trim().to_owned());
    }

    fn end_line(&mut self) {
        self.end_cell();
        let cells = std::mem::take(&mut self.cells);
        if cells.iter().any(|cell| !cell.is_empty()) {
            self.lines.push(Line { number: self.line_start, cells });
        }
        self.line_start = self.number;
    }

    fn finish(mut self) -> Lines {
        if self.quoted {
            return Lines { lines: self.lines, unterminated_at: Some(self.quote_at) };
        }
        self.end_line();
        Lines { lines: self.lines, unterminated_at: None }
    }
}
