//! Sums of many days for the dashboard: from the ledger and the indexes of days, never a whole log.

use std::collections::BTreeMap;

use deskops_domain::api::dashboard::{MachineHours, Moved};
use deskops_domain::calendar::Calendar;
use deskops_domain::catalogue::{Catalogue, Site};
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::field::Value;
use deskops_domain::record::Record;
use deskops_domain::settings::{CalendarDay, MachinePlan};

use super::{settings, table};
use crate::error::StoreError;
use crate::sql::{Connection, OptionalExtension as _, Row};

/// Something of days, oldest first; a day may have many.
pub(crate) type EachDay<T> = Vec<(Day, T)>;

/// Days of a site, both ends included.
#[derive(Clone, Copy)]
pub(crate) struct Span<'a> {
    pub(crate) conn: &'a Connection,
    pub(crate) site: &'a Site,
    pub(crate) from: Day,
    pub(crate) to: Day,
}

/// The calendar of a site.
pub(crate) fn calendar(conn: &Connection, site: &Site) -> Result<Calendar, StoreError> {
    let said = settings::all::<CalendarDay>(conn, &site.id)?;
    Ok(Calendar::of(site, said.into_iter().map(|entry| (entry.date, entry.body.is_working))))
}

/// How many live records a module has on a day. The name is a module's own.
pub(crate) fn rows(
    conn: &Connection,
    module: &str,
    site: &str,
    day: Day,
) -> Result<u64, StoreError> {
    Ok(table::live_on(conn, module, site, day)?.unsigned_abs())
}

/// The latest closing of each material up to a day; materials that have none are left out.
pub(crate) fn closing(
    conn: &Connection,
    catalogue: &Catalogue,
    site: &str,
    day: Day,
) -> Result<BTreeMap<String, i64>, StoreError> {
    let sql = "select closing_kg from inventory where site_id = ?1 and material_id = ?2 and date <= ?3 order by date desc limit 1";
    let mut statement = conn.prepare_cached(sql)?;
    let mut closing = BTreeMap::new();
    for item in &catalogue.materials {
        let found =
            statement.query_row((site, &item.id, day.to_string()), |row| row.get(0)).optional()?;
        if let Some(kg) = found {
            closing.insert(item.id.clone(), kg);
        }
    }
    Ok(closing)
}

impl Span<'_> {
    fn days(&self) -> (&str, String, String) {
        (&self.site.id, self.from.to_string(), self.to.to_string())
    }

    /// What moved on each day on which anything did.
    pub(crate) fn moved(&self) -> Result<BTreeMap<Day, Moved>, StoreError> {
        let sql =
            "select date, sum(produced_kg), sum(received_kg), sum(dispatched_kg) from inventory
            where site_id = ?1 and date between ?2 and ?3 group by date";
        let rows = self.each("inventory", sql, |row| {
            Ok(Moved {
                produced_kg: row.get(1)?,
                received_kg: row.get(2)?,
                dispatched_kg: row.get(3)?,
            })
        })?;
        Ok(rows.into_iter().collect())
    }

    /// What materials close with, day by day, oldest first.
    pub(crate) fn closings(&self) -> Result<EachDay<(String, i64)>, StoreError> {
        let sql = "select date, material_id, closing_kg from inventory
            where site_id = ?1 and date between ?2 and ?3 order by date";
        self.each("inventory", sql, |row| Ok((row.get(1)?, row.get(2)?)))
    }

    /// Heads of each role, day by day.
    pub(crate) fn crew(&self) -> Result<EachDay<(String, i64)>, StoreError> {
        let sql = "select date, role_id, sum(headcount) from manpower
            where site_id = ?1 and date between ?2 and ?3 and voided_at is null group by date, role_id";
        self.each("manpower", sql, |row| Ok((row.get(1)?, row.get(2)?)))
    }

    /// Hours of machines on each day that has any. What is scheduled is the plan of each machine on
    /// a working day, for as many as were counted; without a plan it is all its hours.
    pub(crate) fn machines(
        &self,
        calendar: &Calendar,
    ) -> Result<BTreeMap<Day, MachineHours>, StoreError> {
        let mut plans = Held::<MachinePlan>::of(self.conn, self.site)?;
        let mut days: BTreeMap<Day, Vec<Machine>> = BTreeMap::new();
        for (day, machine) in self.each_machine()? {
            days.entry(day).or_default().push(machine);
        }
        let mut hours = BTreeMap::new();
        for (day, machines) in days {
            let plans = plans.on(day);
            let is_working = calendar.is_working(day);
            let mut all = MachineHours::default();
            for machine in &machines {
                all.run += machine.run;
                all.standby += machine.standby;
                all.down += machine.down;
                let plan = plans.iter().find(|plan| plan.equipment_id.0 == machine.id);
                all.scheduled += match plan {
                    Some(plan) if is_working => plan.hours.raw() * machine.count.max(1),
                    _ => machine.run + machine.standby + machine.down,
                };
            }
            // A machine that was planned and is not in the log stood still.
            let absent = plans.iter().filter(|plan| {
                is_working && !machines.iter().any(|machine| machine.id == plan.equipment_id.0)
            });
            all.scheduled += absent.map(|plan| plan.hours.raw()).sum::<i64>();
            hours.insert(day, all);
        }
        Ok(hours)
    }

    fn each_machine(&self) -> Result<EachDay<Machine>, StoreError> {
        let sql = "select date, equipment_id, max(count), sum(count * hours), sum(count * coalesce(standby_hours, 0)), sum(count * coalesce(down_hours, 0))
            from equipment where site_id = ?1 and date between ?2 and ?3 and voided_at is null group by date, equipment_id";
        self.each("equipment", sql, |row| {
            Ok(Machine {
                id: row.get(1)?,
                count: row.get(2)?,
                run: row.get(3)?,
                standby: row.get(4)?,
                down: row.get(5)?,
            })
        })
    }

    /// Rows of a statement on these days; the day stands first in each.
    fn each<T>(
        &self,
        table: &'static str,
        sql: &str,
        read: impl Fn(&Row<'_>) -> Result<T, crate::sql::Error>,
    ) -> Result<EachDay<T>, StoreError> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query(self.days())?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let date: String = row.get(0)?;
            let damaged =
                || StoreError::Unreadable { table, id: date.clone(), what: "not a date".into() };
            found.push((Day::parse(&date).ok_or_else(damaged)?, read(&row)?));
        }
        Ok(found)
    }
}

/// A machine on a day, its hours in hundredths over all units.
struct Machine {
    id: String,
    count: i64,
    run: i64,
    standby: i64,
    down: i64,
}

/// Settings of one kind as they come into force, asked from day to day onwards.
pub(crate) struct Held<R> {
    coming: std::iter::Peekable<std::vec::IntoIter<Entry<R>>>,
    now: BTreeMap<Vec<Value>, R>,
}

impl<R: Record> Held<R> {
    /// Those of a site.
    pub(crate) fn of(conn: &Connection, site: &Site) -> Result<Self, StoreError> {
        let all = settings::all::<R>(conn, &site.id)?;
        Ok(Self { coming: all.into_iter().peekable(), now: BTreeMap::new() })
    }

    /// What holds on a day, which is no earlier than the one asked before.
    pub(crate) fn on(&mut self, day: Day) -> Vec<&R> {
        while let Some(entry) = self.coming.next_if(|entry| entry.date <= day) {
            let keys = R::FIELDS.iter().filter(|field| field.shape.is_key());
            let key = keys.map(|field| (field.get)(&entry.body)).collect();
            self.now.insert(key, entry.body);
        }
        self.now.values().collect()
    }
}
