//! Facts: what a record adds to the figures, as cells of one fixed cube. Targets are queries over the cube, so a new
//! target needs no recount.

mod fingerprint;

pub use fingerprint::{FACT_RULES, Fingerprint};

use chrono::NaiveDate;

use crate::{
    CurrencyCode, Lifecycle, RepId, Segment, TargetFilter, life::ChangeState, merge, merge::Edit, period::DateRange,
    registry::Kind,
};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FactKind {
    /// A completed visit.
    Visit,
    /// A call.
    Call,
    /// A sale as a document.
    Sale,
    /// The lines of a sale, by product group.
    SaleLine,
}

impl FactKind {
    /// Every kind.
    pub const ALL: &[FactKind] = &[Self::Visit, Self::Call, Self::Sale, Self::SaleLine];

    /// The code in a rollup table. Never reused.
    pub const fn code(self) -> i64 {
        match self {
            Self::Visit => 1,
            Self::Call => 2,
            Self::Sale => 3,
            Self::SaleLine => 4,
        }
    }

    /// The name in a [`Fingerprint`].
    pub const fn name(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Call => "call",
            Self::Sale => "sale",
            Self::SaleLine => "sale_line",
        }
    }

    /// The kind of the records that it is counted from.
    pub const fn record(self) -> Kind {
        match self {
            Self::Visit => Kind::Visit,
            Self::Call => Kind::Call,
            Self::Sale | Self::SaleLine => Kind::Sale,
        }
    }

    /// Back from [`FactKind::code`].
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }
}

/// How sure a record is, or what it adds to the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum RecordState {
    /// The company has it.
    Confirmed,
    /// The company does not have it yet.
    Waiting,
    /// The company refused it.
    Refused,
}

impl RecordState {
    /// Every state.
    pub const ALL: &[RecordState] = &[Self::Confirmed, Self::Waiting, Self::Refused];

    /// The code in a rollup table. Never reused.
    pub const fn code(self) -> i64 {
        match self {
            Self::Confirmed => 1,
            Self::Waiting => 2,
            Self::Refused => 3,
        }
    }

    /// The name in `--json`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Waiting => "waiting",
            Self::Refused => "refused",
        }
    }

    /// What each of the changes over a row makes of what it changes, in order. A change behind a refused one is held back by
    /// it, so it counts as refused too.
    pub fn of_changes(states: impl IntoIterator<Item = ChangeState>) -> impl Iterator<Item = Self> {
        states.into_iter().scan(Self::Confirmed, |held_back, state| {
            let own = match state {
                ChangeState::Queued | ChangeState::Sent => Self::Waiting,
                ChangeState::Acked | ChangeState::Seen => Self::Confirmed,
                ChangeState::Rejected => Self::Refused,
            };
            if own == Self::Refused {
                *held_back = own;
            }
            Some(own.max(*held_back))
        })
    }

    /// A record's, by the states of the changes over it: that of the least sure one.
    pub fn of_record(states: impl IntoIterator<Item = ChangeState>) -> Self {
        Self::of_changes(states).max().unwrap_or(Self::Confirmed)
    }
}

/// A cell of the cube.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CubeKey {
    /// Whose work it is.
    pub rep: RepId,
    /// The frozen local date.
    pub date: NaiveDate,
    /// What is counted.
    pub kind: FactKind,
    /// The outcome's code; empty where there is none.
    pub outcome: String,
    /// The customer's segment at the time.
    pub segment: Segment,
    /// The customer's lifecycle at the time.
    pub lifecycle: Lifecycle,
    /// The product group; empty where there is none.
    pub product_group: String,
    /// The currency of the amount; none where there is no amount.
    pub currency: Option<CurrencyCode>,
}

/// What is added up in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measures {
    /// How many.
    pub count: i64,
    /// How much, minor units of the cell's currency.
    pub amount_minor: i64,
    /// How long, milliseconds.
    pub duration_ms: i64,
}

impl Measures {
    /// Both together. Saturates: a company that sells 2⁶³ kuruş a day has other problems.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            count: self.count.saturating_add(other.count),
            amount_minor: self.amount_minor.saturating_add(other.amount_minor),
            duration_ms: self.duration_ms.saturating_add(other.duration_ms),
        }
    }

    /// The opposite.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            count: self.count.saturating_neg(),
            amount_minor: self.amount_minor.saturating_neg(),
            duration_ms: self.duration_ms.saturating_neg(),
        }
    }

    /// Whether there is nothing to add.
    pub fn is_zero(self) -> bool {
        self == Self::default()
    }
}

/// One contribution to one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The cell.
    pub key: CubeKey,
    /// What it adds.
    pub measures: Measures,
}

/// What a record adds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts(Vec<Fact>);

impl Facts {
    /// A single contribution.
    pub fn one(key: CubeKey, measures: Measures) -> Self {
        Self(vec![Fact { key, measures }])
    }
}

