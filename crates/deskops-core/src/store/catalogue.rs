//! Reads the catalogues. They are small, so they are read whole.

use std::collections::BTreeSet;

use deskops_domain::api::session::NewSite;
use deskops_domain::catalogue::{Catalogue, Item, Site};
use deskops_domain::choice::{Choices as _, Unit};
use deskops_domain::day::Day;

use crate::error::StoreError;
use crate::sql::{Connection, Row};

/// Everything that can be picked, in the order in which it is shown.
pub fn load(conn: &Connection) -> Result<Catalogue, StoreError> {
    Ok(Catalogue {
        sites: sites(conn)?,
        materials: items(conn, "materials", "category, unit, is_final")?,
        equipment: items(conn, "equipment_types", "category, 'HOUR', 0")?,
        crew_roles: items(conn, "crew_roles", "'', 'COUNT', 0")?,
    })
}

fn sites(conn: &Connection) -> Result<Vec<Site>, StoreError> {
    let sql = "select id, code, name, location, timezone, day_cut_minutes, week_start, coalesce(off_days, ''), is_active from sites order by name, id";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map((), |row| {
        let days_off: String = row.get(7)?;
        Ok(Site {
            id: row.get(0)?,
            code: row.get(1)?,
            name: row.get(2)?,
            location: row.get(3)?,
            timezone: row.get(4)?,
            day_cut_minutes: row.get(5)?,
            week_start: row.get(6)?,
            days_off: days_off.split(',').filter_map(|day| day.trim().parse().ok()).collect(),
            is_active: row.get(8)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes what the set-up says of a site.
pub(crate) fn describe_site(tx: &Connection, id: &str, site: &NewSite) -> Result<(), StoreError> {
    let days_off: BTreeSet<u32> = site.days_off.iter().copied().collect();
    let days_off: Vec<String> = days_off.iter().map(u32::to_string).collect();
    let location = site.location.as_deref().map(str::trim);
    let sql = "update sites set code = ?, name = ?, location = ?, timezone = ?, day_cut_minutes = ?, week_start = ?, off_days = nullif(?, '') where id = ?";
    tx.prepare_cached(sql)?.execute((
        site.code.trim(),
        site.name.trim(),
        location,
        &site.timezone,
        site.day_cut_minutes,
        site.week_start,
        days_off.join(","),
        id,
    ))?;
    Ok(())
}

fn items(conn: &Connection, table: &'static str, kind: &str) -> Result<Vec<Item>, StoreError> {
    let sql = format!(
        "select id, code, name, name_ar, position, inactive_from, {kind}, date from {table} order by position, id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map((), |row| Ok(item(table, row)))?;
    rows.map(|row| row.map_err(StoreError::from).flatten()).collect()
}

fn item(table: &'static str, row: &Row<'_>) -> Result<Item, StoreError> {
    let id: String = row.get(0)?;
    let damaged = |what: String| StoreError::Unreadable { table, id: id.clone(), what };
    let inactive_from: Option<String> = row.get(5)?;
    let inactive_from = inactive_from
        .map(|day| Day::parse(&day).ok_or_else(|| damaged(format!("day `{day}`"))))
        .transpose()?;
    let active_from: String = row.get(9)?;
    let active_from =
        Day::parse(&active_from).ok_or_else(|| damaged(format!("day `{active_from}`")))?;
    let unit: String = row.get(7)?;
    let unit = Unit::from_code(&unit).ok_or_else(|| damaged(format!("unit `{unit}`")))?;
    Ok(Item {
        code: row.get(1)?,
        name: row.get(2)?,
        name_ar: row.get(3)?,
        category: row.get(6)?,
        unit,
        is_final: row.get(8)?,
        position: row.get(4)?,
        active_from,
        inactive_from,
        id,
    })
}
