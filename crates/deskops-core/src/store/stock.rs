//! Stock of days on which nothing moved: what the day before closed with, carried on.

use std::any::Any;

use deskops_domain::catalogue::{Catalogue, Site};
use deskops_domain::day::Day;
use deskops_domain::entry::{Entry, Moment};
use deskops_domain::ledger::{Line, Movement, Said, close};
use deskops_domain::modules::Inventory;
use deskops_domain::record::Record;

use super::{ledger, table};
use crate::error::StoreError;
use crate::sql::Connection;

/// Adds to a day's stock the materials on which nothing happened. They have no record: version 0.
#[expect(clippy::ptr_arg, reason = "it is the vector itself that is recognised and added to")]
pub(crate) fn add_carried<R: Record>(
    conn: &Connection,
    catalogue: &Catalogue,
    site: &Site,
    day: Day,
    entries: &mut Vec<Entry<R>>,
) -> Result<(), StoreError> {
    let Some(rows) = (entries as &mut dyn Any).downcast_mut::<Vec<Entry<Inventory>>>() else {
        return Ok(());
    };
    rows.extend(carried(conn, catalogue, &site.id, day, rows)?);
    let place = |row: &Entry<Inventory>| {
        catalogue.materials.iter().position(|item| item.id == row.body.material_id.0)
    };
    rows.sort_by_key(place);
    Ok(())
}

/// Rows of the materials that have none on a day: those in use, and those that something lies of.
pub(super) fn carried(
    conn: &Connection,
    catalogue: &Catalogue,
    site: &str,
    day: Day,
    known: &[Entry<Inventory>],
) -> Result<Vec<Entry<Inventory>>, StoreError> {
    let mut rows = Vec::new();
    for item in &catalogue.materials {
        if known.iter().any(|row| row.body.material_id.0 == item.id) {
            continue;
        }
        let before = ledger::before(conn, site, &item.id, day)?;
        if before == 0 && !(item.is_active_on(day) && item.is_final) {
            continue;
        }
        let line = close(before, Movement::default(), Said::default());
        rows.push(ledger::new_row(site, &item.id, day, &line, Moment(0)));
    }
    Ok(rows)
}

/// Writes down what every heap closes with on each day from the first to the last, so that a locked
/// day is whole by itself.
pub(super) fn freeze(
    conn: &Connection,
    catalogue: &Catalogue,
    site: &str,
    first: Day,
    last: Day,
) -> Result<(), StoreError> {
    for n in 0..=last.since(first) {
        let day = first.plus(n);
        let rows: Vec<Entry<Inventory>> =
            table::where_each(conn, "site_id = ?1 and date = ?2", (site, day.to_string()))?;
        for item in &catalogue.materials {
            if rows.iter().any(|row| row.body.material_id.0 == item.id) {
                continue;
            }
            let before = ledger::before(conn, site, &item.id, day)?;
            let line = Line { opening: before, closing: before, ..Line::default() };
            table::save(conn, &ledger::new_row(site, &item.id, day, &line, Moment(0)))?;
        }
    }
    Ok(())
}
