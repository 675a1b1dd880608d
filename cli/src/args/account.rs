//! Signing in, syncing, the outbox, and the demonstration.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `saha login`.
#[derive(Debug, Args)]
#[command(after_help = "\
A data folder (--data) is one person's; somebody else signs in over a folder of his own. A copied
folder counts as a new device: sign in there again; nothing that waits is recorded twice.

Examples:
  saha login --server https://saha.example.com --user ayse.yilmaz
  pass show saha | saha login --server http://127.0.0.1:8787 --user ayse.yilmaz --password-stdin")]
pub struct LoginArgs {
    /// Address of the company's server: https, or http on this machine
    #[arg(long, value_name = "URL")]
    pub server: String,
    /// Your user name
    #[arg(long, value_name = "LOGIN")]
    pub user: String,
    /// Read the password from the standard input instead of asking for it
    #[arg(long)]
    pub password_stdin: bool,
}

/// `saha export`.
#[derive(Debug, Args)]
#[command(after_help = "\
Your visits, calls, sales, photos (without their files) and prospects, each with whether the
company has it. Works without a network. The file is there whole, or not at all.

Examples:
  saha export mine.json")]
pub struct ExportArgs {
    /// The file; one that is there is replaced
    pub file: PathBuf,
}

/// `saha sync`.
#[derive(Debug, Args)]
#[command(after_help = "\
What was exchanged when time or bytes are used up is saved, and the next sync goes on from there.

Examples:
  saha sync
  saha sync --max-seconds 30 --max-kib 500 --metered")]
pub struct SyncArgs {
    /// End after so many seconds (default: when nothing is left)
    #[arg(long, value_name = "SECONDS")]
    pub max_seconds: Option<u32>,
    /// End before more than so many KiB went over the network
    #[arg(long, value_name = "NUMBER")]
    pub max_kib: Option<u32>,
    /// The network costs money by the byte: what can wait, waits
    #[arg(long)]
    pub metered: bool,
}

/// `saha outbox`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  saha outbox
  saha outbox fix 5f2a --set tax_no=4213680077
  saha outbox fix 81c0 --price 1=38,50
  saha outbox use-existing 5f2a
  saha outbox withdraw 5f2a --with-dependants")]
pub struct OutboxArgs {
    /// What to do; list without.
    #[command(subcommand)]
    pub action: Option<OutboxAction>,
}

/// `saha outbox …`.
#[derive(Debug, Subcommand)]
pub enum OutboxAction {
    /// Show everything that is not settled
    List,
    /// Send a refused change again as it is
    Resend {
        /// Id of the change, or its beginning or end
        op: String,
    },
    /// Take a refused change back
    Withdraw {
        /// Id of the change, or its beginning or end
        op: String,
        /// Take back too what hangs on it
        #[arg(long)]
        with_dependants: bool,
    },
    /// Use the record that stands in the way of a refused new one; its work moves there
    UseExisting {
        /// Id of the change, or its beginning or end
        op: String,
    },
    /// Stop showing an edit of yours that someone else's overrode
    Dismiss {
        /// Id of the change, or its beginning or end
        op: String,
    },
    /// Correct the record of a refused change, which then goes again
    Fix {
        /// Id of the change, or its beginning or end
        op: String,
        /// name, tax_no, phone, district, address, note, outcome, duration
        #[arg(long, value_name = "FIELD=VALUE")]
        set: Vec<String>,
        /// A line of the sale and its right price
        #[arg(long, value_name = "LINE=PRICE")]
        price: Vec<String>,
        /// A line of the sale and its right quantity
        #[arg(long, value_name = "LINE=QUANTITY")]
        quantity: Vec<String>,
    },
}

/// `saha completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  saha completions bash > ~/.local/share/bash-completion/completions/saha")]
pub struct CompletionsArgs {
    /// bash, elvish, fish, powershell or zsh
    #[arg(hide_possible_values = true)]
    pub shell: clap_complete::Shell,
}

/// `saha demo`.
#[derive(Debug, Args)]
#[command(after_help = "\
Everything is real: a server process with its own database, HTTP, files, a killed process. Nothing
leaves this machine, and every number that is printed is read back from the core.")]
pub struct DemoArgs {
    /// Keep the files here: an empty or new folder (default: a temporary one)
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,
    /// Which faults the bad network has, in which order (default 7)
    #[arg(long, default_value_t = 7, hide_default_value = true, value_name = "NUMBER")]
    pub seed: u64,
}

/// `saha demo-worker`.
#[derive(Debug, Args)]
pub struct WorkerArgs {
    /// Pause between two records, milliseconds.
    #[arg(long, default_value_t = 20)]
    pub pause_ms: u64,
}
