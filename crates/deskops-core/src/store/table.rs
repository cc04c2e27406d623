//! Any record ↔ its table, from its field table. A stored row that does not read is an error.

use std::marker::PhantomData;

use deskops_domain::api::records::Filter;
use deskops_domain::day::Day;
use deskops_domain::entry::{Entry, Moment, Stamp, Voided};
use deskops_domain::field::{Shape, Value};
use deskops_domain::id::Id;
use deskops_domain::record::Record;

use super::filter::Wheres;
use crate::error::StoreError;
use crate::sql::{
    Cell, Connection, FromCell, OptionalExtension as _, Params, Row, Value as Sql, params_from_iter,
};

const HEAD: [&str; 3] = ["id", "site_id", "date"];
const STAMP: [&str; 8] = [
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "rev",
    "voided_at",
    "voided_by",
    "void_reason",
];

/// Columns of a module's table, in the order in which they are read and written.
pub fn columns<R: Record>() -> impl Iterator<Item = &'static str> {
    HEAD.into_iter().chain(R::shapes().map(|shape| shape.column)).chain(STAMP)
}

/// `select …` of whole entries, with whether they are sent.
fn select<R: Record>() -> String {
    let columns: Vec<_> = columns::<R>().collect();
    format!(
        "select {}, not exists (select 1 from outbox where rec = id) from {}",
        columns.join(", "),
        R::NAME
    )
}

/// Writes a whole entry, new or not.
pub(super) fn save<R: Record>(conn: &Connection, entry: &Entry<R>) -> Result<(), StoreError> {
    let columns: Vec<_> = columns::<R>().collect();
    let marks = vec!["?"; columns.len()].join(", ");
    let sets: Vec<_> =
        columns[1..].iter().map(|column| format!("{column} = excluded.{column}")).collect();
    let sql = format!(
        "insert into {} ({}) values ({marks}) on conflict (id) do update set {}",
        R::NAME,
        columns.join(", "),
        sets.join(", ")
    );
    let stamp = &entry.stamp;
    let voided = stamp.voided.as_ref();
    let mut values: Vec<Sql> =
        vec![text(entry.id.as_str()), text(&entry.site), Sql::Text(entry.date.to_string())];
    values.extend(entry.body.values().into_iter().map(to_sql));
    values.extend([
        Sql::Integer(stamp.created_at.0),
        text(&stamp.created_by),
        Sql::Integer(stamp.updated_at.0),
        text(&stamp.updated_by),
        Sql::Integer(i64::from(stamp.rev)),
        voided.map_or(Sql::Null, |voided| Sql::Integer(voided.at.0)),
        voided.map_or(Sql::Null, |voided| text(&voided.by)),
        voided.and_then(|voided| voided.reason.as_deref()).map_or(Sql::Null, text),
    ]);
    conn.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

/// The record with this id, deleted or not.
pub fn get<R: Record>(conn: &Connection, id: &Id) -> Result<Option<Entry<R>>, StoreError> {
    let sql = select::<R>() + " where id = ?1";
    let found = conn
        .prepare_cached(&sql)?
        .query_row([id.as_str()], |row| Ok(read_row::<R>(row)))
        .optional()?;
    found.transpose()
}

/// Another live record of the site with the same text in a field, whatever the case.
pub(super) fn same_text<R: Record>(
    conn: &Connection,
    site: &str,
    shape: &Shape,
    text: &str,
    own: &str,
) -> Result<Option<Id>, StoreError> {
    let sql = format!(
        "select id from {} where voided_at is null and site_id = ?1 and lower({}) = lower(?2) and id <> ?3 limit 1",
        R::NAME,
        shape.column
    );
    let found = conn
        .prepare_cached(&sql)?
        .query_row((site, text, own), |row| row.get::<String>(0))
        .optional()?;
    Ok(found.map(Id::stored))
}

/// How many live records a table has on a day. The name is a module's own.
pub(super) fn live_on(
    conn: &Connection,
    module: &str,
    site: &str,
    date: Day,
) -> Result<i64, StoreError> {
    let sql = format!(
        "select count(*) from {module} where voided_at is null and site_id = ?1 and date = ?2"
    );
    Ok(conn.prepare_cached(&sql)?.query_row((site, date.to_string()), |row| row.get(0))?)
}

/// Where in a list the page before ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    date: Day,
    created_at: i64,
    id: Id,
}

impl Cursor {
    /// The place behind this entry.
    #[must_use]
    pub fn behind<R>(entry: &Entry<R>) -> Self {
        Self { date: entry.date, created_at: entry.stamp.created_at.0, id: entry.id.clone() }
    }

    /// Reads what [`Cursor::write`] wrote.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '~');
        let (date, created_at, id) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self {
            date: Day::parse(date)?,
            created_at: created_at.parse().ok()?,
            id: is_name(id).then(|| Id::stored(id.to_owned()))?,
        })
    }

    /// The cursor as it travels.
    #[must_use]
    pub fn write(&self) -> String {
        format!("{}~{}~{}", self.date, self.created_at, self.id)
    }
}

