//! A company that sells drinks and soap in Istanbul: reps, shops, goods, targets, and years of visits, calls and sales,
//! in bodies as a server sends them.

mod rows;

use std::path::Path;

use anyhow::{Context as _, Result};
use saha_domain::{
    Assignment, AssignmentId, Call, CallDirection, CallDisposition, CheckoutKind, ClockSource, CurrencyCode, Customer,
    CustomerId, GeoPoint, Hlc, LeavePolicy, Location, Metric, NaiveDate, Product, Quantity, Record, Rep, RepId,
    SahaError, Sale, SaleLine, SaleState, Segment, Stamp, Target, TargetDirection, TargetFilter, TargetRevision,
    TargetState, Visit, VisitId, VisitState, WorkCalendar,
    geo::{self, GeoVerdict},
    merge,
    period::Period,
    registry,
    wire::PulledItem,
};
use serde_json::value::RawValue;

use crate::{
    canned::{CannedServer, Pages, now_ms},
    dice::Dice,
    phone::{self, ZONE},
};

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;
/// Istanbul is three hours ahead of UTC the whole year.
const OFFSET_S: i32 = 10_800;
const RADIUS_M: i64 = 150;
const GROUPS: [&str; 4] = ["icecek", "temizlik", "atistirmalik", "kozmetik"];
const OUTCOMES: [&str; 4] = ["order", "no_need", "closed", "follow_up"];
const DISTRICTS: [&str; 5] = ["Kadıköy", "Beşiktaş", "Üsküdar", "Şişli", "Ümraniye"];
const NOTES: [&str; 4] = [
    "Raf düzeni değişmiş, yeni sezon ürünleri sorulacak.",
    "Sahibi yoktu, haftaya salı sabah tekrar uğra.",
    "Rakip fiyat düşürmüş; iskonto istiyor.",
    "Depoda stok var, gelecek ay sipariş verecek.",
];

/// How large a company is.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Visits, calls and sales together, spread evenly over reps and days.
    pub activities: usize,
    /// Reps who share the customers. The first one is the phone's own.
    pub reps: usize,
    /// How many days back the activities go.
    pub days: usize,
    /// Customers, each assigned to the phone's rep.
    pub customers: usize,
    /// Products.
    pub products: usize,
}

impl Plan {
    /// Three years of one rep who works 27 activities a day.
    pub const ONE_REP: Self = Self { activities: 30_000, reps: 1, days: 1_100, customers: 400, products: 300 };
    /// Ten times as many: five reps at the same customers, over twice as long.
    pub const TEN_TIMES: Self = Self { activities: 300_000, reps: 5, days: 2_200, ..Self::ONE_REP };
    /// A rep with more customers than he can visit.
    pub const MANY_CUSTOMERS: Self = Self { customers: 10_000, ..Self::ONE_REP };
}

/// The company.
#[derive(Debug)]
pub struct Office {
    plan: Plan,
    dice: Dice,
    /// The midnight before the first day, Unix milliseconds.
    start_ms: i64,
    version: i64,
    reps: Vec<Rep>,
    customers: Vec<Customer>,
    products: Vec<Product>,
    /// The last visit of anyone, for the sale that comes of it.
    last_visit: Option<(VisitId, RepId, CustomerId)>,
}

impl Office {
    /// The same plan and seed on the same day make the same company.
    pub fn new(plan: Plan, seed: u64) -> Result<Self> {
        let mut dice = Dice::new(seed);
        let today_ms =
            (now_ms() + i64::from(OFFSET_S) * 1_000).div_euclid(DAY_MS) * DAY_MS - i64::from(OFFSET_S) * 1_000;
        let start_ms = today_ms - (i64::try_from(plan.days)? - 1) * DAY_MS;
        let reps = (0..plan.reps).map(|n| rows::rep(&mut dice, start_ms, n)).collect();
        let customers = (0..plan.customers).map(|n| rows::customer(&mut dice, start_ms, n)).collect();
        let products = (0..plan.products).map(|n| rows::product(&mut dice, start_ms, n)).collect();
        Ok(Self { plan, dice, start_ms, version: 0, reps, customers, products, last_visit: None })
    }

    /// The rep whose phone is filled.
    pub fn rep(&self) -> Result<RepId> {
        Ok(self.reps.first().context("a company without reps")?.id)
    }

    /// The customers.
    pub fn customers(&self) -> &[Customer] {
        &self.customers
    }

    /// The goods.
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    /// Everything but the activities, parents first.
    pub fn base(&mut self) -> Result<Vec<Result<PulledItem>>> {
        let calendar = WorkCalendar::default_of(self.dice.id(self.start_ms));
        let company = rows::company(self.dice.id(self.start_ms), &calendar);
        let (reps, products, customers) = (self.reps.clone(), self.products.clone(), self.customers.clone());
        let (assignments, targets) = (self.assignments()?, self.targets()?);
        let call_cycles = rows::call_cycles(&mut self.dice, self.start_ms);
        let mut items = vec![self.item(&company), self.item(&calendar)];
        items.extend(reps.iter().map(|row| self.item(row)));
        items.extend(products.iter().map(|row| self.item(row)));
        items.extend(customers.iter().map(|row| self.item(row)));
        items.extend(assignments.iter().map(|row| self.item(row)));
        items.extend(targets.iter().map(|row| self.item(row)));
        items.extend(call_cycles.iter().map(|row| self.item(row)));
        Ok(items)
    }

