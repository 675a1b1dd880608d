//! Numbers, money, dates and times as people of each language write them.

use chrono::{DateTime, FixedOffset, NaiveDate};
use saha_domain::{CurrencyCode, Quantity, Stamp, UnitPrice, WorkInterval, catalog::Lang, facts::RecordState};

use crate::output::{Out, Tone};

/// A decimal of `value` × 10⁻ᵈⁱᵍⁱᵗˢ, with groups of thousands and at least `shown` decimals; more only where they are not zero.
pub fn decimal(lang: Lang, value: i128, digits: u32, shown: u32) -> String {
    let (group, point) = match lang {
        Lang::Tr => ('.', ','),
        Lang::En => (',', '.'),
    };
    let unit = 10_u128.saturating_pow(digits);
    let (whole, part) = (value.unsigned_abs() / unit, value.unsigned_abs() % unit);
    let sign = if value < 0 { "-" } else { "" };
    let width = usize::try_from(digits).unwrap_or(0);
    let mut decimals = if digits == 0 { String::new() } else { format!("{part:0width$}") };
    while decimals.len() > usize::try_from(shown).unwrap_or(0) && decimals.ends_with('0') {
        decimals.pop();
    }
    let whole = grouped(whole, group);
    if decimals.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{point}{decimals}") }
}

fn grouped(whole: u128, group: char) -> String {
    let digits = whole.to_string();
    let mut text = String::new();
    for (place, digit) in (1..=digits.len()).rev().zip(digits.chars()) {
        text.push(digit);
        if place > 1 && place % 3 == 1 {
            text.push(group);
        }
    }
    text
}

/// The size of a file: `1,5 MB`, `12 KB`.
pub fn size(lang: Lang, bytes: i64) -> String {
    let (unit, name) = if bytes >= 1_000_000 { (100_000, "MB") } else { (100, "KB") };
    let tenths = bytes.saturating_add(unit / 2) / unit;
    format!("{} {name}", decimal(lang, tenths.into(), 1, 0))
}

/// A count.
pub fn count(lang: Lang, value: i64) -> String {
    decimal(lang, value.into(), 0, 0)
}

/// Minor units as money: `1.234,50 ₺`, `₺1,234.50`.
pub fn money(lang: Lang, amount_minor: i64, currency: CurrencyCode) -> String {
    let digits = currency.minor_digits();
    with_currency(lang, decimal(lang, amount_minor.into(), digits, digits), currency)
}

/// Money in a small space: without the minor units where the amount is large.
pub fn money_short(lang: Lang, amount_minor: i64, currency: CurrencyCode) -> String {
    let unit = 10_i64.saturating_pow(currency.minor_digits());
    let half = if amount_minor < 0 { -unit / 2 } else { unit / 2 };
    with_currency(lang, decimal(lang, (amount_minor.saturating_add(half) / unit).into(), 0, 0), currency)
}

/// A price of one unit: two decimals, and as many more as it has.
pub fn price(lang: Lang, price: UnitPrice) -> String {
    with_currency(lang, decimal(lang, price.amount_micro.into(), 6, price.currency.minor_digits()), price.currency)
}

fn with_currency(lang: Lang, number: String, currency: CurrencyCode) -> String {
    let symbol = match currency.code() {
        "TRY" => Some("₺"),
        "EUR" => Some("€"),
        "USD" => Some("$"),
        "GBP" => Some("£"),
        _ => None,
    };
    match (lang, symbol) {
        (Lang::Tr, symbol) => format!("{number} {}", symbol.unwrap_or(currency.code())),
        (Lang::En, Some(symbol)) => match number.strip_prefix('-') {
            Some(number) => format!("-{symbol}{number}"),
            None => format!("{symbol}{number}"),
        },
        (Lang::En, None) => format!("{} {number}", currency.code()),
    }
}

/// An amount of goods: `2,5 kg`.
pub fn quantity(lang: Lang, quantity: &Quantity) -> String {
    format!("{} {}", decimal(lang, quantity.amount_milli.into(), 3, 0), quantity.unit)
}

/// Basis points as a whole percentage, rounded down so that 100 % is only shown when it is reached: `%47`, `47%`.
pub fn percent(lang: Lang, bp: i64) -> String {
    signed_percent(lang, decimal(lang, bp.div_euclid(100).into(), 0, 0))
}

/// Basis points as an exact percentage: `%2,5`.
pub fn percent_exact(lang: Lang, bp: i64) -> String {
    signed_percent(lang, decimal(lang, bp.into(), 2, 0))
}

fn signed_percent(lang: Lang, number: String) -> String {
    match lang {
        Lang::Tr => format!("%{number}"),
        Lang::En => format!("{number}%"),
    }
}

/// A date: `24.11.2026`, `2026-11-24`.
pub fn date(lang: Lang, date: NaiveDate) -> String {
    match lang {
        Lang::Tr => date.format("%d.%m.%Y").to_string(),
        Lang::En => date.format("%Y-%m-%d").to_string(),
    }
}

/// The time of day at the place where it happened.
pub fn time(stamp: &Stamp) -> String {
    let local = FixedOffset::east_opt(stamp.utc_offset_s)
        .zip(DateTime::from_timestamp_millis(stamp.utc_ms()))
        .map(|(zone, utc)| utc.with_timezone(&zone).format("%H:%M").to_string());
    local.unwrap_or_else(|| "--:--".to_owned())
}

/// From one time of the day to another: `09:00–10:30`.
pub fn interval(interval: &WorkInterval) -> String {
    let time = |minute: i32| format!("{:02}:{:02}", minute / 60, minute % 60);
    format!("{}–{}", time(interval.start_min), time(interval.end_min))
}

/// Date and time of day at the place where it happened.
pub fn moment(lang: Lang, stamp: &Stamp) -> String {
    format!("{} {}", date(lang, stamp.local_date), time(stamp))
}

/// Whether the company has a record, where that is not so.
pub fn state(out: &Out, state: RecordState) -> String {
    match state {
        RecordState::Confirmed => String::new(),
        RecordState::Waiting => out.paint(Tone::Dim, state.text(out.lang)),
        RecordState::Refused => out.paint(Tone::Bad, state.text(out.lang)),
    }
}

/// Seconds as minutes and seconds: `3:05`.
pub fn duration(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A distance: `340 m`, `2,1 km`.
pub fn distance(lang: Lang, metres: i64) -> String {
    if metres < 1_000 {
        return format!("{metres} m");
    }
    format!("{} km", decimal(lang, (metres / 100).into(), 1, 1))
}

/// A long id in a small space: its end, as ids of the same hour begin alike.
pub fn short_id(id: &str) -> &str {
    id.char_indices().rev().nth(7).map_or(id, |(start, _)| id.get(start..).unwrap_or(id))
}

#[cfg(test)]
mod tests;
