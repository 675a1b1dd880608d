use super::*;

const CATALOGUE: &str = "[versions]\nagp = \"9.1.0\"\nwork = \"2.12.0\"\n[libraries]\n\
    work = { module = \"androidx.work:work-runtime\", version.ref = \"work\" }\n[bundles]\napp = [\"work\"]\n";

fn build() -> Build {
    Build::read(&Catalogue::parse(CATALOGUE).unwrap(), "android {\n    compileSdk = 36\n}\n").unwrap()
}

#[test]
fn an_aar_that_wants_a_newer_android_or_plugin_is_told() {
    assert_eq!(build().lacks("minCompileSdk=36\nminAndroidGradlePluginVersion=9.1.0\n"), Vec::<String>::new());
    let lacks = build().lacks("minCompileSdk=37\nminAndroidGradlePluginVersion=9.10.0\n");
    assert_eq!(
        lacks,
        ["minCompileSdk 37, and the build has 36", "minAndroidGradlePluginVersion 9.10.0, and the build has 9.1.0"]
    );
}

#[test]
fn a_library_that_another_one_raises_is_told() {
    let catalogue = Catalogue::parse(CATALOGUE).unwrap();
    let library = |version: &str| {
        Library::of(
            Path::new("maven/androidx/work/work-runtime").join(version).join(format!("work-runtime-{version}.jar")),
        )
    };
    assert_eq!(problems(&build(), &catalogue, &["app"], &[library("2.12.0")]).unwrap(), Vec::<String>::new());
    let problems = problems(&build(), &catalogue, &["app"], &[library("2.13.0")]).unwrap();
    assert_eq!(problems, ["androidx.work:work-runtime:2.12.0 is in the catalogue, and another library wants it newer"]);
}

#[test]
fn a_library_may_come_as_that_for_one_platform() {
    assert!(is_of(Path::new("m/androidx/room/room-common-jvm/2.7.0/a.jar"), "androidx.room:room-common:2.7.0"));
    assert!(!is_of(Path::new("m/androidx/room/room-common-ktx/2.7.0/a.jar"), "androidx.room:room-common:2.7.0"));
}

#[test]
fn a_setting_that_is_not_there_is_an_error() {
    assert_eq!(setting("    namespace = \"dev.saha.app\"", "namespace").unwrap(), "dev.saha.app");
    assert!(setting("    minSdkVersion(26)", "minSdk").is_err());
}
