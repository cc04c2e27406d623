//! What was changed since it was last looked, whoever changed it: for pages that wait for news.

use std::collections::BTreeMap;

use deskops_domain::api::events::{News, Touched};
use deskops_domain::change::Change;
use deskops_domain::day::Day;
use deskops_domain::id::Id;

use super::changes;
use crate::error::StoreError;
use crate::sql::Connection;

/// So many changes are looked at one by one.
const MOST: i64 = 500;

/// Where the log of changes ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    device: Id,
    incarnation: Id,
    next_seq: i64,
}

/// Where the log ends.
///
/// # Errors
/// When it cannot be read.
pub fn end(conn: &Connection) -> Result<End, StoreError> {
    let counter = changes::counter(conn)?;
    let changes::Counter { device, incarnation, next_seq, .. } = counter;
    Ok(End { device, incarnation, next_seq })
}

/// What was changed since it ended there, and where it ends now; nothing when the log is another.
///
/// # Errors
/// When it cannot be read.
pub fn since(conn: &Connection, before: &End) -> Result<(End, News), StoreError> {
    let now = end(conn)?;
    let is_same_log = (&now.device, &now.incarnation) == (&before.device, &before.incarnation);
    if !is_same_log || now.next_seq <= before.next_seq {
        return Ok((now, News::default()));
    }
    let range = (before.device.as_str(), before.incarnation.as_str(), before.next_seq);
    let mut found: BTreeMap<(String, String), Touched> = BTreeMap::new();
    if now.next_seq - before.next_seq > MOST {
        let sql = "select entity, feed, count(*) from changes where dev = ?1 and inc = ?2 and seq >= ?3 group by entity, feed";
        let mut statement = conn.prepare_cached(sql)?;
        let rows = statement.query_map(range, |row| {
            Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<i64>(2)?))
        })?;
        for row in rows {
            let (entity, feed, n) = row?;
            let touched = touched(&entity, &feed, n.unsigned_abs(), None);
            found.insert((entity, feed), touched);
        }
    } else {
        let sql = "select entity, feed, raw from changes where dev = ?1 and inc = ?2 and seq >= ?3 order by seq";
        let mut statement = conn.prepare_cached(sql)?;
        let rows = statement.query_map(range, |row| {
            Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<Vec<u8>>(2)?))
        })?;
        for row in rows {
            let (entity, feed, raw) = row?;
            let change: Option<Change> = serde_json::from_slice(&raw).ok();
            let day = change.and_then(|change| Day::parse(&change.date));
            let new = touched(&entity, &feed, 1, day);
            let both = match found.remove(&(entity.clone(), feed.clone())) {
                Some(there) => together(there, new),
                None => new,
            };
            found.insert((entity, feed), both);
        }
    }
    let touched: Vec<Touched> = found.into_values().collect();
    Ok((now, News { changes: touched.iter().map(|each| each.changes).sum(), touched }))
}

fn touched(entity: &str, feed: &str, changes: u64, day: Option<Day>) -> Touched {
    let site_id = feed.strip_prefix("site:").map(str::to_owned);
    Touched { entity: entity.to_owned(), site_id, changes, first: day, last: day }
}

/// Both; a day that is not known stands for all.
fn together(one: Touched, other: Touched) -> Touched {
    let first = one.first.zip(other.first).map(|(one, other)| one.min(other));
    let last = one.last.zip(other.last).map(|(one, other)| one.max(other));
    Touched { changes: one.changes + other.changes, first, last, ..one }
}
