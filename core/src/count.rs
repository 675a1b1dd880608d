//! Counts and sizes as records carry them.

/// Signed, as `SQLite`, Kotlin and Swift count. What does not fit is the most that does.
pub(crate) fn signed(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}
