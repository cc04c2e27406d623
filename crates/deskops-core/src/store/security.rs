//! What happened to accounts. It is written once, and never changed or removed.

use deskops_domain::api::security::{ListSecurity, SecurityEntry, SecurityEvent};
use deskops_domain::choice::Choices as _;
use deskops_domain::entry::Moment;
use deskops_domain::id::Id;

use crate::error::StoreError;
use crate::sql::{Connection, OptionalExtension as _, Row};

const SELECT: &str =
    "select id, at, event, actor, subject, note, address, device from security_log";

/// Writes an entry.
pub(crate) fn insert(tx: &Connection, entry: &SecurityEntry) -> Result<(), StoreError> {
    let sql = "insert into security_log (id, at, event, actor, subject, note, address, device) values (?, ?, ?, ?, ?, ?, ?, ?)";
    tx.prepare_cached(sql)?.execute((
        entry.id.as_str(),
        entry.at.0,
        entry.event.code(),
        &entry.actor,
        &entry.subject,
        &entry.note,
        &entry.address,
        entry.device.as_ref().map(Id::as_str),
    ))?;
    Ok(())
}

/// When this happened last to somebody.
pub(crate) fn latest(
    conn: &Connection,
    subject: &str,
    event: SecurityEvent,
) -> Result<Option<Moment>, StoreError> {
    let sql = "select max(at) from security_log where subject = ? and event = ?";
    let at: Option<i64> =
        conn.prepare_cached(sql)?.query_row((subject, event.code()), |row| row.get(0))?;
    Ok(at.map(Moment))
}

/// When the entry with this id was written.
pub(crate) fn at(conn: &Connection, id: &Id) -> Result<Option<Moment>, StoreError> {
    let sql = "select at from security_log where id = ?";
    let found = conn.prepare_cached(sql)?.query_row([id.as_str()], |row| row.get(0)).optional()?;
    Ok(found.map(Moment))
}

/// So many entries of those that are asked for, newest first: from the newest on, or behind the one
/// that was written at this moment.
pub(crate) fn page(
    conn: &Connection,
    list: &ListSecurity,
    after: Option<Moment>,
    limit: u32,
) -> Result<Vec<SecurityEntry>, StoreError> {
    let of_subject = if list.subject.is_some() { "subject = ?3" } else { "?3 = ''" };
    let of_event = if list.event.is_some() { "event = ?4" } else { "?4 = ''" };
    let sql = format!(
        "{SELECT} where (at < ?1 or (at = ?1 and id < ?2)) and {of_subject} and {of_event}
         order by at desc, id desc limit ?5"
    );
    let at = after.map_or(i64::MAX, |at| at.0);
    let id = list.after.as_ref().map_or("", Id::as_str);
    let subject = list.subject.as_deref().unwrap_or_default();
    let event = list.event.map_or("", SecurityEvent::code);
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map((at, id, subject, event, limit), |row| Ok(entry(row)))?;
    rows.map(|row| row.map_err(StoreError::from).flatten()).collect()
}

fn entry(row: &Row<'_>) -> Result<SecurityEntry, StoreError> {
    let id: String = row.get(0)?;
    let event: String = row.get(2)?;
    let event = SecurityEvent::from_code(&event).ok_or_else(|| StoreError::Unreadable {
        table: "security_log",
        id: id.clone(),
        what: format!("event `{event}`"),
    })?;
    Ok(SecurityEntry {
        id: Id::stored(id),
        at: Moment(row.get(1)?),
        event,
        actor: row.get(3)?,
        subject: row.get(4)?,
        note: row.get(5)?,
        address: row.get(6)?,
        device: row.get::<Option<String>>(7)?.map(Id::stored),
    })
}
