//! What people type: decimals with comma or point, durations, order lines. Exact, no floats.

use saha_domain::GeoPoint;

/// A decimal number × 10^`digits`, exactly: `12,5` with 3 digits is 12 500. None for anything else than digits with at most
/// one comma or point, for more decimals than `digits`, and for what does not fit. A number with both signs is refused:
/// nobody can tell which of them groups thousands.
pub fn decimal(text: &str, digits: u32) -> Option<i64> {
    let text = text.trim();
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, ""));
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let is_complete = !whole.is_empty() && (text.len() == whole.len() || !part.is_empty());
    let room = usize::try_from(digits).ok()?;
    if !is_complete || !is_number(whole) || !is_number(part) || part.len() > room {
        return None;
    }
    let value: i64 = format!("{whole}{part:0<room$}").parse().ok()?;
    Some(if negative { -value } else { value })
}

/// Seconds of `3m`, `90s`, `1h5m`; in Turkish `3dk`, `90sn`, `1sa 5dk`.
pub fn duration_s(text: &str) -> Option<i64> {
    let mut rest = text.trim();
    let mut seconds = 0_i64;
    while !rest.is_empty() {
        let after_digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let number: i64 = rest.strip_suffix(after_digits)?.parse().ok()?;
        let after_unit = after_digits.trim_start_matches(char::is_alphabetic);
        let unit = match after_digits.strip_suffix(after_unit)? {
            "h" | "sa" => 3_600,
            "m" | "min" | "dk" => 60,
            "s" | "sn" => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.checked_mul(unit)?)?;
        rest = after_unit.trim_start();
    }
    (!text.trim().is_empty()).then_some(seconds)
}

/// Basis points of `5%`, `%5`, `2,5`; 0 to 100 %.
pub fn percent_bp(text: &str) -> Option<i32> {
    let bp = decimal(text.trim().trim_matches('%'), 2)?;
    i32::try_from(bp).ok().filter(|bp| (0..=10_000).contains(bp))
}

/// A line of an order as it is typed: `PRODUCT=QUANTITY` or `PRODUCT=QUANTITY@PRICE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// Code, id or words of the name.
    pub product: String,
    /// Thousandths of the product's unit.
    pub quantity_milli: i64,
    /// Millionths of a major unit; none for the list price.
    pub price_micro: Option<i64>,
}

/// Reads an [`OrderLine`]. The product's own name may hold `=` and `@`: the last ones count.
pub fn order_line(text: &str) -> Option<OrderLine> {
    let (product, amounts) = text.rsplit_once('=')?;
    let (quantity, price) =
        amounts.split_once('@').map_or((amounts, None), |(quantity, price)| (quantity, Some(price)));
    let price_micro = price.map(|price| decimal(price, 6).filter(|micro| *micro >= 0).ok_or(())).transpose().ok()?;
    let quantity_milli = decimal(quantity, 3).filter(|milli| *milli > 0)?;
    (!product.trim().is_empty()).then(|| OrderLine { product: product.trim().to_owned(), quantity_milli, price_micro })
}

/// A place as `LATITUDE,LONGITUDE` in degrees with points, as maps give it.
pub fn place(text: &str) -> Option<GeoPoint> {
    let (lat, lon) = text.split_once(',')?;
    GeoPoint::from_degrees(lat.trim().parse().ok()?, lon.trim().parse().ok()?).ok()
}

/// `NAME=VALUE`.
pub fn assignment(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once('=')?;
    Some((name.trim(), value.trim())).filter(|(name, _)| !name.is_empty())
}

#[cfg(test)]
mod tests;
