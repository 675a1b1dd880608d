//! The declarations of a cleaned source, by its brackets: bodies of types are entered, those of functions skipped.

use std::iter::Peekable;
use std::str::Chars;

use super::declaration::{self, Declaration, Owner};
use super::{Declared, Language};

/// What may begin a line that goes on with the one before.
const GOES_ON: [&str; 12] = ["{", ":", ",", "=", "->", ".", "?", ")", "where ", "throws", "async", "&"];

/// What may end a line that goes on with the next.
const GOES_ON_AFTER: [&str; 7] = [",", ":", "=", "->", "&", "||", "("];

/// Every public declaration, in the order of the source.
pub(super) fn declarations(clean: &str, language: Language, package: &str) -> Vec<Declared> {
    let mut outline = Outline { rest: clean.chars().peekable(), language, found: Vec::new() };
    outline.body(&Owner { name: package.to_owned(), is_shown: true, is_enum: false, shows_members: is_open(language) });
    outline.found
}

/// In Kotlin everything is public that does not say otherwise.
fn is_open(language: Language) -> bool {
    language == Language::Kotlin
}

struct Outline<'a> {
    rest: Peekable<Chars<'a>>,
    language: Language,
    found: Vec<Declared>,
}

impl Outline<'_> {
    /// Reads to the bracket that closes the owner's body.
    fn body(&mut self, owner: &Owner) {
        let (mut head, mut depth) = (String::new(), 0_u32);
        while let Some(c) = self.rest.next() {
            match c {
                '{' if depth == 0 => self.open(&std::mem::take(&mut head), owner),
                '{' => self.skip(),
                '}' => break,
                '\n' | ';' if depth == 0 && (c == ';' || self.is_whole(&head)) => {
                    self.note(&std::mem::take(&mut head), owner);
                }
                _ => {
                    match c {
                        '(' | '[' => depth += 1,
                        ')' | ']' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    head.push(if c == '\n' { ' ' } else { c });
                }
            }
        }
        self.note(&head, owner);
    }

    /// A body begins: that of a type is read, any other skipped.
    fn open(&mut self, head: &str, owner: &Owner) {
        let Some(declaration) = self.note(head, owner) else { return self.skip() };
        let Some(name) = declaration.type_name else { return self.skip() };
        self.body(&Owner {
            name: format!("{}.{name}", owner.name),
            is_shown: owner.is_shown && declaration.is_shown,
            is_enum: self.language == Language::Kotlin && declaration.keyword == "enum",
            shows_members: declaration.shows_members,
        });
    }

    /// Reads to the bracket that closes a body which is nobody's business.
    fn skip(&mut self) {
        let mut depth = 1_u32;
        while depth > 0 {
            match self.rest.next() {
                Some('{') => depth += 1,
                Some('}') => depth -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }

    /// Does the statement end at this line's end?
    fn is_whole(&self, head: &str) -> bool {
        let head = head.trim();
        let ahead: String = self.rest.clone().skip_while(|c| c.is_whitespace()).take(8).collect();
        !(GOES_ON.iter().any(|start| ahead.starts_with(start))
            || GOES_ON_AFTER.iter().any(|end| head.ends_with(end))
            || declaration::is_only_modifiers(head))
    }

    /// Notes what a statement declares, where that is public.
    fn note(&mut self, statement: &str, owner: &Owner) -> Option<Declaration> {
        let declaration = declaration::read(statement, self.language, owner)?;
        if owner.is_shown && declaration.is_shown {
            let name = declaration.type_name.as_ref().map(|name| format!("{}.{name}", owner.name));
            let place = name.unwrap_or_else(|| owner.name.clone());
            let lines = declaration.lines.iter();
            self.found.extend(lines.map(|text| Declared { owner: place.clone(), text: text.clone() }));
        }
        Some(declaration)
    }
}
