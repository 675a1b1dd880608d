//! Where a rep stands against a target: a pure function of facts, revisions, calendar and an instant.
//!
//! W is the working time of the period and w what is over of it, in minutes by the calendar; A is what was done, T the
//! target's value by revision. Everything is computed in exact rationals and rounded once, half away from zero.
//!
//! * effective target `T* = Σⱼ Tⱼ·W(segmentⱼ) / W`
//! * progress `A / T*`, uncapped; expected `T*·w/W`; pace `A / expected`
//! * required per day `max(T*−A, 0) ÷ remaining working days`
//! * today's quota: what was required per day when the day began; it is frozen then
//! * of a target that is not to be exceeded: no such demands, but the headroom `T*−A`
//!
//! Facts dated after the instant's day are not done yet and count nowhere.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::{
    CurrencyCode, FieldError, Lifecycle, Metric, Money, Problem, Segment, Target, TargetDirection, TargetFilter,
    TargetId,
    calendar::{LocalMoment, Workdays},
    catalog::{Lang, titles},
    facts::{DaySum, Delta, FactQuery, FactSource, RecordState},
    period::{DateRange, Period},
    pricing::{div_ceil, div_half_away},
};

/// Progress towards one target in one period. Values are counts, or minor units of `currency` for revenue.
#[derive(Debug, Clone, PartialEq, serde::Serialize, uniffi::Record)]
pub struct Progress {
    /// Of which target.
    pub target: TargetId,
    /// The target in words, whatever the period: `Monthly visits · prospects`.
    pub title: String,
    /// What is counted.
    pub metric: Metric,
    /// Of which customers, outcomes or goods only.
    pub filter: TargetFilter,
    /// How long the period is.
    pub period: Period,
    /// First and last day of the period, both included.
    pub range: DateRange,
    /// The currency of the values, for revenue.
    pub currency: Option<CurrencyCode>,
    /// T*, rounded. Zero means that there is no target in this period, not that it is reached.
    pub target_value: i64,
    /// What the server has.
    pub confirmed: i64,
    /// What it does not have yet.
    pub waiting: i64,
    /// What it refused; not part of `actual`.
    pub rejected: i64,
    /// `confirmed + waiting`.
    pub actual: i64,
    /// `actual / T*` in basis points, uncapped; none where there is no target.
    pub progress_bp: Option<i64>,
    /// What should be done by now; none where there is no target or no working time.
    pub expected: Option<i64>,
    /// `actual / expected` in basis points; none while no working time is over.
    pub pace_bp: Option<i64>,
    /// What is left to do: rounded up, so that it is 0 only once nothing is open, and never negative. Of a target that is
    /// not to be exceeded it is the headroom: rounded down, and negative by what is too much.
    pub remaining: i64,
    /// What is left to do a remaining working day, today included while it is open, rounded up; none where no day is left,
    /// and where more is not better.
    pub required_per_day: Option<i64>,
    /// Working days left in the period, today included while it is open.
    pub working_days_left: i64,
    /// What had to be done today when the day began, rounded up; none on a free day, outside of the period, and where more
    /// is not better.
    pub today_quota: Option<i64>,
    /// What was done today.
    pub today_actual: i64,
    /// Revenue in other currencies, not converted and not in `actual`: by currency, without zeros.
    pub other_currencies: Vec<Money>,
}

/// Progress of each target in its period that holds `now`, in no particular order. A target whose metric, period, direction
/// or filter is newer than this build has none: a wrong figure would be worse. Targets that count the same facts over different periods ask for them once.
pub fn progress<'t, S: FactSource>(
    targets: impl IntoIterator<Item = &'t Target>,
    facts: &S,
    workdays: &Workdays<'_>,
    now: LocalMoment,
    lang: Lang,
) -> Result<Vec<Progress>, ProgressError<S::Error>> {
    let mut shown = Vec::new();
    for question in Question::of_all(targets, now.date) {
        let days = facts.days(&question.query).map_err(ProgressError::Source)?;
        for (target, range) in question.askers {
            let whole = Counted::of(target, &days, DateRange::new(range.first, range.last.min(now.date)));
            let today = Counted::of(target, &days, DateRange::day(now.date)).actual();
            let plan = Plan::of(target, range, workdays, now);
            shown.push(plan.progress(target, range, whole, today, lang).map_err(ProgressError::Field)?);
        }
    }
    Ok(shown)
}

/// What one record adds to a target on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The day.
    pub date: NaiveDate,
    /// How sure it is.
    pub state: RecordState,
    /// A count, or minor units of the target's currency; negative for what is taken back.
    pub value: i64,
}

/// What a target's progress rests on: the facts of the period that holds `today`, up to that day. None where this build
/// can't tell what the target wants.
pub fn question(target: &Target, today: NaiveDate) -> Option<FactQuery> {
    let query = query_of(target, today)?;
    Some(FactQuery { range: DateRange::new(query.range.first, query.range.last.min(today)), ..query })
}

