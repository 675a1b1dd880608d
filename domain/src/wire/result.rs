use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::{Hlc, OpId, catalog::Lang};

/// What the server says to one change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangeResult {
    /// Which change.
    pub op_id: OpId,
    /// Whether the server had judged it before and repeats itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub replayed: bool,
    /// The judgement. One that this build does not know is a reason to wait for an upgrade of the app, and costs the rest of
    /// the answer nothing.
    #[serde(deserialize_with = "known_or_later")]
    pub outcome: Outcome,
}

fn known_or_later<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Outcome, D::Error> {
    let judgement = serde_json::Value::deserialize(deserializer)?;
    let later = || Outcome::Retry { reason: "needs_app".to_owned() };
    Ok(serde_json::from_value(judgement).unwrap_or_else(|_| later()))
}

/// A judgement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is committed.
    Applied {
        /// The row's version now: the company's sequence of this commit.
        version: i64,
        /// The clock that was stored, lowered to the server's now where it was ahead.
        hlc: Hlc,
        /// Fields of the change that a concurrent edit had overridden.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        superseded: Vec<String>,
    },
    /// It breaks a rule.
    Rejected(Rejection),
    /// Another change has to be resolved first.
    Blocked {
        /// The op id of that change.
        by: OpId,
    },
    /// The row is deleted.
    Gone,
    /// The base is missing: send the whole body, or that of the parent, too.
    NeedFull {
        /// The parent that is missing; none for the row itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<Uuid>,
    },
    /// The op id was used with another content before.
    Conflict,
    /// Not now.
    Retry {
        /// `needs_server` for a kind that this server does not know yet, `busy`, `parent_unknown`; `needs_app` where a device
        /// does not know what its server says.
        reason: String,
    },
}

impl Outcome {
    /// The same change gets the same answer for ever: it is stored and replayed.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Applied { .. } | Self::Rejected(_) | Self::Gone)
    }
}

/// Why a change was refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rejection {
    /// For programs.
    pub code: RejectionCode,
    /// The field at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// For people, in the language of the request.
    pub message: String,
    /// The record that stands in the way, where one does: the customer with the same tax number, the rep who has the customer
    /// now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub existing: Option<Uuid>,
}

macro_rules! rejection_codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal => $text:ident,)*) => {
        /// Why a change was refused. An open set: a code that this build does not know is kept as it came.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum RejectionCode {
            $($(#[$doc])* $variant,)*
            /// A code of a newer server.
            Other(String),
        }

        impl RejectionCode {
            /// The code on the wire.
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Other(name) => name,
                }
            }

            /// Our own words for it; none for a code of a newer server, whose own message must do.
            pub fn text(&self, lang: Lang) -> Option<String> {
                match self {
                    $(Self::$variant => Some(crate::catalog::refusals::$text(lang)),)*
                    Self::Other(_) => None,
                }
            }
        }

        impl From<&str> for RejectionCode {
            fn from(name: &str) -> Self {
                match name {
                    $($name => Self::$variant,)*
                    other => Self::Other(other.to_owned()),
                }
            }
        }
    };
}

rejection_codes! {
    /// A field is wrong in itself.
    Invalid = "invalid" => invalid,
    /// The writer may not do this.
    Forbidden = "forbidden" => forbidden,
    /// The state can't be reached from where the record is.
    WrongState = "wrong_state" => wrong_state,
    /// Another customer has the same tax number.
    DuplicateTaxNo = "duplicate_tax_no" => duplicate_tax_no,
    /// Another row of this kind has the id.
    DuplicateId = "duplicate_id" => duplicate_id,
    /// Below the product's floor price.
    PriceBelowFloor = "price_below_floor" => price_below_floor,
    /// It names a record that does not exist.
    ParentMissing = "parent_missing" => parent_missing,
    /// It names a record that was deleted.
    ParentGone = "parent_gone" => parent_gone,
    /// The row that a patch is for does not exist.
    BaseMissing = "base_missing" => base_missing,
    /// The customer is not, or no longer, this rep's.
    NotYourCustomer = "not_your_customer" => not_your_customer,
    /// The change alone is larger than the server takes.
    TooLarge = "too_large" => too_large,
    /// The row was deleted by someone else.
    Gone = "gone" => gone,
    /// The op id was used with another content.
    Conflict = "conflict" => conflict,
    /// The change that this one replaces had been applied after all.
    ReplacedWasApplied = "replaced_was_applied" => replaced_was_applied,
}

impl fmt::Display for RejectionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for RejectionCode {
    type Err = std::convert::Infallible;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Ok(name.into())
    }
}

impl Serialize for RejectionCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for RejectionCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(std::borrow::Cow::<str>::deserialize(deserializer)?.as_ref().into())
    }
}
