//! What was typed into text fields before. Apart from totals, because it answers with words.

use deskops_domain::field::Shape;

use super::filter::holds;
use crate::error::StoreError;
use crate::sql::Connection;

/// Texts in an answer.
const MOST_TEXTS: u32 = 50;
/// Records that are looked through, newest first, so that a million of them cost no more.
const MOST_RECORDS: u32 = 20_000;

/// The texts of a field at a site, the most recent first; only those that hold `part`.
pub fn recent(
    conn: &Connection,
    module: &'static str,
    shape: &Shape,
    site: &str,
    part: &str,
) -> Result<Vec<String>, StoreError> {
    let column = shape.column;
    let sql = format!(
        "select {column} from (
             select {column}, date, created_at from {module}
             where voided_at is null and site_id = ?1
             order by date desc, created_at desc, id desc limit {MOST_RECORDS}
         ) newest
         where {column} is not null and lower({column}) like lower(?2) escape '\\'
         group by {column} order by max(date) desc, max(created_at) desc, {column} limit {MOST_TEXTS}"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map((site, holds(part)), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
