//! The change log beside what it tells of: each change is whole, none is missing, and together they
//! make every record as it stands in its table.

use std::collections::BTreeMap;

use deskops_domain::change::{Change, ChangeKind};
use deskops_domain::entry::Entry;
use deskops_domain::habit::GLOBAL;
use deskops_domain::id::Id;
use deskops_domain::modules::ModuleVisitor;
use deskops_domain::record::Record;
use serde_json::{Map, Value as Json};

use super::verify::Report;
use crate::error::StoreError;
use crate::sql::{Connection, Error, Row};
use crate::store::{changes, table};

/// Looks at each change by itself, and whether the numbers of each computer have a gap.
pub(super) fn check_log(conn: &Connection, report: &mut Report) -> Result<(), StoreError> {
    let sql = "select op, dev, inc, seq, feed, entity, rec, kind, at, raw, payload_hash from changes order by dev, inc, seq";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(())?;
    let mut before: Option<(String, i64)> = None;
    while let Some(row) = rows.next()? {
        report.changes += 1;
        let op: String = row.get(0)?;
        let (of, seq): (String, i64) = (row.get(2)?, row.get(3)?);
        let follows = match &before {
            Some((inc, last)) if *inc == of => seq == last + 1,
            _ => seq == 1,
        };
        if !follows {
            report.add(format!("change {op}"), format!("there is none before its number {seq}"));
        }
        before = Some((of, seq));
        if let Some(what) = wrong_with(&row)? {
            report.add(format!("change {op}"), what);
        }
    }
    let counter = changes::counter(conn)?;
    let sql = "select coalesce(max(seq), 0) from changes where inc = ?1";
    let last: i64 = conn.query_row(sql, [counter.incarnation.as_str()], |row| row.get(0))?;
    if last + 1 != counter.next_seq {
        let what =
            format!("the next change would be {}, and the last one is {last}", counter.next_seq);
        report.add("desk", what);
    }
    let unsent: i64 = conn.query_row("select count(*) from outbox", (), |row| row.get(0))?;
    if unsent != counter.unsent {
        report.add(
            "desk",
            format!("says {} records are not sent; they are {unsent}", counter.unsent),
        );
    }
    Ok(())
}

/// What is wrong with a stored change.
fn wrong_with(row: &Row<'_>) -> Result<Option<String>, Error> {
    let raw: Vec<u8> = row.get(9)?;
    let change: Change = match serde_json::from_slice(&raw) {
        Ok(change) => change,
        Err(error) => return Ok(Some(format!("does not read: {error}"))),
    };
    if change.bytes() != raw {
        return Ok(Some("its bytes are not those that were written".to_owned()));
    }
    if row.get::<String>(10)? != change.payload_hash() {
        return Ok(Some("its hash is not that of its bytes".to_owned()));
    }
    let kind = serde_json::to_value(change.kind).unwrap_or_default();
    let is_same = row.get::<String>(0)? == change.op.as_str()
        && row.get::<String>(1)? == change.origin.dev.as_str()
        && row.get::<String>(2)? == change.origin.inc.as_str()
        && row.get::<i64>(3)? == change.origin.seq
        && row.get::<String>(4)? == change.feed
        && row.get::<String>(5)? == change.entity
        && row.get::<String>(6)? == change.rec.as_str()
        && kind == row.get::<String>(7)?.as_str()
        && row.get::<i64>(8)? == change.at.0;
    Ok((!is_same).then(|| "its columns say something else than its bytes".to_owned()))
}

/// Compares the records of each kind with what their changes make.
pub(super) struct Replay<'a> {
    pub conn: &'a Connection,
    pub report: &'a mut Report,
}

impl ModuleVisitor for Replay<'_> {
    fn visit<R: Record>(&mut self) {
        if let Err(error) = self.rows::<R>().and_then(|()| self.without_row::<R>()) {
            self.report.stopped(R::NAME, &error);
        }
    }
}

impl Replay<'_> {
    fn rows<R: Record>(&mut self) -> Result<(), StoreError> {
        let (conn, report) = (self.conn, &mut *self.report);
        table::each_row::<R>(conn, |row| {
            report.records += 1;
            match row {
                Ok(entry) => {
                    let changes = changes::of_record(conn, &entry.id)?;
                    let changes: Vec<_> =
                        changes.into_iter().rev().map(|past| past.change).collect();
                    for what in differences(&entry, &changes) {
                        report.add(format!("{} {}", R::NAME, entry.id), what);
                    }
                }
                Err(error @ StoreError::Unreadable { .. }) => {
                    report.add(R::NAME, error.to_string());
                }
                Err(other) => return Err(other),
            }
            Ok(())
        })
    }

    /// Records that have changes, and are not there.
    fn without_row<R: Record>(&mut self) -> Result<(), StoreError> {
        let name = R::NAME;
        let sql = format!(
            "select distinct rec from changes where entity = ?1 and not exists (select 1 from {name} where id = rec)"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        for rec in statement.query_map([name], |row| row.get::<String>(0))? {
            self.report.add(format!("{name} {}", Id::stored(rec?)), "has changes, and no row");
        }
        Ok(())
    }
}

/// What a record and its changes, oldest first, say differently.
fn differences<R: Record>(entry: &Entry<R>, changes: &[Change]) -> Vec<String> {
    let mut found = Vec::new();
    let stamp = &entry.stamp;
    if usize::try_from(stamp.rev).ok() != Some(changes.len()) {
        found.push(format!("has version {} and {} changes", stamp.rev, changes.len()));
    }
    let Some(last) = changes.last() else { return found };
    let mut made: BTreeMap<&str, Map<String, Json>> = BTreeMap::new();
    for change in changes {
        for (group, set) in &change.set {
            made.entry(group).or_default().extend(set.to.clone());
        }
    }
    for (group, made) in made {
        let stored = entry.body.group(group);
        for (column, value) in made {
            let there = stored.get(&column).unwrap_or(&Json::Null);
            if *there != value {
                found.push(format!("{column} is {there}, and its changes make it {value}"));
            }
        }
    }
    let feed = if R::HABIT.is_global { GLOBAL.to_owned() } else { format!("site:{}", entry.site) };
    let is_voided = last.kind == ChangeKind::Void;
    let mut hold = |is_so: bool, what: &str| {
        if !is_so {
            found.push(format!("its changes say another {what}"));
        }
    };
    hold(last.feed == feed, "site");
    hold(last.date == entry.date.to_string(), "date");
    hold(is_voided == stamp.voided.is_some(), "state: deleted or not");
    hold(!is_voided || stamp.voided.as_ref().is_some_and(|it| it.reason == last.reason), "reason");
    hold((last.at, &last.actor) == (stamp.updated_at, &stamp.updated_by), "last author or time");
    found
}
