use super::*;
use crate::android::metadata::setting;

#[test]
fn what_is_tested_is_what_gradle_builds() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../android/app/build.gradle.kts");
    let script = fs::read_to_string(script).unwrap();
    assert_eq!(setting(&script, "namespace").unwrap(), NAMESPACE);
    assert_eq!(setting(&script, "applicationId").unwrap(), NAMESPACE);
    assert_eq!(setting(&script, "minSdk").unwrap(), OLDEST);
}

#[test]
fn the_manifest_gets_what_androids_own_build_adds() {
    let source = "<manifest xmlns:android=\"a\">\n    <uses-permission android:name=\"b\" />\n    <x a=\"${applicationId}.files\" />\n</manifest>";
    let merged = merged_manifest(source);
    assert!(merged.starts_with("<manifest package=\"dev.saha.app\" xmlns"), "{merged}");
    assert!(
        merged.contains(
            "<uses-sdk android:minSdkVersion=\"26\" android:targetSdkVersion=\"34\" />\n    <uses-permission"
        )
    );
    assert!(merged.contains("a=\"dev.saha.app.files\""));
}
