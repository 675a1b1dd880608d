use saha_domain::Problem;

use crate::import::cells::{Excess, date, fixed_point, minute};

#[test]
fn numbers_are_read_without_floats() {
    let read = |cell, digits| fixed_point(cell, ',', digits, Excess::Refuse);
    assert_eq!(read("0,4567", 6), Ok(456_700));
    assert_eq!(read("38,5", 6), Ok(38_500_000));
    assert_eq!(read("1.250.000,50", 2), Ok(125_000_050));
    assert_eq!(read("1 250", 0), Ok(1_250));
    assert_eq!(read("-3", 2), Ok(-300));
    assert_eq!(read("8,00", 0), Ok(8));
    assert_eq!(read("9223372036854775807", 0), Ok(i64::MAX));
    assert_eq!(read("9223372036854775808", 0), Err(Problem::Overflow));
}

#[test]
fn what_could_be_two_numbers_is_none() {
    for cell in ["1250.50", "1.25", "12,", ",5", "1,2,3", "1e5", "--1", "0x1", "1.250,5x", "", "١"] {
        assert_eq!(fixed_point(cell, ',', 6, Excess::Refuse), Err(Problem::Malformed), "{cell}");
    }
}

#[test]
fn a_price_is_never_rounded_and_a_coordinate_is_cut_to_a_centimetre() {
    assert_eq!(fixed_point("0.1234567", '.', 6, Excess::Refuse), Err(Problem::Malformed));
    assert_eq!(fixed_point("0.12345600", '.', 6, Excess::Refuse), Ok(123_456));
    assert_eq!(fixed_point("41.03700145678", '.', 7, Excess::Cut), Ok(410_370_014));
}

#[test]
fn dates_are_iso_or_turkish() {
    let expected = "2026-03-01".parse().unwrap();
    assert_eq!(date("2026-03-01"), Ok(expected));
    assert_eq!(date("01.03.2026"), Ok(expected));
    assert_eq!(date("1.3.2026"), Ok(expected));
    for cell in ["2026-02-30", "03/01/2026", "0026-03-01", "9999-01-01", "01.03.26"] {
        assert_eq!(date(cell), Err(Problem::Malformed), "{cell}");
    }
}

#[test]
fn times_of_day_are_read_as_people_write_them() {
    for (cell, expected) in [("9:30", Ok(570)), ("09.30", Ok(570)), ("00:00", Ok(0)), ("23:59", Ok(1_439))] {
        assert_eq!(minute(cell), expected, "{cell}");
    }
    for wrong in ["24:00", "9", "9:60", "sabah"] {
        assert_eq!(minute(wrong), Err(Problem::Malformed), "{wrong}");
    }
}
