//! The phone's part of Saha: what a rep does is stored in `SQLite`, queued and counted in one transaction, shown at once,
//! and brought to the company's server when there is a network.
//!
//! [`Saha`] is the façade, the same for Rust, Kotlin and Swift. Local calls are synchronous and fast; what they write is
//! durable when they return. Calls that wait for a network are async and only wait for the core's own thread.
//!
//! ```no_run
//! # use std::sync::Arc;
//! # fn day(secrets: Arc<dyn saha_core::SecretStore>) -> Result<(), saha_domain::SahaError> {
//! let saha = saha_core::Saha::open(saha_core::Config::in_folder("/data/app/files"), secrets)?;
//! let customer = saha.customers().search("ihlamur".into(), 1, 0)?.remove(0);
//! let visit = saha.visits().check_in(customer.id, None)?;
//! saha.visits().check_out(visit.id, saha_core::VisitEnd { outcome: "order".into(), ..Default::default() })?;
//! for target in saha.targets().progress()? {
//!     println!("{:?}: {} of {}", target.metric, target.actual, target.target_value);
//! }
//! # Ok(()) }
//! ```

uniffi::setup_scaffolding!();

mod account;
mod accounts;
mod activities;
#[cfg(target_os = "android")]
mod android;
mod blobs;
mod calls;
mod cancellation;
mod changes;
mod choices;
mod clock;
mod company;
mod core;
mod count;
mod customers;
mod diagnosis;
mod durable;
mod error;
mod export;
mod kinds;
mod lock;
mod logging;
mod outbox;
mod overridden;
mod page;
mod photos;
mod plan;
mod products;
mod retained;
mod rollup;
mod saha;
mod sales;
mod secrets;
mod session;
mod shadow;
mod store;
mod sync;
mod sync_api;
mod targets;
mod test_clock;
#[cfg(test)]
mod testing;
mod visits;

pub use account::{Account, AccountInfo};
pub use accounts::known_accounts;
pub use activities::{Activity, StoryEntry, TargetRecord};
pub use calls::{Calls, NewCall};
pub use cancellation::Cancellation;
pub use changes::{Outbox, OutboxEntry};
pub use choices::Choice;
pub use clock::{Host, Reading, SystemHost};
pub use customers::{Customers, DueCustomer, NearbyCustomer, NewProspect};
pub use diagnosis::{SyncDiagnosis, WaitCause};
pub use export::Export;
pub use logging::{LogLevel, LogSink, init_logging};
pub use overridden::{OverriddenEdit, OverriddenField};
pub use photos::{NewPhoto, PhotoFile, Photos};
pub use plan::{NewPlanItem, Plan, Stop};
pub use products::Products;
pub use saha::{ChangeListener, Config, Platform, Saha, Subscription};
pub use sales::{NewSale, NewSaleLine, SaleQuote, Sales};
pub use secrets::SecretStore;
pub use sync::http::HttpTransport;
pub use sync::transport::{Answer, Body, ByteRange, HttpRequest, HttpResponse, Method, NoAnswer, Transport};
pub use sync_api::{FiguresCheck, Sync, SyncBudget, SyncReport, SyncStatus};
pub use targets::Targets;
pub use test_clock::TestClock;
pub use visits::{VisitEnd, Visits};

// A type of another crate than `saha_domain`, which crosses the FFI here.
use chrono::NaiveDate;
uniffi::use_remote_type!(saha_domain::NaiveDate);
