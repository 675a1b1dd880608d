//! What the story wrote down, to be compared with what phones and server have.

use std::collections::BTreeSet;

use saha_core::Saha;
use saha_domain::NaiveDate;

use crate::exit::Result;

/// Records by their ids, each as often as it was seen: a set would hide what is there twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ledger {
    pub(super) visits: Vec<String>,
    pub(super) calls: Vec<String>,
    pub(super) sales: Vec<String>,
}

const PAGE: u32 = 200;

impl Ledger {
    /// Everything that a phone lists for the days from `first` to `last`.
    pub(super) fn of(saha: &Saha, first: NaiveDate, last: NaiveDate) -> Result<Self> {
        let mut all = Self::default();
        for date in first.iter_days().take_while(|date| *date <= last) {
            all.visits
                .extend(pages(|offset| Ok(saha.visits().list_on(date, PAGE, offset)?), |one| one.id.to_string())?);
            all.calls.extend(pages(|offset| Ok(saha.calls().list_on(date, PAGE, offset)?), |one| one.id.to_string())?);
            all.sales.extend(pages(|offset| Ok(saha.sales().list_on(date, PAGE, offset)?), |one| one.id.to_string())?);
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

/// Page after page, until one is not full.
fn pages<T>(page: impl Fn(u32) -> Result<Vec<T>>, id: impl Fn(&T) -> String) -> Result<Vec<String>> {
    let mut ids = Vec::new();
    loop {
        let rows = page(u32::try_from(ids.len()).unwrap_or(u32::MAX))?;
        let is_last = rows.len() < PAGE as usize;
        ids.extend(rows.iter().map(&id));
        if is_last {
            return Ok(ids);
        }
    }
}

#[cfg(test)]
mod tests;
