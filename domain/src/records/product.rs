use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    FieldError, Kind, Problem, ProductId, Record, UnitPrice,
    registry::{KindSpec, RepAccess, Scope},
    text,
};

/// Something to sell, and for how much.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, uniffi::Record)]
pub struct Product {
    /// The id.
    pub id: ProductId,
    /// The company's code.
    pub code: String,
    /// Name as on the price list.
    pub name: String,
    /// The group that targets and figures go by.
    pub group: String,
    /// The unit that the price is for: `adet`, `koli`, `kg`.
    pub unit: String,
    /// List price of one unit.
    pub unit_price: UnitPrice,
    /// The lowest price that a rep may give, discounts included; none where the list price is his to change.
    pub floor_price: Option<UnitPrice>,
    /// Value added tax, basis points.
    pub tax_bp: i32,
    /// Whether the prices include the tax.
    pub tax_included: bool,
}

impl Record for Product {
    const KIND: Kind = Kind::Product;
    const SPEC: KindSpec =
        KindSpec { scope: Scope::Company, references: &[], children: &[], stamps: &[], rep: RepAccess::READ_ONLY };

    fn uuid(&self) -> Uuid {
        self.id.uuid()
    }

    fn check(&self) -> Result<(), FieldError> {
        text::check_filled("code", &self.code, 40)?;
        text::check_filled("name", &self.name, text::NAME_MAX_CHARS)?;
        text::check("group", &self.group, 40)?;
        text::check_filled("unit", &self.unit, 20)?;
        if self.unit_price.amount_micro < 0 {
            return Err(FieldError::new("unit_price", Problem::OutOfRange));
        }
        if !(0..=10_000).contains(&self.tax_bp) {
            return Err(FieldError::new("tax_bp", Problem::OutOfRange));
        }
        let Some(floor) = self.floor_price else { return Ok(()) };
        if floor.currency != self.unit_price.currency {
            return Err(FieldError::new("floor_price", Problem::Inconsistent));
        }
        if !(0..=self.unit_price.amount_micro).contains(&floor.amount_micro) {
            return Err(FieldError::new("floor_price", Problem::OutOfRange));
        }
        Ok(())
    }
}