/// What one record adds to a target: of all records together, for each state, it is what the progress says. By day, then by
/// state; what comes to nothing is left out.
pub fn shares(target: &Target, question: &FactQuery, record: &Delta) -> Vec<Share> {
    let mut sums: BTreeMap<(NaiveDate, RecordState), i64> = BTreeMap::new();
    for day in record.days(question) {
        let sum = sums.entry((day.date, day.status)).or_default();
        *sum = sum.saturating_add(worth(target, &day).unwrap_or(0));
    }
    let shares = sums.into_iter().map(|((date, state), value)| Share { date, state, value });
    shares.filter(|share| share.value != 0).collect()
}

/// What is asked of the facts once, and the targets that want to know, each with its period.
struct Question<'t> {
    query: FactQuery,
    askers: Vec<(&'t Target, DateRange)>,
}

impl<'t> Question<'t> {
    fn of_all(targets: impl IntoIterator<Item = &'t Target>, today: NaiveDate) -> Vec<Self> {
        let mut questions: Vec<Self> = Vec::new();
        for target in targets {
            let Some(query) = query_of(target, today) else { continue };
            let range = query.range;
            let asks_alike =
                |other: &FactQuery| (other.rep, other.kind, &other.filter) == (query.rep, query.kind, &query.filter);
            match questions.iter_mut().find(|question| asks_alike(&question.query)) {
                Some(question) => {
                    question.query.range = question.query.range.hull(&range);
                    question.askers.push((target, range));
                }
                None => questions.push(Self { query, askers: vec![(target, range)] }),
            }
        }
        questions
    }
}

/// The facts that a target counts in its period that holds `today`.
fn query_of(target: &Target, today: NaiveDate) -> Option<FactQuery> {
    let (range, kind) = (target.period.range(today)?, target.metric.fact_kind()?);
    is_understood(target).then(|| FactQuery { rep: target.rep, kind, range, filter: target.filter.clone() })
}

/// Whether this build can tell what the target wants. Metric and period say it themselves.
fn is_understood(target: &Target) -> bool {
    let TargetFilter { segment, lifecycle, .. } = &target.filter;
    target.direction != TargetDirection::Unknown
        && *segment != Some(Segment::Unknown)
        && *lifecycle != Some(Lifecycle::Unknown)
}

/// Why progress could not be computed.
#[derive(Debug, PartialEq, Eq)]
pub enum ProgressError<E> {
    /// The facts could not be read.
    Source(E),
    /// A figure does not fit into 64 bits.
    Field(FieldError),
}

/// What a sum is to a target, in the target's own measure; none where it is money in another currency.
fn worth(target: &Target, sum: &DaySum) -> Option<i64> {
    if !target.metric.is_money() {
        return Some(sum.measures.count);
    }
    sum.currency.is_none_or(|currency| target.currency == Some(currency)).then_some(sum.measures.amount_minor)
}

/// What was done, by state, in the target's own measure.
#[derive(Debug, Clone, Default)]
struct Counted {
    confirmed: i64,
    waiting: i64,
    rejected: i64,
    other: Vec<Money>,
}

impl Counted {
    fn of(target: &Target, days: &[DaySum], range: DateRange) -> Self {
        let mut counted = Self::default();
        for sum in days.iter().filter(|sum| range.contains(sum.date)) {
            match (worth(target, sum), sum.currency) {
                (Some(value), _) => counted.add(sum.status, value),
                (None, Some(currency)) => counted.add_other(sum.status, sum.measures.amount_minor, currency),
                (None, None) => {}
            }
        }
        counted.other.retain(|money| money.amount_minor != 0);
        counted.other.sort_by_key(|money| money.currency);
        counted
    }

    fn add(&mut self, status: RecordState, value: i64) {
        let part = match status {
            RecordState::Confirmed => &mut self.confirmed,
            RecordState::Waiting => &mut self.waiting,
            RecordState::Refused => &mut self.rejected,
        };
        *part = part.saturating_add(value);
    }

    fn add_other(&mut self, status: RecordState, value: i64, currency: CurrencyCode) {
        if status == RecordState::Refused {
            return;
        }
        match self.other.iter_mut().find(|money| money.currency == currency) {
            Some(money) => money.amount_minor = money.amount_minor.saturating_add(value),
            None => self.other.push(Money::new(value, currency)),
        }
    }

    fn actual(&self) -> i64 {
        self.confirmed.saturating_add(self.waiting)
    }
}

/// The target's side: T* as the fraction `weighted / minutes`, and how far the period has gone.
#[derive(Debug)]
struct Plan {
    /// Σ Tⱼ·W(segmentⱼ).
    weighted: i128,
    /// W.
    minutes: i128,
    /// w.
    elapsed: i128,
    days_left: i64,
    days_left_at_dawn: i64,
    works_today: bool,
}

