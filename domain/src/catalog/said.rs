//! What a value of an enum is called, so that no screen has words of its own for it.

use super::{Lang, words};
use crate::{
    CallDirection, CallDisposition, CheckoutKind, Lifecycle, Metric, PhotoPurpose, SaleState, StopState, VisitState,
    facts::RecordState, geo::GeoVerdict, life::ChangeState, period::Period, wire::Op,
};

macro_rules! said {
    ($($type:ident: $words:ident;)*) => {$(
        #[uniffi::export]
        impl $type {
            /// In words, for a person who reads `lang`.
            pub fn text(&self, lang: Lang) -> String {
                words::$words(lang, self.name()).to_owned()
            }
        }
    )*};
}

said! {
    VisitState: state_name;
    SaleState: state_name;
    ChangeState: state_name;
    Op: op_name;
    RecordState: record_state_name;
    StopState: stop_state_name;
    GeoVerdict: verdict_name;
    CheckoutKind: checkout_name;
    CallDisposition: outcome_name;
    CallDirection: direction_name;
    Lifecycle: lifecycle_name;
    PhotoPurpose: purpose_name;
    Metric: metric_name;
    Period: period_name;
}
