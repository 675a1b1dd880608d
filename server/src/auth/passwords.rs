//! Passwords, as Argon2id hashes.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};

use crate::{
    config::PasswordCost,
    error::ServerError,
    host::{self, Host, NoRandomness},
};

/// Hashes passwords, and checks them.
pub(crate) struct Passwords {
    argon2: Argon2<'static>,
    /// The hash of nobody's password: checking it takes as long as checking a real one, so that the time of an answer
    /// does not tell which login names exist.
    nobody: String,
}

impl Passwords {
    pub(crate) fn new(cost: PasswordCost, host: &dyn Host) -> Result<Self, ServerError> {
        let wrong = || ServerError::Config { field: "password_cost".to_owned() };
        let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(|_| wrong())?;
        let mut passwords =
            Self { argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params), nobody: String::new() };
        passwords.nobody = passwords.hash("nobody", host)?;
        Ok(passwords)
    }

    /// The PHC string of a password's hash, with a salt of its own.
    pub(crate) fn hash(&self, password: &str, host: &dyn Host) -> Result<String, NoRandomness> {
        let salt = host::random::<16>(host)?;
        let hash: Result<PasswordHash, _> = self.argon2.hash_password_with_salt(password.as_bytes(), &salt);
        // The salt is of the right length and the parameters were checked: only memory can be lacking.
        hash.map(|hash| hash.to_string()).map_err(|_| NoRandomness)
    }

    /// Whether the password is the one of the hash; without a hash it is not, after the same time.
    pub(crate) fn verify(&self, password: &str, hash: Option<&str>) -> bool {
        let is_somebody = hash.is_some();
        let parsed = PasswordHash::new(hash.unwrap_or(&self.nobody));
        let matches = parsed.is_ok_and(|parsed| self.argon2.verify_password(password.as_bytes(), &parsed).is_ok());
        matches && is_somebody
    }
}