/// Whether a text may be an id: those of starting catalogues are not of the usual form.
fn is_name(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// One page, newest first. The cursor's date bounds the range, so that deep pages cost no more.
pub fn page<R: Record>(
    conn: &Connection,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: u32,
    skip: u32,
) -> Result<Vec<Entry<R>>, StoreError> {
    let mut wheres = Wheres::of::<R>(filter)?;
    if let Some(cursor) = after {
        wheres.and("date <= ?", Sql::Text(cursor.date.to_string()));
        wheres.sql.push_str(" and (date, created_at, id) < (?, ?, ?)");
        wheres.values.extend([
            Sql::Text(cursor.date.to_string()),
            Sql::Integer(cursor.created_at),
            text(cursor.id.as_str()),
        ]);
    }
    let sql = format!(
        "{}{} order by date desc, created_at desc, id desc limit ? offset ?",
        select::<R>(),
        wheres.sql
    );
    wheres.values.extend([Sql::Integer(i64::from(limit)), Sql::Integer(i64::from(skip))]);
    let mut statement = conn.prepare_cached(&sql)?;
    let rows =
        statement.query_map(params_from_iter(wheres.values), |row| Ok(read_row::<R>(row)))?;
    rows.map(|row| row.map_err(StoreError::from).flatten()).collect()
}

/// Every record that is meant, oldest first, one at a time.
pub fn each<R: Record, T>(
    conn: &Connection,
    filter: &Filter,
    work: impl FnOnce(&mut dyn Iterator<Item = Result<Entry<R>, StoreError>>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let wheres = Wheres::of::<R>(filter)?;
    let sql = format!("{}{} order by date, created_at, id", select::<R>(), wheres.sql);
    let mut statement = conn.prepare_cached(&sql)?;
    let rows =
        statement.query_map(params_from_iter(wheres.values), |row| Ok(read_row::<R>(row)))?;
    work(&mut rows.map(|row| row.map_err(StoreError::from).flatten()))
}

/// Every record of a kind, deleted or not, and also those that do not read.
pub(super) fn each_row<R: Record>(
    conn: &Connection,
    mut work: impl FnMut(Result<Entry<R>, StoreError>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(&(select::<R>() + " order by id"))?;
    for row in statement.query_map((), |row| Ok(read_row::<R>(row)))? {
        work(row?)?;
    }
    Ok(())
}

/// Every record that a condition of the store's own finds.
pub(super) fn where_each<R: Record>(
    conn: &Connection,
    condition: &str,
    values: impl Params,
) -> Result<Vec<Entry<R>>, StoreError> {
    let sql = format!("{} where {condition}", select::<R>());
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(values, |row| Ok(read_row::<R>(row)))?;
    rows.map(|row| row.map_err(StoreError::from).flatten()).collect()
}

fn text(value: &str) -> Sql {
    Sql::Text(value.to_owned())
}

fn to_sql(value: Value) -> Sql {
    match value {
        Value::Empty => Sql::Null,
        Value::Int(raw) => Sql::Integer(raw),
        Value::Text(text) => Sql::Text(text),
    }
}

/// Reads a row that [`select`] gave.
fn read_row<R: Record>(row: &Row<'_>) -> Result<Entry<R>, StoreError> {
    Reader::<R> { row, at: 0, record: PhantomData }.entry()
}

/// Reads the columns of a row in their order, and names the row when one of them is damaged.
struct Reader<'a, R> {
    row: &'a Row<'a>,
    at: usize,
    record: PhantomData<R>,
}

impl<R: Record> Reader<'_, R> {
    fn entry(mut self) -> Result<Entry<R>, StoreError> {
        let id = Id::stored(self.take()?);
        let site: String = self.take()?;
        let date: String = self.take()?;
        let date = Day::parse(&date).ok_or_else(|| self.damaged(format!("date `{date}`")))?;
        let values = R::shapes().map(|_| self.value()).collect::<Result<Vec<_>, _>>()?;
        let body = R::from_values(values)
            .ok_or_else(|| self.damaged("a field is of another kind".into()))?;
        let stamp = self.stamp()?;
        Ok(Entry { id, site, date, body, stamp })
    }

    fn stamp(&mut self) -> Result<Stamp, StoreError> {
        let (created_at, created_by, updated_at, updated_by) =
            (self.take()?, self.take()?, self.take()?, self.take()?);
        let rev = self.take()?;
        let voided_at: Option<i64> = self.take()?;
        let (by, reason): (Option<String>, _) = (self.take()?, self.take()?);
        let voided =
            voided_at.map(|at| Voided { at: Moment(at), by: by.unwrap_or_default(), reason });
        Ok(Stamp {
            created_at: Moment(created_at),
            created_by,
            updated_at: Moment(updated_at),
            updated_by,
            rev,
            voided,
            is_sent: self.take()?,
        })
    }

    fn take<T: FromCell>(&mut self) -> Result<T, StoreError> {
        let found = self.row.get(self.at).map_err(|error| self.damaged(error.to_string()));
        self.at += 1;
        found
    }

    fn value(&mut self) -> Result<Value, StoreError> {
        let found = self.row.cell(self.at, |cell| {
            Ok(match cell {
                Cell::Null => Some(Value::Empty),
                Cell::Integer(raw) => Some(Value::Int(raw)),
                Cell::Text(text) => Some(Value::Text(text.to_owned())),
                Cell::Blob(_) => None,
            })
        });
        let found = found.map_err(|error| self.damaged(error.to_string()))?;
        let found = found.ok_or_else(|| self.damaged(format!("bytes in column {}", self.at)))?;
        self.at += 1;
        Ok(found)
    }

    fn damaged(&self, what: String) -> StoreError {
        let id = self.row.get::<String>(0).unwrap_or_else(|_| "?".into());
        StoreError::Unreadable { table: R::NAME, id, what }
    }
}
