//! The one place that prints. For people: lines, with colour where a terminal wants it. For programs: one JSON document.

use std::{
    fmt::Display,
    io::{self, IsTerminal as _, Write as _},
    sync::{Arc, OnceLock},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};
use saha_domain::catalog::Lang;
use serde_json::Value;

use crate::exit::CliError;

/// Where a command tells what it did.
#[derive(Debug, Clone)]
pub struct Out {
    /// The language of everything that a person reads.
    pub lang: Lang,
    json: bool,
    colour: bool,
    moving: bool,
    /// Why nothing more can be printed. Every copy of this knows it.
    broken: Arc<OnceLock<io::Error>>,
}

/// What a piece of text means; a terminal shows it in a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A heading.
    Strong,
    /// Well done.
    Good,
    /// Wants attention.
    Warn,
    /// Went wrong.
    Bad,
    /// Of less weight.
    Dim,
}

impl Tone {
    const fn code(self) -> &'static str {
        match self {
            Self::Strong => "1",
            Self::Good => "32",
            Self::Warn => "33",
            Self::Bad => "31",
            Self::Dim => "2",
        }
    }
}

impl Out {
    /// To this process's own streams. Colour only on a terminal, and not where `NO_COLOR` is set.
    pub fn new(lang: Lang, json: bool) -> Self {
        let wants_none = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self {
            lang,
            json,
            colour: io::stdout().is_terminal() && !wants_none,
            moving: io::stderr().is_terminal() && !json && !wants_none,
            broken: Arc::default(),
        }
    }

    /// Whether a program reads along.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// Columns of the terminal; none where the output goes somewhere else and nothing needs to be cut.
    pub fn width(&self) -> Option<usize> {
        let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok()).filter(|columns| *columns >= 40);
        let terminal = || io::stdout().is_terminal().then(|| usize::from(console::Term::stdout().size().1));
        columns.or_else(terminal)
    }

    /// One line for a person; nothing where a program reads.
    pub fn line(&self, text: impl Display) {
        if !self.json {
            self.print(&text);
        }
    }

    /// One document for a program; nothing where a person reads.
    pub fn document(&self, value: &Value) {
        if self.json {
            self.print(&value);
        }
    }

    /// Says why nothing came of it: for people on the error stream, for programs as the one document.
    pub fn error(&self, error: &CliError) {
        if self.json {
            self.print(&error.json(self.lang));
            return;
        }
        let mut text = format!("saha: {}", error.text(self.lang));
        if let Some(hint) = error.hint(self.lang) {
            text = format!("{text}\n      {hint}");
        }
        self.note(text);
    }

    /// A remark beside the result, on the error stream.
    pub fn note(&self, text: impl Display) {
        // Nobody is left to tell that the error stream is gone.
        drop(writeln!(io::stderr().lock(), "{text}"));
    }

    /// Whether nobody hears any more what is printed.
    pub fn is_broken(&self) -> bool {
        self.broken.get().is_some()
    }

    /// Why not all was printed, where that is a failure. A reader who went away (`saha customers | head -1`) is none: he has
    /// what he wanted.
    pub fn failure(&self) -> Option<&io::Error> {
        self.broken.get().filter(|error| error.kind() != io::ErrorKind::BrokenPipe)
    }

    /// The command goes on where this fails: what it does is not about what is read of it, and what it started has to end in
    /// good order.
    fn print(&self, text: &dyn Display) {
        if self.is_broken() {
            return;
        }
        let mut stdout = io::stdout().lock();
        if let Err(error) = writeln!(stdout, "{text}").and_then(|()| stdout.flush()) {
            // The first reason is the one to tell.
            drop(self.broken.set(error));
        }
    }

    /// `text`, in the colour of its tone where colour is wanted.
    pub fn paint(&self, tone: Tone, text: impl Display) -> String {
        if self.colour { format!("\u{1b}[{}m{text}\u{1b}[0m", tone.code()) } else { text.to_string() }
    }

    /// Shows that something long is under way whose end is not known; hidden unless a person watches.
    pub fn spinner(&self, text: String) -> ProgressBar {
        self.shown(ProgressBar::new_spinner(), "  {spinner} {msg}  {elapsed}", text)
    }

    /// Shows how much of `total` steps is done; hidden unless a person watches.
    pub fn steps(&self, text: String, total: usize) -> ProgressBar {
        let bar = ProgressBar::new(u64::try_from(total).unwrap_or(u64::MAX));
        self.shown(bar, "  {spinner} {bar:24} {pos}/{len}  {msg}  {elapsed}", text)
    }

    fn shown(&self, bar: ProgressBar, template: &str, text: String) -> ProgressBar {
        if !self.moving {
            return ProgressBar::hidden();
        }
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("█▒·"));
        }
        bar.set_message(text);
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    }
}
