//! The change log: what sync sends and history shows. Appended to by the door, read here.

use deskops_domain::api::records::Past;
use deskops_domain::change::Change;
use deskops_domain::entry::Moment;
use deskops_domain::id::Id;

use crate::error::StoreError;
use crate::sql::{Connection, OptionalExtension as _};

/// This computer, as which incarnation, and the number that its next change gets.
#[derive(Debug, Clone)]
pub(super) struct Counter {
    pub(super) device: Id,
    pub(super) incarnation: Id,
    pub(super) next_seq: i64,
    /// The change that has the number before.
    pub(super) last: Option<Id>,
    pub(super) unsent: i64,
    /// How often the lists have changed.
    pub(super) lists: i64,
}

pub(super) fn counter(conn: &Connection) -> Result<Counter, StoreError> {
    let sql = "select device, incarnation, next_seq, unsent, lists, (select op from changes where dev = device and inc = incarnation and seq = next_seq - 1) from desk";
    Ok(conn.prepare_cached(sql)?.query_row((), |row| {
        Ok(Counter {
            device: Id::stored(row.get(0)?),
            incarnation: Id::stored(row.get(1)?),
            next_seq: row.get(2)?,
            unsent: row.get(3)?,
            lists: row.get(4)?,
            last: row.get::<Option<String>>(5)?.map(Id::stored),
        })
    })?)
}

pub(super) fn keep_counter(tx: &Connection, counter: &Counter) -> Result<(), StoreError> {
    tx.prepare_cached("update desk set next_seq = ?1, unsent = ?2, lists = ?3")?.execute((
        counter.next_seq,
        counter.unsent,
        counter.lists,
    ))?;
    Ok(())
}

/// Appends a change and marks its record as not sent. The caller keeps the counter.
pub(super) fn append(
    tx: &Connection,
    counter: &mut Counter,
    change: &Change,
) -> Result<(), StoreError> {
    let sql = "insert into changes (op, dev, inc, seq, feed, entity, rec, kind, at, raw, payload_hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let kind = serde_json::to_value(change.kind)
        .ok()
        .and_then(|kind| kind.as_str().map(str::to_owned))
        .unwrap_or_default();
    tx.prepare_cached(sql)?.execute((
        change.op.as_str(),
        change.origin.dev.as_str(),
        change.origin.inc.as_str(),
        change.origin.seq,
        &change.feed,
        &change.entity,
        change.rec.as_str(),
        kind,
        change.at.0,
        change.bytes(),
        change.payload_hash(),
    ))?;
    counter.next_seq += 1;
    counter.last = Some(change.op.clone());
    let sql = "insert into outbox (rec, entity) values (?1, ?2) on conflict do nothing";
    let n_new = tx.prepare_cached(sql)?.execute((change.rec.as_str(), &change.entity))?;
    counter.unsent += i64::try_from(n_new).unwrap_or(0);
    Ok(())
}

/// Records that head office does not have yet.
pub fn unsent(conn: &Connection) -> Result<u64, StoreError> {
    Ok(u64::try_from(counter(conn)?.unsent).unwrap_or(0))
}

/// When the last change was made, by the clock of then.
pub fn latest(conn: &Connection) -> Result<Option<Moment>, StoreError> {
    let sql = "select at from changes order by rowid desc limit 1";
    Ok(conn.prepare_cached(sql)?.query_row((), |row| row.get(0)).optional()?.map(Moment))
}

/// How often the lists have changed.
pub(crate) fn lists(conn: &Connection) -> Result<i64, StoreError> {
    Ok(conn.prepare_cached("select lists from desk")?.query_row((), |row| row.get(0))?)
}

/// Notes that they have.
pub(crate) fn note_lists(conn: &Connection) -> Result<(), StoreError> {
    conn.execute("update desk set lists = lists + 1", ())?;
    Ok(())
}

/// This computer.
pub fn device(conn: &Connection) -> Result<Id, StoreError> {
    Ok(counter(conn)?.device)
}

/// Every change of a record, newest first.
pub fn of_record(conn: &Connection, id: &Id) -> Result<Vec<Past>, StoreError> {
    let sql = "select raw, state = 'covered' from changes where rec = ?1 order by rowid";
    let mut statement = conn.prepare_cached(sql)?;
    let rows =
        statement.query_map([id.as_str()], |row| Ok((row.get::<Vec<u8>>(0)?, row.get(1)?)))?;
    let mut past = Vec::new();
    for (at, row) in rows.enumerate() {
        let (raw, is_sent) = row?;
        let change = read(id, &raw)?;
        past.push(Past { rev: u32::try_from(at + 1).unwrap_or(u32::MAX), is_sent, change });
    }
    past.reverse();
    Ok(past)
}

/// Every change in the order in which it was made, for tests of what is kept.
pub fn all(conn: &Connection) -> Result<Vec<Change>, StoreError> {
    let mut statement = conn.prepare_cached("select op, raw from changes order by rowid")?;
    let rows =
        statement.query_map((), |row| Ok((row.get::<String>(0)?, row.get::<Vec<u8>>(1)?)))?;
    rows.map(|row| row.map_err(StoreError::from).and_then(|(op, raw)| read(&Id::stored(op), &raw)))
        .collect()
}

fn read(id: &Id, raw: &[u8]) -> Result<Change, StoreError> {
    serde_json::from_slice(raw).map_err(|error| StoreError::Unreadable {
        table: "changes",
        id: id.to_string(),
        what: error.to_string(),
    })
}
