//! Which site has entered and closed which day.

use deskops_domain::access::Caller;
use deskops_domain::api::Refusal;
use deskops_domain::api::completeness::{
    Completeness, KnownDay, ListCompleteness, MOST_BOARD_DAYS, OVERDUE_AFTER, SiteDayState,
    SiteDays,
};
use deskops_domain::calendar::Calendar;
use deskops_domain::catalogue::Site;
use deskops_domain::choice::{Choices as _, PeriodKind};
use deskops_domain::day::Day;
use deskops_domain::problem::{Problem, Problems};

use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use crate::store::board;
use crate::store::inputs::Inputs;
use crate::store::periods::{self, Said};
use crate::store::span::Span;

impl Handle<ListCompleteness> for Desk {
    fn handle(&self, caller: &Caller, list: ListCompleteness) -> Result<Completeness, StoreError> {
        if !(1..=i64::from(MOST_BOARD_DAYS)).contains(&list.n_days()) {
            let message = format!("days is {}; it may be 1 to {MOST_BOARD_DAYS}.", list.n_days());
            let problem = Problem::new("days", "E-RANGE", message).min(1).max(MOST_BOARD_DAYS);
            return Err(Refusal::invalid(Problems(vec![problem])).into());
        }
        let mut sites = self.asked_sites(caller, list.site_id.as_deref())?;
        // A site that is out of use has nothing to close any more.
        sites.retain(|site| site.is_active || list.site_id.is_some());
        let todays: Vec<(Site, Day)> =
            sites.iter().filter_map(|site| Some((site.clone(), self.today(site)?))).collect();
        let latest = todays.iter().map(|(_, today)| *today).max();
        let Some(to) = list.date_to.or(latest) else {
            return Ok(Completeness { days: Vec::new(), sites: Vec::new() });
        };
        let from = to.plus(1 - list.n_days());
        let days: Vec<Day> = (0..list.n_days()).map(|at| from.plus(at)).collect();
        let sites = self.store.read(|conn| {
            let span = Span { conn, sites: &sites, from, to };
            let inputs = Inputs::of(span)?;
            let mut said = periods::of_span(span)?;
            let mut calendars = board::calendars(conn, &sites)?;
            let each = todays.iter().filter_map(|(site, today)| {
                let row = Row {
                    site: &site.id,
                    today: *today,
                    inputs: &inputs,
                    said: said.remove(&site.id).unwrap_or_default(),
                    calendar: calendars.remove(&site.id)?,
                };
                let days = days.iter().map(|day| row.on(*day)).collect();
                Some(SiteDays { site_id: site.id.clone(), today: *today, days })
            });
            Ok(each.collect())
        })?;
        Ok(Completeness { days, sites })
    }
}

/// A site on the board.
struct Row<'a> {
    site: &'a str,
    today: Day,
    inputs: &'a Inputs,
    said: Said,
    calendar: Calendar,
}

impl Row<'_> {
    fn on(&self, day: Day) -> SiteDayState {
        let said = |kind: PeriodKind| self.said.get(&(kind.code(), periods::begins(kind, day)));
        SiteDayState::of(&KnownDay {
            inputs: &self.inputs.on(self.site, day, day),
            has_opening: self.inputs.has_opening(self.site, day, day),
            day: said(PeriodKind::Day),
            month: said(PeriodKind::Month),
            is_working: self.calendar.is_working(day),
            is_in_use: self.inputs.is_in_use(self.site, day),
            working_days_since: (day <= self.today)
                .then(|| self.calendar.working_days_after(day, self.today, OVERDUE_AFTER)),
        })
    }
}
