//! The first screen: the cards of a day, and the figures of each day of a range.

use std::collections::BTreeMap;

use deskops_domain::access::Caller;
use deskops_domain::api::Refusal;
use deskops_domain::api::dashboard::{
    Board, Card, Comparator, Dashboard, DayFigure, Heads, Level, MEAN_DAYS, MOST_DAYS, ModuleDay,
    Moved, TREND_DAYS,
};
use deskops_domain::calendar::Calendar;
use deskops_domain::catalogue::{Catalogue, Site};
use deskops_domain::choice::{Choices as _, Module};
use deskops_domain::day::Day;
use deskops_domain::modules::{Dispatch, Equipment, Manpower, Production, Received};
use deskops_domain::problem::{Problem, Problems};
use deskops_domain::record::Record;
use deskops_domain::settings::{CrewPlan, Target, Threshold};
use deskops_domain::summary::change_percent;

use super::days::nil_return;
use crate::desk::Desk;
use crate::error::StoreError;
use crate::router::Handle;
use crate::sql::Connection;
use crate::store::board::{self, Held, Span};
use crate::store::heaps::Heaps;

impl Handle<Dashboard> for Desk {
    fn handle(&self, _: &Caller, ask: Dashboard) -> Result<Board, StoreError> {
        let site = self.site(&ask.site_id)?;
        let (from, to) = ask.range();
        in_order(from, to)?;
        if to.since(from) >= MOST_DAYS {
            let message = format!(
                "{} to {} are {} days; the charts show {MOST_DAYS} at most.",
                from.long(),
                to.long(),
                to.since(from) + 1
            );
            return Err(Refusal::one("dateFrom", "E-RANGE", message).into());
        }
        let catalogue = self.catalogue();
        self.store.read(|conn| {
            let calendar = board::calendar(conn, &site)?;
            let desk = Reader { conn, site: &site, catalogue: &catalogue, calendar: &calendar };
            let modules = desk.modules(ask.date)?;
            let mut board = Board {
                cards: desk.cards(&ask, &modules)?,
                modules,
                categories: Vec::new(),
                roles: Vec::new(),
                days: Vec::new(),
                levels: desk.levels(to)?,
            };
            desk.add_days(&mut board, from, to)?;
            Ok(board)
        })
    }
}

/// Refuses days that run backwards.
pub(super) fn in_order(from: Day, to: Day) -> Result<(), Refusal> {
    if from <= to {
        return Ok(());
    }
    let message = format!("dateFrom must be less than or equal to dateTo: {from} is after {to}.");
    let problem = Problem::new("dateFrom", "E-DATE", message).value(&from.to_string()).max(to);
    Err(Refusal::invalid(Problems(vec![problem])))
}

/// What is read for a board.
struct Reader<'a> {
    conn: &'a Connection,
    site: &'a Site,
    catalogue: &'a Catalogue,
    calendar: &'a Calendar,
}

