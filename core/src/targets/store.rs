//! Every statement on the table `target`.

use saha_domain::{Kind, RepId, Target};

use crate::{
    error::Result,
    store::{Codec, Reader, Table, field},
};

pub(crate) static TABLE: Table =
    Table { kind: Kind::Target, columns: &[&[field(&["rep"], Codec::Id)]], derived: &[], children: &[] };

pub(super) fn of_rep(reader: &Reader, rep: RepId) -> Result<Vec<Target>> {
    reader.list("WHERE rep = ?1", [rep.uuid().as_bytes()])
}
