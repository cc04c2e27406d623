//! The devices that people sign in on, by the hashes of their keys, never the keys.

use deskops_domain::api::devices::{Device, DeviceKind, DeviceState};
use deskops_domain::choice::Choices;
use deskops_domain::entry::Moment;
use deskops_domain::id::Id;

use crate::error::StoreError;
use crate::sql::{Connection, OptionalExtension as _, Row};

const SELECT: &str =
    "select d.id, d.name, d.kind, u.name, d.state, d.app, d.address, d.created_at, d.last_seen_at, d.state_at, d.state_by,
     exists (select 1 from sessions s where s.device_id = d.id and (s.expires_at > ?1 or s.refresh_until > ?1))
     from devices d join users u on u.id = d.user_id";

/// Where and with what a device was seen.
pub(crate) struct Seen<'a> {
    /// When.
    pub at: Moment,
    /// Its address, where a network was between.
    pub address: Option<String>,
    /// Version of the program, where it said it.
    pub app: Option<&'a str>,
}

/// Every device, or those of a user by their sign-in name; seen last comes first.
pub(crate) fn all(
    conn: &Connection,
    user: Option<&str>,
    now: Moment,
) -> Result<Vec<Device>, StoreError> {
    let of_user = if user.is_some() { "u.name = ?2" } else { "?2 = ''" };
    let sql = format!("{SELECT} where {of_user} order by d.last_seen_at desc, d.id desc");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map((now.0, user.unwrap_or_default()), |row| Ok(device(row)))?;
    rows.map(|row| row.map_err(StoreError::from).flatten()).collect()
}

/// The device with this id.
pub(crate) fn by_id(conn: &Connection, id: &Id, now: Moment) -> Result<Option<Device>, StoreError> {
    one(conn, "d.id = ?2", id.as_str(), now)
}

/// The device with this key.
pub(crate) fn by_key(
    conn: &Connection,
    hash: &str,
    now: Moment,
) -> Result<Option<Device>, StoreError> {
    one(conn, "d.key_hash = ?2", hash, now)
}

/// What stands for the programs of a user that have no key, unless it is revoked.
pub(crate) fn without_key(
    conn: &Connection,
    user: &Id,
    now: Moment,
) -> Result<Option<Device>, StoreError> {
    one(conn, "d.user_id = ?2 and d.key_hash is null and d.state <> 'REVOKED'", user.as_str(), now)
}

fn one(
    conn: &Connection,
    which: &str,
    value: &str,
    now: Moment,
) -> Result<Option<Device>, StoreError> {
    let mut statement = conn.prepare_cached(&format!("{SELECT} where {which}"))?;
    statement.query_row((now.0, value), |row| Ok(device(row))).optional()?.transpose()
}

fn device(row: &Row<'_>) -> Result<Device, StoreError> {
    let id: String = row.get(0)?;
    let (kind, state) = (row.get(2)?, row.get(4)?);
    Ok(Device {
        kind: choice(&id, kind)?,
        state: choice(&id, state)?,
        id: Id::stored(id),
        name: row.get(1)?,
        user: row.get(3)?,
        app: row.get(5)?,
        address: row.get(6)?,
        created_at: Moment(row.get(7)?),
        last_seen_at: Moment(row.get(8)?),
        state_at: row.get::<Option<i64>>(9)?.map(Moment),
        state_by: row.get(10)?,
        is_signed_in: row.get(11)?,
        is_this: false,
    })
}

fn choice<C: Choices>(id: &str, code: String) -> Result<C, StoreError> {
    C::from_code(&code).ok_or_else(|| StoreError::Unreadable {
        table: "devices",
        id: id.to_owned(),
        what: format!("`{code}`"),
    })
}

/// The hash of the key of a device; none for programs without one.
pub(crate) fn key_hash(conn: &Connection, id: &Id) -> Result<Option<String>, StoreError> {
    let sql = "select key_hash from devices where id = ?";
    Ok(conn.prepare_cached(sql)?.query_row([id.as_str()], |row| row.get(0))?)
}

/// A device that was not there before.
pub(crate) struct NewRow<'a> {
    pub id: &'a Id,
    pub user: &'a Id,
    pub kind: DeviceKind,
    pub name: &'a str,
    pub key_hash: Option<&'a str>,
}

/// Writes a new device.
pub(crate) fn insert(tx: &Connection, new: &NewRow<'_>, seen: &Seen<'_>) -> Result<(), StoreError> {
    let sql = "insert into devices (id, user_id, kind, name, key_hash, app, state, address, created_at, last_seen_at)
               values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)";
    tx.prepare_cached(sql)?.execute((
        new.id.as_str(),
        new.user.as_str(),
        new.kind.code(),
        new.name,
        new.key_hash,
        seen.app,
        DeviceState::Active.code(),
        &seen.address,
        seen.at.0,
    ))?;
    Ok(())
}

/// Writes when and where a device was seen.
pub(crate) fn see(tx: &Connection, id: &Id, seen: &Seen<'_>) -> Result<(), StoreError> {
    let sql = "update devices
               set last_seen_at = ?, address = coalesce(?, address), app = coalesce(?, app)
               where id = ?";
    tx.prepare_cached(sql)?.execute((seen.at.0, &seen.address, seen.app, id.as_str()))?;
    Ok(())
}

/// Writes whether a device may be used, since when and by whom.
pub(crate) fn set_state(tx: &Connection, device: &Device) -> Result<(), StoreError> {
    let sql = "update devices set state = ?, state_at = ?, state_by = ? where id = ?";
    tx.prepare_cached(sql)?.execute((
        device.state.code(),
        device.state_at.map(|at| at.0),
        &device.state_by,
        device.id.as_str(),
    ))?;
    Ok(())
}

/// Writes another name.
pub(crate) fn rename(tx: &Connection, id: &Id, name: &str) -> Result<(), StoreError> {
    tx.prepare_cached("update devices set name = ? where id = ?")?.execute((name, id.as_str()))?;
    Ok(())
}
