//! The company's side.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use saha_server::ImportKind;

/// `saha serve`.
#[derive(Debug, Args)]
#[command(after_help = "\
The first start makes the company and prints the admin token ONCE: keep it. The server speaks plain
HTTP; put it behind something that ends TLS, or leave it on loopback. Ctrl-C ends it after the
requests under way.

Examples:
  saha serve --company \"Lodosa Dağıtım\"
  saha --data /var/lib/saha serve --listen 127.0.0.1:0 --json")]
pub struct ServeArgs {
    /// Where to listen; port 0 takes a free one (default 127.0.0.1:8787)
    #[arg(long, default_value = "127.0.0.1:8787", hide_default_value = true, value_name = "ADDRESS")]
    pub listen: String,
    /// Name of the company; used at the first start only
    #[arg(long, value_name = "NAME")]
    pub company: Option<String>,
    /// How long an access token is good (default 900)
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub access_ttl: Option<u32>,
    /// For tests: read the time from a file of Unix milliseconds, at every look at the clock
    #[arg(long, hide = true, value_name = "FILE")]
    pub clock: Option<PathBuf>,
}

/// `saha import`.
#[derive(Debug, Args)]
#[command(after_help = "\
Good lines are imported, bad ones are named with their number and reason, and then the exit code
is 1. Importing a file again changes nothing.

Examples:
  export SAHA_ADMIN_TOKEN=…                 as `saha serve` showed it
  saha import customers customers.csv --server http://127.0.0.1:8787
  saha import all data/                     every kind of which there is a file: reps.csv, …
  pass show saha-admin | saha import all data/ --token-stdin")]
pub struct ImportArgs {
    /// reps, users, customers, products, assignments, call_cycles, targets, plan, or all
    #[arg(hide_possible_values = true)]
    pub kind: Kinds,
    /// The CSV file; for all, the folder of the files
    pub file: PathBuf,
    /// Where, and by what right.
    #[command(flatten)]
    pub desk: DeskArgs,
}

/// `saha devices`.
#[derive(Debug, Args)]
#[command(after_help = "\
A phone was lost, or somebody left: from now on its device gets nothing any more. For 14 days it may
still hand in what was done on it before; then it erases itself.

Examples:
  export SAHA_ADMIN_TOKEN=…                 as `saha serve` showed it
  saha devices list
  saha devices revoke 5f2a91c0")]
pub struct DevicesArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: DevicesAction,
}

/// What to do with devices.
#[derive(Debug, Subcommand)]
pub enum DevicesAction {
    /// Show every device that ever signed in
    List {
        /// Where, and by what right.
        #[command(flatten)]
        desk: DeskArgs,
    },
    /// End a device for good
    Revoke {
        /// Id, or its beginning or end
        device: String,
        /// Where, and by what right.
        #[command(flatten)]
        desk: DeskArgs,
    },
}

/// Where the company's server is, and the right to ask it for what only its office may.
#[derive(Debug, Args)]
pub struct DeskArgs {
    /// Address of the server (default http://127.0.0.1:8787)
    #[arg(long, default_value = "http://127.0.0.1:8787", hide_default_value = true, value_name = "URL")]
    pub server: String,
    /// The admin token; better in SAHA_ADMIN_TOKEN: others see a command line
    #[arg(
        long,
        env = "SAHA_ADMIN_TOKEN",
        hide_env = true,
        hide_env_values = true,
        allow_hyphen_values = true,
        required_unless_present = "token_stdin"
    )]
    pub token: Option<String>,
    /// Read the admin token from the standard input
    #[arg(long)]
    pub token_stdin: bool,
}

/// What to import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kinds {
    /// Sales representatives.
    Reps,
    /// Those who can sign in.
    Users,
    /// Customers.
    Customers,
    /// The price list.
    Products,
    /// Which customer is whose.
    Assignments,
    /// How often customers are to be visited.
    #[value(name = "call_cycles")]
    CallCycles,
    /// Targets and their revisions.
    Targets,
    /// Who is to be visited on which day.
    Plan,
    /// Every kind of which the folder has a file.
    All,
}

impl Kinds {
    /// The kinds, in the order in which they can be imported.
    pub fn each(self) -> &'static [ImportKind] {
        match self {
            Self::Reps => &[ImportKind::Reps],
            Self::Users => &[ImportKind::Users],
            Self::Customers => &[ImportKind::Customers],
            Self::Products => &[ImportKind::Products],
            Self::Assignments => &[ImportKind::Assignments],
            Self::CallCycles => &[ImportKind::CallCycles],
            Self::Targets => &[ImportKind::Targets],
            Self::Plan => &[ImportKind::Plan],
            Self::All => ImportKind::ALL,
        }
    }
}
