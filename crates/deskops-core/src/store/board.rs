//! Sums of many days for the dashboard: from the ledger and the indexes of days, never a whole log,
//! and for all sites at once.

use std::collections::BTreeMap;

use deskops_domain::api::dashboard::{MachineHours, Moved, SiteSums};
use deskops_domain::calendar::Calendar;
use deskops_domain::catalogue::Site;
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::field::Value;
use deskops_domain::record::Record;
use deskops_domain::settings::{CalendarDay, MachinePlan};

use super::settings;
use super::span::{BySite, EachDay, Span};
use crate::error::StoreError;
use crate::sql::Connection;

/// The calendar of a site.
pub(crate) fn calendar(conn: &Connection, site: &Site) -> Result<Calendar, StoreError> {
    let said = settings::all::<CalendarDay>(conn, &site.id)?;
    Ok(in_words(site, said))
}

/// The calendar of each of some sites.
pub(crate) fn calendars(conn: &Connection, sites: &[Site]) -> Result<BySite<Calendar>, StoreError> {
    let mut said = settings::of_sites::<CalendarDay>(conn, sites)?;
    let of = |site: &Site| in_words(site, said.remove(&site.id).unwrap_or_default());
    Ok(sites.iter().map(|site| site.id.clone()).zip(sites.iter().map(of)).collect())
}

fn in_words(site: &Site, said: Vec<Entry<CalendarDay>>) -> Calendar {
    Calendar::of(site, said.into_iter().map(|entry| (entry.date, entry.body.is_working)))
}

impl Span<'_> {
    /// What moved on each day on which anything did.
    pub(crate) fn moved(&self) -> Result<BySite<BTreeMap<Day, Moved>>, StoreError> {
        let sql = "select site_id, date, sum(produced_kg), sum(received_kg), sum(dispatched_kg) from inventory
            where site_id in ({sites}) and date between ?1 and ?2 group by site_id, date";
        let rows = self.each("inventory", sql, |row| {
            Ok(Moved {
                produced_kg: row.get(2)?,
                received_kg: row.get(3)?,
                dispatched_kg: row.get(4)?,
            })
        })?;
        Ok(rows.into_iter().map(|(site, days)| (site, days.into_iter().collect())).collect())
    }

    /// What all days of each site come to. A site of which nothing is known is left out.
    pub(crate) fn sums(&self) -> Result<BySite<SiteSums>, StoreError> {
        let sql =
            "select site_id, sum(produced_kg), sum(received_kg), sum(dispatched_kg) from inventory
            where site_id in ({sites}) and date between ?1 and ?2 group by site_id";
        let mut sums = self.each_site(sql, |row| {
            let (produced_kg, received_kg, dispatched_kg) = (row.get(1)?, row.get(2)?, row.get(3)?);
            let moved = Moved { produced_kg, received_kg, dispatched_kg };
            Ok(SiteSums { moved, ..SiteSums::default() })
        })?;
        let sql = "select site_id, sum(count * hours) from equipment
            where site_id in ({sites}) and date between ?1 and ?2 and voided_at is null group by site_id";
        for (site, run) in self.each_site(sql, |row| row.get(1))? {
            sums.entry(site).or_default().run = run;
        }
        let last = Span { from: self.to, ..*self };
        for (site, heaps) in last.closing()? {
            sums.entry(site).or_default().stock_kg = Some(heaps.values().sum());
        }
        Ok(sums)
    }

    /// The latest closing of each material up to the last day; what has none is left out.
    pub(crate) fn closing(&self) -> Result<BySite<BTreeMap<String, i64>>, StoreError> {
        let sql = "select s.id, m.id, (select closing_kg from inventory where site_id = s.id and material_id = m.id and date <= ?2 order by date desc limit 1)
            from sites s cross join materials m where s.id in ({sites}) and ?1 <= ?2";
        let mut closing: BySite<BTreeMap<String, i64>> = BTreeMap::new();
        self.rows(sql, |row| {
            if let Some(kg) = row.get::<Option<i64>>(2)? {
                closing.entry(row.get(0)?).or_default().insert(row.get(1)?, kg);
            }
            Ok(())
        })?;
        Ok(closing)
    }

    /// What materials close with, day by day, oldest first.
    pub(crate) fn closings(&self) -> Result<BySite<EachDay<(String, i64)>>, StoreError> {
        let sql = "select site_id, date, material_id, closing_kg from inventory
            where site_id in ({sites}) and date between ?1 and ?2 order by date";
        self.each("inventory", sql, |row| Ok((row.get(2)?, row.get(3)?)))
    }

    /// Heads of each role, day by day.
    pub(crate) fn crew(&self) -> Result<BySite<EachDay<(String, i64)>>, StoreError> {
        let sql = "select site_id, date, role_id, sum(headcount) from manpower
            where site_id in ({sites}) and date between ?1 and ?2 and voided_at is null group by site_id, date, role_id";
        self.each("manpower", sql, |row| Ok((row.get(2)?, row.get(3)?)))
    }

    /// Machines, day by day.
    pub(crate) fn machines(&self) -> Result<BySite<EachDay<Machine>>, StoreError> {
        let sql = "select site_id, date, equipment_id, max(count), sum(count * hours), sum(count * coalesce(standby_hours, 0)), sum(count * coalesce(down_hours, 0))
            from equipment where site_id in ({sites}) and date between ?1 and ?2 and voided_at is null group by site_id, date, equipment_id";
        self.each("equipment", sql, |row| {
            Ok(Machine {
                id: row.get(2)?,
                count: row.get(3)?,
                run: row.get(4)?,
                standby: row.get(5)?,
                down: row.get(6)?,
            })
        })
    }
}

/// A machine on a day, its hours in hundredths over all units.
#[derive(Debug, Clone)]
pub(crate) struct Machine {
    id: String,
    count: i64,
    run: i64,
    standby: i64,
    down: i64,
}

/// Hours of a site's machines on each day that has any. What is scheduled is the plan of each machine
/// on a working day, for as many as were counted; without a plan it is all its hours.
pub(crate) fn hours(
    machines: EachDay<Machine>,
    plans: Vec<Entry<MachinePlan>>,
    calendar: &Calendar,
) -> BTreeMap<Day, MachineHours> {
    let mut plans = Held::new(plans);
    let mut days: BTreeMap<Day, Vec<Machine>> = BTreeMap::new();
    for (day, machine) in machines {
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
    hours
}

/// Settings of one kind at a site as they come into force, asked from day to day onwards.
pub(crate) struct Held<R> {
    coming: std::iter::Peekable<std::vec::IntoIter<Entry<R>>>,
    now: BTreeMap<Vec<Value>, R>,
}

impl<R: Record> Held<R> {
    /// Those of a site, oldest first.
    pub(crate) fn new(all: Vec<Entry<R>>) -> Self {
        Self { coming: all.into_iter().peekable(), now: BTreeMap::new() }
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
