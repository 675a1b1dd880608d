use super::*;

const TEXT: &str = "[versions]\nwork = \"2.12.0\"\n[libraries]\n\
    work = { module = \"androidx.work:work-runtime\", version.ref = \"work\" }\n\
    lost = { module = \"androidx.work:work-lost\", version.ref = \"nowhere\" }\n[bundles]\napp = [\"work\"]\nbad = [\"none\"]\n";

#[test]
fn a_bundle_is_its_libraries_with_their_versions() {
    let catalogue = Catalogue::parse(TEXT).unwrap();
    assert_eq!(catalogue.bundle("app").unwrap(), ["androidx.work:work-runtime:2.12.0"]);
}

#[test]
fn what_is_named_and_not_there_is_told() {
    let catalogue = Catalogue::parse(TEXT).unwrap();
    let said = |error: anyhow::Error| format!("{error:#}");
    assert_eq!(said(catalogue.bundle("bad").unwrap_err()), "the catalogue has no library none");
    assert_eq!(said(catalogue.bundle("test").unwrap_err()), "the catalogue has no bundle test");
    assert_eq!(said(catalogue.library("lost").unwrap_err()), "the catalogue has no version nowhere");
}

#[test]
fn every_library_of_the_app_has_a_version() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../android/gradle/libs.versions.toml");
    let catalogue = Catalogue::read(&file).unwrap();
    for name in catalogue.libraries.keys() {
        catalogue.library(name).unwrap();
    }
    for name in catalogue.bundles.keys() {
        assert!(!catalogue.bundle(name).unwrap().is_empty());
    }
}
