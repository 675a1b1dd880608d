//! The binary: everything is in the library, so that tests can use it too.

use std::process::ExitCode;

fn main() -> ExitCode {
    saha::run(std::env::args_os().collect())
}
