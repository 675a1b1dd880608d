//! Rules that need more than the record: what other records say.

use saha_domain::{Customer, Kind, Product, Sale, SaleLine, registry, wire::RejectionCode};
use serde_json::Value;

use super::{judge::Judge, verdict::Stop};

impl Judge<'_> {
    /// Refuses what breaks a rule between records.
    pub(super) fn check_rules(&self, kind: Kind, before: Option<&Value>, body: &Value) -> Result<(), Stop> {
        match kind {
            Kind::Customer => self.check_tax_no(body),
            Kind::Sale => self.check_floor_prices(before, body),
            _ => Ok(()),
        }
    }

    fn check_tax_no(&self, body: &Value) -> Result<(), Stop> {
        let customer: Customer = self.readable(body)?;
        match self.ledger.same_tax_no(&customer)? {
            Some(other) => Err(self.refuse_for(RejectionCode::DuplicateTaxNo, Some("tax_no"), Some(other.uuid()))),
            None => Ok(()),
        }
    }

    /// Only lines that the change wrote: a floor that was raised later does not reach back.
    fn check_floor_prices(&self, before: Option<&Value>, body: &Value) -> Result<(), Stop> {
        let sale: Sale = self.readable(body)?;
        let before: Option<Sale> = before.map(|before| self.readable(before)).transpose()?;
        let old_lines = before.map(|sale| sale.lines).unwrap_or_default();
        for line in sale.lines.iter().filter(|line| !old_lines.contains(line)) {
            if self.is_below_floor(line)? {
                let field = format!("lines/{}/unit_price", line.id);
                return Err(self.refuse(RejectionCode::PriceBelowFloor, Some(&field)));
            }
        }
        Ok(())
    }

    fn is_below_floor(&self, line: &SaleLine) -> Result<bool, Stop> {
        let product = self.ledger.tx.record(Kind::Product, line.product.uuid())?.and_then(|row| row.body);
        let Some(product) = product else { return Ok(false) };
        let product: Product = self.readable(&product)?;
        Ok(line.is_below_floor(&product))
    }

    fn readable<R: registry::Record>(&self, body: &Value) -> Result<R, Stop> {
        registry::read(body).map_err(|error| self.refuse(RejectionCode::Invalid, Some(&error.field)))
    }
}
