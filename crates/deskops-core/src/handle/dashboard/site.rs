//! The board of one site, of what was read. It asks the database nothing.

use std::collections::{BTreeMap, BTreeSet};

use deskops_domain::api::dashboard::{
    Board, Card, Comparator, Dashboard, DayFigure, Heads, Level, MEAN_DAYS, ModuleDay, Moved,
    SiteLine, SiteSums, TREND_DAYS,
};
use deskops_domain::calendar::Calendar;
use deskops_domain::choice::Module;
use deskops_domain::day::Day;
use deskops_domain::summary::change_percent;

use super::known::{Question, SiteKnown};
use crate::store::board::{self, Held};
use crate::store::heaps::Heaps;

impl SiteKnown {
    /// Its board, and its line beside others.
    pub(super) fn board(self, question: &Question<'_>) -> (Board, SiteLine) {
        let modules = self.modules(question.ask.date);
        let figures = figures(&self.lately, stock(self.lay, self.first, question.ask.date));
        let cards = figures.into_iter().map(|(module, figures)| {
            card(module, &figures, &modules, question.ask, &self.calendar)
        });
        let mut board = Board { cards: cards.collect(), modules, ..Board::default() };
        let mut days = Days {
            hours: board::hours(self.machines, self.machine_plans, &self.calendar),
            calendar: self.calendar,
            moved: self.moved,
            heaps: self.heaps,
            targets: Held::new(self.targets),
            bands: Held::new(self.thresholds.clone()),
            plans: Held::new(self.crew_plans),
            crew: BTreeMap::new(),
        };
        for (day, (role, heads)) in self.crew {
            days.crew.entry(day).or_default().insert(role, heads);
        }
        days.add_to(&mut board, question);
        let closing = days.heaps.on(question.to).clone();
        board.levels = levels(&closing, Held::new(self.thresholds), question);
        let mut now = SiteSums {
            stock_kg: (!closing.is_empty()).then(|| closing.values().sum()),
            ..SiteSums::default()
        };
        for day in &board.days {
            now.moved = now.moved + day.moved;
            now.run += day.machines.run;
        }
        let line = SiteLine {
            site_id: self.site_id,
            modules: board.modules.clone(),
            now,
            before: self.before,
        };
        (board, line)
    }

    fn modules(&self, day: Day) -> Vec<ModuleDay> {
        let is_working = self.calendar.is_working(day);
        let each = self.inputs.iter().map(|input| ModuleDay {
            module: input.module,
            rows: input.rows,
            is_nil: input.nil.is_some(),
            n_missing: usize::from(is_working && !input.is_there()),
        });
        each.collect()
    }
}

/// The figures of four cards. Stock is looked at like a flow whose every day is known.
fn figures(
    moved: &BTreeMap<Day, Moved>,
    stock: BTreeMap<Day, i64>,
) -> [(Module, BTreeMap<Day, i64>); 4] {
    let flow = |of: fn(&Moved) -> i64| {
        moved.iter().map(|(day, moved)| (*day, of(moved))).filter(|(_, kg)| *kg != 0).collect()
    };
    [
        (Module::Production, flow(|moved| moved.produced_kg)),
        (Module::Received, flow(|moved| moved.received_kg)),
        (Module::Dispatch, flow(|moved| moved.dispatched_kg)),
        (Module::Inventory, stock),
    ]
}

/// What lay there at the end of each day, from the first day on which anything is known.
fn stock(mut heaps: Heaps, from: Day, to: Day) -> BTreeMap<Day, i64> {
    let days = (0..=to.since(from)).map(|at| from.plus(at));
    let known = days.filter_map(|day| {
        let now = heaps.on(day);
        (!now.is_empty()).then(|| (day, now.values().sum()))
    });
    known.collect()
}

fn card(
    module: Module,
    figures: &BTreeMap<Day, i64>,
    modules: &[ModuleDay],
    ask: &Dashboard,
    calendar: &Calendar,
) -> Card {
    let known = modules.iter().find(|day| day.module == module);
    // Nothing was said to move; rows without tons are still to be weighed.
    let is_nothing = known.is_some_and(|day| day.is_nil && day.rows == 0);
    let kg = figures.get(&ask.date).copied().or_else(|| is_nothing.then_some(0));
    let (compared_day, baseline_kg) = baseline(ask, figures, calendar);
    let change = kg.zip(baseline_kg).and_then(|(kg, baseline)| change_percent(kg, baseline));
    let trend = (0..TREND_DAYS).rev().map(|back| ask.date.plus(-back));
    let trend = trend.map(|day| figures.get(&day).copied().unwrap_or(0)).collect();
    Card { module, kg, compared_day, baseline_kg, change, trend }
}

