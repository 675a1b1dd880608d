//! What stands in a cell: numbers without floats, dates, and words in either language.

use chrono::{Datelike as _, NaiveDate, NaiveTime, Timelike as _};
use saha_domain::{Lifecycle, Problem, Segment, period::Period, text};

use super::{Fault, table::Row};

/// What becomes of digits beyond those that can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Excess {
    /// They are an error: a price is exact.
    Refuse,
    /// They are cut off: a place on Earth is known to a centimetre.
    Cut,
}

/// What a file says of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said<T> {
    /// It has no such column: what is known stays.
    Nothing,
    /// It has this, or an empty cell, which clears the field.
    Value(Option<T>),
}

impl<T: Clone> Said<T> {
    /// The field after the import, of which `known` was known before.
    pub(super) fn over(&self, known: Option<T>) -> Option<T> {
        match self {
            Self::Nothing => known,
            Self::Value(value) => value.clone(),
        }
    }
}

impl Row<'_> {
    /// What the file says of the field of a column, by `read` where it has the column.
    pub(super) fn said<T>(
        &self,
        column: &str,
        read: impl FnOnce() -> Result<Option<T>, Fault>,
    ) -> Result<Said<T>, Fault> {
        if self.has(column) { read().map(Said::Value) } else { Ok(Said::Nothing) }
    }

    /// As [`Row::said`], of text.
    pub(super) fn said_text(&self, column: &str) -> Said<String> {
        if self.has(column) { Said::Value(self.text(column)) } else { Said::Nothing }
    }

    /// A cell that must not be empty.
    pub(super) fn filled(&self, column: &'static str) -> Result<String, Fault> {
        let cell = self.cell(column).ok_or(Fault::Cell { column, problem: Problem::Missing })?;
        Ok(cell.to_owned())
    }

    /// A cell that may be empty.
    pub(super) fn text(&self, column: &str) -> Option<String> {
        self.cell(column).map(str::to_owned)
    }

    /// A number × 10^`digits`, if there is one.
    pub(super) fn number(&self, column: &'static str, digits: u32, excess: Excess) -> Result<Option<i64>, Fault> {
        let read = |cell| fixed_point(cell, self.decimal_mark(), digits, excess);
        self.cell(column).map(|cell| read(cell).map_err(|problem| Fault::Cell { column, problem })).transpose()
    }

    /// A number × 10^`digits` that must be there.
    pub(super) fn filled_number(&self, column: &'static str, digits: u32) -> Result<i64, Fault> {
        self.number(column, digits, Excess::Refuse)?.ok_or(Fault::Cell { column, problem: Problem::Missing })
    }

    /// A date, if there is one.
    pub(super) fn date(&self, column: &'static str) -> Result<Option<NaiveDate>, Fault> {
        self.cell(column).map(|cell| date(cell).map_err(|problem| Fault::Cell { column, problem })).transpose()
    }

    /// A date that must be there.
    pub(super) fn filled_date(&self, column: &'static str) -> Result<NaiveDate, Fault> {
        self.date(column)?.ok_or(Fault::Cell { column, problem: Problem::Missing })
    }

    /// A time of day, minutes after midnight, if there is one.
    pub(super) fn minute(&self, column: &'static str) -> Result<Option<i32>, Fault> {
        self.cell(column).map(|cell| minute(cell).map_err(|problem| Fault::Cell { column, problem })).transpose()
    }

    /// A word with a meaning, if there is one.
    pub(super) fn word<T>(
        &self,
        column: &'static str,
        meaning: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Fault> {
        let unknown = Fault::Cell { column, problem: Problem::Unknown };
        self.cell(column).map_or(Ok(None), |cell| meaning(&text::fold(cell)).map(Some).ok_or(unknown))
    }
}

/// Reads `1.250,50` as 125050 for two digits and the comma as mark. Thousands may be grouped by the other mark or a
/// blank, by threes only: `1250.50` where the comma is the mark is an error, not 125 050.
pub(super) fn fixed_point(cell: &str, mark: char, digits: u32, excess: Excess) -> Result<i64, Problem> {
    let (sign, unsigned) = cell.strip_prefix('-').map_or((1, cell), |rest| (-1, rest));
    let (whole, fraction) = unsigned.split_once(mark).unwrap_or((unsigned, ""));
    if unsigned.ends_with(mark) || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Problem::Malformed);
    }
    let whole = ungrouped(whole, if mark == ',' { '.' } else { ',' }).ok_or(Problem::Malformed)?;
    let keep = usize::try_from(digits).unwrap_or(usize::MAX);
    let (kept, beyond) = fraction.split_at(keep.min(fraction.len()));
    if excess == Excess::Refuse && beyond.bytes().any(|byte| byte != b'0') {
        return Err(Problem::Malformed);
    }
    let padded = format!("{whole}{kept:0<keep$}");
    let value: i64 = padded.parse().map_err(|_| Problem::Overflow)?;
    Ok(sign * value)
}

/// The digits of a whole number, groups of three joined. None for anything else.
fn ungrouped(whole: &str, group_mark: char) -> Option<String> {
    let groups: Vec<&str> = whole.split([group_mark, ' ', '\u{a0}']).collect();
    let all_digits = groups.iter().all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    let by_threes = groups.iter().skip(1).all(|group| group.len() == 3);
    let head_fits = groups.len() == 1 || groups.first().is_some_and(|head| head.len() <= 3);
    (all_digits && by_threes && head_fits).then(|| groups.concat())
}

/// Reads `2026-11-23` or `23.11.2026`.
pub(super) fn date(cell: &str) -> Result<NaiveDate, Problem> {
    let date = ["%Y-%m-%d", "%d.%m.%Y"].iter().find_map(|format| NaiveDate::parse_from_str(cell, format).ok());
    date.filter(|date| (1900..2200).contains(&date.year())).ok_or(Problem::Malformed)
}

/// Reads `9:30` or `09.30` as 570.
pub(super) fn minute(cell: &str) -> Result<i32, Problem> {
    let time = ["%H:%M", "%H.%M"].iter().find_map(|format| NaiveTime::parse_from_str(cell, format).ok());
    let seconds = time.ok_or(Problem::Malformed)?.num_seconds_from_midnight();
    i32::try_from(seconds / 60).map_err(|_| Problem::OutOfRange)
}

/// A period by its folded name in either language.
pub(super) fn period(word: &str) -> Option<Period> {
    match word {
        "day" | "gun" => Some(Period::Day),
        "week" | "hafta" => Some(Period::Week),
        "month" | "ay" => Some(Period::Month),
        _ => None,
    }
}

/// A lifecycle by its folded name in either language.
pub(super) fn lifecycle(word: &str) -> Option<Lifecycle> {
    match word {
        "prospect" | "aday" => Some(Lifecycle::Prospect),
        "active" | "aktif" => Some(Lifecycle::Active),
        "dormant" | "pasif" => Some(Lifecycle::Dormant),
        "lost" | "kayip" => Some(Lifecycle::Lost),
        _ => None,
    }
}

/// A segment by its folded name.
pub(super) fn segment(word: &str) -> Option<Segment> {
    match word {
        "a" => Some(Segment::A),
        "b" => Some(Segment::B),
        "c" => Some(Segment::C),
        _ => None,
    }
}

/// Yes or no by its folded name in either language.
pub(super) fn yes_or_no(word: &str) -> Option<bool> {
    match word {
        "1" | "yes" | "true" | "evet" => Some(true),
        "0" | "no" | "false" | "hayir" => Some(false),
        _ => None,
    }
}
