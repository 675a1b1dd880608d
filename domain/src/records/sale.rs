use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{
    activity,
    children::{self, Child},
};
use crate::{
    CurrencyCode, CustomerId, FieldError, Kind, Lifecycle, Money, Problem, Product, ProductId, Quantity, Record, RepId,
    SaleId, SaleLineId, Segment, Stamp, UnitPrice, VisitId,
    facts::{Fact, FactKind, Facts, Measures},
    pricing,
    registry::{KindSpec, Reference, Refusal, RepAccess, Scope},
    text,
    wire::RejectionCode,
};

/// Where a sale stands. Only forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum SaleState {
    /// Being written; counts nowhere.
    Draft,
    /// Agreed with the customer.
    Confirmed,
    /// Taken back: a negative entry on its own date.
    Cancelled,
    /// A state that this version does not know.
    #[serde(other)]
    Unknown,
}

impl SaleState {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Confirmed => "confirmed",
            Self::Cancelled => "cancelled",
            Self::Unknown => "unknown",
        }
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Draft => 0,
            Self::Confirmed => 1,
            Self::Cancelled => 2,
            Self::Unknown => 3,
        }
    }
}

/// One line of a sale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, uniffi::Record)]
pub struct SaleLine {
    /// The id; the key of the line on the wire.
    pub id: SaleLineId,
    /// Where it stands on the document, from 1.
    pub position: i32,
    /// What was sold.
    pub product: ProductId,
    /// The product's group at the sale. Frozen.
    pub product_group: String,
    /// How much.
    pub quantity: Quantity,
    /// Price of one unit before discounts.
    pub unit_price: UnitPrice,
    /// Discounts in the order in which they are taken, basis points.
    pub discounts_bp: Vec<i32>,
    /// Value added tax, basis points.
    pub tax_bp: i32,
    /// Whether the unit price includes the tax.
    pub tax_included: bool,
    /// Without tax, minor units, by the sale's rule set.
    pub net_minor: i64,
    /// The tax, minor units.
    pub tax_minor: i64,
}

impl SaleLine {
    /// Computes `net_minor` and `tax_minor` anew.
    pub fn reprice(&mut self) -> Result<(), FieldError> {
        let amounts =
            pricing::line_amounts(&self.quantity, self.unit_price, &self.discounts_bp, self.tax_bp, self.tax_included)
                .map_err(|e| self.at_fault(&e.field, e.problem))?;
        self.net_minor = amounts.net_minor;
        self.tax_minor = amounts.tax_minor;
        Ok(())
    }

    /// A problem of one of this line's fields, as the wire names it.
    pub fn at_fault(&self, field: &str, problem: Problem) -> FieldError {
        FieldError::new(format!("lines/{}/{field}", self.id), problem)
    }

    /// Whether what is left of the unit price after the discounts is less than the product's floor, both with or both
    /// without tax, as the product's prices are. A floor in another currency can't be compared without a rate of the day.
    pub fn is_below_floor(&self, product: &Product) -> bool {
        let Some(floor) = product.floor_price.filter(|floor| floor.currency == self.unit_price.currency) else {
            return false;
        };
        let price = self.discounted_price_micro();
        let price = match (self.tax_included, product.tax_included) {
            (true, false) => pricing::without_tax(price, self.tax_bp),
            (false, true) => pricing::with_tax(price, product.tax_bp),
            _ => Some(price),
        };
        // None is a tax rate that no line may have: the line's own check refuses it.
        price.is_some_and(|price| price < i128::from(floor.amount_micro))
    }

    /// What is left of the unit price after the discounts, micro units, rounded down. Discounts that were not checked
    /// yet may be anything: it saturates.
    fn discounted_price_micro(&self) -> i128 {
        let discounted = |price: i128, bp: &i32| price.saturating_mul(10_000 - i128::from(*bp)) / 10_000;
        self.discounts_bp.iter().fold(i128::from(self.unit_price.amount_micro), discounted)
    }

    /// What holds under every rule set.
    fn check_values(&self, currency: CurrencyCode) -> Result<(), FieldError> {
        let wrong = |field: &str, problem| Err(self.at_fault(field, problem));
        if self.quantity.amount_milli <= 0 {
            return wrong("quantity", Problem::OutOfRange);
        }
        if self.unit_price.amount_micro < 0 {
            return wrong("unit_price", Problem::OutOfRange);
        }
        if self.unit_price.currency != currency {
            return wrong("unit_price", Problem::Inconsistent);
        }
        if self.discounts_bp.len() > MAX_DISCOUNTS || self.discounts_bp.iter().any(|bp| !(0..=10_000).contains(bp)) {
            return wrong("discounts_bp", Problem::OutOfRange);
        }
        if !(0..=10_000).contains(&self.tax_bp) {
            return wrong("tax_bp", Problem::OutOfRange);
        }
        if self.net_minor < 0 {
            return wrong("net_minor", Problem::OutOfRange);
        }
        if self.tax_minor < 0 {
            return wrong("tax_minor", Problem::OutOfRange);
        }
        let named = |error: FieldError| self.at_fault(&error.field, error.problem);
        text::check("quantity", &self.quantity.unit, 20).map_err(named)?;
        text::check("product_group", &self.product_group, 40).map_err(named)
    }

