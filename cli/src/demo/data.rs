//! The data set, within the binary, so that the demonstration works anywhere.

use saha_server::ImportKind;

/// Who works in the demonstration: Ayşe Yılmaz, rep R01.
pub(super) const LOGIN: &str = "ayse.yilmaz";
/// The tax number of another rep's customer (C0068, Özlem Büfe). Its first two digits are those of [`RIGHT_TAX_NO`], swapped;
/// the check digit holds for both.
pub(super) const WRONG_TAX_NO: &str = "2413680077";
/// A tax number that nobody in the data set has.
pub(super) const RIGHT_TAX_NO: &str = "4213680077";
/// Where the day's round begins: Papatya Market in Kadıköy.
pub(super) const FIRST_CUSTOMER: &str = "C0024";

const USERS: &[u8] = include_bytes!("../../../tests/data/istanbul/users.csv");

/// The file of a kind.
pub(super) fn file(kind: ImportKind) -> &'static [u8] {
    match kind {
        ImportKind::Reps => include_bytes!("../../../tests/data/istanbul/reps.csv"),
        ImportKind::Users => USERS,
        ImportKind::Customers => include_bytes!("../../../tests/data/istanbul/customers.csv"),
        ImportKind::Products => include_bytes!("../../../tests/data/istanbul/products.csv"),
        ImportKind::Assignments => include_bytes!("../../../tests/data/istanbul/assignments.csv"),
        ImportKind::CallCycles => include_bytes!("../../../tests/data/istanbul/call_cycles.csv"),
        ImportKind::Plan => include_bytes!("../../../tests/data/istanbul/plan.csv"),
        ImportKind::Targets => include_bytes!("../../../tests/data/istanbul/targets.csv"),
    }
}

/// Lines of a file of this data set after its header.
pub(super) fn rows(kind: ImportKind) -> usize {
    file(kind).split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count().saturating_sub(1)
}

/// The password of a user of this data set; it is for demonstrations only.
pub(super) fn password(login: &str) -> Option<&'static str> {
    let text = std::str::from_utf8(USERS).ok()?;
    text.lines().find_map(|line| line.strip_prefix(login)?.strip_prefix(',')?.split(',').next())
}
