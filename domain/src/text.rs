//! Text: limits, and the folding that makes Turkish search find what a hurried thumb typed.

use crate::{FieldError, Problem};

/// The longest note, in characters.
pub const NOTE_MAX_CHARS: u32 = 4_000;
/// The longest name, in characters.
pub const NAME_MAX_CHARS: u32 = 200;

/// Refuses text that is too long or holds a NUL, which C strings of the platforms would cut at.
pub fn check(field: &str, text: &str, max_chars: u32) -> Result<(), FieldError> {
    if text.contains('\0') {
        return Err(FieldError::new(field, Problem::Malformed));
    }
    // A byte count is a cheap upper bound of the character count.
    let max = max_chars as usize;
    if text.len() > max && text.chars().count() > max {
        return Err(FieldError::new(field, Problem::TooLong { max_chars: max_chars.into() }));
    }
    Ok(())
}

/// As [`check`], and refuses text without a visible character.
pub fn check_filled(field: &str, text: &str, max_chars: u32) -> Result<(), FieldError> {
    check(field, text, max_chars)?;
    if text.trim().is_empty() { Err(FieldError::new(field, Problem::Missing)) } else { Ok(()) }
}

/// As [`check`], where nothing is also fine.
pub fn check_optional(field: &str, text: Option<&str>, max_chars: u32) -> Result<(), FieldError> {
    text.map_or(Ok(()), |text| check(field, text, max_chars))
}

/// A login name as it is kept and compared: capitals and blanks around it do not matter.
pub fn fold_login(login: &str) -> String {
    login.trim().to_lowercase()
}

/// Folds text for search: `I İ ı i → i`, Latin letters to their base (`ş ç ğ ö ü â é → s c g o u a e`) whether they are
/// composed or not, lower case, and everything that is neither letter nor digit becomes one space. *ihlamur* finds *Ihlamur* and *ıhlamur*; exact spelling is ranked by the caller.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars().flat_map(fold_char) {
        if c.is_alphanumeric() {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            folded.push(c);
        } else if !is_combining_mark(c) {
            gap = true;
        }
    }
    folded
}

fn fold_char(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().map(base_of)
}

/// The base of a lower-case letter of the European Latin alphabets.
fn base_of(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' | 'ǧ' => 'g',
        'ĥ' => 'h',
        'ı' | 'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ǐ' => 'i',
        'ĵ' => 'j',
        'ķ' | 'ǩ' => 'k',
        'ĺ' | 'ļ' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ō' | 'ŏ' | 'ő' | 'ǒ' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ǔ' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

/// The blocks of combining marks: a decomposed `ş` is `s` and a cedilla, and folds as the composed one does.
fn is_combining_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Reads a phone number into E.164 (`+905321234567`). Numbers without a country code are taken as Turkish. A Turkish number
/// has ten digits, whatever zero was dialled before them; call centres have seven, `444 12 34`.
pub fn normalize_phone(text: &str) -> Result<String, FieldError> {
    let wrong = || FieldError::new("phone", Problem::Malformed);
    let international = text.trim_start().starts_with('+') || text.trim_start().starts_with("00");
    if !text.chars().all(|c| c.is_ascii_digit() || " ()-+./".contains(c)) {
        return Err(wrong());
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    let after_country_code = digits.strip_prefix("90").map(|rest| rest.strip_prefix('0').unwrap_or(rest));
    let turkish = match after_country_code {
        Some(rest) if international || is_turkish(rest) => Some(rest),
        _ => Some(digits).filter(|_| !international),
    };
    match turkish {
        Some(national) if is_turkish(national) => Ok(format!("+90{national}")),
        None if (8..=15).contains(&digits.len()) => Ok(format!("+{digits}")),
        _ => Err(wrong()),
    }
}

/// Area or operator code and subscriber, or a call centre's number, which has no area.
fn is_turkish(national: &str) -> bool {
    national.len() == 10 || (national.len() == 7 && national.starts_with("444"))
}

/// Refuses what is not a Turkish tax number: a 10-digit VKN or an 11-digit TCKN with right check digits.
///
/// Source: the check-digit rules published by the Turkish Revenue Administration (VKN) and the civil registry (TCKN).
pub fn check_tax_no(field: &str, text: &str) -> Result<(), FieldError> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
    let valid = match digits.as_deref() {
        Some(vkn) if vkn.len() == 10 => is_vkn(vkn),
        Some(tckn) if tckn.len() == 11 => is_tckn(tckn),
        _ => false,
    };
    if valid { Ok(()) } else { Err(FieldError::new(field, Problem::Malformed)) }
}

fn is_vkn(digits: &[u32]) -> bool {
    let Some((check, first)) = digits.split_last() else { return false };
    let sum: u32 = (0_u32..9)
        .zip(first)
        .map(|(position, digit)| {
            let shifted = (digit + 9 - position) % 10;
            if shifted == 0 {
                return 0;
            }
            match (shifted * 2_u32.pow(9 - position)) % 9 {
                0 => 9,
                rest => rest,
            }
        })
        .sum();
    (10 - sum % 10) % 10 == *check
}

fn is_tckn(digits: &[u32]) -> bool {
    let [d1, d2, d3, d4, d5, d6, d7, d8, d9, d10, d11] = digits else { return false };
    let odd = d1 + d3 + d5 + d7 + d9;
    let even = d2 + d4 + d6 + d8;
    *d1 != 0 && (odd * 7 + 10 * 9 - even) % 10 == *d10 && (odd + even + d10) % 10 == *d11
}

#[cfg(test)]
mod tests;
