use super::*;

#[test]
fn a_root_gives_way_to_its_variant_whatever_its_version() {
    let paths = |names: &[&str]| names.iter().map(PathBuf::from).collect::<Vec<_>>();
    let artifacts = paths(&[
        "m/androidx/ui/1.0.1/ui-1.0.1.aar",
        "m/androidx/ui-android/1.12.1/ui-android-1.12.1.aar",
        "m/androidx/collection/1.5.0/collection-1.5.0.jar",
        "m/androidx/collection-jvm/1.5.0/collection-jvm-1.5.0.jar",
        "m/androidx/work/2.12.0/work-2.12.0.aar",
    ]);
    let kept = paths(&[
        "m/androidx/ui-android/1.12.1/ui-android-1.12.1.aar",
        "m/androidx/collection-jvm/1.5.0/collection-jvm-1.5.0.jar",
        "m/androidx/work/2.12.0/work-2.12.0.aar",
    ]);
    assert_eq!(without_roots(artifacts), kept);
}
