//! Help and complaints about the command line, in both languages. English is what clap makes of the doc comments; Turkish
//! is put over it from the tables in [`turkish`], and a test holds that nothing is left out.

mod complaint;
mod turkish;
mod values;

use std::process::ExitCode;

use clap::{Arg, ArgAction, Command, CommandFactory as _, error::ErrorKind};
use saha_domain::catalog::Lang;

use crate::{args::Cli, exit::Code, texts};

const TEMPLATE: &str = "{about-with-newline}\nKullanım: {usage}\n\n{all-args}{after-help}";

/// The whole command line, with its help in `lang`.
pub fn localized_command(lang: Lang) -> Command {
    let command = Cli::command().disable_help_subcommand(true);
    match lang {
        Lang::En => command,
        Lang::Tr => {
            let mut command = in_turkish(command, "");
            command.build();
            usage_in_turkish(&mut command);
            command
        }
    }
}

/// `path` names a command from the root: `visit check-in`; the root's is empty.
fn in_turkish(command: Command, path: &str) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command = described(command, path);
    names.into_iter().fold(command, |command, name| {
        let below = if path.is_empty() { name.clone() } else { format!("{path} {name}") };
        command.mut_subcommand(&name, |sub| in_turkish(sub, &below))
    })
}

fn described(mut command: Command, path: &str) -> Command {
    if let Some(page) = turkish::page(path) {
        command = command.about(page.about);
        if let Some(after) = page.after {
            command = command.after_help(after);
        }
    }
    let has_version = command.get_version().is_some();
    command = command
        .mut_args(|arg| argument(arg, path))
        .help_template(TEMPLATE)
        .subcommand_help_heading("Komutlar")
        .subcommand_value_name("KOMUT")
        .disable_help_flag(true)
        .arg(flag("help", 'h', ArgAction::Help, "Bu yardımı göster"));
    if has_version {
        command = command.disable_version_flag(true).arg(flag("version", 'V', ArgAction::Version, "Sürümü göster"));
    }
    command
}

fn flag(name: &'static str, short: char, action: ArgAction, help: &'static str) -> Arg {
    Arg::new(name).long(name).short(short).action(action).help(help).help_heading("Seçenekler").display_order(999)
}

fn argument(arg: Arg, path: &str) -> Arg {
    let help = turkish::argument(path, arg.get_id().as_str());
    let heading = if arg.is_positional() { "Değerler" } else { "Seçenekler" };
    let names = arg.get_value_names();
    let names: Option<Vec<String>> =
        names.map(|names| names.iter().map(|name| values::turkish(name).to_owned()).collect());
    let takes_values = arg.get_action().takes_values();
    let arg = arg.help_heading(heading);
    let arg = match help {
        Some(help) => arg.help(help),
        None => arg,
    };
    match names {
        Some(names) if takes_values => arg.value_names(names),
        _ => arg,
    }
}

/// clap's own words within the usage line.
fn usage_in_turkish(command: &mut Command) {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start().trim_start_matches("Usage:").trim().replace("[OPTIONS]", "[SEÇENEKLER]");
    // The template's own word is longer than clap's: lines after the first have to move along.
    let usage = usage.replace("\n       ", "\n          ");
    *command = std::mem::take(command).override_usage(usage);
    for sub in command.get_subcommands_mut() {
        usage_in_turkish(sub);
    }
}

/// What is wrong with the command line, in one sentence. None where help or the version was asked for.
pub(crate) fn complaint_of(lang: Lang, error: &clap::Error) -> Option<String> {
    match (error.kind(), lang) {
        (ErrorKind::DisplayHelp | ErrorKind::DisplayVersion, _) => None,
        (ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand, _) => Some(texts::errors::incomplete(lang)),
        (_, Lang::Tr) => Some(complaint::sentence(error)),
        (_, Lang::En) => {
            let text = error.render().to_string();
            let first = text.split("\n\n").next().unwrap_or_default();
            Some(first.trim_start_matches("error: ").split_whitespace().collect::<Vec<_>>().join(" "))
        }
    }
}

/// Prints help, the version, or what is wrong with the command line.
pub(crate) fn explain(lang: Lang, error: &clap::Error) -> ExitCode {
    let code = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => print(error),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            drop(error.print());
            Code::Usage
        }
        _ if lang == Lang::En => {
            drop(error.print());
            Code::Usage
        }
        _ => {
            complaint::in_turkish(error);
            Code::Usage
        }
    };
    code.into()
}

/// A reader who went away is no failure.
fn print(error: &clap::Error) -> Code {
    match error.print() {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Code::Failed,
        _ => Code::Ok,
    }
}

#[cfg(test)]
mod tests;
