//! What the device knows of itself and of its syncs: a few named values.

use std::{fmt::Display, str::FromStr};

use rusqlite::{Connection, OptionalExtension};
use saha_domain::SahaError;

use crate::error::Result;

macro_rules! keys {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// The names of the values.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Key {
            $($(#[$doc])* $variant,)*
        }

        impl Key {
            const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

keys! {
    /// This installation's id, where the app's key store has the same.
    DeviceId = "device_id",
    /// The server's address.
    ServerUrl = "server_url",
    /// The login name of whoever's database this is.
    Login = "login",
    /// His user id: a database belongs to one user until it is erased.
    User = "user",
    /// The rep that he is.
    Rep = "rep",
    /// Series of document numbers, given by the server.
    Series = "series",
    /// The last document number of the series.
    LastNumber = "last_number",
    /// The cursor of the last applied page.
    Cursor = "cursor",
    /// The newest commit of the server that any answer told of.
    Head = "head",
    /// Set once the last page of a first sync was applied.
    FirstSyncDone = "first_sync_done",
    /// How many rows the first sync brought.
    Received = "received",
    /// How far it was, basis points.
    ReceivedBp = "received_bp",
    /// The version of the records that the build knew which used this file last.
    Schema = "schema",
    /// True while everything is pulled anew; false from the last page until what was not announced is gone.
    StartingOver = "starting_over",
    /// Unix milliseconds, device clock, of the last finished sync.
    LastSuccessMs = "last_success_ms",
    /// How the last sync ended, as its parts.
    LastAttempt = "last_attempt",
    /// How many changes the server takes in one request.
    MostChanges = "most_changes",
    /// What the company said of the rep's confirmed figures when they were found equal; none once they have moved since.
    FiguresAgreed = "figures_agreed",
    /// Since when they differ from what the company says, Unix milliseconds, device clock.
    FiguresDifferSinceMs = "figures_differ_since_ms",
    /// The highest hybrid clock that a server's body showed.
    HlcSeen = "hlc_seen",
    /// Set once the server said that this device was revoked, until somebody signs in anew.
    Revoked = "revoked",
    /// Set while what was erased may still be found in the file.
    Scrub = "scrub",
    /// The measured correction of the clock, as its parts.
    Correction = "correction",
}

/// The value, if it was ever set.
pub(crate) fn get<T: FromStr>(conn: &Connection, key: Key) -> Result<Option<T>> {
    let text: Option<String> = conn
        .prepare_cached("SELECT value FROM local WHERE key = ?1")?
        .query_row([key.name()], |row| row.get(0))
        .optional()?;
    let parse = |text: String| {
        text.parse().map_err(|_| SahaError::StorageDamaged { reason: format!("local value {}", key.name()) })
    };
    Ok(text.map(parse).transpose()?)
}

/// Sets the value. Only a transaction can: [`super::Tx`] calls this.
pub(super) fn set(conn: &Connection, key: Key, value: &impl Display) -> Result<()> {
    let sql = "INSERT INTO local (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    conn.prepare_cached(sql)?.execute((key.name(), value.to_string()))?;
    Ok(())
}

/// Forgets the value.
pub(super) fn clear(conn: &Connection, key: Key) -> Result<()> {
    conn.prepare_cached("DELETE FROM local WHERE key = ?1")?.execute([key.name()])?;
    Ok(())
}
