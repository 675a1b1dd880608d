//! A source without its comments, so that what is left can be read by its brackets.

use std::iter::Peekable;
use std::str::Chars;

use super::Language;

/// Stands for a declaration that its documentation hides.
pub(super) const HIDDEN: &str = "@hidden";

/// The source without comments and compiler conditions, without backticks, and with brackets in texts made harmless.
pub(super) fn clean(text: &str, language: Language) -> String {
    let kept: String =
        text.lines().filter(|line| !is_condition(line, language)).flat_map(|line| [line, "\n"]).collect();
    let mut cleaner = Cleaner { rest: kept.chars().peekable(), out: String::new(), language };
    cleaner.code();
    cleaner.out
}

/// `#if`, `#else`, `#endif`: both sides are looked at.
fn is_condition(line: &str, language: Language) -> bool {
    language == Language::Swift && line.trim_start().starts_with('#')
}

struct Cleaner<'a> {
    rest: Peekable<Chars<'a>>,
    out: String,
    language: Language,
}

impl Cleaner<'_> {
    fn code(&mut self) {
        while let Some(c) = self.rest.next() {
            match (c, self.rest.peek()) {
                ('/', Some('/')) => self.line_comment(),
                ('/', Some('*')) => self.comment(),
                ('"', _) => self.text(),
                ('\'', _) if self.language == Language::Kotlin => self.character(),
                ('`', _) => {}
                _ => self.out.push(c),
            }
        }
    }

    fn line_comment(&mut self) {
        while self.rest.next_if(|c| *c != '\n').is_some() {}
    }

    /// A comment between `/*` and `*/`, with others inside.
    fn comment(&mut self) {
        let (mut depth, mut said) = (0_u32, String::new());
        let mut before = '/';
        for c in self.rest.by_ref() {
            match (before, c) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth = depth.saturating_sub(1),
                _ => {}
            }
            said.push(c);
            // The bracket of one pair is none of the next.
            before = if matches!((before, c), ('/', '*') | ('*', '/')) { ' ' } else { c };
            if depth == 0 {
                break;
            }
        }
        // Where the line ended within the comment, a statement ends too.
        self.out.push(if said.contains('\n') { '\n' } else { ' ' });
        if said.contains("@suppress") {
            self.out.push_str(HIDDEN);
            self.out.push(' ');
        }
    }

    /// `'{'`, `'\''`.
    fn character(&mut self) {
        self.out.push_str("' '");
        if self.rest.next() == Some('\\') {
            self.rest.next();
        }
        while self.rest.next_if(|c| *c != '\'').is_some() {}
        self.rest.next();
    }

    /// A text in one or in three quotes, with code inside it.
    fn text(&mut self) {
        self.out.push('"');
        let mut quotes = 1;
        while quotes < 3 && self.rest.next_if_eq(&'"').is_some() {
            quotes += 1;
        }
        if quotes == 2 {
            self.out.push('"');
            return;
        }
        let mut closing = 0;
        while let Some(c) = self.rest.next() {
            match c {
                '"' => closing += 1,
                '\\' if self.rest.peek() == Some(&'(') => self.inside('(', ')'),
                '\\' => drop(self.rest.next()),
                '$' if self.rest.peek() == Some(&'{') => self.inside('{', '}'),
                _ if "(){}[]<>,;=\n".contains(c) => self.out.push('_'),
                _ => self.out.push(c),
            }
            closing = if c == '"' { closing } else { 0 };
            if closing == quotes {
                break;
            }
        }
        self.out.push('"');
    }

    /// Code within a text, which is left out.
    fn inside(&mut self, open: char, close: char) {
        let kept = std::mem::take(&mut self.out);
        let mut depth = 0_u32;
        while let Some(c) = self.rest.next() {
            match c {
                '"' => self.text(),
                _ if c == open => depth += 1,
                _ if c == close => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        self.out = kept;
    }
}
