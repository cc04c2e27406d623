//! Which site has entered and closed which day: the board of whoever looks after several sites.
//!
//! What keeps a day from being closed is what [`super::periods::missing`] says; here stands only in
//! which words a day is told that may be looked at from afar.

use serde::{Deserialize, Serialize};

use super::periods::{Input, missing};
use super::{Command, Days};
use crate::access::Role;
use crate::choice::{Choices as _, PeriodKind, PeriodState, choices};
use crate::day::Day;
use crate::entry::{Entry, Moment};
use crate::modules::Period;

/// Days of the board when none are said.
pub const USUAL_BOARD_DAYS: u32 = 14;
/// The most days of a board.
pub const MOST_BOARD_DAYS: u32 = 31;
/// What a day needs: production, received, dispatched, and the stock that it opens with.
pub const NEEDED: usize = 4;
/// A day that is not closed on this working day after it is overdue.
pub const OVERDUE_AFTER: usize = 2;

/// Asks how far the days of sites are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ListCompleteness {
    /// The site; every one within reach that is in use when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site_id: Option<String>,
    /// The last day; the latest day that it is at any of the sites when left out.
    #[serde(default)]
    pub date_to: Option<Day>,
    /// How many days, 1 to 31; 14 when left out.
    #[serde(default)]
    pub days: Option<u32>,
}

impl ListCompleteness {
    /// How many days are asked for.
    #[must_use]
    pub fn n_days(&self) -> i64 {
        i64::from(self.days.unwrap_or(USUAL_BOARD_DAYS))
    }
}

impl Command for ListCompleteness {
    type Output = Completeness;
    const ACCESS: Role = Role::Operator;

    fn name() -> String {
        "completeness/list".into()
    }

    fn site(&self) -> Option<&str> {
        self.site_id.as_deref()
    }

    fn is_everywhere(&self) -> bool {
        self.site_id.is_none()
    }

    fn days(&mut self) -> Days<'_> {
        // Without a last day it is a month up to today at most, which every role sees.
        self.date_to.map_or(Days::None, |last| Days::One(last.plus(1 - self.n_days())))
    }
}

/// How far the days of sites are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Completeness {
    /// The days, oldest first.
    pub days: Vec<Day>,
    /// The sites, in catalogue order.
    pub sites: Vec<SiteDays>,
}

/// The days of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SiteDays {
    /// The site.
    pub site_id: String,
    /// The business day that it is there.
    pub today: Day,
    /// Its days, in the order of the board's.
    pub days: Vec<SiteDayState>,
}

choices! {
    /// How far a day of a site is.
    Stage, "E-STAGE" {
        /// Nothing is entered.
        Empty = "EMPTY", "Nothing entered";
        /// Something is missing, or not right yet.
        Partial = "PARTIAL", "Partial";
        /// Everything is there; it can be closed.
        Entered = "ENTERED", "Entered";
        /// Somebody said that it is whole.
        Closed = "CLOSED", "Closed";
        /// A supervisor has approved it.
        Locked = "LOCKED", "Locked";
        /// The site does not work on it, and nothing is entered.
        DayOff = "DAY_OFF", "Day off";
        /// It has not come at the site.
        NotYet = "NOT_YET", "Not yet";
        /// The site was not in use, and nothing is entered.
        NotInUse = "NOT_IN_USE", "Not in use";
    }
}

impl Stage {
    /// Whether somebody said that the day is whole.
    #[must_use]
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Closed | Self::Locked)
    }

    /// Whether the day is to be closed, or is.
    #[must_use]
    pub fn is_expected(self) -> bool {
        !matches!(self, Self::DayOff | Self::NotYet | Self::NotInUse)
    }
}

/// How far a day of a site is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SiteDayState {
    /// How far.
    pub stage: Stage,
    /// How many of the four inputs are there: production, received, dispatched, opening stock.
    pub n_there: usize,
    /// The names of those that are not: of a module, or `opening`.
    pub missing: Vec<String>,
    /// Rows that are typed but not right yet.
    pub drafts: u64,
    /// Who closed or locked it, and when.
    pub by: Option<(String, Moment)>,
    /// Whether it should have been closed by now.
    pub is_overdue: bool,
}

/// What is known of a day of a site.
#[derive(Debug, Clone, Copy)]
pub struct KnownDay<'a> {
    /// What is entered.
    pub inputs: &'a [Input],
    /// Whether the stock to start from is known.
    pub has_opening: bool,
    /// What is said of the day.
    pub day: Option<&'a Entry<Period>>,
    /// What is said of its month.
    pub month: Option<&'a Entry<Period>>,
    /// Whether the site works on it.
    pub is_working: bool,
    /// Whether the site was in use.
    pub is_in_use: bool,
    /// Working days since, as far as they matter; none where the day has not come.
    pub working_days_since: Option<usize>,
}

impl SiteDayState {
    /// How far a day is, by what is known of it.
    #[must_use]
    pub fn of(known: &KnownDay<'_>) -> Self {
        let keeping = missing(known.inputs, known.has_opening, PeriodKind::Day);
        let needed = known.inputs.iter().filter(|input| input.is_needed && !input.is_there());
        let mut gone: Vec<String> = needed.map(|input| input.module.code().to_owned()).collect();
        if !known.has_opening {
            gone.push("opening".to_owned());
        }
        let drafts = known.inputs.iter().map(|input| input.drafts).sum();
        let is_touched = drafts > 0 || known.inputs.iter().any(Input::is_there);
        let locked = in_state(known.day, PeriodState::Locked)
            .or_else(|| in_state(known.month, PeriodState::Locked));
        let closed = locked.or_else(|| in_state(known.day, PeriodState::Closed));
        let stage = match () {
            () if locked.is_some() => Stage::Locked,
            () if closed.is_some() => Stage::Closed,
            () if is_touched && keeping.is_empty() => Stage::Entered,
            () if is_touched => Stage::Partial,
            () if known.working_days_since.is_none() => Stage::NotYet,
            () if !known.is_in_use => Stage::NotInUse,
            () if !known.is_working => Stage::DayOff,
            () => Stage::Empty,
        };
        let is_open = stage.is_expected() && !stage.is_closed();
        let is_late = known.working_days_since.is_some_and(|days| days >= OVERDUE_AFTER);
        Self {
            stage,
            n_there: NEEDED - gone.len(),
            missing: gone,
            drafts,
            by: closed.map(|period| (period.stamp.updated_by.clone(), period.stamp.updated_at)),
            is_overdue: is_open && is_late,
        }
    }
}

fn in_state(period: Option<&Entry<Period>>, state: PeriodState) -> Option<&Entry<Period>> {
    period.filter(|period| period.stamp.voided.is_none() && period.body.state == state)
}

/// How many are closed or locked, and of how many that are to be.
#[must_use]
pub fn closed_of<'a>(days: impl IntoIterator<Item = &'a SiteDayState>) -> (usize, usize) {
    let expected = days.into_iter().filter(|day| day.stage.is_expected());
    expected
        .fold((0, 0), |(closed, all), day| (closed + usize::from(day.stage.is_closed()), all + 1))
}
