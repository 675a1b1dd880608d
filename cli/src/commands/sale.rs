use saha_core::{NewSale, NewSaleLine, Saha};
use saha_domain::{
    CurrencyCode, NaiveDate, ProductId, Sale, SaleLine, SaleLineId, SaleState, UnitPrice, catalog::state_name,
};
use serde_json::json;

use crate::{
    exit::{CliError, Code, Result},
    find, format,
    output::Out,
    pages::PAGE,
    parse::{self, OrderLine},
    phone,
    settings::Settings,
    table::{Align, Table},
    texts,
};

pub(super) fn make(
    settings: &Settings,
    out: &Out,
    customer: &str,
    lines: &[String],
    discounts: &[String],
    note: Option<String>,
) -> Result<Code> {
    if lines.is_empty() {
        return Err(CliError::Usage(texts::errors::no_lines(out.lang)));
    }
    let percent = |text: &String| {
        parse::percent_bp(text).ok_or_else(|| CliError::Usage(texts::errors::bad_percent(out.lang, text)))
    };
    let discounts_bp = discounts.iter().map(percent).collect::<Result<Vec<i32>>>()?;
    let typed =
        |text: &String| parse::order_line(text).ok_or_else(|| CliError::Usage(texts::errors::bad_line(out.lang, text)));
    let lines = lines.iter().map(typed).collect::<Result<Vec<OrderLine>>>()?;
    let saha = phone::open(settings)?;
    let customer = find::customer(&saha, out.lang, customer)?;
    let lines = lines.iter().map(|line| new_line(&saha, out, line, &discounts_bp)).collect::<Result<_>>()?;
    // What is sold while the rep is in the shop comes of that visit.
    let visit = saha.visits().in_progress()?.filter(|visit| visit.customer == customer.id).map(|visit| visit.id);
    let sale = saha.sales().create(NewSale { customer: customer.id, visit, lines, note })?;
    out.document(&json!({ "sale": sale }));
    out.line(texts::field::sale_made(out.lang, &sale.number, &customer.name));
    tell(&saha, out, &sale)
}

fn new_line(saha: &Saha, out: &Out, line: &OrderLine, discounts_bp: &[i32]) -> Result<NewSaleLine> {
    let product = find::product(saha, out.lang, &line.product)?;
    Ok(NewSaleLine {
        product: product.id,
        quantity_milli: line.quantity_milli,
        unit_price: line.price_micro.map(|micro| UnitPrice::new(micro, product.unit_price.currency)),
        discounts_bp: discounts_bp.to_vec(),
    })
}

pub(super) fn edit(
    settings: &Settings,
    out: &Out,
    sale: &str,
    line: i32,
    price: Option<&str>,
    quantity: Option<&str>,
) -> Result<Code> {
    if price.is_none() && quantity.is_none() {
        return Err(CliError::Usage(texts::errors::nothing_to_change(out.lang)));
    }
    let saha = phone::open(settings)?;
    let sale = find::sale(&saha, out.lang, phone::today(settings)?, sale)?;
    let sale = LineChange::read(out, &sale, line, price, quantity)?.save(&saha, &sale)?;
    out.document(&json!({ "sale": sale }));
    out.line(texts::field::sale_changed(out.lang, &sale.number));
    tell(&saha, out, &sale)
}

/// What is corrected in one line, read and not saved yet.
pub(super) struct LineChange {
    line: SaleLineId,
    price: Option<UnitPrice>,
    quantity_milli: Option<i64>,
}

impl LineChange {
    /// For the line of that number, from 1.
    pub(super) fn read(
        out: &Out,
        sale: &Sale,
        number: i32,
        price: Option<&str>,
        quantity: Option<&str>,
    ) -> Result<Self> {
        let Some(line) = sale.lines.iter().find(|line| line.position == number) else {
            let message = texts::errors::no_line(out.lang, number, &sale.number);
            return Err(CliError::NotFound { message, candidates: Vec::new() });
        };
        let read = |text: &str, digits| {
            parse::decimal(text, digits).ok_or_else(|| CliError::Usage(texts::errors::bad_number(out.lang, text)))
        };
        let price = price.map(|text| read(text, 6)).transpose()?;
        Ok(Self {
            line: line.id,
            price: price.map(|micro| UnitPrice::new(micro, line.unit_price.currency)),
            quantity_milli: quantity.map(|text| read(text, 3)).transpose()?,
        })
    }

