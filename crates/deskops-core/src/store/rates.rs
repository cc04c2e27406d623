//! What rate cards are fed with: the machine hours of a day, and the lines that came of them.

use std::collections::BTreeMap;

use deskops_domain::choice::{Choices as _, Operation, Provenance, Shift};
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::modules::Production;
use deskops_domain::rate_card::Cards;
use deskops_domain::settings::{Rate, RateSplit};

use super::{settings, table};
use crate::error::StoreError;
use crate::sql::Connection;

/// Why a line from hours was deleted that no hours speak for any more.
pub(crate) const TAKEN_BACK: &str = "no machine hours speak for it any more";

/// The line that hours write: the whole day, the crusher's first.
pub(crate) const LINE: u32 = 1;

/// The rates and splits of a site.
pub(crate) fn cards(conn: &Connection, site: &str) -> Result<Cards, StoreError> {
    let rates = settings::all::<Rate>(conn, site)?;
    Ok(Cards::new(rates, settings::all::<RateSplit>(conn, site)?))
}

/// Hours of all units of each machine on a day, in hundredths.
pub(crate) fn hours(
    conn: &Connection,
    site: &str,
    day: Day,
) -> Result<BTreeMap<String, i64>, StoreError> {
    let sql = "select equipment_id, sum(count * hours) from equipment where voided_at is null and site_id = ?1 and date = ?2 group by equipment_id";
    let mut statement = conn.prepare_cached(sql)?;
    let found =
        statement.query_map((site, day.to_string()), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The live lines of a day that came from hours.
pub(crate) fn lines(
    conn: &Connection,
    site: &str,
    day: Day,
) -> Result<Vec<Entry<Production>>, StoreError> {
    table::where_each(
        conn,
        "voided_at is null and site_id = ?1 and date = ?2 and origin = ?3 and shift = ?4 and operation = ?5 and line = ?6 order by material_id",
        (
            site,
            day.to_string(),
            Provenance::Rate.code(),
            Shift::All.code(),
            Operation::CrusherProduction.code(),
            LINE,
        ),
    )
}

/// Days from the first to the last that have, or had, lines from hours: they follow the hours.
pub(super) fn followers(
    conn: &Connection,
    site: &str,
    first: Day,
    last: Option<Day>,
) -> Result<Vec<Day>, StoreError> {
    let sql = "select distinct date from production where site_id = ?1 and date between ?2 and ?3 and origin = ?4 and (voided_at is null or void_reason = ?5)";
    let last = last.map_or_else(|| "9999".to_owned(), |last| last.to_string());
    let mut statement = conn.prepare_cached(sql)?;
    let days = statement
        .query_map((site, first.to_string(), last, Provenance::Rate.code(), TAKEN_BACK), |row| {
            row.get::<String>(0)
        })?;
    let days = days.collect::<Result<Vec<_>, _>>()?;
    Ok(days.iter().filter_map(|day| Day::parse(day)).collect())
}
