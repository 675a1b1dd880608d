//! Sales: made in one call, corrected line by line, cancelled.

pub(crate) mod store;

use std::sync::Arc;

use saha_domain::{
    CurrencyCode, CustomerId, Money, NaiveDate, Problem, Product, ProductId, Quantity, SahaError, Sale, SaleId,
    SaleLine, SaleLineId, SaleState, UnitPrice, VisitId, pricing,
};

use crate::{
    core::Core,
    customers::frozen,
    error::Result,
    page::Page,
    products,
    store::{Key, Loaded, WriteTx, local},
};

/// A line as a rep enters it.
#[derive(Debug, Clone, PartialEq, serde::Deserialize, uniffi::Record)]
#[serde(deny_unknown_fields)]
pub struct NewSaleLine {
    /// What.
    pub product: ProductId,
    /// How much, thousandths of the product's unit; more than zero.
    pub quantity_milli: i64,
    /// Price of one unit; none for the list price.
    #[uniffi(default = None)]
    pub unit_price: Option<UnitPrice>,
    /// Discounts in the order in which they are taken, basis points.
    #[uniffi(default = [])]
    #[serde(default)]
    pub discounts_bp: Vec<i32>,
}

/// A sale as a rep enters it.
#[derive(Debug, Clone, PartialEq, serde::Deserialize, uniffi::Record)]
#[serde(deny_unknown_fields)]
pub struct NewSale {
    /// To whom.
    pub customer: CustomerId,
    /// The visit that it came of.
    #[uniffi(default = None)]
    pub visit: Option<VisitId>,
    /// At least one line, all in one currency.
    pub lines: Vec<NewSaleLine>,
    /// The rep's own words.
    #[uniffi(default = None)]
    pub note: Option<String>,
}

/// What lines come to before a sale is made of them.
#[derive(Debug, Clone, PartialEq, serde::Serialize, uniffi::Record)]
pub struct SaleQuote {
    /// What each line comes to without tax, in the order of the lines.
    pub line_nets: Vec<Money>,
    /// All of them without tax.
    pub net: Money,
    /// The tax on it.
    pub tax: Money,
    /// What the customer pays: net and tax.
    pub total: Money,
}

/// Questions and wishes about sales.
#[derive(uniffi::Object)]
pub struct Sales {
    core: Arc<Core>,
}

impl Sales {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }
}

#[uniffi::export]
impl Sales {
    /// Makes a confirmed sale as of now, with the next document number of this device, or one without a series where the
    /// device has none (see [`Sale::number`]). A price below the product's floor
    /// is refused here already, as far as the phone knows the floor. Durable when it returns, and counted.
    pub fn create(&self, sale: NewSale) -> Result<Sale, SahaError> {
        // Before the transaction: a copied database learns now at the latest that its series is another phone's. Where the key
        // store can't tell, the sale is made all the same.
        let is_at_home = self.core.session.device_id(&self.core.store).is_ok();
        Ok(self.core.store.write(|tx| create(tx, sale, is_at_home))?)
    }

    /// What a sale of these lines would come to if it were made now, or the error that its making would give. Stores nothing and
    /// uses up no number.
    pub fn quote(&self, lines: Vec<NewSaleLine>) -> Result<SaleQuote, SahaError> {
        let store = &self.core.store;
        Ok(store.read(|reader| {
            let mut lines = entered(lines, |product| Ok((store.time().new_id().into(), reader.get(product.uuid())?)))?;
            let (net, tax) = Sale::quote(&mut lines)?;
            let line_nets = lines.iter().map(|line| Money::new(line.net_minor, net.currency)).collect();
            // The sum fits: a sale of which it does not is refused.
            let total = Money::new(net.amount_minor.saturating_add(tax.amount_minor), net.currency);
            Ok(SaleQuote { line_nets, net, tax, total })
        })?)
    }

