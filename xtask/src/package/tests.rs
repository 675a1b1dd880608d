use std::process::Command;

use super::library::{LARGE_PAGE, Machine, too_large};
use super::*;
use archive::{Contents, Opened};
use library::Library;

/// Compiles a shared library for this machine that exports those names, with its pages aligned so.
fn shared_library(folder: &Path, names: &[&str], page: u64) -> Vec<u8> {
    let source = folder.join("shared.rs");
    let function = |name: &&str| format!("#[unsafe(no_mangle)] pub extern \"C\" fn {name}() {{}}\n");
    fs::write(&source, names.iter().map(function).collect::<Vec<_>>().concat()).unwrap();
    let library = folder.join("shared.so");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut rustc = Command::new(rustc);
    rustc.args(["--edition", "2024", "--crate-type", "cdylib", "-C", "opt-level=s", "-C", "panic=abort"]);
    rustc.arg("-C").arg(format!("link-arg=-Wl,-z,max-page-size={page}"));
    assert!(rustc.arg(&source).arg("-o").arg(&library).status().unwrap().success());
    fs::read(library).unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn a_library_is_taken_apart() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["ffi_saha_core_call", "ffi_saha_domain_call", "Java_dev_saha_android_SahaAndroid_start"];
    let good = Library::read(&shared_library(folder.path(), &names, LARGE_PAGE)).unwrap();
    assert_eq!(good.problems("lib", true), Vec::<String>::new());
    assert_eq!(good.alignment, Some(LARGE_PAGE));

    let small_pages = Library::read(&shared_library(folder.path(), &names, 4096)).unwrap();
    assert_eq!(small_pages.problems("lib", true), ["lib: its pages are aligned to 4096 bytes, 16384 are needed"]);
    assert_eq!(small_pages.problems("lib", false), Vec::<String>::new());
}

#[test]
#[cfg(target_os = "linux")]
fn a_foreign_export_and_a_crate_that_exports_nothing_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["ffi_saha_core_call", "sqlite3_open"];
    let library = Library::read(&shared_library(folder.path(), &names, LARGE_PAGE)).unwrap();
    let problems = library.problems("lib", true);
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert_eq!(problems[0], "lib: exports 1 names that are not for the bindings, sqlite3_open first");
    assert!(problems[1].starts_with("lib: exports no ffi_saha_domain_…"));
}

#[test]
fn what_is_no_library_is_an_error() {
    assert!(Library::read(b"\x7fELF and then nothing").is_err());
    assert!(Library::read(b"text").is_err());
}

#[test]
fn a_library_that_grew_is_named() {
    assert_eq!(too_large("lib", Machine::Aarch64, 1), None);
    assert!(too_large("lib", Machine::Aarch64, 1 << 40).unwrap().starts_with("lib: 1099511627776 bytes, more than"));
}

#[test]
fn the_same_files_give_the_same_archive_and_come_out_again() {
    let folder = tempfile::tempdir().unwrap();
    let classes = folder.path().join("classes/dev/saha");
    write(&classes.join("Saha.class"), "class").unwrap();
    write(&folder.path().join("classes/META-INF/MANIFEST.MF"), "manifest").unwrap();
    let pack = |name: &str| {
        let mut contents = Contents::default();
        contents.folder("", &folder.path().join("classes")).unwrap();
        contents.file("linux-x86-64/libsaha_core.so", &classes.join("Saha.class"));
        contents.pack(&folder.path().join(name)).unwrap();
        fs::read(folder.path().join(name)).unwrap()
    };
    assert_eq!(pack("one.jar"), pack("two.jar"));
    let mut jar = Opened::open(&folder.path().join("one.jar")).unwrap();
    assert_eq!(jar.names()[0], "META-INF/MANIFEST.MF");
    assert_eq!(jar.bytes("dev/saha/Saha.class").unwrap(), b"class");
    assert!(jar.bytes("dev/saha/Other.class").is_err());
    assert_eq!(
        jvm::lacking(&jar.names(), &["dev/saha/Saha.class", "dev/saha/Other.class"]),
        ["the package lacks dev/saha/Other.class"]
    );
}