    /// Takes over what a later change of the same line says.
    pub(super) fn merge(&mut self, later: Self) {
        self.price = later.price.or(self.price);
        self.quantity_milli = later.quantity_milli.or(self.quantity_milli);
    }

    /// The sale as it is then.
    pub(super) fn save(self, saha: &Saha, sale: &Sale) -> Result<Sale> {
        Ok(saha.sales().change_line(sale.id, self.line, self.quantity_milli, self.price, None)?)
    }
}

pub(super) fn cancel(settings: &Settings, out: &Out, sale: &str) -> Result<Code> {
    let saha = phone::open(settings)?;
    let sale = find::sale(&saha, out.lang, phone::today(settings)?, sale)?;
    let sale = saha.sales().cancel(sale.id)?;
    out.document(&json!({ "sale": sale }));
    let amount = format::money(out.lang, sale.net_minor, sale.currency);
    out.line(texts::field::sale_cancelled(out.lang, &sale.number, &amount));
    Ok(Code::Ok)
}

pub(super) fn list(settings: &Settings, out: &Out, date: Option<NaiveDate>) -> Result<Code> {
    let saha = phone::open(settings)?;
    let date = date.map_or_else(|| phone::today(settings), Ok)?;
    let sales = saha.sales().list_on(date, PAGE, 0)?;
    out.document(&json!({ "date": date.to_string(), "sales": sales }));
    if sales.is_empty() {
        out.line(texts::field::no_sales(out.lang, &format::date(out.lang, date)));
    }
    let mut table = Table::new(&[Align::Left, Align::Left, Align::Left, Align::Right, Align::Left], 2);
    for sale in &sales {
        let state = if sale.state == SaleState::Confirmed { "" } else { state_name(out.lang, sale.state.name()) };
        table.row([
            format::time(&sale.at),
            sale.number.clone(),
            saha.customers().name(sale.customer)?,
            format::money(out.lang, sale.net_minor, sale.currency),
            state.to_owned(),
        ]);
    }
    for line in table.lines(out.width()) {
        out.line(line);
    }
    Ok(Code::Ok)
}

fn tell(saha: &Saha, out: &Out, sale: &Sale) -> Result<Code> {
    for line in sale_lines(saha, out, sale, 2)? {
        out.line(line);
    }
    Ok(Code::Ok)
}

/// A sale as a small document, `indent` columns from the left.
pub(crate) fn sale_lines(saha: &Saha, out: &Out, sale: &Sale, indent: usize) -> Result<Vec<String>> {
    let blank = " ".repeat(indent);
    let aligns = [Align::Right, Align::Left, Align::Right, Align::Right, Align::Right, Align::Left];
    let mut table = Table::new(&aligns, 1);
    for line in &sale.lines {
        table.row(line_cells(out, line, product_name(saha, line.product)?));
    }
    let mut lines: Vec<String> = table
        .lines(out.width().map(|width| width.saturating_sub(indent)))
        .into_iter()
        .map(|line| format!("{blank}{line}"))
        .collect();
    let money = |minor| format::money(out.lang, minor, sale.currency);
    lines.push(format!(
        "{blank}{} {}  {} {}  {} {}",
        texts::field::net(out.lang),
        money(sale.net_minor),
        texts::field::tax(out.lang),
        money(sale.tax_minor),
        texts::field::total(out.lang),
        money(sale.net_minor.saturating_add(sale.tax_minor)),
    ));
    Ok(lines)
}

fn line_cells(out: &Out, line: &SaleLine, product: String) -> [String; 6] {
    let percents: Vec<String> =
        line.discounts_bp.iter().map(|bp| format::percent_exact(out.lang, i64::from(*bp))).collect();
    let discount =
        if percents.is_empty() { String::new() } else { texts::field::discount(out.lang, &percents.join(" + ")) };
    let currency: CurrencyCode = line.unit_price.currency;
    [
        line.position.to_string(),
        product,
        format::quantity(out.lang, &line.quantity),
        format::price(out.lang, line.unit_price),
        format::money(out.lang, line.net_minor, currency),
        discount,
    ]
}

fn product_name(saha: &Saha, id: ProductId) -> Result<String> {
    Ok(saha.products().get(id)?.name)
}
