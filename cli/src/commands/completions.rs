use clap_complete::Shell;
use serde_json::json;

use crate::{exit::Code, help, output::Out, settings::Settings};

pub(super) fn print(settings: &Settings, out: &Out, shell: Shell) -> Code {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut help::localized_command(settings.lang), "saha", &mut script);
    let script = String::from_utf8_lossy(&script);
    out.line(&script);
    out.document(&json!({ "script": script }));
    Code::Ok
}
