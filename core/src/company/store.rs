//! The tables of company, working calendar and rep.

use saha_domain::Kind;

use crate::store::{Codec, Table, field};

pub(crate) static COMPANY: Table = Table { kind: Kind::Company, columns: &[], derived: &[], children: &[] };

pub(crate) static WORK_CALENDAR: Table = Table { kind: Kind::WorkCalendar, columns: &[], derived: &[], children: &[] };

pub(crate) static REP: Table = Table {
    kind: Kind::Rep,
    columns: &[&[field(&["code"], Codec::Text), field(&["name"], Codec::Text)]],
    derived: &[],
    children: &[],
};