impl Plan {
    fn of(target: &Target, range: DateRange, workdays: &Workdays<'_>, now: LocalMoment) -> Self {
        let days_left_at_dawn = workdays.working_days_from(range, now.date);
        let works_today = workdays.minutes_on(now.date) > 0;
        let today_is_over = works_today && !workdays.is_open_later(now);
        Self {
            weighted: segments(target, range)
                .map(|(value, segment)| i128::from(value) * i128::from(workdays.minutes_in(segment)))
                .sum(),
            minutes: i128::from(workdays.minutes_in(range)),
            elapsed: i128::from(workdays.minutes_elapsed(range, now)),
            days_left: days_left_at_dawn - i64::from(today_is_over),
            days_left_at_dawn,
            works_today,
        }
    }

    fn progress(
        &self,
        target: &Target,
        range: DateRange,
        done: Counted,
        today: i64,
        lang: Lang,
    ) -> Result<Progress, FieldError> {
        let actual = done.actual();
        let before_today = i128::from(actual) - i128::from(today);
        let (weighted, minutes) = (self.weighted, self.minutes);
        // Numerator of max(T* − A, 0) over W.
        let open = |actual: i128| times(actual, minutes).map(|done| (weighted - done).max(0));
        let per_day = |open: i128, days: i64| fit(div_ceil(open, times(minutes, i128::from(days))?));
        let demands = weighted > 0 && target.direction != TargetDirection::AtMost;
        let quota =
            if demands && self.works_today { per_day(open(before_today)?, self.days_left_at_dawn)? } else { None };
        let required = if demands { per_day(open(actual.into())?, self.days_left)? } else { None };
        Ok(Progress {
            target: target.id,
            title: titles::of_target(lang, target),
            metric: target.metric,
            filter: target.filter.clone(),
            period: target.period,
            range,
            currency: target.currency,
            target_value: fit(div_half_away(weighted, minutes))?.unwrap_or(0),
            confirmed: done.confirmed,
            waiting: done.waiting,
            rejected: done.rejected,
            actual,
            progress_bp: fit(div_half_away(times(times(actual.into(), minutes)?, 10_000)?, weighted))?,
            expected: fit(div_half_away(times(weighted, self.elapsed)?, times(minutes, minutes)?))?
                .filter(|_| weighted > 0),
            pace_bp: self.pace_bp(actual)?,
            remaining: self.remaining(target.direction, actual)?,
            required_per_day: required,
            working_days_left: self.days_left,
            today_quota: quota,
            today_actual: today,
            other_currencies: done.other,
        })
    }

    /// What is open, or the headroom of a target that is not to be exceeded; 0 where there is no target.
    fn remaining(&self, direction: TargetDirection, actual: i64) -> Result<i64, FieldError> {
        let left = self.weighted.checked_sub(times(actual.into(), self.minutes)?).ok_or_else(overflow)?;
        let rounded = match direction {
            TargetDirection::AtMost => (self.weighted > 0 && self.minutes > 0).then(|| left.div_euclid(self.minutes)),
            _ => div_ceil(left.max(0), self.minutes),
        };
        Ok(fit(rounded)?.unwrap_or(0))
    }

    /// A / (T*·w/W), with T* = weighted / W: A·W² / (weighted·w).
    fn pace_bp(&self, actual: i64) -> Result<Option<i64>, FieldError> {
        let done = times(times(times(actual.into(), self.minutes)?, self.minutes)?, 10_000)?;
        fit(div_half_away(done, times(self.weighted, self.elapsed)?))
    }
}

/// The values that hold within `range`, each with the days on which it does.
fn segments(target: &Target, range: DateRange) -> impl Iterator<Item = (i64, DateRange)> {
    let mut revisions: Vec<_> = target.revisions.iter().collect();
    revisions.sort_by_key(|revision| revision.effective_from);
    let ends: Vec<NaiveDate> = revisions
        .iter()
        .skip(1)
        .map(|next| next.effective_from.checked_sub_days(Days::new(1)).unwrap_or(NaiveDate::MIN))
        .chain([NaiveDate::MAX])
        .collect();
    let segments: Vec<_> = revisions
        .into_iter()
        .zip(ends)
        .filter_map(|(revision, last)| {
            let segment = DateRange::new(revision.effective_from, last).overlap(&range)?;
            Some((revision.value, segment))
        })
        .collect();
    segments.into_iter()
}

fn overflow() -> FieldError {
    FieldError::new("progress", Problem::Overflow)
}

fn times(a: i128, b: i128) -> Result<i128, FieldError> {
    a.checked_mul(b).ok_or_else(overflow)
}

fn fit(value: Option<i128>) -> Result<Option<i64>, FieldError> {
    value.map(|value| i64::try_from(value).map_err(|_| overflow())).transpose()
}

#[cfg(test)]
mod tests;
