use super::*;
use crate::CurrencyCode;

fn price(amount_micro: i64) -> UnitPrice {
    UnitPrice::new(amount_micro, CurrencyCode::TRY)
}

fn amounts(quantity_milli: i64, price_micro: i64, discounts_bp: &[i32], tax_bp: i32, tax_included: bool) -> (i64, i64) {
    let line =
        line_amounts(&Quantity::milli(quantity_milli, "adet"), price(price_micro), discounts_bp, tax_bp, tax_included)
            .unwrap();
    (line.net_minor, line.tax_minor)
}

#[test]
fn a_line_is_rounded_once_for_net_and_once_for_tax() {
    assert_eq!(amounts(3_000, 10_000_000, &[], 2_000, false), (3_000, 600));
    // 1 000 pieces at 0.4567 TRY: 456.70, and not 1 000 × 0.46.
    assert_eq!(amounts(1_000_000, 456_700, &[], 1_000, false), (45_670, 4_567));
    // 2.5 kg at 33.33: 83.325 rounds half away from zero.
    assert_eq!(amounts(2_500, 33_330_000, &[], 100, false), (8_333, 83));
    assert_eq!(amounts(-2_500, 33_330_000, &[], 100, false), (-8_333, -83));
}

#[test]
fn discounts_are_taken_in_listed_order_of_what_is_left() {
    assert_eq!(amounts(1_000, 100_000_000, &[1_000, 500], 0, false), (8_550, 0));
}

#[test]
fn tax_is_taken_out_of_a_price_that_includes_it() {
    // 118.00 with 18 % in it.
    assert_eq!(amounts(1_000, 118_000_000, &[], 1_800, true), (10_000, 1_800));
    let (net, tax) = amounts(1_000, 99_990_000, &[], 2_000, true);
    assert_eq!((net, tax, net + tax), (8_333, 1_666, 9_999));
}

#[test]
fn currencies_without_a_minor_unit_round_to_whole_units() {
    let yen = UnitPrice::new(100_500_000, "JPY".parse().unwrap());
    let line = line_amounts(&Quantity::milli(1_000, "adet"), yen, &[], 1_000, false).unwrap();
    assert_eq!((line.net_minor, line.tax_minor), (101, 10));
}

#[test]
fn what_does_not_fit_is_an_error_and_never_a_wrap() {
    for (quantity, price_micro) in [(i64::MAX, i64::MAX), (i64::MIN, i64::MIN), (i64::MAX, 1_000_000_000)] {
        let line = line_amounts(&Quantity::milli(quantity, "adet"), price(price_micro), &[1, 1, 1], 2_000, false);
        assert_eq!(line.unwrap_err().problem, Problem::Overflow);
    }
}

#[test]
fn division_rounds_halves_away_from_zero() {
    for (numerator, denominator, rounded) in
        [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (5, 3, 2), (-4, 3, -1), (-5, 3, -2), (0, 7, 0)]
    {
        assert_eq!(div_half_away(numerator, denominator), Some(rounded), "{numerator}/{denominator}");
    }
    assert_eq!(div_half_away(1, 0), None);
    assert_eq!((div_ceil(7, 3), div_ceil(6, 3), div_ceil(-7, 3), div_ceil(1, 0)), (Some(3), Some(2), Some(-2), None));
}

#[test]
fn a_tie_of_a_price_that_includes_tax_goes_to_the_net_and_the_sum_stays() {
    // With 20 % in it: 0.03 is 0.025 net, 0.09 is 0.075, 0.15 is 0.125.
    for (gross_minor, net, tax) in [(3, 3, 0), (9, 8, 1), (15, 13, 2)] {
        assert_eq!(amounts(1_000, gross_minor * 10_000, &[], 2_000, true), (net, tax));
        assert_eq!(amounts(-1_000, gross_minor * 10_000, &[], 2_000, true), (-net, -tax));
    }
}
