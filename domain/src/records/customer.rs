use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    CustomerId, FieldError, GeoPoint, Kind, Problem, Record, RepId,
    registry::{KindSpec, Refusal, RepAccess, Scope},
    text,
    wire::RejectionCode,
};

/// Where a customer stands in his life with the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, uniffi::Enum)]
#[serde(rename_all = "snake_case")]
pub enum Lifecycle {
    /// Never bought.
    Prospect,
    /// Buys.
    Active,
    /// Bought once, and stopped.
    Dormant,
    /// Will not buy again.
    Lost,
    /// A stage that this version does not know.
    #[serde(other)]
    Unknown,
}

/// The company's grouping of customers by worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, uniffi::Enum)]
pub enum Segment {
    /// The most important.
    A,
    /// The middle.
    B,
    /// The rest.
    C,
    /// Not grouped yet, or in a group that this version does not know.
    #[serde(other)]
    Unknown,
}

impl Lifecycle {
    /// Every stage, for filters.
    pub const ALL: &[Lifecycle] = &[Self::Prospect, Self::Active, Self::Dormant, Self::Lost, Self::Unknown];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prospect => "prospect",
            Self::Active => "active",
            Self::Dormant => "dormant",
            Self::Lost => "lost",
            Self::Unknown => "unknown",
        }
    }

    /// Back from [`Lifecycle::name`]; a name that this version does not know is unknown.
    pub fn from_name(name: &str) -> Self {
        Self::ALL.iter().copied().find(|stage| stage.name() == name).unwrap_or(Self::Unknown)
    }
}

impl Segment {
    /// Every segment, for filters.
    pub const ALL: &[Segment] = &[Self::A, Self::B, Self::C, Self::Unknown];

    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::Unknown => "Unknown",
        }
    }

    /// Back from [`Segment::name`]; a name that this version does not know is unknown.
    pub fn from_name(name: &str) -> Self {
        Self::ALL.iter().copied().find(|segment| segment.name() == name).unwrap_or(Self::Unknown)
    }
}

/// Someone to sell to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, uniffi::Record)]
pub struct Customer {
    /// The id.
    pub id: CustomerId,
    /// The company's code; none until the office gave one.
    pub code: Option<String>,
    /// Name as on the shop's sign.
    pub name: String,
    /// Where he stands.
    pub lifecycle: Lifecycle,
    /// The company's grouping.
    pub segment: Segment,
    /// Turkish tax number, 10 or 11 digits.
    pub tax_no: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    /// District, as in the address.
    pub district: Option<String>,
    /// Street address.
    pub address: Option<String>,
    /// Where the door is.
    pub location: Option<GeoPoint>,
    /// What a rep should know at the door.
    pub note: Option<String>,
}

impl Record for Customer {
    const KIND: Kind = Kind::Customer;
    const SPEC: KindSpec = KindSpec {
        scope: Scope::Customer,
        references: &[],
        children: &[],
        stamps: &[],
        rep: RepAccess {
            create: true,
            patch: &["name", "tax_no", "phone", "district", "address", "location", "note"],
            delete: false,
        },
    };

    fn uuid(&self) -> Uuid {
        self.id.uuid()
    }

    fn check(&self) -> Result<(), FieldError> {
        text::check_filled("name", &self.name, text::NAME_MAX_CHARS)?;
        text::check_optional("code", self.code.as_deref(), 40)?;
        text::check_optional("district", self.district.as_deref(), text::NAME_MAX_CHARS)?;
        text::check_optional("address", self.address.as_deref(), 500)?;
        text::check_optional("note", self.note.as_deref(), text::NOTE_MAX_CHARS)?;
        if let Some(tax_no) = &self.tax_no {
            text::check_tax_no("tax_no", tax_no)?;
        }
        if let Some(phone) = &self.phone
            && text::normalize_phone(phone).ok().as_ref() != Some(phone)
        {
            return Err(FieldError::new("phone", Problem::Malformed));
        }
        self.location.map_or(Ok(()), |point| point.check("location"))
    }

    /// A rep makes prospects; lifecycle, segment and code are the company's to give.
    fn check_rep(&self, _rep: RepId, before: Option<&Self>) -> Result<(), Refusal> {
        let forbidden = |field: &str| Err(Refusal { code: RejectionCode::Forbidden, field: Some(field.to_owned()) });
        if before.is_none() && self.lifecycle != Lifecycle::Prospect {
            return forbidden("lifecycle");
        }
        if before.is_none() && self.segment != Segment::Unknown {
            return forbidden("segment");
        }
        if before.is_none() && self.code.is_some() {
            return forbidden("code");
        }
        Ok(())
    }
}
