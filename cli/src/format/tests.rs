use super::*;

#[test]
fn money_is_written_as_in_each_language() {
    for (minor, tr, en) in [
        (123_450, "1.234,50 ₺", "₺1,234.50"),
        (-5, "-0,05 ₺", "-₺0.05"),
        (0, "0,00 ₺", "₺0.00"),
        (100_000_000_000, "1.000.000.000,00 ₺", "₺1,000,000,000.00"),
    ] {
        assert_eq!(money(Lang::Tr, minor, CurrencyCode::TRY), tr);
        assert_eq!(money(Lang::En, minor, CurrencyCode::TRY), en);
    }
    let yen = "JPY".parse().unwrap();
    assert_eq!(money(Lang::Tr, 1_500, yen), "1.500 JPY");
    assert_eq!(money(Lang::En, 1_500, yen), "JPY 1,500");
}

#[test]
fn prices_keep_every_decimal_they_have() {
    let price_of = |micro| price(Lang::Tr, UnitPrice::new(micro, CurrencyCode::TRY));
    assert_eq!(price_of(456_700), "0,4567 ₺");
    assert_eq!(price_of(38_500_000), "38,50 ₺");
    assert_eq!(price_of(1), "0,000001 ₺");
}

#[test]
fn quantities_show_decimals_only_where_there_are_some() {
    assert_eq!(quantity(Lang::Tr, &Quantity::milli(2_500, "kg")), "2,5 kg");
    assert_eq!(quantity(Lang::En, &Quantity::milli(1_024_000, "adet")), "1,024 adet");
}

#[test]
fn a_hundred_percent_is_shown_only_when_it_is_reached() {
    assert_eq!(percent(Lang::Tr, 9_999), "%99");
    assert_eq!(percent(Lang::En, 10_000), "100%");
    assert_eq!(percent_exact(Lang::Tr, 250), "%2,5");
}

#[test]
fn short_money_is_rounded_half_away_from_zero() {
    assert_eq!(money_short(Lang::En, 52_049_950, CurrencyCode::TRY), "₺520,500");
    assert_eq!(money_short(Lang::En, -150, CurrencyCode::TRY), "-₺2");
}

#[test]
fn short_ids_show_the_end() {
    assert_eq!(short_id("0198c0de-1111-7222-8333-444455556666"), "55556666");
}

#[test]
fn sizes_of_files_are_shown_in_units_that_fit() {
    for (bytes, tr, en) in [
        (1, "0 KB", "0 KB"),
        (1_240, "1,2 KB", "1.2 KB"),
        (356_000, "356 KB", "356 KB"),
        (2_450_000, "2,5 MB", "2.5 MB"),
        (20_971_520, "21 MB", "21 MB"),
    ] {
        assert_eq!((size(Lang::Tr, bytes).as_str(), size(Lang::En, bytes).as_str()), (tr, en));
    }
}
