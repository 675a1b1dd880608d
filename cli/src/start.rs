//! From the command line to an exit code.

use std::{ffi::OsString, process::ExitCode};

use clap::FromArgMatches as _;
use saha_domain::catalog::Lang;

use crate::{
    args::Cli,
    commands,
    exit::{CliError, Code},
    help,
    output::Out,
    settings::Settings,
    texts,
};

/// Runs one command. `args` begins with the program's own name.
pub fn run(args: Vec<OsString>) -> ExitCode {
    let lang = language(&args);
    let is_json = args.iter().take_while(|arg| *arg != "--").any(|arg| arg == "--json");
    let matches = match help::localized_command(lang).try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => return explain(lang, is_json, &error),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return explain(lang, is_json, &error),
    };
    log_to_stderr();
    let settings = Settings::of(&cli.global, lang);
    let out = Out::new(lang, cli.global.json);
    let code = commands::run(cli.command, &settings, &out).unwrap_or_else(|error| {
        out.error(&error);
        Code::of(&error)
    });
    all_told(&out, code).into()
}

/// What is wrong with the command line is one document too where documents are asked for; help is not.
fn explain(lang: Lang, is_json: bool, error: &clap::Error) -> ExitCode {
    let out = Out::new(lang, is_json);
    match help::complaint_of(lang, error) {
        Some(complaint) if is_json => {
            out.error(&CliError::Usage(complaint));
            all_told(&out, Code::Usage).into()
        }
        _ => help::explain(lang, error),
    }
}

/// A result that could not be written to its end is a failure, whatever was done.
fn all_told(out: &Out, code: Code) -> Code {
    match out.failure() {
        None => code,
        Some(error) => {
            out.note(format!("saha: {}", texts::errors::output(out.lang, &error.to_string())));
            if code == Code::Ok { Code::Failed } else { code }
        }
    }
}

/// The language has to be known before the arguments are read: help and complaints are in it.
fn language(args: &[OsString]) -> Lang {
    let texts: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let asked = texts.iter().zip(texts.iter().skip(1)).find(|(flag, _)| **flag == "--lang").map(|(_, value)| *value);
    let asked = asked.or_else(|| texts.iter().find_map(|arg| arg.strip_prefix("--lang=")));
    asked.and_then(|code| code.parse().ok()).unwrap_or_else(language_of_the_system)
}

/// As POSIX orders the variables: the first that is set and not empty speaks.
fn language_of_the_system() -> Lang {
    let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set).map(|locale| Lang::of(&locale)).unwrap_or_default()
}

/// Whoever looks for a fault sets `SAHA_LOG=debug`; nobody else sees a log.
fn log_to_stderr() {
    let Ok(filter) = std::env::var("SAHA_LOG") else { return };
    let started = tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(filter))
        .with_writer(std::io::stderr)
        .try_init();
    // Only the first logger of a process counts.
    drop(started);
}
