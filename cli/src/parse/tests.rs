use super::*;

#[test]
fn decimals_are_exact_with_comma_and_with_point() {
    for (text, digits, value) in [
        ("12,5", 3, Some(12_500)),
        ("12.5", 3, Some(12_500)),
        ("0,4567", 6, Some(456_700)),
        ("7", 0, Some(7)),
        (" -3.25 ", 2, Some(-325)),
        ("9007199254740993", 0, Some(9_007_199_254_740_993)),
        ("0,1", 6, Some(100_000)),
        ("1.234,50", 2, None),
        ("1,2,3", 2, None),
        ("1,234", 2, None),
        ("12,", 2, None),
        (",5", 2, None),
        ("", 2, None),
        ("1e3", 2, None),
        ("١", 0, None),
        ("99999999999999999999", 0, None),
    ] {
        assert_eq!(decimal(text, digits), value, "{text}");
    }
}

#[test]
fn durations_need_a_unit_and_know_both_languages() {
    for (text, seconds) in [
        ("3m", Some(180)),
        ("90s", Some(90)),
        ("1h5m", Some(3_900)),
        ("1sa 5dk", Some(3_900)),
        ("45sn", Some(45)),
        ("3", None),
        ("", None),
        ("m", None),
        ("3 m", None),
        ("99999999999999999999m", None),
    ] {
        assert_eq!(duration_s(text), seconds, "{text}");
    }
}

#[test]
fn percents_stand_before_or_behind() {
    for (text, bp) in
        [("5%", Some(500)), ("%5", Some(500)), ("2,5", Some(250)), ("101", None), ("-1", None), ("%", None)]
    {
        assert_eq!(percent_bp(text), bp, "{text}");
    }
}

#[test]
fn order_lines_have_a_product_a_quantity_and_perhaps_a_price() {
    let line = |product: &str, quantity_milli, price_micro| {
        Some(OrderLine { product: product.to_owned(), quantity_milli, price_micro })
    };
    for (text, read) in [
        ("P001=24", line("P001", 24_000, None)),
        ("P018=2,5@480,25", line("P018", 2_500, Some(480_250_000))),
        ("P023=400@0.4567", line("P023", 400_000, Some(456_700))),
        ("P001", None),
        ("=3", None),
        ("P001=0", None),
        ("P001=-1", None),
        ("P001=1@", None),
        ("P001=1@-2", None),
    ] {
        assert_eq!(order_line(text), read, "{text}");
    }
}

#[test]
fn a_place_is_typed_as_maps_give_it() {
    let place = |text| place(text).map(|point| (point.lat_e7, point.lon_e7));
    assert_eq!(place("40.9932, 29.0544"), Some((409_932_000, 290_544_000)));
    assert_eq!(place("-33.87,151.21"), Some((-338_700_000, 1_512_100_000)));
    for wrong in ["", "40.9932", "40,9932 29,0544", "91,29", "0,0", "NaN,1"] {
        assert_eq!(place(wrong), None, "{wrong}");
    }
}
