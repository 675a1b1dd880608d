use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    CallCycleId, FieldError, Kind, Problem, Record, Segment,
    period::Period,
    registry::{KindSpec, RepAccess, Scope},
};

/// How often customers of a segment are to be visited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, uniffi::Record)]
pub struct CallCycle {
    /// The id.
    pub id: CallCycleId,
    /// Of which customers.
    pub segment: Segment,
    /// How many visits a period, at least one.
    pub required_visits: i32,
    /// How long the period is.
    pub period: Period,
}

impl CallCycle {
    /// More visits a period than this are a mistake.
    const MAX_VISITS: i32 = 100;

    /// Days from one visit to the next: those of the period ÷ the required visits, rounded down, so that as many as are required
    /// fit into it, and one at least. A month is 30 days. None for a period that this version does not know.
    pub fn interval_days(&self) -> Option<i64> {
        let days = match self.period {
            Period::Day => 1,
            Period::Week => 7,
            Period::Month => 30,
            Period::Unknown => return None,
        };
        Some((days / i64::from(self.required_visits.max(1))).max(1))
    }
}

impl Record for CallCycle {
    const KIND: Kind = Kind::CallCycle;
    const SPEC: KindSpec =
        KindSpec { scope: Scope::Company, references: &[], children: &[], stamps: &[], rep: RepAccess::READ_ONLY };

    fn uuid(&self) -> Uuid {
        self.id.uuid()
    }

    fn check(&self) -> Result<(), FieldError> {
        if (1..=Self::MAX_VISITS).contains(&self.required_visits) {
            Ok(())
        } else {
            Err(FieldError::new("required_visits", Problem::OutOfRange))
        }
    }
}
