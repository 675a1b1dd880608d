//! What a rep and his company keep. Every struct is a body on the wire, a record in the bindings and a row on the phone.

mod activity;
mod call;
mod call_cycle;
mod children;
mod company;
mod customer;
mod photo;
mod plan_item;
mod product;
mod sale;
mod target;
mod visit;
mod work_calendar;

pub use call::{Call, CallDirection, CallDisposition};
pub use call_cycle::CallCycle;
pub use children::Child;
pub use company::{Assignment, Company, Rep};
pub use customer::{Customer, Lifecycle, Segment};
pub use photo::{Photo, PhotoPurpose};
pub use plan_item::{PlanItem, StopState};
pub use product::Product;
pub use sale::{Sale, SaleLine, SaleState};
pub use target::{LeavePolicy, Metric, Target, TargetDirection, TargetFilter, TargetRevision, TargetState};
pub use visit::{CheckoutKind, Visit, VisitState};
pub use work_calendar::{DayIntervals, WorkCalendar, WorkInterval};

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