/// The day that is compared with, and its figure.
fn baseline(
    ask: &Dashboard,
    figures: &BTreeMap<Day, i64>,
    calendar: &Calendar,
) -> (Option<Day>, Option<i64>) {
    let on = |day: Day| (Some(day), figures.get(&day).copied());
    match ask.compare_with {
        Comparator::PreviousWorkingDay => on(calendar.working_day_before(ask.date)),
        Comparator::SameWeekday => on(ask.date.plus(-7)),
        Comparator::FourWeekMean => {
            let days = (1..=MEAN_DAYS).map(|back| ask.date.plus(-back));
            let worked = days.filter(|day| calendar.is_working(*day));
            let known: Vec<i64> = worked.filter_map(|day| figures.get(&day).copied()).collect();
            let count = i64::try_from(known.len()).unwrap_or(0);
            let mean = (count > 0)
                .then(|| (known.iter().sum::<i64>() + count / 2).div_euclid(count.max(1)));
            (None, mean)
        }
    }
}

/// What lies there of each material, with what should.
fn levels(
    closing: &BTreeMap<String, i64>,
    mut thresholds: Held<deskops_domain::settings::Threshold>,
    question: &Question<'_>,
) -> Vec<Level> {
    let thresholds = thresholds.on(question.to);
    let levels = question.catalogue.materials.iter().filter_map(|item| {
        let band = thresholds.iter().find(|band| band.material_id.0 == item.id);
        let min_kg = band.and_then(|band| band.min_kg).map(|min| min.raw());
        let max_kg = band.and_then(|band| band.max_kg).map(|max| max.raw());
        let kg = closing.get(&item.id).copied();
        // Where something should lie and nothing ever did, nothing lies.
        let kg = kg.or_else(|| min_kg.map(|_| 0))?;
        Some(Level { material_id: item.id.clone(), kg, min_kg, max_kg })
    });
    levels.collect()
}

/// What is known of the charts' days.
struct Days {
    calendar: Calendar,
    moved: BTreeMap<Day, Moved>,
    hours: BTreeMap<Day, deskops_domain::api::dashboard::MachineHours>,
    heaps: Heaps,
    targets: Held<deskops_domain::settings::Target>,
    bands: Held<deskops_domain::settings::Threshold>,
    plans: Held<deskops_domain::settings::CrewPlan>,
    crew: BTreeMap<Day, BTreeMap<String, i64>>,
}

impl Days {
    /// The figures of each day.
    fn add_to(&mut self, board: &mut Board, question: &Question<'_>) {
        let catalogue = question.catalogue;
        board.categories = self.heaps.categories(catalogue);
        let days: Vec<Day> =
            (0..=question.to.since(question.from)).map(|at| question.from.plus(at)).collect();
        let planned: Vec<BTreeMap<String, i64>> =
            days.iter().map(|day| self.planned(*day)).collect();
        let known: BTreeSet<&String> =
            planned.iter().chain(self.crew.values()).flat_map(BTreeMap::keys).collect();
        let roles = catalogue.crew_roles.iter().map(|item| item.id.clone());
        board.roles = roles.filter(|role| known.contains(role)).collect();
        for (day, planned) in days.into_iter().zip(planned) {
            let figure = self.figure(day, &planned, board, question);
            board.days.push(figure);
        }
    }

    fn planned(&mut self, day: Day) -> BTreeMap<String, i64> {
        let plans = self.plans.on(day);
        plans.iter().map(|plan| (plan.role_id.0.clone(), i64::from(plan.headcount))).collect()
    }

    fn figure(
        &mut self,
        day: Day,
        planned: &BTreeMap<String, i64>,
        board: &Board,
        question: &Question<'_>,
    ) -> DayFigure {
        let is_working = self.calendar.is_working(day);
        let targets = self.targets.on(day);
        let target: i64 = targets.iter().map(|target| target.qty_kg.raw()).sum();
        let target_kg = (is_working && !targets.is_empty()).then_some(target);
        let bands = self.bands.on(day);
        let limit = |kg: Vec<i64>| (!kg.is_empty()).then(|| kg.iter().sum());
        let min = bands.iter().filter_map(|band| band.min_kg).map(|min| min.raw());
        let max = bands.iter().filter_map(|band| band.max_kg).map(|max| max.raw());
        let (stock_min_kg, stock_max_kg) = (limit(min.collect()), limit(max.collect()));
        let present = self.crew.get(&day);
        let heads = board.roles.iter().map(|role| Heads {
            present: present.and_then(|heads| heads.get(role)).copied().unwrap_or(0),
            planned: planned.get(role).copied().filter(|_| is_working),
        });
        let crew = heads.collect();
        DayFigure {
            day,
            is_working,
            moved: self.moved.get(&day).copied().unwrap_or_default(),
            target_kg,
            machines: self.hours.get(&day).copied().unwrap_or_default(),
            stock_kg: self.heaps.by_category(question.catalogue, &board.categories, day),
            stock_min_kg,
            stock_max_kg,
            crew,
        }
    }
}