    /// What the current rule set makes of the line.
    fn check_amounts(&self) -> Result<(), FieldError> {
        let mut priced = self.clone();
        priced.reprice()?;
        if priced == *self { Ok(()) } else { Err(self.at_fault("net_minor", Problem::Inconsistent)) }
    }
}

impl Child for SaleLine {
    fn position(&self) -> i32 {
        self.position
    }
}

/// More discounts than this on one line are a mistake.
const MAX_DISCOUNTS: usize = 5;
/// More lines than this on one sale are a mistake.
const MAX_LINES: usize = 500;

/// A sale with its lines: one aggregate, one body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, uniffi::Record)]
pub struct Sale {
    /// The id.
    pub id: SaleId,
    /// The document number: the device's series and a counter, made offline: `B-000012`. On a device that has no series of
    /// its own, as its database was copied and nobody has signed in since, `0-` and twelve digits of the sale's id.
    pub number: String,
    /// Who sold.
    pub rep: RepId,
    /// To whom.
    pub customer: CustomerId,
    /// The customer's segment at the sale. Frozen.
    pub segment: Segment,
    /// The customer's lifecycle at the sale. Frozen.
    pub lifecycle: Lifecycle,
    /// The visit that it came of.
    pub visit: Option<VisitId>,
    /// Where it stands.
    pub state: SaleState,
    /// When it was made; its local date is the sale's day.
    pub at: Stamp,
    /// When it was cancelled.
    pub cancelled_at: Option<Stamp>,
    /// The currency of every line.
    pub currency: CurrencyCode,
    /// The rule set that priced it.
    pub rule_set: String,
    /// The lines, by position.
    #[serde(with = "super::children")]
    pub lines: Vec<SaleLine>,
    /// Σ of the lines' nets, minor units.
    pub net_minor: i64,
    /// Σ of the lines' taxes, minor units.
    pub tax_minor: i64,
    /// The rep's own words.
    pub note: Option<String>,
}

impl Sale {
    /// Computes every line and both totals anew by the current rule set.
    pub fn reprice(&mut self) -> Result<(), FieldError> {
        let (net_minor, tax_minor) = reprice(&mut self.lines)?;
        pricing::RULE_SET.clone_into(&mut self.rule_set);
        (self.net_minor, self.tax_minor) = (net_minor, tax_minor);
        Ok(())
    }

    /// Prices the lines of a sale that is not made yet: what it comes to without tax, and its tax. What keeps it from being made
    /// is the error.
    pub fn quote(lines: &mut [SaleLine]) -> Result<(Money, Money), FieldError> {
        let (net_minor, tax_minor) = reprice(lines)?;
        let first = lines.first().ok_or_else(|| FieldError::new("lines", Problem::Missing))?;
        let currency = first.unit_price.currency;
        check_lines(lines, currency)?;
        Ok((Money::new(net_minor, currency), Money::new(tax_minor, currency)))
    }

    /// The lines, and the totals as their sums. Only the amounts of a line need the rule set that made them.
    fn check_lines(&self) -> Result<(), FieldError> {
        if self.state != SaleState::Draft && self.lines.is_empty() {
            return Err(FieldError::new("lines", Problem::Missing));
        }
        check_lines(&self.lines, self.currency)?;
        if self.has_known_rules() {
            self.lines.iter().try_for_each(SaleLine::check_amounts)?;
        }
        if sums(&self.lines)? == (self.net_minor, self.tax_minor) {
            Ok(())
        } else {
            Err(FieldError::new("net_minor", Problem::Inconsistent))
        }
    }

    fn nets_by_group(&self) -> BTreeMap<&str, (i64, i64)> {
        let mut groups: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
        for line in &self.lines {
            let (count, net) = groups.entry(&line.product_group).or_default();
            *count += 1;
            *net = net.saturating_add(line.net_minor);
        }
        groups
    }

    /// The entries of the sale on `date`: one for the document, one for each product group's lines.
    fn entries(&self, date: NaiveDate, sign: i64) -> impl Iterator<Item = Fact> {
        // A body that came from a server may break every rule, and is counted all the same.
        let signed = move |count: i64, net_minor: i64| Measures {
            count: sign * count,
            amount_minor: net_minor.saturating_mul(sign),
            duration_ms: 0,
        };
        let mut document = activity::cell(FactKind::Sale, self.rep, date, self.segment, self.lifecycle);
        document.currency = Some(self.currency);
        let lines = self.nets_by_group().into_iter().map({
            let document = document.clone();
            move |(group, (count, net))| Fact {
                key: crate::facts::CubeKey {
                    kind: FactKind::SaleLine,
                    product_group: group.to_owned(),
                    ..document.clone()
                },
                measures: signed(count, net),
            }
        });
        let lines: Vec<Fact> = lines.collect();
        std::iter::once(Fact { key: document, measures: signed(1, self.net_minor) }).chain(lines)
    }
}