impl Facts {
    /// Those of one rep.
    pub fn of(self, rep: RepId) -> impl Iterator<Item = Fact> {
        self.0.into_iter().filter(move |fact| fact.key.rep == rep)
    }
}

impl FromIterator<Fact> for Facts {
    fn from_iter<I: IntoIterator<Item = Fact>>(facts: I) -> Self {
        Self(facts.into_iter().collect())
    }
}

impl IntoIterator for Facts {
    type Item = Fact;
    type IntoIter = std::vec::IntoIter<Fact>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Contributions to cells with their status, added up: a difference to be written to a rollup.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Delta(Vec<(CubeKey, RecordState, Measures)>);

impl Delta {
    fn add(&mut self, key: CubeKey, status: RecordState, measures: Measures) {
        match self.0.iter_mut().find(|(k, s, _)| *s == status && *k == key) {
            Some((_, _, sum)) => *sum = sum.plus(measures),
            None => self.0.push((key, status, measures)),
        }
    }

    fn add_step(&mut self, before: Facts, after: Facts, status: RecordState) {
        for fact in after {
            self.add(fact.key, status, fact.measures);
        }
        for fact in before {
            self.add(fact.key, status, fact.measures.negated());
        }
    }

    /// What one more change over a row adds, which leads from `before` to `after`.
    pub fn of_step(before: Facts, after: Facts, status: RecordState) -> Self {
        let mut delta = Self::default();
        delta.add_step(before, after, status);
        delta
    }

    /// **What a row adds to the figures**: its confirmed body as confirmed, and each change over it as the difference that
    /// it makes, under that change's own state (see [`RecordState::of_changes`]). The sum over all states is always what the
    /// rep sees.
    ///
    /// `confirmed_facts` are those of the confirmed body, which whoever read it knows.
    pub fn of_row(
        kind: Kind,
        confirmed: Option<&serde_json::Value>,
        confirmed_facts: Facts,
        overlay: &[(&Edit, ChangeState)],
    ) -> Self {
        if overlay.is_empty() {
            return Self::of_step(Facts::default(), confirmed_facts, RecordState::Confirmed);
        }
        let (mut body, mut before) = (confirmed.cloned(), confirmed_facts);
        let mut delta = Self::of_step(Facts::default(), before.clone(), RecordState::Confirmed);
        let states = RecordState::of_changes(overlay.iter().map(|(_, state)| *state));
        for ((edit, _), state) in overlay.iter().zip(states) {
            body = merge::apply(kind, body, edit);
            let after = body.as_ref().map(|body| kind.facts(body)).unwrap_or_default();
            delta.add_step(before, after.clone(), state);
            before = after;
        }
        delta
    }

    /// Its part of the answer to a question.
    pub fn days(&self, query: &FactQuery) -> impl Iterator<Item = DaySum> {
        let asked = self.0.iter().filter(|(key, ..)| query.asks_for(key));
        asked.map(|(key, state, measures)| DaySum {
            date: key.date,
            status: *state,
            currency: key.currency,
            measures: *measures,
        })
    }

    /// What has to be added to get from `before` to `self`, without cells that stay.
    pub fn since(mut self, before: Self) -> impl Iterator<Item = (CubeKey, RecordState, Measures)> {
        for (key, status, measures) in before.0 {
            self.add(key, status, measures.negated());
        }
        self.0.into_iter().filter(|(_, _, measures)| !measures.is_zero())
    }
}

/// A question to the cube.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactQuery {
    /// Whose work.
    pub rep: RepId,
    /// What is counted.
    pub kind: FactKind,
    /// On which days.
    pub range: DateRange,
    /// Which cells.
    pub filter: TargetFilter,
}

impl FactQuery {
    /// Whether a cell is part of the answer.
    pub fn asks_for(&self, key: &CubeKey) -> bool {
        let TargetFilter { segment, lifecycle, product_group, outcome } = &self.filter;
        (key.rep, key.kind) == (self.rep, self.kind)
            && self.range.contains(key.date)
            && segment.is_none_or(|segment| segment == key.segment)
            && lifecycle.is_none_or(|lifecycle| lifecycle == key.lifecycle)
            && product_group.as_ref().is_none_or(|group| *group == key.product_group)
            && outcome.as_ref().is_none_or(|outcome| *outcome == key.outcome)
    }
}

/// One day's part of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySum {
    /// The day.
    pub date: NaiveDate,
    /// How sure it is.
    pub status: RecordState,
    /// In which currency, for amounts.
    pub currency: Option<CurrencyCode>,
    /// The sums.
    pub measures: Measures,
}

/// Whoever can answer questions to the cube: a phone's rollup, a server's, a plain list in a test.
pub trait FactSource {
    /// Why an answer could not be had.
    type Error;

    /// The sums by day, status and currency, in no particular order.
    fn days(&self, query: &FactQuery) -> Result<Vec<DaySum>, Self::Error>;
}

#[cfg(test)]
mod tests;