    /// Every activity, from the oldest to the newest.
    pub fn activities(&mut self) -> impl Iterator<Item = Result<PulledItem>> {
        (0..self.plan.activities).map(|n| self.activity(n))
    }

    /// Half are visits, three of ten are calls, one of five is a sale.
    fn activity(&mut self, n: usize) -> Result<PulledItem> {
        let at_ms = self.instant(n)?;
        let rep = self.reps.get(n % self.reps.len()).context("a company without reps")?.id;
        let customer = self.dice.pick(&self.customers).clone();
        match n / self.reps.len() % 10 {
            0 | 2 | 4 | 6 | 8 => {
                let visit = self.visit(rep, &customer, at_ms)?;
                self.item(&visit)
            }
            1 | 5 | 9 => {
                let call = self.call(rep, &customer, at_ms)?;
                self.item(&call)
            }
            _ => {
                let sale = self.sale(rep, &customer, at_ms, n)?;
                self.item(&sale)
            }
        }
    }

    /// When the `n`th activity happens: between 09:00 and 18:00 of its day.
    fn instant(&self, n: usize) -> Result<i64> {
        let (n, of, days) = (i64::try_from(n)?, i64::try_from(self.plan.activities)?, i64::try_from(self.plan.days)?);
        let day = n * days / of;
        let within = (n * days % of) * 540 / of;
        Ok(self.start_ms + day * DAY_MS + (540 + within) * MINUTE_MS)
    }

    fn visit(&mut self, rep: RepId, customer: &Customer, at_ms: i64) -> Result<Visit> {
        let id = self.dice.id(at_ms);
        self.last_visit = Some((id, rep, customer.id));
        let minutes = 5 + self.dice.below_i64(40);
        let place = self.fix_near(customer);
        let (geo_verdict, distance_m) = geo::verdict(place.as_ref(), customer.location, RADIUS_M);
        Ok(Visit {
            id,
            rep,
            customer: customer.id,
            segment: customer.segment,
            lifecycle: customer.lifecycle,
            state: VisitState::Completed,
            check_in: self.stamp(at_ms)?,
            check_in_location: place,
            distance_m,
            geo_verdict: if distance_m.is_some() { geo_verdict } else { GeoVerdict::NoFix },
            check_out: Some(self.stamp(at_ms + minutes * MINUTE_MS)?),
            check_out_location: self.fix_near(customer),
            checkout_kind: Some(CheckoutKind::Explicit),
            outcome: Some((*self.dice.pick(&OUTCOMES)).to_owned()),
            note: self.note(),
        })
    }

    fn call(&mut self, rep: RepId, customer: &Customer, at_ms: i64) -> Result<Call> {
        Ok(Call {
            id: self.dice.id(at_ms),
            rep,
            customer: customer.id,
            segment: customer.segment,
            lifecycle: customer.lifecycle,
            at: self.stamp(at_ms)?,
            direction: CallDirection::Outgoing,
            disposition: *self.dice.pick(&[CallDisposition::Connected, CallDisposition::NoAnswer]),
            duration_s: self.dice.below_i64(600),
            outcome: Some((*self.dice.pick(&OUTCOMES)).to_owned()),
            note: self.note(),
        })
    }

    fn sale(&mut self, rep: RepId, customer: &Customer, at_ms: i64, n: usize) -> Result<Sale> {
        let count = 1 + self.dice.below_i32(4);
        let mut sale = Sale {
            id: self.dice.id(at_ms),
            number: format!("A1-{n:06}"),
            rep,
            customer: customer.id,
            segment: customer.segment,
            lifecycle: customer.lifecycle,
            visit: self.last_visit.filter(|last| (last.1, last.2) == (rep, customer.id)).map(|last| last.0),
            state: SaleState::Confirmed,
            at: self.stamp(at_ms)?,
            cancelled_at: None,
            currency: CurrencyCode::TRY,
            rule_set: String::new(),
            lines: (1..=count).map(|position| self.line(position, at_ms)).collect(),
            net_minor: 0,
            tax_minor: 0,
            note: self.note(),
        };
        sale.reprice().map_err(SahaError::from)?;
        Ok(sale)
    }

    fn line(&mut self, position: i32, at_ms: i64) -> SaleLine {
        let product = self.dice.pick(&self.products).clone();
        SaleLine {
            id: self.dice.id(at_ms),
            position,
            product: product.id,
            product_group: product.group,
            quantity: Quantity::milli((1 + self.dice.below_i64(24)) * 1_000, product.unit),
            unit_price: product.unit_price,
            discounts_bp: if self.dice.percent(30) { vec![500] } else { Vec::new() },
            tax_bp: product.tax_bp,
            tax_included: product.tax_included,
            net_minor: 0,
            tax_minor: 0,
        }
    }

