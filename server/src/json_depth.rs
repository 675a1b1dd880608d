//! How deep JSON is nested, before anything parses it: brackets outside of strings, and no way around them.

/// `serde_json` gives keys that begin so a meaning of its own: the text of a `RawValue` is parsed again and becomes real
/// nesting, whose brackets stood in a string before.
const PARSERS_OWN: &str = "$serde_json::";

/// Why JSON text is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unsafe {
    /// It is nested deeper than allowed.
    TooDeep,
    /// It has a key that the parser would take for its own.
    ParsersOwnKey,
}

/// Refuses JSON text that is nested deeper than `max`, or could be once it is parsed. Text that is no JSON gets some
/// answer and is refused by the parser.
pub(crate) fn check(json: &[u8], max: usize) -> Result<(), Unsafe> {
    let mut depth = 0_usize;
    let mut bytes = json.iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => {
                let mut escaped = false;
                let end = bytes.find(|(_, byte)| {
                    let ends = **byte == b'"' && !escaped;
                    escaped = **byte == b'\\' && !escaped;
                    ends
                });
                let string = end.and_then(|(end, _)| json.get(at..=end)).unwrap_or_default();
                if is_parsers_own(string) && is_key(json, at + string.len()) {
                    return Err(Unsafe::ParsersOwnKey);
                }
            }
            b'{' | b'[' if depth == max => return Err(Unsafe::TooDeep),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// Whether a string, with its quotes, begins like a key of the parser's own, however it is escaped.
fn is_parsers_own(string: &[u8]) -> bool {
    // Most strings have no escape and need no copy.
    match string.get(1) {
        Some(b'$') if !string.contains(&b'\\') => {
            string.get(1..).is_some_and(|s| s.starts_with(PARSERS_OWN.as_bytes()))
        }
        Some(b'$' | b'\\') => serde_json::from_slice::<String>(string).is_ok_and(|text| text.starts_with(PARSERS_OWN)),
        _ => false,
    }
}

/// Whether the string that ends before `end` is a key.
fn is_key(json: &[u8], end: usize) -> bool {
    let rest = json.get(end..).unwrap_or_default();
    rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':')
}

#[cfg(test)]
mod tests;
