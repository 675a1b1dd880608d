//! Who may see a row, taken out of its body by what the registry says of its kind.

use chrono::NaiveDate;
use saha_domain::{CustomerId, Kind, RepId, registry::Scope};
use serde_json::Value;
use uuid::Uuid;

use crate::store::{ScopeKeys, Sight};

/// The scope keys of a body.
pub(super) fn scope_keys(kind: Kind, id: Uuid, body: &Value) -> ScopeKeys {
    let text = |path: &str| body.pointer(path).and_then(Value::as_str);
    let uuid = |path: &str| text(path).and_then(|text| Uuid::try_parse(text).ok());
    let keys = ScopeKeys { file: kind.named_file(body), ..empty(kind) };
    match kind.spec().scope {
        Scope::Company => keys,
        Scope::Customer => {
            let tax_no = text("/tax_no").map(str::to_owned);
            ScopeKeys { customer: Some(CustomerId::from(id)), tax_no, ..keys }
        }
        Scope::BeneathCustomer { customer, rep, date } => ScopeKeys {
            customer: uuid(customer).map(CustomerId::from),
            // An assignment is no work of the rep whom it names: who has lost the customer, or does not have him yet,
            // must not hear of him through it.
            rep: uuid(rep).filter(|_| kind != Kind::Assignment).map(RepId::from),
            on_date: date.and_then(text).and_then(|text| text.parse::<NaiveDate>().ok()),
            ..keys
        },
        Scope::Rep { rep } => ScopeKeys { rep: uuid(rep).map(RepId::from), ..keys },
    }
}

/// The keys of a tombstone that never had a body: `rep` deleted what nobody had heard of.
pub(super) fn unheard_of(kind: Kind, rep: RepId) -> ScopeKeys {
    ScopeKeys { rep: Some(rep), ..empty(kind) }
}

fn empty(kind: Kind) -> ScopeKeys {
    let sight = match kind.spec().scope {
        Scope::Company => Sight::Company,
        Scope::Customer | Scope::BeneathCustomer { .. } => Sight::Customer,
        Scope::Rep { .. } => Sight::Rep,
    };
    ScopeKeys { sight, customer: None, rep: None, on_date: None, tax_no: None, file: None }
}
