//! What a board takes, read for all its sites at once: so many statements, however many sites.

use std::collections::BTreeMap;

use deskops_domain::api::dashboard::{Dashboard, MEAN_DAYS, Moved, SiteSums};
use deskops_domain::api::periods::Input;
use deskops_domain::calendar::Calendar;
use deskops_domain::catalogue::{Catalogue, Site};
use deskops_domain::day::Day;
use deskops_domain::entry::Entry;
use deskops_domain::settings::{CrewPlan, MachinePlan, Target, Threshold};

use crate::error::StoreError;
use crate::sql::Connection;
use crate::store::board::{self, Machine};
use crate::store::heaps::Heaps;
use crate::store::inputs::Inputs;
use crate::store::settings;
use crate::store::span::{BySite, EachDay, Span};

/// What is asked, and what it is read with.
pub(super) struct Question<'a> {
    pub(super) ask: &'a Dashboard,
    /// First day of the charts.
    pub(super) from: Day,
    /// Last day of the charts.
    pub(super) to: Day,
    /// The first day that the caller sees at every site.
    pub(super) first_seen: Option<Day>,
    pub(super) catalogue: &'a Catalogue,
}

impl Question<'_> {
    /// As many days before the charts' as there are of them, where the caller sees them.
    fn before(&self) -> Option<(Day, Day)> {
        let last = self.from.plus(-1);
        let first = last.plus(-self.to.since(self.from));
        let is_seen = self.first_seen.is_none_or(|seen| seen <= first);
        (self.ask.site_id.is_none() && is_seen).then_some((first, last))
    }
}

/// Everything of all sites.
pub(super) struct Known {
    calendars: BySite<Calendar>,
    inputs: Inputs,
    day: Day,
    lately: BySite<BTreeMap<Day, Moved>>,
    lay: BySite<Heaps>,
    moved: BySite<BTreeMap<Day, Moved>>,
    machines: BySite<EachDay<Machine>>,
    crew: BySite<EachDay<(String, i64)>>,
    heaps: BySite<Heaps>,
    before: Option<BySite<SiteSums>>,
    targets: BySite<Vec<Entry<Target>>>,
    thresholds: BySite<Vec<Entry<Threshold>>>,
    crew_plans: BySite<Vec<Entry<CrewPlan>>>,
    machine_plans: BySite<Vec<Entry<MachinePlan>>>,
}

/// What is known of one site.
pub(super) struct SiteKnown {
    pub(super) site_id: String,
    pub(super) calendar: Calendar,
    /// What is entered on the day in question.
    pub(super) inputs: Vec<Input>,
    /// What moved up to the day in question.
    pub(super) lately: BTreeMap<Day, Moved>,
    /// What lay there up to the day in question.
    pub(super) lay: Heaps,
    /// First day of both.
    pub(super) first: Day,
    /// What moved in the charts' days.
    pub(super) moved: BTreeMap<Day, Moved>,
    pub(super) machines: EachDay<Machine>,
    pub(super) crew: EachDay<(String, i64)>,
    pub(super) heaps: Heaps,
    pub(super) before: Option<SiteSums>,
    pub(super) targets: Vec<Entry<Target>>,
    pub(super) thresholds: Vec<Entry<Threshold>>,
    pub(super) crew_plans: Vec<Entry<CrewPlan>>,
    pub(super) machine_plans: Vec<Entry<MachinePlan>>,
}

impl Known {
    pub(super) fn read(
        conn: &Connection,
        sites: &[Site],
        question: &Question<'_>,
    ) -> Result<Self, StoreError> {
        let calendars = board::calendars(conn, sites)?;
        let day = question.ask.date;
        let worked = calendars.values().map(|calendar| calendar.working_day_before(day));
        let first = worked.min().map_or(day, |worked| worked.min(day.plus(-MEAN_DAYS)));
        let span = |from: Day, to: Day| Span { conn, sites, from, to };
        let charts = span(question.from, question.to);
        Ok(Self {
            calendars,
            inputs: Inputs::of(span(day, day))?,
            day,
            lately: span(first, day).moved()?,
            lay: Heaps::before(span(first, day))?,
            moved: charts.moved()?,
            machines: charts.machines()?,
            crew: charts.crew()?,
            heaps: Heaps::before(charts)?,
            before: question.before().map(|(from, to)| span(from, to).sums()).transpose()?,
            targets: settings::of_sites(conn, sites)?,
            thresholds: settings::of_sites(conn, sites)?,
            crew_plans: settings::of_sites(conn, sites)?,
            machine_plans: settings::of_sites(conn, sites)?,
        })
    }

    /// What is known of a site; it is taken out.
    pub(super) fn take(&mut self, site: &Site) -> Option<SiteKnown> {
        let id = &site.id;
        let calendar = self.calendars.remove(id)?;
        let first = calendar.working_day_before(self.day).min(self.day.plus(-MEAN_DAYS));
        Some(SiteKnown {
            site_id: id.clone(),
            inputs: self.inputs.on(id, self.day, self.day),
            lately: self.lately.remove(id).unwrap_or_default(),
            lay: self.lay.remove(id)?,
            first,
            moved: self.moved.remove(id).unwrap_or_default(),
            machines: self.machines.remove(id).unwrap_or_default(),
            crew: self.crew.remove(id).unwrap_or_default(),
            heaps: self.heaps.remove(id)?,
            before: self.before.as_mut().map(|sums| sums.remove(id).unwrap_or_default()),
            targets: self.targets.remove(id).unwrap_or_default(),
            thresholds: self.thresholds.remove(id).unwrap_or_default(),
            crew_plans: self.crew_plans.remove(id).unwrap_or_default(),
            machine_plans: self.machine_plans.remove(id).unwrap_or_default(),
            calendar,
        })
    }
}
