use super::*;

fn taksim() -> GeoPoint {
    GeoPoint::from_degrees(41.036_944, 28.985).unwrap()
}

fn fix(metres_north: f64, accuracy_m: i32) -> Location {
    let point = GeoPoint::from_degrees(41.036_944 + metres_north / 111_195.08, 28.985).unwrap();
    Location { point, accuracy_m, fix_age_ms: 0, provider: "gps".into(), mocked: false }
}

#[test]
fn the_distance_of_known_places_is_right() {
    let kadikoy = GeoPoint::from_degrees(40.990_3, 29.027_5).unwrap();
    // 6 300 m by the geodesic on WGS 84; the sphere is within 0.6 %.
    assert!((6_260..6_340).contains(&distance_m(taksim(), kadikoy)), "{}", distance_m(taksim(), kadikoy));
    assert_eq!(distance_m(taksim(), taksim()), 0);
    let antipode = GeoPoint::from_degrees(-41.036_944, -151.015).unwrap();
    assert!((20_014_000..20_016_000).contains(&distance_m(taksim(), antipode)));
}

#[test]
fn the_verdict_is_certain_only_where_the_accuracy_allows() {
    assert_eq!(verdict(Some(&fix(50.0, 20)), Some(taksim()), 100), (GeoVerdict::Inside, Some(50)));
    assert_eq!(verdict(Some(&fix(80.0, 20)), Some(taksim()), 100).0, GeoVerdict::Inside);
    assert_eq!(verdict(Some(&fix(90.0, 20)), Some(taksim()), 100).0, GeoVerdict::Uncertain);
    assert_eq!(verdict(Some(&fix(120.0, 20)), Some(taksim()), 100).0, GeoVerdict::Uncertain);
    assert_eq!(verdict(Some(&fix(121.0, 20)), Some(taksim()), 100).0, GeoVerdict::Outside);
}

#[test]
fn what_is_not_known_is_said() {
    assert_eq!(verdict(None, Some(taksim()), 100), (GeoVerdict::NoFix, None));
    assert_eq!(verdict(Some(&fix(0.0, 5)), None, 100), (GeoVerdict::NoCustomerLocation, None));
    let old = Location { fix_age_ms: STALE_AFTER_MS + 1, ..fix(0.0, 5) };
    assert_eq!(verdict(Some(&old), Some(taksim()), 100).0, GeoVerdict::Stale);
    let made_up = Location { mocked: true, ..fix(0.0, 5) };
    assert_eq!(verdict(Some(&made_up), Some(taksim()), 100).0, GeoVerdict::Mocked);
}

#[test]
fn nobody_beyond_a_span_of_latitude_is_nearer_than_it() {
    let here = GeoPoint::from_degrees(41.0, 29.0).unwrap();
    assert_eq!(latitude_span_m(10_000_000), 111_195, "a degree");
    assert_eq!(latitude_span_m(-10_000_000), latitude_span_m(10_000_000));
    for (span, lon) in [(1_000, 29.0), (500_000, 29.2), (30_000_000, 25.0)] {
        let there = GeoPoint { lat_e7: here.lat_e7 + span, ..GeoPoint::from_degrees(41.0, lon).unwrap() };
        assert!(distance_m(here, there) >= latitude_span_m(span), "{span}");
    }
}
