//! Spans of time, as roughly as people speak of them.

use super::Lang;

crate::sentences! {
    just_now() { en: "just now", tr: "az önce" }
    before_now(span: &str) { en: "{span} ago", tr: "{span} önce" }
    one_minute() { en: "1 minute", tr: "1 dakika" }
    minutes(count: i64) { en: "{count} minutes", tr: "{count} dakika" }
    hours(count: i64) { en: "{count} hours", tr: "{count} saat" }
    days(count: i64) { en: "{count} days", tr: "{count} gün" }
}

const MINUTE_MS: i64 = 60_000;

/// So many milliseconds in whole minutes, hours or days, one minute at least: the span that is over.
pub fn span(lang: Lang, ms: i64) -> String {
    match ms / MINUTE_MS {
        i64::MIN..=1 => one_minute(lang),
        count @ 2..=119 => minutes(lang, count),
        count @ 120..=2_879 => hours(lang, count / 60),
        count => days(lang, count / 1_440),
    }
}

/// When something was that happened so many milliseconds ago. What lies ahead by another clock is now.
pub fn ago(lang: Lang, ms: i64) -> String {
    if ms < MINUTE_MS { just_now(lang) } else { before_now(lang, &span(lang, ms)) }
}