    fn stamp(&mut self, utc_ms: i64) -> Result<Stamp> {
        // The phone is started anew every ten days.
        let since_boot_ms = (utc_ms - self.start_ms).rem_euclid(10 * DAY_MS);
        let boot =
            uuid::Uuid::from_u128(u128::try_from(utc_ms - since_boot_ms)?.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c));
        let correction_ms = -2_000 + since_boot_ms / DAY_MS;
        Ok(Stamp {
            device_utc_ms: utc_ms - correction_ms + self.dice.below_i64(1_000),
            correction_ms: Some(correction_ms),
            zone: ZONE.to_owned(),
            utc_offset_s: OFFSET_S,
            local_date: date(utc_ms)?,
            monotonic_ms: since_boot_ms,
            boot_id: boot.to_string(),
            source: ClockSource::Server,
            uncertainty_ms: Some(20 + self.dice.below_i64(200)),
        })
    }

    /// Nine of ten times the phone knows where it is.
    fn fix_near(&mut self, customer: &Customer) -> Option<Location> {
        let door = customer.location.filter(|_| self.dice.percent(90))?;
        let point = GeoPoint {
            lat_e7: door.lat_e7 + self.dice.below_i32(8_000),
            lon_e7: door.lon_e7 + self.dice.below_i32(8_000),
        };
        let (accuracy_m, fix_age_ms) = (5 + self.dice.below_i32(40), self.dice.below_i64(20_000));
        Some(Location { point, accuracy_m, fix_age_ms, provider: "fused".to_owned(), mocked: false })
    }

    /// One of five activities has a note.
    fn note(&mut self) -> Option<String> {
        self.dice.percent(20).then(|| (*self.dice.pick(&NOTES)).to_owned())
    }

    fn assignments(&mut self) -> Result<Vec<Assignment>> {
        let (rep, from) = (self.rep()?, date(self.start_ms)?);
        let (dice, start_ms) = (&mut self.dice, self.start_ms);
        let assignment = |customer: &Customer| {
            let id: AssignmentId = dice.id(start_ms);
            Assignment { id, customer: customer.id, rep, from, to: None }
        };
        Ok(self.customers.iter().map(assignment).collect())
    }

    /// What a rep sees on one screen.
    fn targets(&mut self) -> Result<Vec<Target>> {
        let (rep, from) = (self.rep()?, date(self.start_ms)?);
        let best = TargetFilter { segment: Some(Segment::A), ..TargetFilter::default() };
        let all = TargetFilter::default;
        let wanted = [
            (Metric::Visits, Period::Day, all(), 14),
            (Metric::Visits, Period::Week, all(), 80),
            (Metric::Visits, Period::Month, all(), 340),
            (Metric::Visits, Period::Month, best, 120),
            (Metric::Calls, Period::Day, all(), 8),
            (Metric::Calls, Period::Month, all(), 200),
            (Metric::Sales, Period::Month, all(), 140),
            (Metric::Revenue, Period::Month, all(), 25_000_000),
        ];
        Ok(wanted.map(|(metric, period, filter, value)| self.target(rep, from, metric, period, filter, value)).into())
    }

    fn target(
        &mut self,
        rep: RepId,
        from: NaiveDate,
        metric: Metric,
        period: Period,
        filter: TargetFilter,
        value: i64,
    ) -> Target {
        Target {
            id: self.dice.id(self.start_ms),
            rep,
            metric,
            period,
            filter,
            direction: TargetDirection::AtLeast,
            weight_bp: 10_000,
            cap_bp: 15_000,
            leave_policy: LeavePolicy::Keep,
            currency: metric.is_money().then_some(CurrencyCode::TRY),
            state: TargetState::Active,
            revisions: vec![TargetRevision {
                id: self.dice.id(self.start_ms),
                effective_from: from,
                value,
                reason: None,
            }],
        }
    }

    fn item<R: Record>(&mut self, record: &R) -> Result<PulledItem> {
        record.check().map_err(SahaError::from)?;
        let mut body = registry::body(record).map_err(SahaError::from)?;
        merge::without_nulls(&mut body);
        self.version += 1;
        let body = RawValue::from_string(body.to_string())?;
        let hlc = Hlc::new(self.start_ms + self.version, 0);
        Ok(PulledItem::row(R::KIND.name(), record.uuid(), self.version, hlc, body))
    }
}

/// Fills a new phone in `folder` by a first sync, and closes it.
pub fn fill(folder: &Path, plan: Plan) -> Result<Office> {
    let mut office = Office::new(plan, 1)?;
    let mut pages = Pages::in_folder(folder.join("pages"))?;
    pages.extend(office.base()?)?;
    pages.extend(office.activities())?;
    let saha = phone::open(folder, CannedServer::new(office.rep()?, pages))?;
    phone::sign_in(&saha)?;
    phone::sync(&saha)?;
    saha.shutdown()?;
    std::fs::remove_dir_all(folder.join("pages"))?;
    Ok(office)
}

/// The date of an instant, Unix milliseconds, where every phone is.
pub fn date(utc_ms: i64) -> Result<NaiveDate> {
    Ok(Stamp::place(utc_ms, ZONE).map_err(SahaError::from)?.1)
}
