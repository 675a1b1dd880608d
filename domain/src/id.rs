//! Typed ids. The id that is made on the device is the id: a `UUIDv7`, or of a prospect one that the app drew by lot; hyphenated
//! text on the wire and in the bindings, 16 bytes in a database.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, de};
use uuid::Uuid;

use crate::{Problem, SahaError};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The plain UUID.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl FromStr for $name {
            type Err = SahaError;

            /// Reads the hyphenated text. The nil UUID is nobody's id and is refused.
            fn from_str(text: &str) -> Result<Self, SahaError> {
                match Uuid::try_parse(text) {
                    Ok(uuid) if !uuid.is_nil() => Ok(Self(uuid)),
                    _ => Err(SahaError::invalid("id", Problem::Malformed)),
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            /// The nil UUID is refused here too: a body that names it names nobody.
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let uuid = Uuid::deserialize(deserializer)?;
                if uuid.is_nil() { Err(de::Error::custom("the nil UUID is nobody's id")) } else { Ok(Self(uuid)) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        uniffi::custom_type!($name, String, {
            lower: |id| id.to_string(),
            try_lift: |text| text.parse::<$name>().map_err(Into::into),
        });
    )*};
}

ids! {
    /// The company whose data this is.
    CompanyId;
    /// A sales representative.
    RepId;
    /// A customer, prospect or existing.
    CustomerId;
    /// An assignment of a customer to a rep.
    AssignmentId;
    /// A product.
    ProductId;
    /// A working calendar.
    WorkCalendarId;
    /// A visit.
    VisitId;
    /// A call.
    CallId;
    /// A sale.
    SaleId;
    /// A line of a sale.
    SaleLineId;
    /// A photo of a visit.
    PhotoId;
    /// A target.
    TargetId;
    /// How often customers of a segment are to be visited.
    CallCycleId;
    /// A planned visit.
    PlanItemId;
    /// A revision of a target.
    TargetRevisionId;
    /// A person who can sign in.
    UserId;
    /// A phone or another installation.
    DeviceId;
    /// One change of the outbox, for life.
    OpId;
}
