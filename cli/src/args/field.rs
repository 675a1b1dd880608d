//! What a rep does in the field.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use saha_domain::{CallDisposition, NaiveDate, PhotoPurpose};

/// `saha customers`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  saha customers ihlamur                    finds Ihlamur Kafe too
  saha customers --near 40.9932,29.0544
  saha customers --due
  saha customers show C0024                 with visits, calls and sales
  saha customers add --name \"Çınar Kafe\" --tax-no 4213680077 --district Kadıköy
  saha customers edit C0024 --phone \"0532 555 11 22\"")]
pub struct CustomersArgs {
    /// Add or edit.
    #[command(subcommand)]
    pub action: Option<CustomersAction>,
    /// Words of name, district or code; everyone without
    pub search: Vec<String>,
    /// Those whose next visit is due, the longest first
    #[arg(long, conflicts_with_all = ["search", "near"])]
    pub due: bool,
    /// Those near a place, the nearest first
    #[arg(long, value_name = "LAT,LON", allow_hyphen_values = true, conflicts_with = "search")]
    pub near: Option<String>,
    /// How many to show (default 20)
    #[arg(long, default_value_t = 20, hide_default_value = true)]
    pub limit: i64,
    /// How many to skip (default 0)
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub offset: i64,
}

/// `saha customers …`.
#[derive(Debug, Subcommand)]
pub enum CustomersAction {
    /// Write down a prospect; he is yours from then on
    Add {
        /// Name as on the shop's sign
        #[arg(long)]
        name: String,
        /// The rest.
        #[command(flatten)]
        fields: CustomerFields,
    },
    /// Show a customer and what happened with him
    Show {
        /// Code, id or words of the name
        customer: String,
        /// How much of his story to show (default 20)
        #[arg(long, default_value_t = 20, hide_default_value = true)]
        limit: i64,
        /// How much of it to skip (default 0)
        #[arg(long, default_value_t = 0, hide_default_value = true)]
        offset: i64,
    },
    /// Correct a customer; after a refusal this repairs the refused change
    Edit {
        /// Code, id or words of the name
        customer: String,
        /// Name as on the shop's sign
        #[arg(long)]
        name: Option<String>,
        /// The rest.
        #[command(flatten)]
        fields: CustomerFields,
    },
}

/// What can be said of a customer.
#[derive(Debug, Args)]
pub struct CustomerFields {
    /// Tax number, 10 or 11 digits
    #[arg(long)]
    pub tax_no: Option<String>,
    /// Phone number, in any usual spelling
    #[arg(long)]
    pub phone: Option<String>,
    /// District
    #[arg(long)]
    pub district: Option<String>,
    /// Street address
    #[arg(long)]
    pub address: Option<String>,
    /// What you should know at the door
    #[arg(long)]
    pub note: Option<String>,
}

/// `saha targets`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  saha targets
  saha targets --records 2                  what the second one's figures rest on")]
pub struct TargetsArgs {
    /// Show the records behind the target of this number, from 1
    #[arg(long, value_name = "NUMBER")]
    pub records: Option<usize>,
    /// How many records to show (default 20)
    #[arg(long, default_value_t = 20, hide_default_value = true, requires = "records")]
    pub limit: i64,
    /// How many records to skip (default 0)
    #[arg(long, default_value_t = 0, hide_default_value = true, requires = "records")]
    pub offset: i64,
}

/// `saha plan`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  saha plan                                 today
  saha plan add C0024 --date 2026-11-24 --note \"new catalogue\"
  saha plan remove 5f2a91c0")]
pub struct PlanArgs {
    /// Add or remove.
    #[command(subcommand)]
    pub action: Option<PlanAction>,
    /// The day, as 2026-11-24 (default today)
    #[arg(long)]
    pub date: Option<NaiveDate>,
}

/// `saha plan …`.
#[derive(Debug, Subcommand)]
pub enum PlanAction {
    /// Plan a visit of your own
    Add {
        /// Code, id or words of the name
        customer: String,
        /// The day, as 2026-11-24 (default today)
        #[arg(long)]
        date: Option<NaiveDate>,
        /// Your own words
        #[arg(long)]
        note: Option<String>,
    },
    /// Take a planned visit out
    Remove {
        /// Id, or its beginning or end
        item: String,
        /// The day, as 2026-11-24 (default today)
        #[arg(long)]
        date: Option<NaiveDate>,
    },
}

/// `saha visit`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  saha visit check-in C0024 --lat 40.9932 --lon 29.0544 --accuracy 12
  saha visit check-out --outcome order --note \"ordered for the feast\"
  saha visit photo shelf.jpg --purpose shelf
  saha visit list")]
pub struct VisitArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: VisitAction,
}

