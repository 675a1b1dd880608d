//! The figures as a table, on the terminal and in the page.

use anyhow::{Context as _, Result, bail};

use super::figure::{Better, Figure};

const HEADING: [&str; 6] = ["figure", "measured", "against raw SQLite", "floor", "goal", "result"];

/// A heading, then a row for each figure.
pub(super) fn rows(figures: &[Figure]) -> Vec<Vec<String>> {
    let heading = HEADING.map(str::to_owned).to_vec();
    std::iter::once(heading).chain(figures.iter().map(row)).collect()
}

/// The same as a Markdown table, without a line break at the end.
pub(super) fn markdown(figures: &[Figure]) -> String {
    let line = |row: &Vec<String>| format!("| {} |", row.join(" | "));
    let mut lines: Vec<String> = rows(figures).iter().map(line).collect();
    lines.insert(1, "| --- | ---: | ---: | ---: | ---: | --- |".to_owned());
    lines.join("\n")
}

/// The page with what stands between the two marks of that name replaced.
///
/// # Errors
/// When the marks are missing, doubled or in the wrong order: nothing is written then.
pub(super) fn replace(page: &str, mark: &str, table: &str) -> Result<String> {
    let (begin, end) = (format!("<!-- {mark}:begin -->"), format!("<!-- {mark}:end -->"));
    let (before, rest) = page.split_once(&begin).with_context(|| format!("the page has no {begin}"))?;
    let (_, after) = rest.split_once(&end).with_context(|| format!("the page has no {end} after {begin}"))?;
    if [before, after].iter().any(|part| part.contains(&begin) || part.contains(&end)) {
        bail!("the page has more than one pair of {begin} and {end}");
    }
    Ok(format!("{before}{begin}\n{table}\n{end}{after}"))
}

fn row(figure: &Figure) -> Vec<String> {
    let measured = format!("{} {}", number(figure.value), figure.unit);
    let ratio = figure.ratio.map_or_else(|| "–".to_owned(), times);
    let cells = [measured, ratio, bound(figure, figure.floor), bound(figure, figure.goal)];
    let mut row = vec![figure.name.clone()];
    row.extend(cells.map(|cell| cell.trim_end().to_owned()));
    row.push(figure.grade().label().to_owned());
    row
}

fn bound(figure: &Figure, bound: Option<f64>) -> String {
    let Some(bound) = bound else { return "–".to_owned() };
    let sign = match figure.better {
        Better::Lower => "≤",
        Better::Higher => "≥",
    };
    let bound = if figure.ratio.is_some() { times(bound) } else { format!("{} {}", number(bound), figure.unit) };
    format!("{sign} {bound}")
}

fn times(ratio: f64) -> String {
    format!("{}×", number(ratio))
}

/// Three digits that count; whole from a hundred up.
pub(super) fn number(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 || value.fract() == 0.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}