impl<'a> Reader<'a> {
    fn span(&self, from: Day, to: Day) -> Span<'a> {
        Span { conn: self.conn, site: self.site, from, to }
    }

    fn modules(&self, date: Day) -> Result<Vec<ModuleDay>, StoreError> {
        Ok(vec![
            self.module::<Production>(Module::Production, date)?,
            self.module::<Received>(Module::Received, date)?,
            self.module::<Dispatch>(Module::Dispatch, date)?,
            self.module::<Equipment>(Module::Equipment, date)?,
            self.module::<Manpower>(Module::Manpower, date)?,
        ])
    }

    fn module<R: Record>(&self, module: Module, date: Day) -> Result<ModuleDay, StoreError> {
        let rows = board::rows(self.conn, module.code(), &self.site.id, date)?;
        let is_nil = nil_return::<R>(self.conn, self.site, date)?.is_some();
        Ok(ModuleDay { module, rows, is_nil })
    }

    /// The four figures of the day. Stock is looked at like a flow whose every day is known.
    fn cards(&self, ask: &Dashboard, modules: &[ModuleDay]) -> Result<Vec<Card>, StoreError> {
        let first = ask.date.plus(-MEAN_DAYS).min(self.calendar.working_day_before(ask.date));
        let moved = self.span(first, ask.date).moved()?;
        let flow = |of: fn(&Moved) -> i64| {
            moved.iter().map(|(day, moved)| (*day, of(moved))).filter(|(_, kg)| *kg != 0).collect()
        };
        let stock = self.stock(first, ask.date)?;
        let figures: [(Module, BTreeMap<Day, i64>); 4] = [
            (Module::Production, flow(|moved| moved.produced_kg)),
            (Module::Received, flow(|moved| moved.received_kg)),
            (Module::Dispatch, flow(|moved| moved.dispatched_kg)),
            (Module::Inventory, stock),
        ];
        let cards = figures.into_iter().map(|(module, figures)| {
            let known = modules.iter().find(|day| day.module == module);
            // Nothing was said to move; rows without tons are still to be weighed.
            let is_nothing = known.is_some_and(|day| day.is_nil && day.rows == 0);
            let kg = figures.get(&ask.date).copied().or_else(|| is_nothing.then_some(0));
            let (compared_day, baseline_kg) = self.baseline(ask, &figures);
            let change =
                kg.zip(baseline_kg).and_then(|(kg, baseline)| change_percent(kg, baseline));
            let trend = (0..TREND_DAYS).rev().map(|back| ask.date.plus(-back));
            let trend = trend.map(|day| figures.get(&day).copied().unwrap_or(0)).collect();
            Card { module, kg, compared_day, baseline_kg, change, trend }
        });
        Ok(cards.collect())
    }

    /// The day that is compared with, and its figure.
    fn baseline(
        &self,
        ask: &Dashboard,
        figures: &BTreeMap<Day, i64>,
    ) -> (Option<Day>, Option<i64>) {
        let on = |day: Day| (Some(day), figures.get(&day).copied());
        match ask.compare_with {
            Comparator::PreviousWorkingDay => on(self.calendar.working_day_before(ask.date)),
            Comparator::SameWeekday => on(ask.date.plus(-7)),
            Comparator::FourWeekMean => {
                let days = (1..=MEAN_DAYS).map(|back| ask.date.plus(-back));
                let worked = days.filter(|day| self.calendar.is_working(*day));
                let known: Vec<i64> = worked.filter_map(|day| figures.get(&day).copied()).collect();
                let count = i64::try_from(known.len()).unwrap_or(0);
                let mean = (count > 0)
                    .then(|| (known.iter().sum::<i64>() + count / 2).div_euclid(count.max(1)));
                (None, mean)
            }
        }
    }

    /// What lay there at the end of each day, from the first day on which anything is known.
    fn stock(&self, from: Day, to: Day) -> Result<BTreeMap<Day, i64>, StoreError> {
        let mut heaps = Heaps::before(self.span(from, to), self.catalogue)?;
        let days = (0..=to.since(from)).map(|at| from.plus(at));
        Ok(days
            .filter_map(|day| {
                let now = heaps.on(day);
                (!now.is_empty()).then(|| (day, now.values().sum()))
            })
            .collect())
    }

    /// What lies there of each material, with what should.
    fn levels(&self, day: Day) -> Result<Vec<Level>, StoreError> {
        let closing = board::closing(self.conn, self.catalogue, &self.site.id, day)?;
        let mut thresholds = Held::<Threshold>::of(self.conn, self.site)?;
        let thresholds = thresholds.on(day);
        let levels = self.catalogue.materials.iter().filter_map(|item| {
            let band = thresholds.iter().find(|band| band.material_id.0 == item.id);
            let min_kg = band.and_then(|band| band.min_kg).map(|min| min.raw());
            let max_kg = band.and_then(|band| band.max_kg).map(|max| max.raw());
            let kg = closing.get(&item.id).copied();
            // Where something should lie and nothing ever did, nothing lies.
            let kg = kg.or_else(|| min_kg.map(|_| 0))?;
            Some(Level { material_id: item.id.clone(), kg, min_kg, max_kg })
        });
        Ok(levels.collect())
    }

    /// The figures of each day.
    fn add_days(&self, board: &mut Board, from: Day, to: Day) -> Result<(), StoreError> {
        let span = self.span(from, to);
        let moved = span.moved()?;
        let machines = span.machines(self.calendar)?;
        let mut crew: BTreeMap<Day, BTreeMap<String, i64>> = BTreeMap::new();
        for (day, (role, heads)) in span.crew()? {
            crew.entry(day).or_default().insert(role, heads);
        }
        let mut heaps = Heaps::before(self.span(from, to), self.catalogue)?;
        board.categories = heaps.categories(self.catalogue);
        let mut targets = Held::<Target>::of(self.conn, self.site)?;
        let mut bands = Held::<Threshold>::of(self.conn, self.site)?;
        let mut plans = Held::<CrewPlan>::of(self.conn, self.site)?;
        let mut planned = Vec::new();
        let days: Vec<Day> = (0..=to.since(from)).map(|at| from.plus(at)).collect();
        let mut plan_of_day: BTreeMap<Day, BTreeMap<String, i64>> = BTreeMap::new();
        for day in &days {
            let heads = plans.on(*day);
            let heads: BTreeMap<_, _> = heads
                .iter()
                .map(|plan| (plan.role_id.0.clone(), i64::from(plan.headcount)))
                .collect();
            planned.extend(heads.keys().cloned());
            plan_of_day.insert(*day, heads);
        }
        let known = |role: &str| {
            planned.iter().any(|known| known == role)
                || crew.values().any(|heads| heads.contains_key(role))
        };
        let roles = self.catalogue.crew_roles.iter().map(|item| item.id.clone());
        board.roles = roles.filter(|role| known(role)).collect();
        for day in days {
            let is_working = self.calendar.is_working(day);
            let targets = targets.on(day);
            let target: i64 = targets.iter().map(|target| target.qty_kg.raw()).sum();
            let bands = bands.on(day);
            let limit = |kg: Vec<i64>| (!kg.is_empty()).then(|| kg.iter().sum());
            let present = crew.get(&day);
            let heads = board.roles.iter().map(|role| Heads {
                present: present.and_then(|heads| heads.get(role)).copied().unwrap_or(0),
                planned: plan_of_day[&day].get(role).copied().filter(|_| is_working),
            });
            let crew = heads.collect();
            board.days.push(DayFigure {
                day,
                is_working,
                moved: moved.get(&day).copied().unwrap_or_default(),
                target_kg: (is_working && !targets.is_empty()).then_some(target),
                machines: machines.get(&day).copied().unwrap_or_default(),
                stock_kg: heaps.by_category(self.catalogue, &board.categories, day),
                stock_min_kg: limit(
                    bands.iter().filter_map(|band| band.min_kg).map(|min| min.raw()).collect(),
                ),
                stock_max_kg: limit(
                    bands.iter().filter_map(|band| band.max_kg).map(|max| max.raw()).collect(),
                ),
                crew,
            });
        }
        Ok(())
    }
}