    /// Corrects quantity, price or discounts of a line. Where the sale was refused, this repairs it.
    pub fn change_line(
        &self,
        sale: SaleId,
        line: SaleLineId,
        quantity_milli: Option<i64>,
        unit_price: Option<UnitPrice>,
        discounts_bp: Option<Vec<i32>>,
    ) -> Result<Sale, SahaError> {
        Ok(self.core.store.write(|tx| {
            let before = own(tx, sale, OPEN, "change_line")?;
            let mut sale = before.record.clone();
            let line = line_of(&mut sale, line)?;
            if let Some(amount_milli) = quantity_milli {
                line.quantity.amount_milli = amount_milli;
            }
            line.unit_price = unit_price.unwrap_or(line.unit_price);
            line.discounts_bp = discounts_bp.unwrap_or_else(|| std::mem::take(&mut line.discounts_bp));
            // Of a product that is not on the phone nothing is known.
            if let Some(product) = tx.get::<Product>(line.product.uuid())? {
                check_floor(line, &product)?;
            }
            save(tx, before, sale)
        })?)
    }

    /// Takes a line out. The last line can't go: cancel the sale instead.
    pub fn remove_line(&self, sale: SaleId, line: SaleLineId) -> Result<Sale, SahaError> {
        Ok(self.core.store.write(|tx| {
            let before = own(tx, sale, OPEN, "remove_line")?;
            let mut sale = before.record.clone();
            line_of(&mut sale, line)?;
            sale.lines.retain(|other| other.id != line);
            save(tx, before, sale)
        })?)
    }

    /// Cancels a sale as of now: a negative entry on today's date. The document stays.
    pub fn cancel(&self, sale: SaleId) -> Result<Sale, SahaError> {
        Ok(self.core.store.write(|tx| {
            let before = own(tx, sale, &[SaleState::Confirmed], "cancel")?;
            let mut sale = before.record.clone();
            sale.state = SaleState::Cancelled;
            sale.cancelled_at = Some(tx.stamp()?);
            save(tx, before, sale)
        })?)
    }

    /// The sale. [`SahaError::NotFound`] where it is not on this device.
    pub fn get(&self, id: SaleId) -> Result<Sale, SahaError> {
        self.core.store.read(|reader| reader.get(id.uuid()))?.ok_or_else(|| not_found("sale", &id.to_string()))
    }

    /// Sales of one local date, by anyone in sight, in order of time. At most 200 a page.
    pub fn list_on(&self, date: NaiveDate, limit: i64, offset: i64) -> Result<Vec<Sale>, SahaError> {
        let page = Page::new(limit, offset)?;
        Ok(self.core.store.read(|reader| store::on_date(reader, date, page))?)
    }

    /// Sales to a customer, newest first. At most 200 a page.
    pub fn list_of(&self, customer: CustomerId, limit: i64, offset: i64) -> Result<Vec<Sale>, SahaError> {
        let page = Page::new(limit, offset)?;
        Ok(self.core.store.read(|reader| store::of_customer(reader, customer, page))?)
    }
}

fn create(tx: &mut WriteTx<'_>, new: NewSale, is_at_home: bool) -> Result<Sale> {
    let rep = tx.rep()?;
    let customer = frozen(tx, new.customer)?;
    let lines = entered(new.lines, |product| Ok((tx.new_id().into(), tx.get(product.uuid())?)))?;
    let currency = lines.first().map_or(CurrencyCode::TRY, |line| line.unit_price.currency);
    let id = tx.new_id().into();
    let mut sale = Sale {
        id,
        number: if is_at_home { next_number(tx, id)? } else { number_without_series(id) },
        rep,
        customer: customer.id,
        segment: customer.segment,
        lifecycle: customer.lifecycle,
        visit: new.visit,
        state: SaleState::Confirmed,
        at: tx.stamp()?,
        cancelled_at: None,
        currency,
        rule_set: pricing::RULE_SET.to_owned(),
        lines,
        net_minor: 0,
        tax_minor: 0,
        note: new.note,
    };
    sale.reprice()?;
    tx.create(&sale)?;
    Ok(sale)
}

