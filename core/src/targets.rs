//! Targets: where the rep stands, what is left, and what the figures rest on.

pub(crate) mod store;

use std::sync::Arc;

use saha_domain::{
    RepId, SahaError, Target, TargetId, TargetState, WorkCalendar,
    calendar::Workdays,
    catalog::Lang,
    metrics::{self, Progress, ProgressError},
};

use crate::{
    activities::{self, TargetRecord},
    company,
    core::Core,
    error::Result,
    page::Page,
    store::{Key, Reader, local},
};

/// Questions about targets.
#[derive(uniffi::Object)]
pub struct Targets {
    core: Arc<Core>,
}

impl Targets {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }
}

#[uniffi::export]
impl Targets {
    /// Progress towards each of the rep's active targets, in the period that holds now: by metric, then day, week, month.
    /// Computed from what is on the device, so it counts what the server does not have yet, and says how much that is.
    pub fn progress(&self) -> Result<Vec<Progress>, SahaError> {
        self.read(None, progress)
    }

    /// As [`Targets::progress`], in the period that holds the given instant, Unix milliseconds: last month's, say.
    pub fn progress_at(&self, as_of_ms: i64) -> Result<Vec<Progress>, SahaError> {
        self.read(Some(as_of_ms), progress)
    }

    /// The records that the progress of a target rests on, in the period that holds now, newest first. Their values add up to
    /// its `confirmed`, `waiting` and `rejected`, by their states. At most 200 a page.
    pub fn records(&self, target: TargetId, limit: i64, offset: i64) -> Result<Vec<TargetRecord>, SahaError> {
        let page = Page::new(limit, offset)?;
        self.read(None, |moment| records(moment, target, page))
    }

    /// As [`Targets::records`], in the period that holds the given instant, Unix milliseconds.
    pub fn records_at(
        &self,
        target: TargetId,
        as_of_ms: i64,
        limit: i64,
        offset: i64,
    ) -> Result<Vec<TargetRecord>, SahaError> {
        let page = Page::new(limit, offset)?;
        self.read(Some(as_of_ms), |moment| records(moment, target, page))
    }
}

impl Targets {
    /// As of now where no instant is given.
    fn read<T>(&self, as_of_ms: Option<i64>, ask: impl FnOnce(Moment<'_>) -> Result<T>) -> Result<T, SahaError> {
        let store = &self.core.store;
        Ok(store.read(|reader| {
            let rep: RepId = local::get(reader.conn(), Key::Rep)?.ok_or(SahaError::NotSignedIn)?;
            let as_of_ms = match as_of_ms {
                Some(as_of_ms) => as_of_ms,
                None => store.time().corrected_ms(local::get(reader.conn(), Key::Correction)?.as_ref()),
            };
            let calendar = company::calendar_of(reader, rep)?;
            ask(Moment { reader, rep, as_of_ms, calendar, lang: self.core.lang })
        })?)
    }
}

/// A rep's targets at an instant.
struct Moment<'r> {
    reader: &'r Reader,
    rep: RepId,
    as_of_ms: i64,
    calendar: WorkCalendar,
    lang: Lang,
}

fn progress(moment: Moment<'_>) -> Result<Vec<Progress>> {
    let workdays = Workdays::new(&moment.calendar);
    let targets = store::of_rep(moment.reader, moment.rep)?;
    let active = targets.iter().filter(|target| target.state == TargetState::Active);
    let now = workdays.local(moment.as_of_ms);
    let shown = metrics::progress(active, moment.reader, &workdays, now, moment.lang);
    let mut shown = shown.map_err(|error| match error {
        ProgressError::Source(error) => error,
        ProgressError::Field(error) => error.into(),
    })?;
    shown.sort_by_key(|progress| (progress.metric, progress.period, progress.target));
    Ok(shown)
}

fn records(moment: Moment<'_>, target: TargetId, page: Page) -> Result<Vec<TargetRecord>> {
    let target: Target = moment.reader.get(target.uuid())?.ok_or_else(|| not_found(target))?;
    let today = Workdays::new(&moment.calendar).local(moment.as_of_ms).date;
    activities::behind(moment.reader, moment.lang, &target, today, page)
}

fn not_found(id: TargetId) -> SahaError {
    SahaError::NotFound { kind: "target".to_owned(), id: id.to_string() }
}
