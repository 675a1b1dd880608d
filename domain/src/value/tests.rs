use super::*;
use crate::Problem;

fn stamp() -> Stamp {
    Stamp {
        device_utc_ms: 1_795_467_600_000, // 2026-11-23T21:00:00Z, midnight in Istanbul
        correction_ms: Some(-1_000),
        zone: "Europe/Istanbul".into(),
        utc_offset_s: 10_800,
        local_date: "2026-11-23".parse().unwrap(),
        monotonic_ms: 5_000,
        boot_id: "b1".into(),
        source: ClockSource::Server,
        uncertainty_ms: Some(200),
    }
}

#[test]
fn the_local_date_comes_from_the_corrected_time() {
    let (offset_s, date) = Stamp::place(stamp().utc_ms(), "Europe/Istanbul").unwrap();
    assert_eq!((offset_s, date.to_string()), (10_800, "2026-11-23".to_owned()));
    let (_, uncorrected) = Stamp::place(stamp().device_utc_ms, "Europe/Istanbul").unwrap();
    assert_eq!(uncorrected.to_string(), "2026-11-24");
}

#[test]
fn a_correction_moves_the_date_and_keeps_what_the_clocks_showed() {
    let unknown = Stamp { correction_ms: None, uncertainty_ms: None, source: ClockSource::Device, ..stamp() };
    assert!(unknown.is_provisional());
    assert_eq!(unknown.corrected(-1_000, 200), Ok(stamp()));
    let in_summer = Stamp { zone: "Europe/Berlin".into(), ..unknown }.corrected(-120 * 86_400_000, 200).unwrap();
    assert_eq!((in_summer.utc_offset_s, in_summer.local_date.to_string()), (7_200, "2026-07-26".to_owned()));
}

#[test]
fn a_duration_within_one_boot_ignores_the_wall_clock() {
    let start = stamp();
    let end = Stamp { device_utc_ms: 0, monotonic_ms: 65_000, ..stamp() };
    assert_eq!(end.since_ms(&start), 60_000);
    let after_reboot = Stamp { device_utc_ms: start.device_utc_ms + 1_000, boot_id: "b2".into(), ..stamp() };
    assert_eq!(after_reboot.since_ms(&start), 1_000);
}

#[test]
fn stamps_of_impossible_years_and_unknown_zones_are_refused() {
    assert_eq!(stamp().check("at"), Ok(()));
    let year_1601 = Stamp { device_utc_ms: -11_644_473_600_000, ..stamp() };
    assert_eq!(year_1601.check("at").unwrap_err().problem, Problem::OutOfRange);
    let year_9999 = Stamp { device_utc_ms: 253_402_300_799_000, ..stamp() };
    assert_eq!(year_9999.check("at").unwrap_err().problem, Problem::OutOfRange);
    let nowhere = Stamp { zone: "Mars/Olympus".into(), ..stamp() };
    assert_eq!(nowhere.check("at").unwrap_err().problem, Problem::Unknown);
    let far_date = Stamp { local_date: "2026-11-01".parse().unwrap(), ..stamp() };
    assert_eq!(far_date.check("at").unwrap_err().problem, Problem::Inconsistent);
    let end_of_time = Stamp { device_utc_ms: i64::MAX, ..stamp() };
    assert_eq!(end_of_time.check("at").unwrap_err().problem, Problem::OutOfRange);
}

#[test]
fn coordinates_off_the_earth_are_refused() {
    for (lat, lon) in [(f64::NAN, 29.0), (f64::INFINITY, 29.0), (91.0, 29.0), (41.0, -181.0), (0.0, 0.0)] {
        assert_eq!(GeoPoint::from_degrees(lat, lon).unwrap_err().problem, Problem::OutOfRange, "{lat}, {lon}");
    }
    let taksim = GeoPoint::from_degrees(41.037_001_4, 28.985_028_1).unwrap();
    assert_eq!((taksim.lat_e7, taksim.lon_e7), (410_370_014, 289_850_281));
}

#[test]
fn currencies_are_iso_4217() {
    let lira: CurrencyCode = "TRY".parse().unwrap();
    assert_eq!((lira.minor_digits(), lira.micros_per_minor()), (2, 10_000));
    assert_eq!("JPY".parse::<CurrencyCode>().unwrap().minor_digits(), 0);
    assert!("XYZ".parse::<CurrencyCode>().is_err());
    assert!("try".parse::<CurrencyCode>().is_err());
}

#[test]
fn a_zone_with_summer_time_moves_midnight_by_an_hour() {
    // 22:30 UTC: half past eleven in winter, half past midnight in summer.
    let (winter, summer) = (1_768_516_200_000, 1_784_154_600_000);
    let place = |utc_ms| {
        let (offset_s, date) = Stamp::place(utc_ms, "Europe/Berlin").unwrap();
        (offset_s, date.to_string())
    };
    assert_eq!(place(winter), (3_600, "2026-01-15".to_owned()));
    assert_eq!(place(summer), (7_200, "2026-07-16".to_owned()));
    // The two moments of 2026-10-25 that a wall clock shows as 02:30.
    let (first, second) = (1_792_888_200_000, 1_792_891_800_000);
    assert_eq!((place(first).0, place(second).0), (7_200, 3_600));
}

#[test]
fn a_hash_has_one_spelling_and_survives_it() {
    let hash: BlobHash = [0, 1, 0x9f, 0xa0].repeat(8).try_into().map(|bytes: [u8; 32]| bytes.into()).unwrap();
    let text = "00019fa0".repeat(8);
    assert_eq!((hash.to_string(), text.parse()), (text.clone(), Ok(hash)));
    assert_eq!(serde_json::from_str::<BlobHash>(&format!("\"{text}\"")).unwrap(), hash);
    assert!(text.to_uppercase().parse::<BlobHash>().is_err());
    assert!("".parse::<BlobHash>().is_err() && "é".repeat(32).parse::<BlobHash>().is_err());
}
