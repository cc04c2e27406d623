//! Who is signed in: sessions by the hashes of their tokens, never the tokens.
//!
//! A session either lasts while it is used, or is refreshed: its token is short then, and a second
//! one gives the next two.

use deskops_domain::api::devices::DeviceState;
use deskops_domain::choice::Choices as _;
use deskops_domain::entry::Moment;
use deskops_domain::id::Id;

use crate::error::StoreError;
use crate::sql::{Connection, OptionalExtension as _, Row};

/// A session of a user.
pub(crate) struct Session {
    /// Whose it is.
    pub user: Id,
    /// On which device.
    pub device: Option<Id>,
    /// When its token ends, unless it lasts while it is used and is used before.
    pub expires_at: Moment,
    /// How it is refreshed; nothing where it lasts while it is used.
    pub refreshed: Option<Refreshed>,
}

/// How a session is refreshed.
pub(crate) struct Refreshed {
    /// By what the session is found again.
    pub id: Id,
    /// Of the secret that gives the next tokens.
    pub hash: String,
    /// When it ends for good.
    pub until: Moment,
    /// The secret before, once there was one.
    pub before: Option<Rotation>,
}

/// What became of a secret that was used up.
pub(crate) struct Rotation {
    /// Of the secret that was used up.
    pub hash: String,
    /// The chance from which, with that secret, its followers were made.
    pub chance: String,
    /// When one of them was used first; nothing while they may have been lost on their way.
    pub taken_at: Option<Moment>,
}

const SELECT: &str = "select s.user_id, s.device_id, s.expires_at, s.id, s.refresh_hash, s.refresh_until, s.previous_hash, s.rotation, s.rotated_at from sessions s";

/// The session with this token, unless it has ended or its device may not be used.
pub(crate) fn by_token(
    conn: &Connection,
    hash: &str,
    now: Moment,
) -> Result<Option<Session>, StoreError> {
    let sql = format!(
        "{SELECT} left join devices d on d.id = s.device_id
         where s.token_hash = ? and s.expires_at > ? and (s.device_id is null or d.state = ?)"
    );
    let values = (hash, now.0, DeviceState::Active.code());
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_row(values, session).optional()?)
}

/// The session that is refreshed under this id, unless it has ended for good.
pub(crate) fn by_id(
    conn: &Connection,
    id: &str,
    now: Moment,
) -> Result<Option<Session>, StoreError> {
    let sql = format!("{SELECT} where s.id = ? and s.refresh_until > ?");
    Ok(conn.prepare_cached(&sql)?.query_row((id, now.0), session).optional()?)
}

fn session(row: &Row<'_>) -> Result<Session, crate::sql::Error> {
    let rotation = |hash: Option<String>| -> Result<_, crate::sql::Error> {
        let Some(hash) = hash else { return Ok(None) };
        let taken_at = row.get::<Option<i64>>(8)?.map(Moment);
        Ok(Some(Rotation { hash, chance: row.get(7)?, taken_at }))
    };
    let refreshed = match row.get::<Option<String>>(4)? {
        None => None,
        Some(hash) => Some(Refreshed {
            id: Id::stored(row.get(3)?),
            hash,
            until: Moment(row.get(5)?),
            before: rotation(row.get(6)?)?,
        }),
    };
    Ok(Session {
        user: Id::stored(row.get(0)?),
        device: row.get::<Option<String>>(1)?.map(Id::stored),
        expires_at: Moment(row.get(2)?),
        refreshed,
    })
}

/// Writes a new session, and removes those that have ended by themselves.
pub(crate) fn insert(
    tx: &Connection,
    hash: &str,
    session: &Session,
    now: Moment,
) -> Result<(), StoreError> {
    let sql = "delete from sessions
               where expires_at <= ?1 and (refresh_until is null or refresh_until <= ?1)";
    tx.prepare_cached(sql)?.execute([now.0])?;
    let sql = "insert into sessions (token_hash, user_id, created_at, expires_at, id, device_id, refresh_hash, refresh_until)
               values (?, ?, ?, ?, ?, ?, ?, ?)";
    let refreshed = session.refreshed.as_ref();
    tx.prepare_cached(sql)?.execute((
        hash,
        session.user.as_str(),
        now.0,
        session.expires_at.0,
        refreshed.map(|refreshed| refreshed.id.as_str()),
        session.device.as_ref().map(Id::as_str),
        refreshed.map(|refreshed| refreshed.hash.as_str()),
        refreshed.map(|refreshed| refreshed.until.0),
    ))?;
    Ok(())
}

/// Exchanges the secrets of a session, when nobody has done so since: whether this was done.
pub(crate) fn rotate(
    tx: &Connection,
    hash: &str,
    expires_at: Moment,
    next: &Refreshed,
) -> Result<bool, StoreError> {
    let Some(before) = &next.before else { return Ok(false) };
    let sql = "update sessions
               set token_hash = ?, expires_at = ?, refresh_hash = ?, refresh_until = ?, previous_hash = ?, rotation = ?, rotated_at = ?
               where id = ? and refresh_hash = ?";
    let n_rows = tx.prepare_cached(sql)?.execute((
        hash,
        expires_at.0,
        &next.hash,
        next.until.0,
        &before.hash,
        &before.chance,
        before.taken_at.map(|at| at.0),
        next.id.as_str(),
        &before.hash,
    ))?;
    Ok(n_rows == 1)
}

/// Notes that the tokens of the last exchange have reached who asked for them.
pub(crate) fn take(tx: &Connection, hash: &str, now: Moment) -> Result<(), StoreError> {
    let sql = "update sessions set rotated_at = ? where token_hash = ? and rotated_at is null";
    tx.prepare_cached(sql)?.execute((now.0, hash))?;
    Ok(())
}

/// Lets a session last longer. One that has ended meanwhile stays ended.
pub(crate) fn prolong(tx: &Connection, hash: &str, until: Moment) -> Result<(), StoreError> {
    let sql = "update sessions set expires_at = ? where token_hash = ?";
    tx.prepare_cached(sql)?.execute((until.0, hash))?;
    Ok(())
}

/// Ends a session.
pub(crate) fn close(tx: &Connection, hash: &str) -> Result<(), StoreError> {
    tx.prepare_cached("delete from sessions where token_hash = ?")?.execute([hash])?;
    Ok(())
}

/// Ends a session that is refreshed.
pub(crate) fn close_refreshed(tx: &Connection, id: &Id) -> Result<(), StoreError> {
    tx.prepare_cached("delete from sessions where id = ?")?.execute([id.as_str()])?;
    Ok(())
}

/// Ends every session of a user.
pub(crate) fn close_all(tx: &Connection, user: &Id) -> Result<(), StoreError> {
    tx.prepare_cached("delete from sessions where user_id = ?")?.execute([user.as_str()])?;
    Ok(())
}

/// Ends every session on a device.
pub(crate) fn close_device(tx: &Connection, device: &Id) -> Result<(), StoreError> {
    tx.prepare_cached("delete from sessions where device_id = ?")?.execute([device.as_str()])?;
    Ok(())
}

/// Whether any session that lasts while it is used was left behind.
pub(crate) fn is_any_left(conn: &Connection) -> Result<bool, StoreError> {
    let sql = "select exists (select 1 from sessions where refresh_hash is null)";
    Ok(conn.prepare_cached(sql)?.query_row((), |row| row.get(0))?)
}

/// Ends every session that lasts while it is used.
pub(crate) fn clear_left(tx: &Connection) -> Result<(), StoreError> {
    tx.execute("delete from sessions where refresh_hash is null", ())?;
    Ok(())
}