/// Computes every line anew by the current rule set: net and tax of all of them.
fn reprice(lines: &mut [SaleLine]) -> Result<(i64, i64), FieldError> {
    lines.iter_mut().try_for_each(SaleLine::reprice)?;
    sums(lines)
}

/// Σ of the nets and Σ of the taxes, minor units.
fn sums(lines: &[SaleLine]) -> Result<(i64, i64), FieldError> {
    let sum = |part: fn(&SaleLine) -> i64| lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(part(line)));
    let overflow = || FieldError::new("net_minor", Problem::Overflow);
    let (net, tax) = (sum(|l| l.net_minor).ok_or_else(overflow)?, sum(|l| l.tax_minor).ok_or_else(overflow)?);
    net.checked_add(tax).ok_or_else(overflow)?;
    Ok((net, tax))
}

/// What holds of the lines of a sale under every rule set.
fn check_lines(lines: &[SaleLine], currency: CurrencyCode) -> Result<(), FieldError> {
    if lines.len() > MAX_LINES {
        return Err(FieldError::new("lines", Problem::OutOfRange));
    }
    let mut ids = BTreeSet::new();
    // Two spellings of one id are two keys on the wire, and one line here.
    if let Some(twice) = lines.iter().find(|line| !ids.insert(line.id)) {
        return Err(FieldError::new(format!("lines/{}", twice.id), Problem::Inconsistent));
    }
    lines.iter().try_for_each(|line| line.check_values(currency))
}

impl Record for Sale {
    const KIND: Kind = Kind::Sale;
    const SPEC: KindSpec = KindSpec {
        scope: Scope::BeneathCustomer { customer: "/customer", rep: "/rep", date: Some("/at/local_date") },
        references: &[
            Reference::new("customer", Kind::Customer),
            Reference::new("rep", Kind::Rep),
            Reference::new("visit", Kind::Visit),
            Reference::new("lines/product", Kind::Product),
        ],
        children: &["lines"],
        stamps: &["at", "cancelled_at"],
        rep: RepAccess {
            create: true,
            patch: &[
                "customer",
                "visit",
                "state",
                "cancelled_at",
                "lines",
                "net_minor",
                "tax_minor",
                "rule_set",
                "note",
            ],
            delete: false,
        },
    };

    fn uuid(&self) -> Uuid {
        self.id.uuid()
    }

    fn is_whole_child(id: &str, body: &Value) -> bool {
        children::is_whole::<SaleLine>(id, body)
    }

    fn check(&self) -> Result<(), FieldError> {
        self.at.check("at")?;
        text::check_filled("number", &self.number, 40)?;
        text::check_optional("note", self.note.as_deref(), text::NOTE_MAX_CHARS)?;
        text::check_filled("rule_set", &self.rule_set, 40)?;
        self.check_lines()?;
        let Some(cancelled_at) = &self.cancelled_at else {
            let is_missing = self.state == SaleState::Cancelled;
            return if is_missing { Err(FieldError::new("cancelled_at", Problem::Missing)) } else { Ok(()) };
        };
        cancelled_at.check("cancelled_at")?;
        if cancelled_at.since_ms(&self.at) < 0 {
            return Err(FieldError::new("cancelled_at", Problem::EndBeforeStart));
        }
        Ok(())
    }

    const DERIVED: &'static [&'static str] = &["net_minor", "tax_minor"];

    /// Lines and totals, where the rules that made them are known.
    fn settle(&mut self) -> Result<(), FieldError> {
        if self.has_known_rules() { self.reprice() } else { Ok(()) }
    }

    fn has_known_rules(&self) -> bool {
        self.rule_set == pricing::RULE_SET
    }

    /// A confirmed sale counts on its day; a cancellation is a negative entry on its own day.
    fn facts(&self) -> Facts {
        match (self.state, &self.cancelled_at) {
            (SaleState::Confirmed, _) => self.entries(self.at.local_date, 1).collect(),
            (SaleState::Cancelled, Some(cancelled_at)) => {
                self.entries(self.at.local_date, 1).chain(self.entries(cancelled_at.local_date, -1)).collect()
            }
            _ => Facts::default(),
        }
    }

    fn check_rep(&self, rep: RepId, before: Option<&Self>) -> Result<(), Refusal> {
        activity::check_doer(rep, before.map(|b| b.rep), self.rep)?;
        // A cancelled sale counts on the day of its making, where a draft never did.
        if before.is_some_and(|b| b.state == SaleState::Draft) && self.state == SaleState::Cancelled {
            return Err(Refusal { code: RejectionCode::WrongState, field: Some("state".to_owned()) });
        }
        activity::check_forward(before.map(|b| b.state.rank()), self.state.rank())
    }

    fn date(&self) -> Option<NaiveDate> {
        Some(self.at.local_date)
    }
}
