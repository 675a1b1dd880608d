//! What a line of a sale comes to. Rule set `v1`, whose id stands on every document that it priced.
//!
//! Amount = quantity × unit price; the discounts in listed order; rounded to the minor unit, half away from zero. Where
//! prices exclude tax, that is the net and the tax is computed from it; where they include tax, that is the gross and the
//! net is taken out of it. Rounded again. No floats; what does not fit is an error, never a wrap.

use crate::{FieldError, Problem, Quantity, UnitPrice};

/// The id of the rule set that this module implements.
pub const RULE_SET: &str = "v1";

/// Net and tax of a line, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineAmounts {
    /// Without tax.
    pub net_minor: i64,
    /// The tax.
    pub tax_minor: i64,
}

/// Prices a line. `discounts_bp` and `tax_bp` are basis points (1 800 = 18 %).
pub fn line_amounts(
    quantity: &Quantity,
    unit_price: UnitPrice,
    discounts_bp: &[i32],
    tax_bp: i32,
    tax_included: bool,
) -> Result<LineAmounts, FieldError> {
    let overflow = || FieldError::new("unit_price", Problem::Overflow);
    let mut numerator =
        i128::from(quantity.amount_milli).checked_mul(i128::from(unit_price.amount_micro)).ok_or_else(overflow)?;
    let mut denominator = 1_000 * unit_price.currency.micros_per_minor();
    for &discount_bp in discounts_bp {
        numerator = numerator.checked_mul(10_000 - i128::from(discount_bp)).ok_or_else(overflow)?;
        denominator = denominator.checked_mul(10_000).ok_or_else(overflow)?;
    }
    let discounted = div_half_away(numerator, denominator).ok_or_else(overflow)?;
    let (net, tax) = if tax_included {
        let net = without_tax(discounted, tax_bp).ok_or_else(overflow)?;
        (net, discounted.checked_sub(net).ok_or_else(overflow)?)
    } else {
        let tax = discounted.checked_mul(i128::from(tax_bp)).and_then(|n| div_half_away(n, 10_000));
        (discounted, tax.ok_or_else(overflow)?)
    };
    let minor = |amount: i128| i64::try_from(amount).map_err(|_| overflow());
    Ok(LineAmounts { net_minor: minor(net)?, tax_minor: minor(tax)? })
}

/// An amount that includes tax, without it, rounded half away from zero. None for a rate of −100 % or less, and on
/// overflow.
pub fn without_tax(amount: i128, tax_bp: i32) -> Option<i128> {
    div_half_away(amount.checked_mul(10_000)?, 10_000 + i128::from(tax_bp))
}

/// An amount without tax, with it, rounded half away from zero. None on overflow.
pub fn with_tax(amount: i128, tax_bp: i32) -> Option<i128> {
    div_half_away(amount.checked_mul(10_000 + i128::from(tax_bp))?, 10_000)
}

/// Division rounded to the nearest integer, halves away from zero. None for a divisor of zero or less, and on overflow.
pub fn div_half_away(numerator: i128, denominator: i128) -> Option<i128> {
    if denominator <= 0 {
        return None;
    }
    let half = denominator / 2;
    let shifted = if numerator >= 0 { numerator.checked_add(half)? } else { numerator.checked_sub(half)? };
    // An odd divisor has no exact half, and truncation after the shift by the smaller half is right for it.
    Some(shifted / denominator)
}

/// Division rounded up, for counts of which no part can be done. None for a divisor of zero or less.
pub fn div_ceil(numerator: i128, denominator: i128) -> Option<i128> {
    (denominator > 0).then(|| numerator.div_euclid(denominator) + i128::from(numerator.rem_euclid(denominator) != 0))
}

#[cfg(test)]
mod tests;
