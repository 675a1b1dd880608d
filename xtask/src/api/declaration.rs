//! One declaration: what it says, whether it is public, and which type it opens.

use super::Language;
use super::clean::HIDDEN;

/// Words before the keyword that say nothing of who may see it.
const MODIFIERS: &[&str] = &[
    "open",
    "override",
    "suspend",
    "data",
    "sealed",
    "abstract",
    "inline",
    "value",
    "final",
    "static",
    "mutating",
    "required",
    "convenience",
    "indirect",
    "nonisolated",
    "lateinit",
    "const",
    "operator",
    "infix",
    "annotation",
    "inner",
    "weak",
    "lazy",
    "companion",
    "tailrec",
    "isolated",
];

/// Words that say who may see it.
const SHOWN: &[&str] = &["public", "open"];
const NOT_SHOWN: &[&str] = &["private", "internal", "fileprivate", "protected", "package"];

/// What opens a type.
const TYPES: &[&str] = &["class", "struct", "enum", "interface", "protocol", "object", "extension", "actor"];

/// What declares something else.
const MEMBERS: &[&str] =
    &["fun", "func", "val", "var", "let", "typealias", "constructor", "init", "case", "subscript", "associatedtype"];

/// What the generator needs for itself, in both languages.
const MACHINERY: &[&str] = &["uniffi", "Uniffi", "FfiConverter", "RustBuffer", "ForeignBytes", "NoHandle"];

/// The type, or the file, that a declaration is in.
pub(super) struct Owner {
    pub(super) name: String,
    /// Can be seen from outside.
    pub(super) is_shown: bool,
    pub(super) is_enum: bool,
    /// Its members can be seen without saying so: those of a protocol.
    pub(super) shows_members: bool,
}

/// A declaration that was understood.
#[derive(Debug)]
pub(super) struct Declaration {
    pub(super) is_shown: bool,
    /// What is in it can be seen without saying so.
    pub(super) shows_members: bool,
    /// `class`, `enum`, `fun`, …; an `enum class` is an `enum`.
    pub(super) keyword: String,
    /// The type that it declares, or extends.
    pub(super) type_name: Option<String>,
    /// What the listing says of it.
    pub(super) lines: Vec<String>,
}

/// Nothing but words before a declaration, which goes on.
pub(super) fn is_only_modifiers(head: &str) -> bool {
    let (annotations, rest) = without_annotations(head);
    let is_modifier = |word: &str| [MODIFIERS, SHOWN, NOT_SHOWN].concat().contains(&word) || word == HIDDEN;
    (!annotations.is_empty() || !rest.is_empty()) && rest.split_whitespace().all(is_modifier)
}

/// What a statement declares; `None` where it declares nothing.
pub(super) fn read(statement: &str, language: Language, owner: &Owner) -> Option<Declaration> {
    let (annotations, rest) = without_annotations(statement);
    let Some(Start { words, keyword, rest }) = start(rest) else { return entries(rest, owner) };
    let is_hidden = annotations.iter().any(|name| name == HIDDEN || name.contains("visibility: private"));
    let says_so = words.iter().any(|word| SHOWN.contains(word));
    let hides = is_hidden || words.iter().any(|word| NOT_SHOWN.contains(word));
    let is_extension = keyword == "extension";
    let by_owner = owner.shows_members || keyword == "case" || is_extension;
    let name = name_of(rest, keyword, &words);
    let is_machinery = MACHINERY.iter().any(|start| name.starts_with(start));
    let throws = annotations.iter().find(|name| name.starts_with("@Throws"));
    // An extension that adds no conformance, and a companion without a name, are only places for their members.
    let is_place = (is_extension && !rest.contains(':')) || name == "Companion";
    let said = || lines(rest, keyword, &words, language, throws.map(String::as_str));
    Some(Declaration {
        is_shown: !hides && !is_machinery && (says_so || by_owner),
        shows_members: language == Language::Kotlin || keyword == "protocol" || (is_extension && says_so),
        keyword: if words.contains(&"enum") { "enum" } else { keyword }.to_owned(),
        lines: if is_place { Vec::new() } else { said() },
        type_name: TYPES.contains(&keyword).then_some(name),
    })
}

/// How a declaration begins.
struct Start<'a> {
    /// What stands before the keyword.
    words: Vec<&'a str>,
    keyword: &'a str,
    /// From the keyword on.
    rest: &'a str,
}

/// Reads up to the keyword; `None` where something else comes first.
fn start(statement: &str) -> Option<Start<'_>> {
    let mut words = Vec::new();
    let mut rest = statement.trim_start();
    loop {
        let (word, after) = next_word(rest);
        let (next, _) = next_word(after.trim_start());
        // `enum class` and `fun interface` of Kotlin, `class func` of Swift: the second word tells.
        let goes_on = matches!((word, next), ("enum", "class") | ("fun", "interface") | ("class", "func" | "var"));
        if !goes_on && (TYPES.contains(&word) || MEMBERS.contains(&word)) {
            return Some(Start { words, keyword: word, rest });
        }
        if !goes_on && ![MODIFIERS, SHOWN, NOT_SHOWN].concat().contains(&word) {
            return None;
        }
        // `private(set)` speaks of the setter alone.
        match after.trim_start().strip_prefix("(set)") {
            Some(after) => rest = after.trim_start(),
            None => {
                words.push(word);
                rest = after.trim_start();
            }
        }
    }
}

