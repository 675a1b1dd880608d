//! Several people on one phone: each has a folder of his own, with his own database, and secrets of his own. Nobody's
//! sign-in can touch what another has not sent yet, and nobody sees another's rows.

use std::path::{Path, PathBuf};

use saha_domain::{Problem, SahaError, text};

use crate::{
    error::{Error, Result},
    store,
};

/// The folder below the app's own that holds the accounts.
const ACCOUNTS: &str = "accounts";
/// File systems take names of 255 bytes.
const MAX_NAME_BYTES: usize = 200;

/// Where one account's data and secrets are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub folder: PathBuf,
    /// What the names of its secrets begin with.
    pub secret_prefix: String,
    /// The login name, folded; none where the folder is one person's and does not say whose.
    pub account: Option<String>,
}

/// The place of an account below `folder`, or the folder itself where no account is named.
pub(crate) fn place(folder: &str, account: Option<&str>) -> Result<Place> {
    if folder.is_empty() {
        return Err(SahaError::invalid("path", Problem::Missing).into());
    }
    let Some(login) = account else {
        return Ok(Place { folder: folder.into(), secret_prefix: String::new(), account: None });
    };
    let account = text::fold_login(login);
    text::check_filled("account", &account, 128)?;
    let name = encode(&account);
    if name.len() > MAX_NAME_BYTES {
        return Err(SahaError::invalid("account", Problem::OutOfRange).into());
    }
    let folder = Path::new(folder).join(ACCOUNTS).join(&name);
    Ok(Place { folder, secret_prefix: format!("{name}/"), account: Some(account) })
}

/// The accounts that were opened in the app's `folder` before, by their login names in lower case and in order: for the
/// screen that asks who is there. Each is opened with [`crate::Config::account`].
#[uniffi::export]
pub fn known_accounts(folder: String) -> Result<Vec<String>, SahaError> {
    let accounts = Path::new(&folder).join(ACCOUNTS);
    let entries = match std::fs::read_dir(accounts) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::io("read the accounts")(error).into()),
    };
    let mut logins = Vec::new();
    for entry in entries {
        let entry = entry.map_err(Error::io("read the accounts"))?;
        let login = entry.file_name().to_str().and_then(decode);
        logins.extend(login.filter(|_| store::is_in(&entry.path())));
    }
    logins.sort();
    Ok(logins)
}

/// A login name as a folder's name, the same on every file system: letters of the alphabet, digits, `-` and `_` stand for
/// themselves, and so do dots but for the first place; of everything else the bytes are written as `%c5`.
fn encode(login: &str) -> String {
    let letter = |(place, byte): (usize, u8)| match byte {
        b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' => char::from(byte).to_string(),
        b'.' if place > 0 => ".".to_owned(),
        _ => format!("%{byte:02x}"),
    };
    login.bytes().enumerate().map(letter).collect()
}

/// Back from [`encode`]; none for a name that it does not make.
fn decode(name: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|login| encode(login) == name)
}

#[cfg(test)]
mod tests;
