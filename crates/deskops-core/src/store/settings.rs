//! What holds at a site on a day: of each key the latest one that has begun.

use std::collections::BTreeMap;

use deskops_domain::api::records::Filter;
use deskops_domain::catalogue::Site;
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::field::Value;
use deskops_domain::record::Record;

use super::span::{BySite, marks};
use super::table;
use crate::error::StoreError;
use crate::sql::{Connection, params_from_iter};

/// Tables and columns that name a material.
const USES: [(&str, &str); 8] = [
    ("production", "material_id"),
    ("dispatch", "material_id"),
    ("received", "material_id"),
    ("run", "feed_id"),
    ("split", "material_id"),
    ("split", "component_id"),
    ("recipe", "component_id"),
    ("load_factor", "material_id"),
];

/// Every live one of a site, oldest first.
pub fn all<R: Record>(conn: &Connection, site: &str) -> Result<Vec<Entry<R>>, StoreError> {
    let filter = Filter::all(site);
    table::each::<R, _>(conn, &filter, |entries| entries.collect())
}

/// Every live one of each of some sites, oldest first.
pub(crate) fn of_sites<R: Record>(
    conn: &Connection,
    sites: &[Site],
) -> Result<BySite<Vec<Entry<R>>>, StoreError> {
    let condition = format!(
        "voided_at is null and site_id in ({}) order by date, created_at, id",
        marks(1, sites.len())
    );
    let ids = params_from_iter(sites.iter().map(|site| site.id.clone()));
    let mut all: BySite<Vec<Entry<R>>> = BTreeMap::new();
    for entry in table::where_each::<R>(conn, &condition, ids)? {
        all.entry(entry.site.clone()).or_default().push(entry);
    }
    Ok(all)
}

/// Those that hold on a day: the latest of each key that has begun.
pub fn in_force<R: Record>(
    conn: &Connection,
    site: &str,
    day: Day,
) -> Result<Vec<Entry<R>>, StoreError> {
    Ok(latest(all::<R>(conn, site)?, day))
}

/// Of entries that are sorted by their date, the latest of each key that has begun by a day.
#[must_use]
pub fn latest<R: Record>(sorted: Vec<Entry<R>>, day: Day) -> Vec<Entry<R>> {
    let mut by_key: BTreeMap<Vec<Value>, Entry<R>> = BTreeMap::new();
    for entry in sorted.into_iter().filter(|entry| entry.date <= day) {
        let keys = R::FIELDS.iter().filter(|field| field.shape.is_key());
        let key = keys.map(|field| (field.get)(&entry.body)).collect();
        by_key.insert(key, entry);
    }
    by_key.into_values().collect()
}

/// Whether any record names a material, deleted ones among them.
pub(super) fn is_used(conn: &Connection, material: &str) -> Result<bool, StoreError> {
    for (table, column) in USES {
        let sql = format!("select exists (select 1 from {table} where {column} = ?1)");
        if conn.prepare_cached(&sql)?.query_row([material], |row| row.get(0))? {
            return Ok(true);
        }
    }
    Ok(false)
}
