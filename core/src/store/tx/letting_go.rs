//! Rows that the server does not announce any more: when they go, and what is retained of them.

use std::{borrow::Cow, collections::HashSet};

use saha_domain::Kind;
use serde_json::Value;
use uuid::Uuid;

use super::Tx;
use crate::{
    customers,
    error::{Error, Result},
    outbox, retained,
    store::{Key, RowState, local},
};

impl Tx<'_> {
    /// Whether everything is pulled anew: until the last page nobody knows what the server still has.
    pub(crate) fn is_starting_over(&self) -> Result<bool> {
        Ok(local::get(&self.transaction, Key::StartingOver)?.unwrap_or(false))
    }

    /// The row goes, as it is out of sight and nothing of the rep's own lies over it. Where a kept change names it, its body
    /// is retained for a server that may ask for it, and of a customer the name is shown.
    pub(super) fn let_go(&mut self, row: &mut RowState) -> Result<()> {
        let Some(confirmed) = row.confirmed.take() else { return Ok(()) };
        if !self.named()?.contains(&row.id) {
            return Ok(());
        }
        let conn = &self.transaction;
        retained::put(conn, row.kind, row.id, &confirmed.body)?;
        match confirmed.body.get("name").and_then(Value::as_str) {
            Some(name) if row.kind == Kind::Customer => customers::store::put_stub(conn, row.id.into(), name),
            _ => Ok(()),
        }
    }

    /// Every row that a kept change names. Within a transaction it is read once.
    fn named(&mut self) -> Result<&HashSet<Uuid>> {
        if self.named.is_none() {
            self.named = Some(outbox::named(&self.transaction)?);
        }
        self.named.as_ref().ok_or_else(|| Error::internal("what kept changes name was forgotten"))
    }

    /// Changes have left the outbox: what was retained for them goes too.
    pub(crate) fn release_retained(&mut self) -> Result<()> {
        if retained::is_empty(&self.transaction)? {
            return Ok(());
        }
        let conn = &self.transaction;
        // Of a customer whom nothing on this phone names any more, the name goes too.
        retained::keep_only(conn, &outbox::named(conn)?)?
            .into_iter()
            .try_for_each(|id| customers::store::delete_idle_stub(conn, id.into()))
    }

    /// The whole body of a row, for a server that lost it: what it confirmed, or what is retained, or what the rep sees.
    pub(crate) fn whole_body(&mut self, kind: Kind, id: Uuid) -> Result<Option<Value>> {
        let row = self.row(kind, id)?;
        if let Some(confirmed) = row.confirmed {
            return Ok(Some(confirmed.body));
        }
        match retained::get(&self.transaction, kind, id)? {
            Some(body) => Ok(Some(body)),
            None => Ok(row.effective().map(Cow::into_owned)),
        }
    }
}
