//! Drafts of a day: rows that are typed but not right yet, on this computer only.

use deskops_domain::api::days::DraftRow;
use deskops_domain::day::Day;
use deskops_domain::entry::Moment;

use crate::error::StoreError;
use crate::sql::Connection;

/// Which row of which sheet.
pub(crate) struct DraftKey<'a> {
    pub(crate) module: &'static str,
    pub(crate) site: &'a str,
    pub(crate) date: Day,
    pub(crate) row: &'a str,
}

/// Keeps what was typed in a row, or forgets it.
pub(crate) fn keep_draft(
    tx: &Connection,
    key: &DraftKey<'_>,
    cells: Option<&str>,
    at: Moment,
) -> Result<(), StoreError> {
    let date = key.date.to_string();
    match cells {
        Some(cells) => {
            let sql = "insert into drafts (module, site_id, date, row, cells, at) values (?, ?, ?, ?, ?, ?)
                       on conflict (module, site_id, date, row) do update set cells = excluded.cells, at = excluded.at";
            tx.prepare_cached(sql)?.execute((key.module, key.site, &date, key.row, cells, at.0))?;
        }
        None => {
            let sql =
                "delete from drafts where module = ? and site_id = ? and date = ? and row = ?";
            tx.prepare_cached(sql)?.execute((key.module, key.site, &date, key.row))?;
        }
    }
    Ok(())
}

/// The drafts of a day.
pub(crate) fn drafts(
    conn: &Connection,
    module: &'static str,
    site: &str,
    date: Day,
) -> Result<Vec<DraftRow>, StoreError> {
    let sql = "select row, cells, at from drafts where module = ? and site_id = ? and date = ? order by row";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map((module, site, date.to_string()), |row| {
        Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get(2)?))
    })?;
    rows.map(|row| {
        let (row, cells, at) = row?;
        let damaged = |error: serde_json::Error| StoreError::Unreadable {
            table: "drafts",
            id: row.clone(),
            what: error.to_string(),
        };
        Ok(DraftRow { cells: serde_json::from_str(&cells).map_err(damaged)?, at: Moment(at), row })
    })
    .collect()
}
