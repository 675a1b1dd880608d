//! Which table holds which kind: the one place in the core that lists the kinds, and the compiler demands an arm for a new
//! one.

use std::sync::LazyLock;

use saha_domain::Kind;

use crate::{
    calls, company, customers, photos, plan, products, sales,
    store::{Statements, Table},
    targets, visits,
};

const fn table(kind: Kind) -> &'static Table {
    match kind {
        Kind::Company => &company::store::COMPANY,
        Kind::WorkCalendar => &company::store::WORK_CALENDAR,
        Kind::Rep => &company::store::REP,
        Kind::Product => &products::store::TABLE,
        Kind::Customer => &customers::store::TABLE,
        Kind::Assignment => &customers::store::ASSIGNMENT,
        Kind::Target => &targets::store::TABLE,
        Kind::CallCycle => &company::store::CALL_CYCLE,
        Kind::PlanItem => &plan::store::TABLE,
        Kind::Visit => &visits::store::TABLE,
        Kind::Call => &calls::store::TABLE,
        Kind::Sale => &sales::store::TABLE,
        Kind::Photo => &photos::store::TABLE,
    }
}

/// The statements of a kind's table. [`Kind::ALL`] is in the order of the enum, so the kind itself is the index.
pub(crate) fn statements(kind: Kind) -> &'static Statements {
    static STATEMENTS: LazyLock<Vec<Statements>> =
        LazyLock::new(|| Kind::ALL.iter().map(|kind| Statements::of(table(*kind))).collect());
    #[expect(clippy::indexing_slicing, reason = "one entry for each variant")]
    &STATEMENTS[kind as usize]
}
