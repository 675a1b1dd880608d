//! The generator: UniFFI's own command line, pinned to the version that the scaffolding was made with, and one mend of the Kotlin
//! that it writes.

use std::{env, io, path::Path, process::ExitCode};

mod mend;

fn main() -> ExitCode {
    uniffi::uniffi_bindgen_main();
    match mended() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the Kotlin code could not be mended: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Mends what was just generated, if it was Kotlin.
fn mended() -> io::Result<()> {
    let arguments: Vec<String> = env::args().collect();
    let value = |name: &str| arguments.iter().skip_while(|argument| *argument != name).nth(1);
    match (value("--language"), value("--out-dir")) {
        (Some(language), Some(folder)) if language == "kotlin" => mend::folder(Path::new(folder)),
        _ => Ok(()),
    }
}
