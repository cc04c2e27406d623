//! The users of this computer and their password hashes. They are no records, and are never sent.

use deskops_domain::access::Role;
use deskops_domain::api::users::{Rights, User};
use deskops_domain::choice::Choices as _;
use deskops_domain::entry::Moment;
use deskops_domain::id::Id;

use crate::error::StoreError;
use crate::sql::{Connection, OptionalExtension as _, Row};

const SELECT: &str = "select id, name, full_name, role, sites, is_active, created_at, created_by, updated_at, updated_by from users";

/// Whether there is any user.
pub fn is_any(conn: &Connection) -> Result<bool, StoreError> {
    Ok(conn
        .prepare_cached("select exists (select 1 from users)")?
        .query_row((), |row| row.get(0))?)
}

/// Everybody, by name.
pub fn all(conn: &Connection) -> Result<Vec<User>, StoreError> {
    let mut statement = conn.prepare_cached(&format!("{SELECT} order by name"))?;
    let rows = statement.query_map((), |row| Ok(user(row)))?;
    rows.map(|row| row.map_err(StoreError::from).flatten()).collect()
}

/// The user with this id.
pub fn by_id(conn: &Connection, id: &Id) -> Result<Option<User>, StoreError> {
    one(conn, "id", id.as_str())
}

/// The user with this sign-in name.
pub fn by_name(conn: &Connection, name: &str) -> Result<Option<User>, StoreError> {
    one(conn, "name", name)
}

fn one(conn: &Connection, column: &str, value: &str) -> Result<Option<User>, StoreError> {
    let mut statement = conn.prepare_cached(&format!("{SELECT} where {column} = ?"))?;
    statement.query_row([value], |row| Ok(user(row))).optional()?.transpose()
}

fn user(row: &Row<'_>) -> Result<User, StoreError> {
    let id: String = row.get(0)?;
    let role: String = row.get(3)?;
    let role = Role::from_code(&role).ok_or_else(|| StoreError::Unreadable {
        table: "users",
        id: id.clone(),
        what: format!("role `{role}`"),
    })?;
    let sites: Option<String> = row.get(4)?;
    let sites = sites.map(|sites| sites.split(',').map(str::to_owned).collect());
    Ok(User {
        id: Id::stored(id),
        name: row.get(1)?,
        full_name: row.get(2)?,
        rights: Rights { role, sites },
        is_active: row.get(5)?,
        created_at: Moment(row.get(6)?),
        created_by: row.get(7)?,
        updated_at: Moment(row.get(8)?),
        updated_by: row.get(9)?,
    })
}

/// The password hash of a user.
pub(crate) fn password_hash(conn: &Connection, id: &Id) -> Result<String, StoreError> {
    let sql = "select password_hash from users where id = ?";
    Ok(conn.prepare_cached(sql)?.query_row([id.as_str()], |row| row.get(0))?)
}

/// Whether somebody else is an administrator who may sign in.
pub(crate) fn has_other_admin(conn: &Connection, id: &Id) -> Result<bool, StoreError> {
    let sql = "select exists (select 1 from users where role = ? and is_active = 1 and id <> ?)";
    let role = Role::Admin.code();
    Ok(conn.prepare_cached(sql)?.query_row((role, id.as_str()), |row| row.get(0))?)
}

/// Writes a new user.
pub(crate) fn insert(tx: &Connection, user: &User, hash: &str) -> Result<(), StoreError> {
    let sql = "insert into users (id, name, full_name, role, sites, password_hash, is_active, created_at, created_by, updated_at, updated_by)
               values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    tx.prepare_cached(sql)?.execute((
        user.id.as_str(),
        &user.name,
        &user.full_name,
        user.rights.role.code(),
        sites_text(user),
        hash,
        user.is_active,
        user.created_at.0,
        &user.created_by,
        user.updated_at.0,
        &user.updated_by,
    ))?;
    Ok(())
}

/// Writes what may change of a user.
pub(crate) fn update(tx: &Connection, user: &User) -> Result<(), StoreError> {
    let sql = "update users set full_name = ?, role = ?, sites = ?, is_active = ?, updated_at = ?, updated_by = ? where id = ?";
    tx.prepare_cached(sql)?.execute((
        &user.full_name,
        user.rights.role.code(),
        sites_text(user),
        user.is_active,
        user.updated_at.0,
        &user.updated_by,
        user.id.as_str(),
    ))?;
    Ok(())
}

/// Writes another password.
pub(crate) fn set_password(tx: &Connection, user: &User, hash: &str) -> Result<(), StoreError> {
    let sql = "update users set password_hash = ?, updated_at = ?, updated_by = ? where id = ?";
    tx.prepare_cached(sql)?.execute((
        hash,
        user.updated_at.0,
        &user.updated_by,
        user.id.as_str(),
    ))?;
    Ok(())
}

/// Writes another hash of the same password, unless it was changed meanwhile.
pub(crate) fn rehash(tx: &Connection, id: &Id, old: &str, new: &str) -> Result<(), StoreError> {
    let sql = "update users set password_hash = ? where id = ? and password_hash = ?";
    tx.prepare_cached(sql)?.execute((new, id.as_str(), old))?;
    Ok(())
}

fn sites_text(user: &User) -> Option<String> {
    user.rights.sites.as_ref().map(|sites| sites.join(","))
}
