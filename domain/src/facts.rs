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

    /// Back from [`FactKind::code`].
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }
}

/// How sure a contribution is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FactStatus {
    /// The server has it.
    Confirmed,
    /// The server does not have it yet.
    Waiting,
    /// The server refused it.
    Rejected,
}

impl FactStatus {
    /// Every status.
    pub const ALL: &[FactStatus] = &[Self::Confirmed, Self::Waiting, Self::Rejected];

    /// The code in a rollup table. Never reused.
    pub const fn code(self) -> i64 {
        match self {
            Self::Confirmed => 1,
            Self::Waiting => 2,
            Self::Rejected => 3,
        }
    }

    /// Where a change of this state stands in the figures.
    pub const fn of(state: ChangeState) -> Self {
        match state {
            ChangeState::Queued | ChangeState::Sent => Self::Waiting,
            ChangeState::Acked | ChangeState::Seen => Self::Confirmed,
            ChangeState::Rejected => Self::Rejected,
        }
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
pub struct Delta(Vec<(CubeKey, FactStatus, Measures)>);

impl Delta {
    fn add(&mut self, key: CubeKey, status: FactStatus, measures: Measures) {
        match self.0.iter_mut().find(|(k, s, _)| *s == status && *k == key) {
            Some((_, _, sum)) => *sum = sum.plus(measures),
            None => self.0.push((key, status, measures)),
        }
    }

    fn add_step(&mut self, before: Facts, after: Facts, status: FactStatus) {
        for fact in after {
            self.add(fact.key, status, fact.measures);
        }
        for fact in before {
            self.add(fact.key, status, fact.measures.negated());
        }
    }

    /// What one more change over a row adds, which leads from `before` to `after`.
    pub fn of_step(before: Facts, after: Facts, status: FactStatus) -> Self {
        let mut delta = Self::default();
        delta.add_step(before, after, status);
        delta
    }

    /// **What a row adds to the figures**: its confirmed body as confirmed, and each change over it as the difference that
    /// it makes, under that change's own status. A change behind a refused one is held back by it, so it counts as refused
    /// too. The sum over all statuses is always what the rep sees.
    ///
    /// `confirmed_facts` are those of the confirmed body, which whoever read it knows.
    pub fn of_row(
        kind: Kind,
        confirmed: Option<&serde_json::Value>,
        confirmed_facts: Facts,
        overlay: &[(&Edit, ChangeState)],
    ) -> Self {
        if overlay.is_empty() {
            return Self::of_step(Facts::default(), confirmed_facts, FactStatus::Confirmed);
        }
        let (mut body, mut before) = (confirmed.cloned(), confirmed_facts);
        let mut delta = Self::of_step(Facts::default(), before.clone(), FactStatus::Confirmed);
        let mut is_held_back = false;
        for (edit, state) in overlay {
            is_held_back |= *state == ChangeState::Rejected;
            let status = if is_held_back { FactStatus::Rejected } else { FactStatus::of(*state) };
            body = merge::apply(body, edit);
            let after = body.as_ref().map(|body| kind.facts(body)).unwrap_or_default();
            delta.add_step(before, after.clone(), status);
            before = after;
        }
        delta
    }

    /// What has to be added to get from `before` to `self`, without cells that stay.
    pub fn since(mut self, before: Self) -> impl Iterator<Item = (CubeKey, FactStatus, Measures)> {
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

/// One day's part of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySum {
    /// The day.
    pub date: NaiveDate,
    /// How sure it is.
    pub status: FactStatus,
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