/// Lines as they stand on a document, without their amounts. `supply` gives an id for a new line and the product that it names.
fn entered(
    lines: Vec<NewSaleLine>,
    mut supply: impl FnMut(ProductId) -> Result<(SaleLineId, Option<Product>)>,
) -> Result<Vec<SaleLine>> {
    let line = |(line, position): (NewSaleLine, i32)| {
        let (id, product) = supply(line.product)?;
        let product = product.ok_or_else(|| products::not_found(&line.product.to_string()))?;
        new_line(id, position, line, &product)
    };
    lines.into_iter().zip(1..).map(line).collect()
}

fn new_line(id: SaleLineId, position: i32, line: NewSaleLine, product: &Product) -> Result<SaleLine> {
    let line = SaleLine {
        id,
        position,
        product: product.id,
        product_group: product.group.clone(),
        quantity: Quantity::milli(line.quantity_milli, product.unit.clone()),
        unit_price: line.unit_price.unwrap_or(product.unit_price),
        discounts_bp: line.discounts_bp,
        tax_bp: product.tax_bp,
        tax_included: product.tax_included,
        net_minor: 0,
        tax_minor: 0,
    };
    check_floor(&line, product)?;
    Ok(line)
}

/// The server refuses a price below the floor; where the phone knows the floor, the rep hears it at the door.
fn check_floor(line: &SaleLine, product: &Product) -> Result<()> {
    if line.is_below_floor(product) { Err(line.at_fault("unit_price", Problem::OutOfRange).into()) } else { Ok(()) }
}

/// The device's series and its counter. Taken in the sale's own transaction, so a number is used once and none is lost.
/// The server gives the series at sign-in; until then there is none.
fn next_number(tx: &WriteTx<'_>, id: SaleId) -> Result<String> {
    let Some(series) = local::get::<String>(tx.conn(), Key::Series)? else { return Ok(number_without_series(id)) };
    let number = local::get::<u64>(tx.conn(), Key::LastNumber)?.unwrap_or(0) + 1;
    tx.set(Key::LastNumber, &number)?;
    Ok(format!("{series}-{number:06}"))
}

/// Where the device has no series, the random end of the sale's own id stands for series and counter: work goes on, and no
/// other sale has that number. It begins with a digit, as no series does.
fn number_without_series(id: SaleId) -> String {
    let digits = id.uuid().simple().to_string().to_uppercase();
    format!("0-{}", digits.get(20..).unwrap_or(&digits))
}

fn save(tx: &mut WriteTx<'_>, before: Loaded<Sale>, mut sale: Sale) -> Result<Sale> {
    sale.reprice()?;
    tx.put(before, &sale)?;
    Ok(sale)
}

fn line_of(sale: &mut Sale, id: SaleLineId) -> Result<&mut SaleLine> {
    let line = sale.lines.iter_mut().find(|line| line.id == id);
    Ok(line.ok_or_else(|| not_found("sale", &id.to_string()))?)
}

/// Where a sale can still be changed.
const OPEN: &[SaleState] = &[SaleState::Draft, SaleState::Confirmed];

/// The rep's own sale, in one of the states from which `wanted` is possible.
fn own(tx: &mut WriteTx<'_>, id: SaleId, states: &[SaleState], wanted: &str) -> Result<Loaded<Sale>> {
    let rep = tx.rep()?;
    let loaded: Option<Loaded<Sale>> = tx.load(id.uuid())?;
    let loaded = loaded.filter(|sale| sale.record.rep == rep).ok_or_else(|| not_found("sale", &id.to_string()))?;
    let state = loaded.record.state;
    if states.contains(&state) {
        return Ok(loaded);
    }
    Err(SahaError::WrongState {
        kind: "sale".to_owned(),
        id: id.to_string(),
        state: state.name().to_owned(),
        wanted: wanted.to_owned(),
    }
    .into())
}

fn not_found(kind: &str, id: &str) -> SahaError {
    SahaError::NotFound { kind: kind.to_owned(), id: id.to_owned() }
}

#[cfg(test)]
mod tests;