/// `saha visit …`.
#[derive(Debug, Subcommand)]
pub enum VisitAction {
    /// Start a visit now; an open one is ended first
    CheckIn {
        /// Code, id or words of the name
        customer: String,
        /// Where you are.
        #[command(flatten)]
        place: Place,
    },
    /// End the open visit now
    CheckOut {
        /// What came of it: order, no_need, closed, follow_up… (default no_need)
        #[arg(long, default_value = "no_need", hide_default_value = true)]
        outcome: String,
        /// Your own words
        #[arg(long)]
        note: Option<String>,
        /// Where you are.
        #[command(flatten)]
        place: Place,
    },
    /// Show the visits of a day
    List {
        /// The day, as 2026-11-24 (default today)
        #[arg(long)]
        date: Option<NaiveDate>,
    },
    /// Add a photo to the open visit, or to your last one
    Photo {
        /// JPEG, PNG, WebP or HEIC, 20 MiB at the most; it is copied
        file: PathBuf,
        /// What it shows: shelf, storefront, signature or other (default)
        #[arg(long, value_enum, default_value = "other", hide_default_value = true, hide_possible_values = true)]
        purpose: Purpose,
        /// Your own words
        #[arg(long)]
        note: Option<String>,
        /// The visit, by its id or the beginning or end of it
        #[arg(long)]
        visit: Option<String>,
    },
    /// Show the photos of a visit and where their files are
    Photos {
        /// Id, or its beginning or end (default the open visit, or your last one)
        visit: Option<String>,
        /// Fetch the files that are not on this device
        #[arg(long)]
        fetch: bool,
    },
    /// Take a visit back: it no longer counts, and stays visible
    Void {
        /// Id, or its beginning or end
        visit: String,
    },
}

/// What a photo shows, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Purpose {
    /// Goods on the shelf.
    Shelf,
    /// The shop from outside.
    Storefront,
    /// A signature.
    Signature,
    /// Anything else.
    Other,
}

impl From<Purpose> for PhotoPurpose {
    fn from(typed: Purpose) -> Self {
        match typed {
            Purpose::Shelf => Self::Shelf,
            Purpose::Storefront => Self::Storefront,
            Purpose::Signature => Self::Signature,
            Purpose::Other => Self::Other,
        }
    }
}

/// A place on Earth.
#[derive(Debug, Args)]
pub struct Place {
    /// Latitude in degrees
    #[arg(long, requires = "lon", allow_negative_numbers = true)]
    pub lat: Option<f64>,
    /// Longitude in degrees
    #[arg(long, requires = "lat", allow_negative_numbers = true)]
    pub lon: Option<f64>,
    /// How far off the place may be, metres (default 10)
    #[arg(long, default_value_t = 10, hide_default_value = true)]
    pub accuracy: i32,
}

/// `saha call`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  saha call C0024 --duration 3m --outcome follow_up
  saha call \"papatya market\" --disposition no-answer
  saha call list
  saha call delete 5f2a91c0")]
pub struct CallArgs {
    /// List or delete.
    #[command(subcommand)]
    pub action: Option<CallAction>,
    /// Code, id or words of the name
    pub customer: Option<String>,
    /// connected (default), no-answer, busy, wrong-number, voicemail
    #[arg(long, value_enum, default_value = "connected", hide_default_value = true, hide_possible_values = true)]
    pub disposition: Disposition,
    /// How long you spoke: 90s, 3m, 1h5m
    #[arg(long)]
    pub duration: Option<String>,
    /// The customer called you
    #[arg(long)]
    pub incoming: bool,
    /// What came of it: order, follow_up…
    #[arg(long)]
    pub outcome: Option<String>,
    /// Your own words
    #[arg(long)]
    pub note: Option<String>,
}

/// `saha call …`.
#[derive(Debug, Subcommand)]
pub enum CallAction {
    /// Show the calls of a day
    List {
        /// The day, as 2026-11-24 (default today)
        #[arg(long)]
        date: Option<NaiveDate>,
    },
    /// Delete a call that was logged by mistake
    Delete {
        /// Id, or its beginning or end
        call: String,
    },
}

/// How a call ended, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Disposition {
    /// They spoke.
    Connected,
    /// Nobody answered.
    NoAnswer,
    /// Busy.
    Busy,
    /// Not the customer's number.
    WrongNumber,
    /// The rep spoke to a machine.
    Voicemail,
}

impl From<Disposition> for CallDisposition {
    fn from(typed: Disposition) -> Self {
        match typed {
            Disposition::Connected => Self::Connected,
            Disposition::NoAnswer => Self::NoAnswer,
            Disposition::Busy => Self::Busy,
            Disposition::WrongNumber => Self::WrongNumber,
            Disposition::Voicemail => Self::Voicemail,
        }
    }
}

/// `saha sale`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  saha sale C0024 P001=24 P018=2,5          list prices
  saha sale C0024 P001=24@36,90 --discount 5%
  saha sale edit A1-000003 1 --quantity 12
  saha sale cancel A1-000003")]
pub struct SaleArgs {
    /// Edit, cancel or list.
    #[command(subcommand)]
    pub action: Option<SaleAction>,
    /// Code, id or words of the name
    pub customer: Option<String>,
    /// PRODUCT=QUANTITY or PRODUCT=QUANTITY@PRICE; the product by code or words of its name
    #[arg(value_name = "LINE")]
    pub lines: Vec<String>,
    /// Discount on every line; several are taken one after the other
    #[arg(long)]
    pub discount: Vec<String>,
    /// Your own words
    #[arg(long)]
    pub note: Option<String>,
}

/// `saha sale …`.
#[derive(Debug, Subcommand)]
pub enum SaleAction {
    /// Correct a line; after a refusal this repairs the sale
    Edit {
        /// Number of the sale, or its id
        sale: String,
        /// Which line, from 1
        line: i32,
        /// The right price of one unit
        #[arg(long)]
        price: Option<String>,
        /// The right quantity
        #[arg(long)]
        quantity: Option<String>,
    },
    /// Take a sale back: a negative entry of today
    Cancel {
        /// Number of the sale, or its id
        sale: String,
    },
    /// Show the sales of a day
    List {
        /// The day, as 2026-11-24 (default today)
        #[arg(long)]
        date: Option<NaiveDate>,
    },
}
