use chrono::NaiveDate;
use saha_domain::{
    CurrencyCode, Kind, LeavePolicy, Metric, Problem, Target, TargetDirection, TargetFilter, TargetRevision,
    TargetState, period::Period,
};

use super::{
    Fault, cells,
    file::{Effect, FileKind},
    table::{Column, Row},
    upsert::{id_of, upsert},
};
use crate::{store::View, sync::Ledger};

/// A target counts once on a scorecard, basis points.
const WEIGHT_BP: i32 = 10_000;
/// It brings one and a half times itself at most, basis points.
const CAP_BP: i32 = 15_000;

/// `targets.csv`: lines of the same rep, metric, period, filter and currency are revisions of one target, by their
/// date.
pub(super) struct Targets;

pub(super) struct Entry {
    rep_code: String,
    metric: Metric,
    period: Period,
    filter: TargetFilter,
    currency: Option<CurrencyCode>,
    effective_from: NaiveDate,
    value: i64,
    reason: Option<String>,
}

impl Entry {
    /// What makes it one target.
    fn target_key(&self) -> String {
        let TargetFilter { segment, lifecycle, product_group, .. } = &self.filter;
        let segment = segment.map_or("", |segment| segment.name());
        let lifecycle = lifecycle.map_or("", |lifecycle| lifecycle.name());
        let group = product_group.as_deref().unwrap_or_default();
        let currency = self.currency.map_or("", CurrencyCode::code);
        let (rep, metric, period) = (&self.rep_code, self.metric.name(), self.period.name());
        [rep, metric, period, segment, lifecycle, group, currency].join("\t")
    }
}

impl FileKind for Targets {
    const COLUMNS: &'static [Column] = &[
        Column::required("rep_code", &["temsilci kodu", "temsilci"]),
        Column::required("metric", &["olcu", "metrik"]),
        Column::required("period", &["donem"]),
        Column::required("value", &["deger", "hedef"]).of_numbers(),
        Column::optional("currency", &["para birimi"]),
        Column::required("effective_from", &["baslangic", "gecerlilik"]),
        Column::optional("reason", &["neden", "gerekce"]),
        Column::optional("product_group", &["urun grubu", "grup"]),
        Column::optional("segment", &["sinif"]),
        Column::optional("lifecycle", &["durum"]),
    ];
    type Entry = Entry;

    fn read(&self, row: &Row<'_>, _: &dyn View) -> Result<Entry, Fault> {
        let missing = |column| Fault::Cell { column, problem: Problem::Missing };
        let metric = row.word("metric", metric)?.ok_or_else(|| missing("metric"))?;
        let currency = currency(row)?;
        if metric.is_money() && currency.is_none() {
            return Err(missing("currency"));
        }
        // Revenue is kept in minor units; nobody makes half a visit.
        let digits = currency.filter(|_| metric.is_money()).map_or(0, CurrencyCode::minor_digits);
        Ok(Entry {
            rep_code: row.filled("rep_code")?,
            metric,
            period: row.word("period", cells::period)?.ok_or_else(|| missing("period"))?,
            filter: TargetFilter {
                segment: row.word("segment", cells::segment)?,
                lifecycle: row.word("lifecycle", cells::lifecycle)?,
                product_group: row.text("product_group"),
                outcome: None,
            },
            currency,
            effective_from: row.filled_date("effective_from")?,
            value: row.filled_number("value", digits)?,
            reason: row.text("reason"),
        })
    }

    fn key(entry: &Entry) -> String {
        format!("{}\t{}", entry.target_key(), entry.effective_from)
    }

    fn write(&self, ledger: &Ledger<'_>, entry: &Entry) -> Result<Effect, Fault> {
        let rep = id_of(ledger, Kind::Rep, "rep_code", &entry.rep_code)?;
        upsert::<Target>(ledger, &entry.target_key(), column_of, |id, before| {
            let mut target = before.unwrap_or_else(|| Target {
                id: id.into(),
                rep,
                metric: entry.metric,
                period: entry.period,
                filter: entry.filter.clone(),
                direction: TargetDirection::AtLeast,
                weight_bp: WEIGHT_BP,
                cap_bp: CAP_BP,
                leave_policy: LeavePolicy::Keep,
                currency: entry.currency,
                state: TargetState::Active,
                revisions: Vec::new(),
            });
            revise(&mut target, entry, ledger)?;
            Ok(target)
        })
    }
}

/// Sets the value from the line's date on.
fn revise(target: &mut Target, entry: &Entry, ledger: &Ledger<'_>) -> Result<(), Fault> {
    let same_date = target.revisions.iter_mut().find(|revision| revision.effective_from == entry.effective_from);
    if let Some(revision) = same_date {
        revision.value = entry.value;
        revision.reason.clone_from(&entry.reason);
        return Ok(());
    }
    target.revisions.push(TargetRevision {
        id: ledger.new_id()?.into(),
        effective_from: entry.effective_from,
        value: entry.value,
        reason: entry.reason.clone(),
    });
    Ok(())
}

fn currency(row: &Row<'_>) -> Result<Option<CurrencyCode>, Fault> {
    let read = |cell: &str| cell.parse().map_err(|_| Fault::Cell { column: "currency", problem: Problem::Unknown });
    row.cell("currency").map(read).transpose()
}

fn metric(word: &str) -> Option<Metric> {
    match word {
        "visits" | "ziyaret" => Some(Metric::Visits),
        "calls" | "arama" => Some(Metric::Calls),
        "sales" | "satis" => Some(Metric::Sales),
        "revenue" | "ciro" => Some(Metric::Revenue),
        _ => None,
    }
}

fn column_of(field: &str) -> &'static str {
    match field {
        "currency" => "currency",
        "reason" => "reason",
        "effective_from" => "effective_from",
        _ => "value",
    }
}
