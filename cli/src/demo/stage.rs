//! What every section needs: where it prints, what it checks, where the files are.

use std::{path::PathBuf, sync::Arc};

use saha_core::Saha;
use saha_domain::NaiveDate;

use super::ledger::Ledger;
use crate::{
    exit::{CliError, Result},
    output::{Out, Tone},
    phone,
    settings::Settings,
    texts,
};

/// The demonstration under way.
pub(super) struct Stage<'a> {
    pub(super) out: &'a Out,
    pub(super) settings: Settings,
    pub(super) program: PathBuf,
    pub(super) seed: u64,
    /// What was checked, and whether it held.
    pub(super) checks: Vec<(String, bool)>,
    /// The titles of the sections so far.
    pub(super) sections: Vec<String>,
    /// Every record that the story wrote and did not delete.
    pub(super) written: Ledger,
    /// The day on which it began; it may end after midnight.
    pub(super) first_day: NaiveDate,
}

impl<'a> Stage<'a> {
    pub(super) fn new(out: &'a Out, settings: Settings, seed: u64) -> Result<Self> {
        let program = std::env::current_exe()
            .map_err(|error| CliError::Failed(texts::errors::system(out.lang, &error.to_string())))?;
        let first_day = phone::today(&settings)?;
        Ok(Self {
            out,
            settings,
            program,
            seed,
            checks: Vec::new(),
            sections: Vec::new(),
            written: Ledger::default(),
            first_day,
        })
    }

    /// The next numbered section.
    pub(super) fn section(&mut self, title: String) {
        self.out.line("");
        self.out.line(self.out.paint(Tone::Strong, format!("{}. {title}", self.sections.len() + 1)));
        self.sections.push(title);
    }

    /// A line of the section.
    pub(super) fn line(&self, text: impl AsRef<str>) {
        self.out.line(format!("  {}", text.as_ref()).trim_end());
    }

    /// A heading within the section.
    pub(super) fn heading(&self, text: String) {
        self.out.line("");
        self.line(self.out.paint(Tone::Strong, text));
    }

    /// Checks something, and says whether it holds.
    pub(super) fn expect(&mut self, holds: bool, text: String) {
        let (mark, tone) = if holds { ("✓", Tone::Good) } else { ("✗", Tone::Bad) };
        self.line(format!("{} {text}", self.out.paint(tone, mark)));
        self.checks.push((text, holds));
    }

    /// Opens the phone of the demonstration.
    pub(super) fn open(&self) -> Result<Arc<Saha>> {
        phone::open(&self.settings)
    }

    /// The records that a phone lists for the days of the story.
    pub(super) fn ledger_of(&self, saha: &Saha) -> Result<Ledger> {
        Ledger::of(saha, self.first_day, phone::today(&self.settings)?)
    }

    /// A failure of the system.
    pub(super) fn system(&self, reason: &(impl ToString + ?Sized)) -> CliError {
        CliError::Failed(texts::errors::system(self.out.lang, &reason.to_string()))
    }
}
