use saha_domain::{Kind, Problem, text::fold_login, wire::Role};

use super::{
    Fault,
    file::{Effect, FileKind},
    table::{Column, Row},
    upsert::id_of,
};
use crate::{
    auth::{MAX_PASSWORD_CHARS, Passwords},
    host::Host,
    store::{Credentials, StoreError, UserRow, View},
    sync::Ledger,
};

/// Shorter passwords are guessed.
const MIN_PASSWORD_CHARS: usize = 8;

/// `users.csv`: who can sign in.
pub(super) struct Users<'a> {
    pub(super) passwords: &'a Passwords,
    pub(super) host: &'a dyn Host,
}

pub(super) struct Entry {
    login: String,
    /// None while the password is the one that is known.
    new_hash: Option<String>,
    role: Role,
    rep_code: Option<String>,
}

impl FileKind for Users<'_> {
    const COLUMNS: &'static [Column] = &[
        Column::required("login", &["kullanici", "kullanici adi"]),
        Column::required("password", &["parola", "sifre"]),
        Column::required("role", &["rol", "gorev"]),
        Column::required("rep_code", &["temsilci kodu", "temsilci"]),
    ];
    type Entry = Entry;

    fn read(&self, row: &Row<'_>, view: &dyn View) -> Result<Entry, Fault> {
        let login = fold_login(&row.filled("login")?);
        saha_domain::text::check("login", &login, 100)
            .map_err(|e| Fault::Cell { column: "login", problem: e.problem })?;
        let missing = |column| Fault::Cell { column, problem: Problem::Missing };
        let role = row.word("role", role)?.ok_or_else(|| missing("role"))?;
        let rep_code = row.text("rep_code");
        match (role == Role::Rep, rep_code.is_some()) {
            (true, false) => return Err(missing("rep_code")),
            (false, true) => return Err(Fault::Cell { column: "rep_code", problem: Problem::Inconsistent }),
            _ => {}
        }
        let new_hash = self.new_hash(row.cell("password"), view.credentials(&login)?.as_ref())?;
        Ok(Entry { login, new_hash, role, rep_code })
    }

    fn key(entry: &Entry) -> String {
        entry.login.clone()
    }

    fn write(&self, ledger: &Ledger<'_>, entry: &Entry) -> Result<Effect, Fault> {
        let rep = entry.rep_code.as_deref().map(|code| id_of(ledger, Kind::Rep, "rep_code", code)).transpose()?;
        let before = ledger.tx.credentials(&entry.login)?;
        let (id, old_hash) = match &before {
            Some(known) => (known.user.id, Some(known.password_hash.clone())),
            None => (ledger.new_id()?.into(), None),
        };
        let missing = Fault::Cell { column: "password", problem: Problem::Missing };
        let password_hash = entry.new_hash.clone().or(old_hash).ok_or(missing)?;
        let after =
            Credentials { user: UserRow { id, login: entry.login.clone(), role: entry.role, rep }, password_hash };
        if before.as_ref() == Some(&after) {
            return Ok(Effect::Unchanged);
        }
        ledger.tx.put_user(&after)?;
        if before.is_none() {
            return Ok(Effect::Created);
        }
        // A new password is given because the old one is known to someone: whoever signed in with it is out. And whoever
        // signed in as someone else must notice that he is another now. What else could have changed is nothing.
        ledger.tx.revoke_sessions(id)?;
        Ok(Effect::Updated)
    }
}

impl Users<'_> {
    /// The hash of a password that differs from the known one. An empty cell leaves a known password as it is.
    fn new_hash(&self, password: Option<&str>, known: Option<&Credentials>) -> Result<Option<String>, Fault> {
        let Some(password) = password else { return Ok(None) };
        if !(MIN_PASSWORD_CHARS..=MAX_PASSWORD_CHARS).contains(&password.chars().count()) {
            return Err(Fault::Cell { column: "password", problem: Problem::OutOfRange });
        }
        if known.is_some_and(|known| self.passwords.verify(password, Some(&known.password_hash))) {
            return Ok(None);
        }
        let hash = self.passwords.hash(password, self.host).map_err(|_| StoreError::NoRandomness)?;
        Ok(Some(hash))
    }
}

/// A role by its folded name in either language.
fn role(word: &str) -> Option<Role> {
    match word {
        "rep" | "temsilci" => Some(Role::Rep),
        "manager" | "mudur" => Some(Role::Manager),
        "admin" | "sistem yoneticisi" => Some(Role::Admin),
        _ => None,
    }
}
