//! What a chart shows: places along its axis, and series of figures. Pure, and not yet drawn.

use deskops_domain::day::Day;

/// All of a chart's figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plot {
    /// How the masses stand.
    pub form: Form,
    /// Unit of the figures, `t`.
    pub unit: &'static str,
    /// Decimals of the raw figures.
    pub decimals: u32,
    /// Places along the axis, in order.
    pub slots: Vec<Slot>,
    /// What is shown in each place.
    pub series: Vec<Series>,
}

/// How the masses of a chart stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Bars beside each other.
    Grouped,
    /// Bars on each other.
    Stacked,
    /// Bars on each other, all as long: parts of a hundred.
    Share,
    /// Areas on each other.
    Area,
    /// Bars that lie, one below the other.
    Lying,
}

/// One place along the axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The day, or the first day of a week; none where the axis is no time.
    pub day: Option<Day>,
    /// Its name below the axis.
    pub name: String,
    /// Its name in sentences.
    pub long: String,
    /// Whether it is the day that is not over.
    pub is_so_far: bool,
}

impl Slot {
    /// A day.
    #[must_use]
    pub fn of_day(day: Day, is_so_far: bool) -> Self {
        Self { day: Some(day), name: day.short(), long: day.long(), is_so_far }
    }

    /// Anything else with a name.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        let name = name.into();
        Self { day: None, long: name.clone(), name, is_so_far: false }
    }
}

/// Figures of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub ink: Ink,
    /// What tells it from others without its colour.
    pub cue: Cue,
    /// How it is drawn.
    pub part: Part,
    /// What a week of it is.
    pub fold: Fold,
    /// Raw figures, one a slot; none where nothing is known.
    pub values: Vec<Option<i64>>,
    /// A bar that does not reach this series is hollow.
    pub goal: Option<usize>,
}

impl Series {
    /// A mass of this colour.
    #[must_use]
    pub fn mass(name: impl Into<String>, ink: Ink, cue: Cue, values: Vec<Option<i64>>) -> Self {
        let (part, fold) = (Part::Mass, Fold::Sum);
        Self { name: name.into(), ink, cue, part, fold, values, goal: None }
    }

    /// A line.
    #[must_use]
    pub fn line(name: impl Into<String>, part: Part, values: Vec<Option<i64>>) -> Self {
        let (ink, cue, fold) = (Ink::Line, Cue::Solid, Fold::Sum);
        Self { name: name.into(), ink, cue, part, fold, values, goal: None }
    }

    /// A week of it is this.
    #[must_use]
    pub fn folded(self, fold: Fold) -> Self {
        Self { fold, ..self }
    }

    /// Whether it is drawn as a mass.
    #[must_use]
    pub fn is_mass(&self) -> bool {
        self.part == Part::Mass
    }

    /// The sum of what is known.
    #[must_use]
    pub fn sum(&self) -> i64 {
        self.values.iter().flatten().sum()
    }
}

/// A colour of the charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Production.
    C1,
    /// Received.
    C2,
    /// Dispatched.
    C3,
    /// Stock.
    C4,
    /// Equipment.
    C5,
    /// Others.
    C6,
    /// Net, target and limits.
    Line,
}

impl Ink {
    /// The colours of masses, in the order in which they are given out.
    pub const MASSES: [Self; 6] = [Self::C1, Self::C2, Self::C3, Self::C4, Self::C5, Self::C6];

    /// The value of `data-ink`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::C1 => "c1",
            Self::C2 => "c2",
            Self::C3 => "c3",
            Self::C4 => "c4",
            Self::C5 => "c5",
            Self::C6 => "c6",
            Self::Line => "line",
        }
    }
}

/// What tells a mass from others without its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// Full.
    Solid,
    /// Lines that rise.
    Hatch,
    /// Dots.
    Dots,
    /// Lines that cross.
    Cross,
    /// A border only.
    Hollow,
    /// Lines that fall, wide apart: the day that is not over.
    SoFar,
}

impl Cue {
    /// The cues of masses, in the order in which they are given out.
    pub const MASSES: [Self; 6] =
        [Self::Solid, Self::Dots, Self::Hatch, Self::Cross, Self::Solid, Self::Hollow];

    /// The value of `data-cue`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Solid => "solid",
            Self::Hatch => "hatch",
            Self::Dots => "dots",
            Self::Cross => "cross",
            Self::Hollow => "hollow",
            Self::SoFar => "so-far",
        }
    }
}

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// As bars or an area, by the form of the chart.
    Mass,
    /// As a line from place to place, with a mark at each.
    Line,
    /// As a dashed line with steps.
    Step,
    /// As a dotted line with steps.
    Limit,
    /// Not at all: it is told, and stands in the table.
    Told,
}

/// What several days are together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// Their sum.
    Sum,
    /// The last of them.
    Last,
    /// Their mean, of those that are known.
    Mean,
}

