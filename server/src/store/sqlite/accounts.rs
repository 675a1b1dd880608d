use rusqlite::{Row, params};
use saha_domain::{DeviceId, UserId, wire::Role};
use uuid::Uuid;

use super::{
    columns,
    session::{COMPANY, Session},
};
use crate::store::{
    AccessToken, AccountReads, AccountWrites, Credentials, DeviceRow, RefreshToken, Result, SessionRow, StoreError,
    TokenHash, UserRow,
};

const SELECT_DEVICE: &str =
    "SELECT id, no, user, name, platform, series, last_login_ms, revoked_at_ms FROM device WHERE company = ?1";
pub(super) const REVOKE_SESSIONS: &str =
    "UPDATE session INDEXED BY session_by_user SET revoked = 1 WHERE company = ?1 AND user = ?2";
pub(super) const FORGET_ACCESS: &str =
    "DELETE FROM access_token INDEXED BY access_token_by_end WHERE company = ?1 AND expires_at_ms < ?2";
pub(super) const FORGET_REFRESH: &str =
    "DELETE FROM refresh_token INDEXED BY refresh_token_by_end WHERE company = ?1 AND expires_at_ms < ?2";

fn row_to_user(row: &Row<'_>) -> Result<UserRow> {
    let role: String = row.get(2)?;
    Ok(UserRow {
        id: columns::id(row, 0)?,
        login: row.get(1)?,
        role: Role::from_name(&role).ok_or(StoreError::Unreadable { what: "role" })?,
        rep: columns::maybe_id(row, 3)?,
    })
}

fn row_to_device(row: &Row<'_>) -> Result<DeviceRow> {
    Ok(DeviceRow {
        id: columns::id(row, 0)?,
        no: row.get(1)?,
        user: columns::id(row, 2)?,
        name: row.get(3)?,
        platform: row.get(4)?,
        series: row.get(5)?,
        last_login_ms: row.get(6)?,
        revoked_at_ms: row.get(7)?,
    })
}

fn row_to_session(row: &Row<'_>) -> Result<SessionRow> {
    Ok(SessionRow {
        id: columns::id(row, 0)?,
        user: columns::id(row, 1)?,
        device: columns::id(row, 2)?,
        used_generation: row.get(3)?,
        used_token: row.get(4)?,
        revoked: row.get(5)?,
    })
}

impl AccountReads for Session<'_> {
    fn credentials(&self, login: &str) -> Result<Option<Credentials>> {
        let sql = "SELECT id, login, role, rep, password_hash FROM user WHERE company = ?1 AND login = ?2";
        self.maybe(sql, params![COMPANY, login], |row| {
            Ok(Credentials { user: row_to_user(row)?, password_hash: row.get(4)? })
        })
    }

    fn user(&self, id: UserId) -> Result<Option<UserRow>> {
        let sql = "SELECT id, login, role, rep FROM user WHERE company = ?1 AND id = ?2";
        self.maybe(sql, params![COMPANY, columns::bytes(id.uuid())], row_to_user)
    }

    fn device(&self, id: DeviceId) -> Result<Option<DeviceRow>> {
        let sql = format!("{SELECT_DEVICE} AND id = ?2");
        self.maybe(&sql, params![COMPANY, columns::bytes(id.uuid())], row_to_device)
    }

    fn devices(&self, of: Option<UserId>) -> Result<Vec<DeviceRow>> {
        let sql = format!("{SELECT_DEVICE} AND (?2 IS NULL OR user = ?2) ORDER BY last_login_ms DESC, no");
        self.all(&sql, params![COMPANY, of.map(|user| columns::bytes(user.uuid()))], row_to_device)
    }

    fn device_count(&self) -> Result<u32> {
        let sql = "SELECT count(*) FROM device WHERE company = ?1";
        Ok(self.maybe(sql, [COMPANY], |row| Ok(row.get(0)?))?.unwrap_or(0))
    }

    fn access_token(&self, hash: &TokenHash) -> Result<Option<AccessToken>> {
        let sql = "SELECT session, expires_at_ms FROM access_token WHERE company = ?1 AND hash = ?2";
        let found = self.maybe(sql, params![COMPANY, hash], |row| {
            Ok((columns::maybe_id::<Uuid>(row, 0)?, row.get::<_, Option<i64>>(1)?))
        })?;
        let Some((session, expires_at_ms)) = found else { return Ok(None) };
        let Some(session) = session else {
            return Ok(Some(AccessToken { expires_at_ms, session: None, holder: None, revoked: false }));
        };
        let missing = || StoreError::Unreadable { what: "session" };
        let session = self.session(session)?.ok_or_else(missing)?;
        let user = self.user(session.user)?.ok_or_else(missing)?;
        let device = self.device(session.device)?.ok_or_else(missing)?;
        Ok(Some(AccessToken {
            expires_at_ms,
            session: Some(session.id),
            holder: Some((user, device)),
            revoked: session.revoked,
        }))
    }

    fn refresh_token(&self, hash: &TokenHash) -> Result<Option<RefreshToken>> {
        let sql = "SELECT session, generation, expires_at_ms FROM refresh_token WHERE company = ?1 AND hash = ?2";
        self.maybe(sql, params![COMPANY, hash], |row| {
            Ok(RefreshToken { session: columns::id(row, 0)?, generation: row.get(1)?, expires_at_ms: row.get(2)? })
        })
    }

    fn session(&self, id: Uuid) -> Result<Option<SessionRow>> {
        let sql = "SELECT id, user, device, used_generation, used_token, revoked FROM session \
                   WHERE company = ?1 AND id = ?2";
        self.maybe(sql, params![COMPANY, columns::bytes(id)], row_to_session)
    }
}

