use super::*;

fn message(target: &str, kind: &str, files: &[&str], executable: Option<&str>) -> String {
    serde_json::json!({
        "reason": "compiler-artifact",
        "target": { "name": target, "kind": [kind] },
        "filenames": files,
        "executable": executable,
    })
    .to_string()
}

#[test]
fn the_library_is_taken_from_what_cargo_tells() {
    let library = format!("t/libsaha_core{DLL_SUFFIX}");
    let mut built = Built::default();
    built.hear(&message("uniffi", "lib", &["t/libuniffi.rlib"], None));
    built.hear(&message("saha_core", "lib", &["t/libsaha_core.rlib", "t/libsaha_core.a"], None));
    assert!(built.library().is_err());
    built.hear(&message("saha_core", "lib", &["t/libsaha_core.rlib", &library], None));
    assert_eq!(built.library().unwrap(), Path::new(&library));
}

#[test]
fn a_program_is_known_by_its_name_and_a_test_is_none() {
    let mut built = Built::default();
    built.hear(&message("openapi", "test", &["t/openapi-1"], Some("t/openapi-1")));
    built.hear(&message("saha", "bin", &["t/saha"], Some("t/saha")));
    built.hear("   Compiling saha");
    assert_eq!(built.program("saha").unwrap(), Path::new("t/saha"));
    assert!(built.program("openapi").is_err());
}
