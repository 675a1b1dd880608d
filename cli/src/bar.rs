//! Bars of block characters: what the company has, what waits to be sent, what is left.

/// A bar of `width` cells: `█` for what is confirmed, `▒` for what waits, `·` for what is left. What exceeds the target
/// fills the bar. A target of nothing has an empty bar, however much was done.
pub fn bar(confirmed: i64, waiting: i64, target: i64, width: usize) -> String {
    let confirmed_cells = cells(confirmed, target, width);
    let done = confirmed.max(0).saturating_add(waiting.max(0));
    let waiting_cells = cells(done, target, width).max(confirmed_cells) - confirmed_cells;
    let left = width - confirmed_cells - waiting_cells;
    format!("{}{}{}", "█".repeat(confirmed_cells), "▒".repeat(waiting_cells), "·".repeat(left))
}

/// How many cells are full: rounded down, so that a full bar means that the target is reached; but something is never nothing.
fn cells(value: i64, target: i64, width: usize) -> usize {
    if value <= 0 || target <= 0 {
        return 0;
    }
    let exact = i128::from(value) * i128::try_from(width).unwrap_or(0) / i128::from(target);
    usize::try_from(exact).unwrap_or(width).clamp(usize::from(width > 0), width)
}

#[cfg(test)]
mod tests;
