//! What is there and what is missing before a day or a month can be closed.

use deskops_domain::api::ledger::Opening;
use deskops_domain::api::periods::{Negative, Readiness};
use deskops_domain::catalogue::Site;
use deskops_domain::choice::{Choices as _, PeriodKind, PeriodState};
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::modules::Inventory;

use super::inputs::{INPUTS, Inputs};
use super::{periods, span, table};
use crate::error::StoreError;
use crate::sql::{Connection, OptionalExtension as _};

/// What is there and what is missing.
pub(crate) fn of(
    conn: &Connection,
    place: &Site,
    date: Day,
    kind: PeriodKind,
) -> Result<Readiness, StoreError> {
    let site = place.id.as_str();
    let first = periods::begins(kind, date);
    let last = if kind == PeriodKind::Day { date } else { first.last_of_month() };
    let span = Span { conn, site, first, last };
    let month = periods::month(conn, site, date)?;
    let sites = std::slice::from_ref(place);
    let inputs = Inputs::of(span::Span { conn, sites, from: first, to: last })?;
    Ok(Readiness {
        period: periods::get(conn, site, date, kind)?,
        locked_month: month.filter(|month| month.body.state == PeriodState::Locked),
        inputs: inputs.on(site, first, last),
        opening_from: span.opening_from()?,
        has_opening: inputs.has_opening(site, first, last),
        open_days: if kind == PeriodKind::Month { span.open_days()? } else { Vec::new() },
        negative: span.negative()?,
        off: span.off()?,
    })
}

/// Days of a site that are looked at.
struct Span<'a> {
    conn: &'a Connection,
    site: &'a str,
    first: Day,
    last: Day,
}

impl Span<'_> {
    fn days(&self) -> (&str, String, String) {
        (self.site, self.first.to_string(), self.last.to_string())
    }

    fn opening_from(&self) -> Result<Option<Day>, StoreError> {
        let sql = "select date from inventory where site_id = ?1 and date < ?2 order by date desc limit 1";
        let found: Option<String> = self
            .conn
            .prepare_cached(sql)?
            .query_row((self.site, self.first.to_string()), |row| row.get(0))
            .optional()?;
        Ok(found.and_then(|date| Day::parse(&date)))
    }

    /// Days with records that nobody has closed.
    fn open_days(&self) -> Result<Vec<Day>, StoreError> {
        let each = |table: &str| {
            format!(
                "select date from {table} where voided_at is null and site_id = ?1 and date between ?2 and ?3"
            )
        };
        let all: Vec<_> = INPUTS.iter().map(|(module, ..)| each(module.code())).collect();
        let sql = format!(
            "select distinct date from ({}) entered where date not in (select date from period where site_id = ?1 and kind = 'DAY' and state <> 'OPEN' and voided_at is null) order by date",
            all.join(" union ")
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let days = statement.query_map(self.days(), |row| row.get::<String>(0))?;
        let days = days.collect::<Result<Vec<_>, _>>()?;
        Ok(days.iter().filter_map(|day| Day::parse(day)).collect())
    }

    /// Stock below nothing at the end, with the first day of it.
    fn negative(&self) -> Result<Vec<Negative>, StoreError> {
        let sql = "select material_id, closing_kg, notes, date from inventory now
            where site_id = ?1 and closing_kg < 0
              and date = (select max(date) from inventory where site_id = ?1 and material_id = now.material_id and date <= ?2)
            order by material_id";
        let mut statement = self.conn.prepare_cached(sql)?;
        let last = self.last.to_string();
        let found = statement.query_map((self.site, &last), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<Option<String>>(2)?))
        })?;
        let found = found.collect::<Result<Vec<(String, i64, Option<String>)>, _>>()?;
        found
            .into_iter()
            .map(|(material_id, closing_kg, reason)| {
                let since = self.below_since(&material_id)?;
                Ok(Negative { material_id, closing_kg, since, reason })
            })
            .collect()
    }

    fn below_since(&self, material: &str) -> Result<Day, StoreError> {
        let sql = "select min(date) from inventory where site_id = ?1 and material_id = ?2 and closing_kg < 0 and date <= ?3
            and date > coalesce((select max(date) from inventory where site_id = ?1 and material_id = ?2 and closing_kg >= 0 and date <= ?3), '')";
        let found: Option<String> = self
            .conn
            .prepare_cached(sql)?
            .query_row((self.site, material, self.last.to_string()), |row| row.get(0))?;
        Ok(found.and_then(|day| Day::parse(&day)).unwrap_or(self.last))
    }

    /// Rows that do not open with what the day before closed with.
    fn off(&self) -> Result<Vec<Opening>, StoreError> {
        let rows: Vec<Entry<Inventory>> = table::where_each(
            self.conn,
            "site_id = ?1 and date between ?2 and ?3 and opening_override_kg is null order by date, material_id",
            self.days(),
        )?;
        let mut off = Vec::new();
        for row in rows {
            let material_id = row.body.material_id.0.clone();
            let before = super::ledger::before(self.conn, self.site, &material_id, row.date)?;
            let off_kg = row.body.opening_kg.raw() - before;
            if off_kg != 0 {
                off.push(Opening { day: row.date, material_id, off_kg });
            }
        }
        Ok(off)
    }
}
