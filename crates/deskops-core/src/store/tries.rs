//! The wrong passwords so far, by what they concern: a device, a sign-in name, an address, or names
//! that nobody has.

use deskops_domain::entry::Moment;
use deskops_domain::id::Id;

use crate::error::StoreError;
use crate::sql::{Connection, OptionalExtension as _};

/// How many tries there were of a concern, and when the last one was.
pub(crate) fn of(conn: &Connection, concern: &str) -> Result<Option<(u32, Moment)>, StoreError> {
    let sql = "select n_tries, last_at from tries where concern = ?";
    let found = conn
        .prepare_cached(sql)?
        .query_row([concern], |row| Ok((row.get(0)?, Moment(row.get(1)?))))
        .optional()?;
    Ok(found)
}

/// Counts one more.
pub(crate) fn count(tx: &Connection, concern: &str, now: Moment) -> Result<(), StoreError> {
    let sql = "insert into tries (concern, n_tries, last_at) values (?, 1, ?)
               on conflict (concern) do update set n_tries = tries.n_tries + 1, last_at = excluded.last_at";
    tx.prepare_cached(sql)?.execute((concern, now.0))?;
    Ok(())
}

/// Begins the count of a concern anew.
pub(crate) fn forget(tx: &Connection, concern: &str) -> Result<(), StoreError> {
    tx.prepare_cached("delete from tries where concern = ?")?.execute([concern])?;
    Ok(())
}

/// Takes one back that was no wrong password.
pub(crate) fn take_back(tx: &Connection, concern: &str) -> Result<(), StoreError> {
    let sql = "update tries set n_tries = n_tries - 1 where concern = ? and n_tries > 0";
    tx.prepare_cached(sql)?.execute([concern])?;
    Ok(())
}

/// Begins the count of every device of a user anew.
pub(crate) fn forget_devices(tx: &Connection, user: &Id) -> Result<(), StoreError> {
    let sql = "delete from tries
               where concern in (select 'device:' || id from devices where user_id = ?)";
    tx.prepare_cached(sql)?.execute([user.as_str()])?;
    Ok(())
}

/// Forgets concerns that nobody has tried since.
pub(crate) fn forget_before(tx: &Connection, before: Moment) -> Result<(), StoreError> {
    tx.prepare_cached("delete from tries where last_at < ?")?.execute([before.0])?;
    Ok(())
}

/// How many concerns are remembered.
pub(crate) fn n_concerns(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.prepare_cached("select count(*) from tries")?.query_row((), |row| row.get(0))?)
}
