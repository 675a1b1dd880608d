//! Who asks: passwords, tokens, devices, and how often someone may try.

mod attempts;
mod devices;
mod gate;
mod passwords;
mod sign_in;
#[cfg(test)]
mod tests;
mod tokens;

pub(crate) use attempts::{LoginAttempts, RequestRates};
pub use devices::DeviceView;
pub(crate) use devices::{list, revoke};
pub(crate) use gate::Gate;
pub(crate) use passwords::Passwords;
pub(crate) use sign_in::{MAX_PASSWORD_CHARS, SignIn};
pub(crate) use tokens::{Secret, hash_of};

use saha_domain::{DeviceId, RepId, UserId, catalog::Lang, wire::Role};
use uuid::Uuid;

use crate::{error::RequestError, store::View};

/// Who asks, and in which language he reads. It comes from a token; nothing in a body can change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// What he may do.
    pub role: Role,
    /// The user; none for whoever holds the admin token.
    pub user: Option<UserId>,
    /// The rep, for the role that is one.
    pub rep: Option<RepId>,
    /// The device; none for the admin token.
    pub device: Option<DeviceId>,
    /// The language of what people read.
    pub lang: Lang,
    /// When the device was revoked, milliseconds since 1970 UTC: it may only hand in what was done before. None for any
    /// other.
    pub(crate) revoked_at_ms: Option<i64>,
    /// The device's number in field clocks.
    pub(crate) device_no: u32,
    /// The sign-in; none for the admin token.
    pub(crate) session: Option<Uuid>,
}

/// Finds out whom an access token speaks for. That of a revoked device speaks for nobody.
pub(crate) fn authenticate(view: &dyn View, token: &str, lang: Lang, now_ms: i64) -> Result<Caller, RequestError> {
    let caller = authenticate_to_hand_in(view, token, lang, now_ms)?;
    if caller.revoked_at_ms.is_some() { Err(RequestError::DeviceRevoked) } else { Ok(caller) }
}

/// The same where a revoked device is still let in, for as long as it may hand in its work.
pub(crate) fn authenticate_to_hand_in(
    view: &dyn View,
    token: &str,
    lang: Lang,
    now_ms: i64,
) -> Result<Caller, RequestError> {
    let token = view.access_token(&hash_of(token))?.ok_or(RequestError::Unauthenticated)?;
    let Some((user, device)) = token.holder else {
        return Ok(Caller {
            role: Role::Admin,
            user: None,
            rep: None,
            device: None,
            lang,
            revoked_at_ms: None,
            device_no: 0,
            session: None,
        });
    };
    devices::check_not_over(&device, now_ms)?;
    if token.revoked || token.expires_at_ms.is_none_or(|end| end <= now_ms) {
        return Err(RequestError::Unauthenticated);
    }
    Ok(Caller {
        role: user.role,
        user: Some(user.id),
        rep: user.rep,
        device: Some(device.id),
        lang,
        revoked_at_ms: device.revoked_at_ms,
        device_no: device.no,
        session: token.session,
    })
}