impl AccountWrites for Session<'_> {
    fn put_user(&self, credentials: &Credentials) -> Result<()> {
        let sql = "INSERT INTO user (company, id, login, password_hash, role, rep) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                   ON CONFLICT (company, id) DO UPDATE SET login = excluded.login, \
                   password_hash = excluded.password_hash, role = excluded.role, rep = excluded.rep";
        let user = &credentials.user;
        let rep = user.rep.map(|rep| columns::bytes(rep.uuid()));
        let id = columns::bytes(user.id.uuid());
        self.run(sql, params![COMPANY, id, user.login, credentials.password_hash, user.role.name(), rep])?;
        Ok(())
    }

    fn put_device(&self, device: &DeviceRow) -> Result<()> {
        let sql = "INSERT INTO device (company, id, no, user, name, platform, series, last_login_ms, revoked_at_ms) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
                   ON CONFLICT (company, id) DO UPDATE SET name = excluded.name, platform = excluded.platform, \
                   last_login_ms = excluded.last_login_ms, revoked_at_ms = excluded.revoked_at_ms";
        self.run(
            sql,
            params![
                COMPANY,
                columns::bytes(device.id.uuid()),
                device.no,
                columns::bytes(device.user.uuid()),
                device.name,
                device.platform,
                device.series,
                device.last_login_ms,
                device.revoked_at_ms
            ],
        )?;
        Ok(())
    }

    fn put_session(&self, session: &SessionRow) -> Result<()> {
        let sql = "INSERT INTO session (company, id, user, device, used_generation, used_token, revoked) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
                   ON CONFLICT (company, id) DO UPDATE SET used_generation = excluded.used_generation, \
                   used_token = excluded.used_token, revoked = excluded.revoked";
        self.run(
            sql,
            params![
                COMPANY,
                columns::bytes(session.id),
                columns::bytes(session.user.uuid()),
                columns::bytes(session.device.uuid()),
                session.used_generation,
                session.used_token,
                session.revoked
            ],
        )?;
        Ok(())
    }

    fn revoke_sessions(&self, user: UserId) -> Result<()> {
        self.run(REVOKE_SESSIONS, params![COMPANY, columns::bytes(user.uuid())])?;
        Ok(())
    }

    fn put_access_token(&self, hash: &TokenHash, session: Uuid, expires_at_ms: i64) -> Result<()> {
        let sql = "INSERT INTO access_token (company, hash, session, expires_at_ms) VALUES (?1, ?2, ?3, ?4)";
        self.run(sql, params![COMPANY, hash, columns::bytes(session), expires_at_ms])?;
        Ok(())
    }

    fn replace_admin_token(&self, hash: &TokenHash) -> Result<()> {
        self.run("DELETE FROM access_token WHERE company = ?1 AND session IS NULL", [COMPANY])?;
        self.run("INSERT INTO access_token (company, hash) VALUES (?1, ?2)", params![COMPANY, hash])?;
        Ok(())
    }

    fn put_refresh_token(&self, hash: &TokenHash, token: &RefreshToken) -> Result<()> {
        let sql = "INSERT INTO refresh_token (company, hash, session, generation, expires_at_ms) \
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        self.run(sql, params![COMPANY, hash, columns::bytes(token.session), token.generation, token.expires_at_ms])?;
        Ok(())
    }

    fn forget_tokens_before(&self, at_ms: i64) -> Result<()> {
        self.run(FORGET_ACCESS, params![COMPANY, at_ms])?;
        self.run(FORGET_REFRESH, params![COMPANY, at_ms])?;
        Ok(())
    }
}
