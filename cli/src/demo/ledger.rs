//! What the story wrote down, to be compared with what phones and server have.

use std::collections::BTreeSet;

use saha_core::Saha;
use saha_domain::NaiveDate;

use crate::{exit::Result, pages::every};

/// Records by their ids, each as often as it was seen: a set would hide what is there twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ledger {
    pub(super) visits: Vec<String>,
    pub(super) calls: Vec<String>,
    pub(super) sales: Vec<String>,
}

impl Ledger {
    /// Everything that a phone lists for the days from `first` to `last`.
    pub(super) fn of(saha: &Saha, first: NaiveDate, last: NaiveDate) -> Result<Self> {
        let mut all = Self::default();
        for date in first.iter_days().take_while(|date| *date <= last) {
            let visits = every(|limit, offset| saha.visits().list_on(date, limit, offset))?;
            let calls = every(|limit, offset| saha.calls().list_on(date, limit, offset))?;
            let sales = every(|limit, offset| saha.sales().list_on(date, limit, offset))?;
            all.visits.extend(visits.iter().map(|visit| visit.id.to_string()));
            all.calls.extend(calls.iter().map(|call| call.id.to_string()));
            all.sales.extend(sales.iter().map(|sale| sale.id.to_string()));
        }
        Ok(all)
    }

    /// Whether both hold the same records equally often, in whatever order.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        self.columns().into_iter().zip(other.columns()).all(|(one, two)| sorted(one) == sorted(two))
    }

    /// What `self` has and `other` has not.
    pub(super) fn beyond(&self, other: &Self) -> Self {
        let without = |all: &[String], known: &[String]| {
            let known: BTreeSet<&String> = known.iter().collect();
            all.iter().filter(|id| !known.contains(id)).cloned().collect()
        };
        Self {
            visits: without(&self.visits, &other.visits),
            calls: without(&self.calls, &other.calls),
            sales: without(&self.sales, &other.sales),
        }
    }

    /// Adds what another one has.
    pub(super) fn extend(&mut self, more: Self) {
        self.visits.extend(more.visits);
        self.calls.extend(more.calls);
        self.sales.extend(more.sales);
    }

    /// How many records it holds.
    pub(super) fn len(&self) -> usize {
        self.columns().into_iter().map(<[String]>::len).sum()
    }

    /// Visits, calls and sales.
    pub(super) fn columns(&self) -> [&[String]; 3] {
        [&self.visits, &self.calls, &self.sales]
    }
}

fn sorted(ids: &[String]) -> Vec<&String> {
    let mut ids: Vec<&String> = ids.iter().collect();
    ids.sort();
    ids
}

#[cfg(test)]
mod tests;
