//! The first screen: a day against a day before it, and what happened from day to day in a range, at
//! one site or at all within reach.

use serde::{Deserialize, Serialize};

use super::{Command, Days};
use crate::access::Role;
use crate::choice::Module;
use crate::day::Day;

/// Days that the charts show when no range is given.
pub const USUAL_DAYS: i64 = 30;
/// Days that a range may have.
pub const MOST_DAYS: i64 = 1_100;
/// Days of the small line on a card.
pub const TREND_DAYS: i64 = 14;
/// Days back from which the four-week mean is taken.
pub const MEAN_DAYS: i64 = 28;

/// Asks for the first screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Dashboard {
    /// The site; every one within reach when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site_id: Option<String>,
    /// The day in question; of several sites each has its own, which begins by its own clocks.
    pub date: Day,
    /// First day of the charts; a month up to the last one when not given.
    #[serde(default)]
    pub date_from: Option<Day>,
    /// Last day of the charts; the day in question when not given.
    #[serde(default)]
    pub date_to: Option<Day>,
    /// What the day is compared with.
    #[serde(default)]
    pub compare_with: Comparator,
}

impl Dashboard {
    /// The day with the last thirty days, against the working day before.
    #[must_use]
    pub fn of(site_id: impl Into<String>, date: Day) -> Self {
        Self { site_id: Some(site_id.into()), ..Self::everywhere(date) }
    }

    /// The same of every site within reach.
    #[must_use]
    pub fn everywhere(date: Day) -> Self {
        let compare_with = Comparator::default();
        Self { site_id: None, date, date_from: None, date_to: None, compare_with }
    }

    /// First and last day of the charts.
    #[must_use]
    pub fn range(&self) -> (Day, Day) {
        let to = self.date_to.unwrap_or(self.date);
        (self.date_from.unwrap_or_else(|| to.plus(1 - USUAL_DAYS)), to)
    }
}

impl Command for Dashboard {
    type Output = Board;
    const ACCESS: Role = Role::Operator;

    fn name() -> String {
        "dashboard/board".into()
    }

    fn site(&self) -> Option<&str> {
        self.site_id.as_deref()
    }

    fn is_everywhere(&self) -> bool {
        self.site_id.is_none()
    }

    fn days(&mut self) -> Days<'_> {
        Days::One(self.range().0.min(self.date))
    }
}

/// What a day is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Comparator {
    /// The working day before.
    #[default]
    PreviousWorkingDay,
    /// The same day of the week before.
    SameWeekday,
    /// The mean of the working days of the four weeks before on which something was entered.
    FourWeekMean,
}

/// What the first screen shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Board {
    /// Production, received, dispatched and closing stock of the day.
    pub cards: Vec<Card>,
    /// What is entered on the day, for each module that people enter.
    pub modules: Vec<ModuleDay>,
    /// Categories of material that have a stock, in catalogue order.
    pub categories: Vec<String>,
    /// Crew roles that were present or planned, in catalogue order.
    pub roles: Vec<String>,
    /// Days of the charts, oldest first.
    pub days: Vec<DayFigure>,
    /// What lies there at the end of the last day, by material, in catalogue order.
    pub levels: Vec<Level>,
    /// The sites side by side, in catalogue order; none where one site was asked for.
    #[serde(default)]
    pub sites: Vec<SiteLine>,
}

/// A site beside others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SiteLine {
    /// The site.
    pub site_id: String,
    /// What is entered on the day in question.
    pub modules: Vec<ModuleDay>,
    /// What the range comes to.
    pub now: SiteSums,
    /// What as many days before it came to; none where the caller does not see all of them.
    pub before: Option<SiteSums>,
}

/// What some days of a site come to. Tons and hours stand beside each other and are never added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SiteSums {
    /// Kilograms that moved.
    pub moved: Moved,
    /// Kilograms that lay there at the end of the last day; none where nothing is known of it.
    pub stock_kg: Option<i64>,
    /// Hours for which machines ran, in hundredths.
    pub run: i64,
}

/// One figure of the day, and what it is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// The module.
    pub module: Module,
    /// Kilograms of the day; none where nothing is recorded.
    pub kg: Option<i64>,
    /// The day that it is compared with; none for a mean, and where it is another at each site.
    pub compared_day: Option<Day>,
    /// Kilograms to compare with; none where there are none, which is not the same as zero.
    pub baseline_kg: Option<i64>,
    /// Change in hundredths of a per cent; none without a baseline.
    pub change: Option<i64>,
    /// Kilograms of the last days up to this one, oldest first.
    pub trend: Vec<i64>,
}

/// What is entered in a module on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ModuleDay {
    /// The module.
    pub module: Module,
    /// Records of the day.
    pub rows: u64,
    /// Whether somebody said that nothing happened; of several sites, at each of them.
    pub is_nil: bool,
    /// Sites that work on the day and have neither entered anything nor said that it was nothing.
    #[serde(default)]
    pub n_missing: usize,
}

impl ModuleDay {
    /// Whether neither anything was entered nor said to be nothing.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.rows == 0 && !self.is_nil
    }
}

/// One day of the charts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DayFigure {
    /// The day.
    pub day: Day,
    /// Whether the site works on it.
    pub is_working: bool,
    /// Kilograms that moved.
    pub moved: Moved,
    /// Kilograms that were to be produced; none where no target is set.
    pub target_kg: Option<i64>,
    /// Hours of the machines.
    pub machines: MachineHours,
    /// Kilograms at the end of the day in each of the board's categories.
    pub stock_kg: Vec<i64>,
    /// Least stock of all materials that have such a limit.
    pub stock_min_kg: Option<i64>,
    /// Most stock of all materials that have such a limit.
    pub stock_max_kg: Option<i64>,
    /// Heads of each of the board's roles.
    pub crew: Vec<Heads>,
}

/// Kilograms of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Moved {
    /// Made on the day.
    pub produced_kg: i64,
    /// Came in on the day.
    pub received_kg: i64,
    /// Left on the day.
    pub dispatched_kg: i64,
}

impl std::ops::Add for Moved {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            produced_kg: self.produced_kg + other.produced_kg,
            received_kg: self.received_kg + other.received_kg,
            dispatched_kg: self.dispatched_kg + other.dispatched_kg,
        }
    }
}

/// Hours of all machines on a day, in hundredths: count times hours of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MachineHours {
    /// Running.
    pub run: i64,
    /// Standing ready.
    pub standby: i64,
    /// Out of order or in repair.
    pub down: i64,
    /// Planned to run.
    pub scheduled: i64,
}

impl std::ops::Add for MachineHours {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            run: self.run + other.run,
            standby: self.standby + other.standby,
            down: self.down + other.down,
            scheduled: self.scheduled + other.scheduled,
        }
    }
}

/// Heads of a crew role on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Heads {
    /// Who was there.
    pub present: i64,
    /// Who was planned; none where there is no plan.
    pub planned: Option<i64>,
}

/// What lies there of a material.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Level {
    /// The material.
    pub material_id: String,
    /// Kilograms.
    pub kg: i64,
    /// No less than this should lie there.
    pub min_kg: Option<i64>,
    /// No more than this should lie there.
    pub max_kg: Option<i64>,
}
