//! `cargo xtask …`: the one door for every development command.
//!
//! Each command is a module with one entry function that takes the [`Context`] and returns a [`Verdict`]: the one
//! line it closes with, and whether that is good enough. The exit code is 0 when it is, 1 when it falls short, and 2
//! when the command could not be carried out.

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::context::Context;
use crate::report::Verdict;

mod android;
mod api;
mod apt;
mod bench;
mod bindings;
mod build;
mod checks;
mod ci;
mod context;
mod doc;
mod files;
mod hygiene;
mod ios;
mod kill9;
mod kotlin;
mod mutants;
mod package;
mod program;
mod report;
mod scenarios;
mod setup;
mod simulate;
mod swift;
mod test;

/// The one door for every development command.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run every test suite, and name each suite that was left out
    Test {
        #[command(flatten)]
        output: Output,
    },
    /// Run everything that a change must pass, leaving nothing out
    Ci {
        #[command(flatten)]
        output: Output,
    },
    /// Fetch the tools that are missing; asks first on a terminal
    Setup {
        /// A toolchain, instead of the tools
        what: Option<setup::Wanted>,
        /// Install without asking
        #[arg(long)]
        yes: bool,
    },
    /// Generate the Kotlin and Swift bindings, and hold their names and their API against what is written down
    Bindings {
        /// Write the API down as it is now, in bindings/api
        #[arg(long)]
        write: bool,
    },
    /// Run the benches and judge each figure against its floor and goal
    Bench {
        /// Other benches than those against raw SQLite
        which: Option<bench::Which>,
        /// Replace the table in docs/performance.md
        #[arg(long)]
        write: bool,
        #[command(flatten)]
        output: Output,
    },
    /// Run the tests of the iOS app, with the real core below its screens, and read what only a Mac compiles
    Ios,
    /// Compile the Android app and run its tests on this machine's Java, with the real core below its screens
    Android(android::Options),
    /// Make the package that an app developer adds to his project, and check it
    Package {
        /// For whom
        which: package::Which,
    },
    /// Kill a real client at random moments, and count what was lost or doubled
    Kill9(kill9::Options),
    /// Play short histories of phones, a company and what goes wrong, and hold each against a plain reference
    Simulate(simulate::Options),
    /// Break one rule of the sync at a time, and see whether the simulation finds it
    Mutants(mutants::Options),
    /// Build the documentation; a warning is an error
    Doc,
    /// Check the files themselves: paths, panics, links, where the tests sit
    Hygiene {
        #[command(flatten)]
        output: Output,
    },
}

/// How the result is told.
#[derive(clap::Args)]
struct Output {
    /// Print the figures as JSON on stdout; everything else goes to stderr
    #[arg(long)]
    json: bool,
}

impl Command {
    fn json(&self) -> bool {
        match self {
            Self::Test { output } | Self::Ci { output } | Self::Bench { output, .. } | Self::Hygiene { output } => {
                output.json
            }
            Self::Kill9(options) => options.output.json,
            Self::Simulate(options) => options.output.json,
            Self::Mutants(options) => options.output.json,
            Self::Setup { .. }
            | Self::Bindings { .. }
            | Self::Ios
            | Self::Android(_)
            | Self::Package { .. }
            | Self::Doc => false,
        }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let json = cli.command.json();
    match run(cli.command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            if json {
                // Whoever reads stdout as JSON finds the reason there too; if he is gone, the exit code is left.
                let document = serde_json::json!({ "error": format!("{error:#}") });
                drop(writeln!(std::io::stdout(), "{document}"));
            }
            ExitCode::from(2)
        }
    }
}

/// Carries the command out, closes with its line, and returns whether it passed.
fn run(command: Command) -> anyhow::Result<bool> {
    let context = Context::locate(command.json())?;
    let verdict = dispatch(&context, command)?;
    context.close(&verdict)?;
    Ok(verdict.passed)
}

fn dispatch(context: &Context, command: Command) -> anyhow::Result<Verdict> {
    match command {
        Command::Test { .. } => test::run(context, test::LeftOut::Named),
        Command::Ci { .. } => Ok(ci::run(context)),
        Command::Setup { what, yes } => setup::run(context, what, yes),
        Command::Bindings { write } => bindings::run(context, write),
        Command::Android(options) => android::run(context, &options),
        Command::Ios => ios::run(context),
        Command::Package { which } => package::run(context, which),
        Command::Bench { which, write, .. } => bench::run(context, which, write),
        Command::Kill9(options) => kill9::run(context, &options),
        Command::Simulate(options) => simulate::run(context, &options),
        Command::Mutants(options) => mutants::run(context, &options),
        Command::Doc => doc::run(context),
        Command::Hygiene { .. } => hygiene::run(context),
    }
}
