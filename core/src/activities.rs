//! What a rep did, whatever it was: the story of a customer, and what a target's figures rest on.

mod store;

use std::cmp::Reverse;

use saha_domain::{
    Call, CustomerId, Kind, NaiveDate, RepId, Sale, Stamp, Target, Visit,
    catalog::{Lang, titles},
    facts::{FactQuery, RecordState},
    metrics,
    period::DateRange,
    registry,
};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    calls, customers,
    error::{Error, Result},
    outbox,
    page::Page,
    sales,
    store::Reader,
    visits,
};

/// Something that was done with a customer.
#[derive(Debug, Clone, PartialEq, serde::Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// A visit.
    Visit {
        /// As the rep sees it.
        visit: Visit,
    },
    /// A call.
    Call {
        /// As the rep sees it.
        call: Call,
    },
    /// A sale.
    Sale {
        /// As the rep sees it.
        sale: Sale,
    },
}

impl Activity {
    /// What a body of one of the kinds that are activities says.
    fn read(kind: Kind, body: &Value) -> Result<Self> {
        Ok(match kind {
            Kind::Visit => Self::Visit { visit: registry::read(body)? },
            Kind::Call => Self::Call { call: registry::read(body)? },
            Kind::Sale => Self::Sale { sale: registry::read(body)? },
            other => return Err(Error::internal(format!("a {other} is no activity"))),
        })
    }

    fn customer(&self) -> CustomerId {
        match self {
            Self::Visit { visit } => visit.customer,
            Self::Call { call } => call.customer,
            Self::Sale { sale } => sale.customer,
        }
    }

    /// When it was.
    fn at(&self) -> &Stamp {
        match self {
            Self::Visit { visit } => &visit.check_in,
            Self::Call { call } => &call.at,
            Self::Sale { sale } => &sale.at,
        }
    }

    /// When it became what it adds to the figures of `date`: a sale that is cancelled counts back on the day of that.
    fn counted_at(&self, date: NaiveDate) -> &Stamp {
        let cancelled_at = match self {
            Self::Sale { sale } if sale.at.local_date != date => sale.cancelled_at.as_ref(),
            _ => None,
        };
        cancelled_at.unwrap_or_else(|| self.at())
    }

    fn title(&self, lang: Lang) -> String {
        match self {
            Self::Visit { visit } => titles::of_visit(lang, visit),
            Self::Call { call } => titles::of_call(lang, call),
            Self::Sale { sale } => titles::of_sale(lang, sale),
        }
    }
}

/// One thing of what happened with a customer.
#[derive(Debug, Clone, PartialEq, serde::Serialize, uniffi::Record)]
pub struct StoryEntry {
    /// What was done, by whomever.
    pub activity: Activity,
    /// Whether the company has it.
    pub state: RecordState,
    /// What it was, in the app's language: `Visit: order`.
    pub title: String,
    /// When it was.
    pub at: Stamp,
}

/// What one record adds to a target.
#[derive(Debug, Clone, PartialEq, serde::Serialize, uniffi::Record)]
pub struct TargetRecord {
    /// The record. One that the rep deleted is as it was before; the company does not know yet that it is gone.
    pub activity: Activity,
    /// Whether what it adds is confirmed, waiting or refused.
    pub state: RecordState,
    /// What it adds: a count, or minor units of the target's currency; negative for what is taken back.
    pub value: i64,
    /// At whom: the customer's name.
    pub title: String,
    /// What it was, in the app's language: `Visit: order`.
    pub summary: String,
    /// When it counts from.
    pub at: Stamp,
}

/// What happened with a customer, newest first.
pub(crate) fn story(reader: &Reader, lang: Lang, customer: CustomerId, page: Page) -> Result<Vec<StoryEntry>> {
    let entry = |(kind, id): (Kind, Uuid)| {
        let Some(body) = reader.body(kind, id)? else { return Ok(None) };
        let activity = Activity::read(kind, &body)?;
        let (title, at, state) = (activity.title(lang), activity.at().clone(), reader.state_of(id)?);
        Ok(Some(StoryEntry { activity, state, title, at }))
    };
    let named = store::of_customer(reader.conn(), customer, page)?;
    named.into_iter().filter_map(|named| entry(named).transpose()).collect()
}

/// What a target's figures rest on in the period that holds `today`, newest first. One record is several where what it adds is
/// not all as sure, or not all of one day.
pub(crate) fn behind(
    reader: &Reader,
    lang: Lang,
    target: &Target,
    today: NaiveDate,
    page: Page,
) -> Result<Vec<TargetRecord>> {
    let Some(question) = metrics::question(target, today) else { return Ok(Vec::new()) };
    let mut records = Vec::new();
    for id in candidates(reader, &question)? {
        records.extend(shares_of(reader, target, &question, id)?);
    }
    records.sort_by_key(|(share, activity)| {
        let at = activity.counted_at(share.date);
        Reverse((share.date, at.utc_ms(), activity.customer(), share.state))
    });
    let shown = page.of(records).map(|(share, activity)| {
        Ok(TargetRecord {
            state: share.state,
            value: share.value,
            title: customers::name_of(reader, activity.customer())?.unwrap_or_default(),
            summary: activity.title(lang),
            at: activity.counted_at(share.date).clone(),
            activity,
        })
    });
    shown.collect()
}

/// Every row that may add something: those of the days, and those under changes, which may hide what was there.
fn candidates(reader: &Reader, question: &FactQuery) -> Result<std::collections::BTreeSet<Uuid>> {
    let (conn, kind) = (reader.conn(), question.kind.record());
    let made_in: fn(&rusqlite::Connection, RepId, DateRange) -> Result<Vec<Uuid>> = match kind {
        Kind::Visit => visits::store::made_in,
        Kind::Call => calls::store::made_in,
        _ => sales::store::made_in,
    };
    let made = made_in(conn, question.rep, question.range)?;
    Ok(made.into_iter().chain(outbox::rows_under_changes(conn, kind)?).collect())
}

fn shares_of(
    reader: &Reader,
    target: &Target,
    question: &FactQuery,
    id: Uuid,
) -> Result<Vec<(metrics::Share, Activity)>> {
    let row = reader.row(question.kind.record(), id)?;
    let shares = metrics::shares(target, question, &row.contribution());
    if shares.is_empty() {
        return Ok(Vec::new());
    }
    let Some(body) = row.last_seen() else { return Ok(Vec::new()) };
    let activity = Activity::read(row.kind, &body)?;
    Ok(shares.into_iter().map(|share| (share, activity.clone())).collect())
}

#[cfg(test)]
mod tests;
