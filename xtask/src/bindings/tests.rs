use super::*;

fn file(path: &str, text: &str) -> Generated {
    Generated { path: path.into(), text: text.to_owned() }
}

fn kotlin_files() -> Vec<Generated> {
    let text = |package: &str| format!("// made\npackage {package}\n    return \"saha_core\"\n");
    vec![
        file("dev/saha/core/saha_core.kt", &text("dev.saha.core")),
        file("dev/saha/domain/saha_domain.kt", &text("dev.saha.domain")),
    ]
}

fn swift_files() -> Vec<Generated> {
    let mut files = Vec::new();
    for module in ["SahaCore", "SahaDomain"] {
        files.push(file(&format!("{module}.swift"), "#if canImport(SahaFFI)\nimport SahaFFI\n#endif\n"));
        files.push(file(&format!("{module}FFI.h"), ""));
        files.push(file(&format!("{module}FFI.modulemap"), "module SahaFFI {\n"));
    }
    files
}

#[test]
fn the_names_that_apps_import_pass() {
    assert_eq!(names::kotlin(&kotlin_files()), Vec::<String>::new());
    assert_eq!(names::swift(&swift_files()), Vec::<String>::new());
}

#[test]
fn a_default_package_name_is_caught() {
    let mut files = kotlin_files();
    files[1].text = files[1].text.replace("dev.saha.domain", "uniffi.saha_domain");
    let problems = names::kotlin(&files);
    assert!(
        problems[0].contains("uniffi.saha_domain instead of dev.saha.core, dev.saha.domain")
            || problems[0].contains("dev.saha.core, uniffi.saha_domain instead of"),
        "{problems:?}"
    );
}

#[test]
fn a_package_that_loads_another_library_is_caught() {
    let mut files = kotlin_files();
    files[0].text = files[0].text.replace("\"saha_core\"", "\"uniffi_saha_core\"");
    assert_eq!(names::kotlin(&files), ["dev/saha/core/saha_core.kt does not load saha_core"]);
}

#[test]
fn a_swift_file_or_header_that_was_overwritten_is_caught() {
    let one_less = |gone: &str| {
        let files: Vec<_> = swift_files().into_iter().filter(|file| !file.path.ends_with(gone)).collect();
        names::swift(&files)
    };
    assert_eq!(one_less("SahaDomain.swift"), ["Swift files are SahaCore instead of SahaCore, SahaDomain"]);
    assert_eq!(one_less("SahaCoreFFI.h"), ["1 C headers instead of 2"]);
}

#[test]
fn a_second_c_module_is_caught() {
    let mut files = swift_files();
    files[0].text = files[0].text.replace("SahaFFI", "SahaCoreFFI");
    files[2].text = files[2].text.replace("SahaFFI", "SahaCoreFFI");
    assert_eq!(names::swift(&files).len(), 2);
}

#[test]
fn nothing_generated_is_caught() {
    assert!(!names::kotlin(&[]).is_empty());
    assert!(!names::swift(&[]).is_empty());
}
