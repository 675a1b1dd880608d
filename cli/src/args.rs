//! The command line as it is typed. The doc comments are the English help; `help/` has the Turkish one.

#![allow(clippy::doc_markdown, reason = "the doc comments are shown in a terminal, where backticks are noise")]

pub mod account;
pub mod field;
pub mod office;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use account::{CompletionsArgs, DemoArgs, ExportArgs, LoginArgs, OutboxArgs, SyncArgs, WorkerArgs};
use field::{CallArgs, CustomersArgs, PlanArgs, SaleArgs, TargetsArgs, VisitArgs};
use office::{DevicesArgs, ImportArgs, ServeArgs};

/// The field in your pocket: visits, calls, sales and targets, offline first
#[derive(Debug, Parser)]
#[command(name = "saha", version, after_help = AFTER_HELP)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
What you write down is durable at once, counts at once, and reaches the company
when there is a network.

Examples:
  saha demo                     see everything at work, in half a minute
  saha login --server https://saha.example.com --user ayse.yilmaz
  saha visit check-in C0024     then: saha visit check-out --outcome order
  saha sale C0024 P001=24 P018=2,5@480
  saha targets                  where you stand, offline too
  saha sync

Exit codes:
  0  done                          4  changes were refused: see `saha outbox`
  1  failed, the message says why  5  not signed in
  2  wrong command line or value   6  not found, or more than one fits
  3  offline; nothing is lost      7  database or port used by another process";

/// Options of every command.
#[derive(Debug, Args)]
pub struct Global {
    /// Folder of the data (or set SAHA_DATA)
    #[arg(long, global = true, env = "SAHA_DATA", hide_env = true, value_name = "DIR", display_order = 100)]
    pub data: Option<PathBuf>,
    /// Language, tr or en (default: the system's)
    #[arg(long, global = true, value_name = "LANG", value_parser = ["tr", "en"], hide_possible_values = true, display_order = 101)]
    pub lang: Option<String>,
    /// One JSON document for programs instead of text
    #[arg(long, global = true, display_order = 102)]
    pub json: bool,
    /// Time zone in place of the system's own
    #[arg(long, global = true, env = "SAHA_ZONE", hide = true)]
    pub zone: Option<String>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Find customers, write down a prospect, correct one
    #[command(args_conflicts_with_subcommands = true)]
    Customers(CustomersArgs),
    /// Whom you are to visit on a day, and what became of it
    #[command(args_conflicts_with_subcommands = true)]
    Plan(PlanArgs),
    /// Check in, check out, list visits, take one back
    #[command(subcommand_required = true)]
    Visit(VisitArgs),
    /// Log a call that is over, list calls, delete one
    #[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
    Call(CallArgs),
    /// Make a sale, correct or cancel one, list sales
    #[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
    Sale(SaleArgs),
    /// Where you stand against your targets, and by which records
    Targets(TargetsArgs),
    /// Send what waits and fetch what is new
    Sync(SyncArgs),
    /// What the company lacks or refused, and what to do about it
    Outbox(OutboxArgs),
    /// Whose phone this is, how it stands, and why a change waits
    Status,
    /// Sign in at the company's server
    Login(LoginArgs),
    /// Forget the sign-in; refused while any of your work is unsent
    Logout,
    /// Write your own data to a file, as one JSON document
    Export(ExportArgs),
    /// Run the company's server
    Serve(ServeArgs),
    /// Bring the company's data from CSV files to the server
    Import(ImportArgs),
    /// The company's devices: list them, revoke one
    #[command(subcommand_required = true)]
    Devices(DevicesArgs),
    /// See everything at work: server, phone, bad network, repair
    Demo(DemoArgs),
    /// Print the completions for a shell
    Completions(CompletionsArgs),
    /// Writes until it is killed: a part of the demonstration.
    #[command(hide = true)]
    DemoWorker(WorkerArgs),
}