/// The cases of a Kotlin enum, which no keyword declares.
fn entries(rest: &str, owner: &Owner) -> Option<Declaration> {
    if !owner.is_enum {
        return None;
    }
    let names = split(rest, ',').into_iter().map(|entry| tidy(&entry)).filter(|entry| !entry.is_empty());
    let lines: Vec<String> = names.collect();
    let is_entry = |line: &String| line.starts_with(|c: char| c.is_ascii_uppercase());
    (!lines.is_empty() && lines.iter().all(is_entry)).then(|| Declaration {
        is_shown: true,
        shows_members: false,
        keyword: "entry".to_owned(),
        type_name: None,
        lines,
    })
}

/// What the listing says: the declaration itself, and a line for each parameter of a Kotlin class.
fn lines(rest: &str, keyword: &str, words: &[&str], language: Language, throws: Option<&str>) -> Vec<String> {
    let kept: Vec<&str> = words.iter().copied().filter(|word| *word != "public").collect();
    let prefix: Vec<&str> = throws.into_iter().chain(kept).collect();
    let is_kotlin_class = language == Language::Kotlin && matches!(keyword, "class" | "object");
    let head = head(rest);
    let said = |text: &str| tidy(&format!("{} {text}", prefix.join(" ")));
    if !is_kotlin_class {
        return vec![said(&head)];
    }
    // Brackets after a colon are what a superclass is called with.
    let constructor = in_brackets(&head).filter(|(before, _, _)| !before.contains(':'));
    let Some((before, parameters, after)) = constructor else { return vec![said(&without_brackets(&head))] };
    let (name, hides) = match before.trim_end().strip_suffix("constructor") {
        Some(name) => {
            let (_, modifiers) = without_annotations(name);
            let hides = modifiers.split_whitespace().any(|word| NOT_SHOWN.contains(&word));
            let words = name.split_whitespace().filter(|word| ![SHOWN, NOT_SHOWN].concat().contains(word));
            (words.collect::<Vec<_>>().join(" "), hides)
        }
        None => (before.to_owned(), false),
    };
    let mut lines = vec![said(&format!("{name}{}", without_brackets(after)))];
    let parameters = split(parameters, ',').into_iter().map(|one| tidy(&one)).filter(|one| !one.is_empty());
    for parameter in parameters {
        let is_property = parameter.split_whitespace().any(|word| matches!(word, "val" | "var"));
        let is_private = parameter.split_whitespace().any(|word| NOT_SHOWN.contains(&word));
        if is_property && !is_private {
            lines.push(parameter.trim_start_matches("public ").to_owned());
        } else if !is_property && !hides {
            lines.push(format!("constructor {parameter}"));
        }
    }
    lines
}

/// The declaration without its value, its body and its accessors.
fn head(rest: &str) -> String {
    let mut depth = 0_u32;
    let mut head = String::new();
    let mut before = ' ';
    for c in rest.chars() {
        match c {
            '(' | '[' | '<' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '>' if before != '-' => depth = depth.saturating_sub(1),
            '=' if depth == 0 => break,
            _ => {}
        }
        head.push(c);
        before = c;
    }
    for accessor in [" get()", " get ", " set(", " by "] {
        if let Some((before, _)) = head.split_once(accessor) {
            head = before.to_owned();
        }
    }
    head
}

/// The name that is declared. Of an extension, the type that it extends.
fn name_of(rest: &str, keyword: &str, words: &[&str]) -> String {
    let after = rest.strip_prefix(keyword).unwrap_or(rest).trim_start();
    // Type parameters of a Kotlin function stand before its name.
    let after =
        if after.starts_with('<') { after.split_once('>').map_or(after, |(_, name)| name.trim_start()) } else { after };
    let name: String = after.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.')).collect();
    if name.is_empty() && words.contains(&"companion") { "Companion".to_owned() } else { name }
}

/// The annotations at the beginning, and what comes after them.
fn without_annotations(statement: &str) -> (Vec<String>, &str) {
    let mut annotations = Vec::new();
    let mut rest = statement.trim();
    while rest.starts_with('@') {
        let name = rest.char_indices().skip(1).find(|(_, c)| !(c.is_alphanumeric() || matches!(c, '_' | '.' | ':')));
        let mut end = name.map_or(rest.len(), |(at, _)| at);
        if rest.get(end..).is_some_and(|after| after.starts_with('(')) {
            end += in_brackets(rest.get(end..).unwrap_or_default()).map_or(0, |(_, inside, _)| inside.len() + 2);
        }
        let (annotation, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        annotations.push(annotation.to_owned());
        rest = after.trim_start();
    }
    (annotations, rest)
}

/// What stands before, in and after the first pair of round brackets.
fn in_brackets(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('(')?;
    let mut depth = 1_u32;
    for (at, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((before, rest.get(..at)?, rest.get(at + 1..)?));
        }
    }
    None
}

/// The text without what stands in round brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// The parts between separators that are in no brackets.
fn split(text: &str, separator: char) -> Vec<String> {
    let (mut parts, mut depth, mut before) = (vec![String::new()], 0_u32, ' ');
    for c in text.chars() {
        match c {
            '(' | '[' | '<' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '>' if before != '-' => depth = depth.saturating_sub(1),
            _ => {}
        }
        before = c;
        match parts.last_mut() {
            Some(_) if c == separator && depth == 0 => parts.push(String::new()),
            Some(part) => part.push(c),
            None => {}
        }
    }
    parts
}

fn next_word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// One blank where there were several, none where none belongs; Kotlin's own package goes without saying.
fn tidy(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().filter(|word| *word != HIDDEN).collect();
    let mut tidy = words.join(" ").replace("kotlin.", "");
    for (from, to) in [(" ,", ","), (" )", ")"), ("( ", "("), (" :", ":"), (",)", ")"), (" ->", "->"), ("->", " -> ")] {
        tidy = tidy.replace(from, to);
    }
    tidy = tidy.replace("->  ", "-> ").replace(")throws", ") throws").replace(")async", ") async");
    tidy.trim().to_owned()
}
