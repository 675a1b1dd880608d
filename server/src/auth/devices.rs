//! The devices of a person or of the whole company, and the end of one.

use saha_domain::{DeviceId, UserId, wire::Role};
use serde::{Deserialize, Serialize};

use super::Caller;
use crate::{
    error::RequestError,
    store::{DeviceRow, Store},
};

/// So long after it was revoked, a device may still hand in the work that was done on it before, milliseconds.
const HAND_IN_MS: i64 = 14 * 24 * 3_600_000;

/// A device, as `GET /v1/devices` lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceView {
    /// The id that it made itself.
    pub id: DeviceId,
    /// Whose it is.
    pub user: UserId,
    /// What its owner calls it.
    pub name: String,
    /// `android`, `ios`, `cli`…
    pub platform: String,
    /// Its series of document numbers.
    pub series: String,
    /// When it signed in last, milliseconds since 1970 UTC.
    pub last_login_ms: i64,
    /// When it was revoked, milliseconds since 1970 UTC; none while it may sync.
    pub revoked_at_ms: Option<i64>,
}

impl From<DeviceRow> for DeviceView {
    fn from(device: DeviceRow) -> Self {
        let DeviceRow { id, user, name, platform, series, last_login_ms, revoked_at_ms, .. } = device;
        Self { id, user, name, platform, series, last_login_ms, revoked_at_ms }
    }
}

/// Whose devices the caller is answerable for: an admin for all, anyone else for his own.
fn answerable_for(caller: &Caller) -> Option<UserId> {
    if caller.role == Role::Admin { None } else { caller.user }
}

/// The devices that the caller may see, the last used first.
pub(crate) fn list(store: &dyn Store, caller: &Caller) -> Result<Vec<DeviceView>, RequestError> {
    let devices = store.view()?.devices(answerable_for(caller))?;
    Ok(devices.into_iter().map(DeviceView::from).collect())
}

/// Refuses a revoked device whose time to hand in is over.
pub(super) fn check_not_over(device: &DeviceRow, now_ms: i64) -> Result<(), RequestError> {
    let is_over = device.revoked_at_ms.is_some_and(|revoked_at_ms| now_ms.saturating_sub(revoked_at_ms) >= HAND_IN_MS);
    if is_over { Err(RequestError::DeviceRevoked) } else { Ok(()) }
}

/// Ends a device: from now on it may only hand in what was done on it before, for 14 days, and it can't sign in again.
/// Revoking it once more changes nothing. Someone else's device is not found.
pub(crate) fn revoke(store: &dyn Store, caller: &Caller, id: DeviceId, now_ms: i64) -> Result<(), RequestError> {
    let tx = store.begin()?;
    let mut device = tx.device(id)?.ok_or(RequestError::NotFound)?;
    if answerable_for(caller).is_some_and(|user| user != device.user) {
        return Err(RequestError::NotFound);
    }
    device.revoked_at_ms.get_or_insert(now_ms);
    tx.put_device(&device)?;
    Ok(tx.commit()?)
}