impl Fold {
    /// What these are together; nothing where nothing is known.
    #[must_use]
    pub fn of(self, values: &[Option<i64>]) -> Option<i64> {
        let known = || values.iter().flatten();
        match self {
            Self::Sum => known().next().map(|_| known().sum()),
            Self::Last => known().next_back().copied(),
            Self::Mean => {
                let count = i64::try_from(known().count()).ok().filter(|count| *count > 0)?;
                let sum = known().sum::<i64>();
                Some((sum + count / 2).div_euclid(count))
            }
        }
    }
}

/// More places than this cannot be told apart: days become weeks.
pub const MOST_SLOTS: usize = 120;

impl Plot {
    /// The places from one to another, both included.
    #[must_use]
    pub fn between(&self, first: usize, last: usize) -> Self {
        let last = last.min(self.slots.len().saturating_sub(1));
        let shown = first.min(last)..(last + 1).min(self.slots.len());
        let each: Vec<_> = shown.clone().map(|at| at..at + 1).collect();
        Self { slots: self.slots[shown].to_vec(), series: self.folded(&each), ..self.clone() }
    }

    /// Weeks instead of days, where there are too many days; the week begins on this weekday.
    #[must_use]
    pub fn readable(&self, week_start: u32) -> (Self, bool) {
        if self.slots.len() <= MOST_SLOTS {
            return (self.clone(), false);
        }
        let begins = |slot: &Slot| slot.day.is_some_and(|day| day.first_of_week(week_start) == day);
        let starts: Vec<usize> =
            (0..self.slots.len()).filter(|at| *at == 0 || begins(&self.slots[*at])).collect();
        let ends = starts.iter().skip(1).copied().chain([self.slots.len()]);
        let weeks: Vec<_> = starts.iter().copied().zip(ends).map(|(from, to)| from..to).collect();
        let slots = weeks.iter().map(|week| {
            let days = &self.slots[week.clone()];
            let (first, last) = (&days[0], &days[days.len() - 1]);
            let long = match last.day {
                Some(day) => format!("Week {} to {}", first.name, day.long()),
                None => first.long.clone(),
            };
            Slot { long, is_so_far: last.is_so_far, ..first.clone() }
        });
        (Self { slots: slots.collect(), series: self.folded(&weeks), ..self.clone() }, true)
    }

    fn folded(&self, ranges: &[std::ops::Range<usize>]) -> Vec<Series> {
        let fold = |series: &Series| {
            let values = ranges
                .iter()
                .map(|range| series.fold.of(series.values.get(range.clone()).unwrap_or_default()));
            Series { values: values.collect(), ..series.clone() }
        };
        self.series.iter().map(fold).collect()
    }

    /// Whether there is any figure but nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let masses = self.series.iter().filter(|series| series.is_mass());
        masses.flat_map(|series| &series.values).flatten().all(|value| *value == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(count: i64) -> Plot {
        let first = Day::parse("2026-01-01").unwrap();
        let values = || (0..count).map(Some).collect::<Vec<_>>();
        let of = |name: &str, fold| Series::mass(name, Ink::C1, Cue::Solid, values()).folded(fold);
        Plot {
            form: Form::Grouped,
            unit: "t",
            decimals: 0,
            slots: (0..count).map(|at| Slot::of_day(first.plus(at), at + 1 == count)).collect(),
            series: vec![of("sum", Fold::Sum), of("last", Fold::Last), of("mean", Fold::Mean)],
        }
    }

    #[test]
    fn d_49_weeks_begin_on_the_sites_own_weekday() {
        for week_start in [1, 6, 7] {
            let (weeks, _) = days(121).readable(week_start);
            let begins = weeks.slots.iter().skip(1).filter_map(|slot| slot.day);
            assert!(begins.into_iter().all(|day| day.weekday() == week_start), "{week_start}");
        }
    }

    #[test]
    fn up_to_120_days_are_days_and_more_are_weeks() {
        assert!(!days(120).readable(7).1);
        let (weeks, is_weekly) = days(121).readable(7);
        assert!(is_weekly);
        assert_eq!(weeks.slots[0].long, "Week 1 Jan to Sat 3 Jan 2026", "1 Jan 2026 is a Thursday");
        assert_eq!(weeks.slots[1].long, "Week 4 Jan to Sat 10 Jan 2026");
        let second = |series: usize| weeks.series[series].values[1];
        assert_eq!(
            (second(0), second(1), second(2)),
            (Some(3 + 4 + 5 + 6 + 7 + 8 + 9), Some(9), Some(6))
        );
        assert!(weeks.slots[weeks.slots.len() - 1].is_so_far);
        assert_eq!(weeks.series[0].sum(), days(121).series[0].sum(), "nothing is lost");
    }

    #[test]
    fn a_part_of_the_days_is_cut_out_and_nothing_stays_nothing() {
        let mut plot = days(10);
        plot.series[0].values[3] = None;
        let part = plot.between(2, 4);
        assert_eq!(part.series[0].values, [Some(2), None, Some(4)]);
        assert_eq!(part.slots.len(), 3);
        assert_eq!(plot.between(8, 99).slots.len(), 2);
        assert_eq!(days(0).between(0, 0).slots.len(), 0);
    }
}
