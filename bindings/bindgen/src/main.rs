//! The generator: UniFFI's own command line, pinned to the version that the scaffolding was made with.

fn main() {
    uniffi::uniffi_bindgen_main();
}
