//! Who is signed in: sessions by the hashes of their tokens, never the tokens.

use deskops_domain::entry::Moment;
use deskops_domain::id::Id;

use crate::error::StoreError;
use crate::sql::{Connection, OptionalExtension as _};

/// A session of a user.
pub(crate) struct Session {
    /// Whose it is.
    pub user: Id,
    /// When it ends, unless it is used before.
    pub expires_at: Moment,
}

/// The session with this token, unless it has ended.
pub(crate) fn by_token(
    conn: &Connection,
    hash: &str,
    now: Moment,
) -> Result<Option<Session>, StoreError> {
    let sql = "select user_id, expires_at from sessions where token_hash = ? and expires_at > ?";
    let found = conn.prepare_cached(sql)?.query_row((hash, now.0), |row| {
        Ok(Session { user: Id::stored(row.get(0)?), expires_at: Moment(row.get(1)?) })
    });
    Ok(found.optional()?)
}

/// Writes a new session, and removes those that have ended by themselves.
pub(crate) fn insert(
    tx: &Connection,
    hash: &str,
    session: &Session,
    now: Moment,
) -> Result<(), StoreError> {
    tx.prepare_cached("delete from sessions where expires_at <= ?")?.execute([now.0])?;
    let sql =
        "insert into sessions (token_hash, user_id, created_at, expires_at) values (?, ?, ?, ?)";
    tx.prepare_cached(sql)?.execute((hash, session.user.as_str(), now.0, session.expires_at.0))?;
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

/// Ends every session of a user.
pub(crate) fn close_all(tx: &Connection, user: &Id) -> Result<(), StoreError> {
    tx.prepare_cached("delete from sessions where user_id = ?")?.execute([user.as_str()])?;
    Ok(())
}

/// Whether any session was left behind.
pub(crate) fn is_any(conn: &Connection) -> Result<bool, StoreError> {
    let sql = "select exists (select 1 from sessions)";
    Ok(conn.prepare_cached(sql)?.query_row((), |row| row.get(0))?)
}

/// Ends every session there is.
pub(crate) fn clear(tx: &Connection) -> Result<(), StoreError> {
    tx.execute("delete from sessions", ())?;
    Ok(())
}