#[test]
fn jna_looks_for_a_library_under_its_own_names() {
    assert_eq!(jvm::resource_folder("linux", "x86_64"), "linux-x86-64");
    assert_eq!(jvm::resource_folder("macos", "aarch64"), "darwin-aarch64");
    assert_eq!(jvm::resource_folder("windows", "x86_64"), "win32-x86-64");
}

#[test]
fn targets_that_are_missing_are_named_with_the_command_that_gets_them() {
    let installed = "x86_64-unknown-linux-gnu\naarch64-linux-android\n";
    assert_eq!(missing::of_targets(installed, &["aarch64-linux-android"]), None);
    assert_eq!(
        missing::of_targets(installed, &["aarch64-linux-android", "x86_64-linux-android"]).unwrap(),
        "Rust for x86_64-linux-android: `rustup target add x86_64-linux-android`"
    );
}

/// The workspace that this test was built in.
fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// An AAR of classes that are none, with a library of this machine for each processor in `abis`.
#[cfg(target_os = "linux")]
fn aar(folder: &Path, abis: &[&str]) -> Vec<String> {
    let context = Context::at(workspace());
    let parts =
        Parts { context: &context, folder: folder.join("out"), generated: PathBuf::new(), version: "1.0.0".into() };
    let names = ["ffi_saha_core_call", "ffi_saha_domain_call"];
    let library = folder.join("libsaha_core.so");
    write(&library, shared_library(folder, &names, LARGE_PAGE)).unwrap();
    write(&folder.join("one/dev/saha/Saha.class"), "class").unwrap();
    write(&folder.join("one/META-INF/MANIFEST.MF"), "of one").unwrap();
    write(&folder.join("two/dev/saha/android/SahaAndroid.class"), "class").unwrap();
    let libraries: Vec<_> = abis.iter().map(|abi| ((*abi).to_owned(), library.clone())).collect();
    let aar = folder.join("out/saha.aar");
    android::assemble(&parts, &[folder.join("one"), folder.join("two")], &libraries, &aar).unwrap();
    let classes = folder.join("classes.jar");
    write(&classes, Opened::open(&aar).unwrap().bytes("classes.jar").unwrap()).unwrap();
    let classes = Opened::open(&classes).unwrap().names();
    assert_eq!(classes, ["dev/saha/Saha.class", "dev/saha/android/SahaAndroid.class"]);
    android::check(&aar).unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn an_aar_with_every_processor_passes_its_own_check() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(aar(folder.path(), &["arm64-v8a", "armeabi-v7a", "x86_64"]), Vec::<String>::new());
}

#[test]
#[cfg(target_os = "linux")]
fn an_aar_without_a_processor_is_told() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(aar(folder.path(), &["arm64-v8a", "x86_64"]), ["the package lacks jni/armeabi-v7a/libsaha_core.so"]);
}

#[test]
fn an_app_gets_the_versions_that_we_build_with() {
    let manifest = "<kotlin.version>2.4</kotlin.version><coroutines.version>1.11</coroutines.version><jna.version>5.19</jna.version>";
    let lock = fs::read_to_string(workspace().join("Cargo.lock")).unwrap();
    let project = android::project(manifest, &lock, "1.0.0").unwrap();
    let verifier =
        "<artifactId>rustls-platform-verifier</artifactId>\n      <version>0.2.0</version>\n      <type>aar</type>";
    for part in ["<version>5.19</version>\n      <type>aar</type>", "<packaging>aar</packaging>", verifier] {
        assert!(project.contains(part), "{part} is not in {project}");
    }
    assert!(android::project("", &lock, "1.0.0").is_err());
    assert!(android::project(manifest, "", "1.0.0").is_err());
}

#[test]
fn a_problem_falls_short_and_is_counted() {
    let good = Packaged { files: vec![PathBuf::from("a"), PathBuf::from("b")], problems: Vec::new() };
    assert_eq!(verdict(Which::Swift, &good).line, "package swift: 2 files in target/packages/swift, every check holds");
    let bad = Packaged { problems: vec!["x".to_owned()], ..good };
    assert!(!verdict(Which::Swift, &bad).passed);
}
