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
pub(crate) use sign_in::{MAX_PASSWORD_CHARS, SignIn, folded_login};
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
    /// The device's number in field clocks.
    pub(crate) device_no: u32,
    /// The sign-in; none for the admin token.
    pub(crate) session: Option<Uuid>,
}

/// Finds out whom an access token speaks for.
pub(crate) fn authenticate(view: &dyn View, token: &str, lang: Lang, now_ms: i64) -> Result<Caller, RequestError> {
    let token = view.access_token(&hash_of(token))?.ok_or(RequestError::Unauthenticated)?;
    let Some((user, device)) = token.holder else {
        return Ok(Caller {
            role: Role::Admin,
            user: None,
            rep: None,
            device: None,
            lang,
            device_no: 0,
            session: None,
        });
    };
    if device.revoked_at_ms.is_some() {
        return Err(RequestError::DeviceRevoked);
    }
    if token.revoked || token.expires_at_ms.is_none_or(|end| end <= now_ms) {
        return Err(RequestError::Unauthenticated);
    }
    Ok(Caller {
        role: user.role,
        user: Some(user.id),
        rep: user.rep,
        device: Some(device.id),
        lang,
        device_no: device.no,
        session: token.session,
    })
}
