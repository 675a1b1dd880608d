//! Tokens are 32 random bytes. The server keeps their hashes: whoever reads its database can't sign in with it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

use crate::{
    host::{self, Host, NoRandomness},
    store::TokenHash,
};

/// A token that was just made: the only moment at which it is known. It has no `Debug`.
pub(crate) struct Secret {
    /// As it travels.
    pub(crate) text: String,
    /// As it is kept.
    pub(crate) hash: TokenHash,
}

impl Secret {
    /// A new token.
    pub(crate) fn new(host: &dyn Host) -> Result<Self, NoRandomness> {
        let text = URL_SAFE_NO_PAD.encode(host::random::<32>(host)?);
        let hash = hash_of(&text);
        Ok(Self { text, hash })
    }
}

/// A token as it is kept. SHA-256 is enough: there is no dictionary of random bytes.
pub(crate) fn hash_of(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}
