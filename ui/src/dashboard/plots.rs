//! The six charts as plots of the board's figures. Pure.

use deskops_domain::api::dashboard::{Board, DayFigure, Heads};
use deskops_domain::catalogue::{Catalogue, List};
use deskops_domain::day::Day;

use crate::charts::plot::{Cue, Fold, Form, Ink, Part, Plot, Series, Slot};

/// Materials in the chart of levels.
const MOST_LEVELS: usize = 10;
/// Colours that roles share out; the last one is for who is absent.
const MOST_ROLES: usize = 5;

/// The plots of a board.
#[derive(Clone, Copy)]
pub struct Plots<'a> {
    /// The figures.
    pub board: &'a Board,
    /// Names of materials and roles.
    pub catalogue: &'a Catalogue,
    /// The day that is not over.
    pub today: Day,
}

impl Plots<'_> {
    fn over_days(
        &self,
        form: Form,
        unit: &'static str,
        decimals: u32,
        series: Vec<Series>,
    ) -> Plot {
        let days = self.board.days.iter();
        let slots = days.map(|figure| Slot::of_day(figure.day, figure.day == self.today));
        Plot { form, unit, decimals, slots: slots.collect(), series }
    }

    fn each<T>(&self, of: impl Fn(&DayFigure) -> T) -> Vec<T> {
        self.board.days.iter().map(of).collect()
    }

    /// What came in beside what left, and the difference.
    #[must_use]
    pub fn flows(&self) -> Plot {
        let received = self.each(|day| Some(day.moved.received_kg));
        let dispatched = self.each(|day| Some(day.moved.dispatched_kg));
        let net = self.each(|day| {
            let (came, left) = (day.moved.received_kg, day.moved.dispatched_kg);
            (came != 0 || left != 0).then_some(came - left)
        });
        let series = vec![
            Series::mass("Received", Ink::C2, Cue::Solid, received),
            Series::mass("Dispatched", Ink::C3, Cue::Hatch, dispatched),
            Series::line("Net", Part::Line, net),
        ];
        self.over_days(Form::Grouped, "t", 3, series)
    }

    /// What was made, against what was to be made.
    #[must_use]
    pub fn production(&self) -> Plot {
        let made = self.each(|day| Some(day.moved.produced_kg));
        let target = self.each(|day| day.target_kg);
        let mut series = vec![Series::mass("Production", Ink::C1, Cue::Solid, made)];
        if target.iter().any(Option::is_some) {
            series[0].goal = Some(1);
            series.push(Series::line("Target", Part::Step, target));
        }
        self.over_days(Form::Grouped, "t", 3, series)
    }

    /// What lay there at the end of each day, by category, between its limits.
    #[must_use]
    pub fn stock(&self) -> Plot {
        let categories = self.board.categories.iter().enumerate();
        let mut series: Vec<Series> = categories
            .map(|(at, category)| {
                let values = self.each(|day| day.stock_kg.get(at).copied());
                let (ink, cue) = look(at);
                Series::mass(words(category), ink, cue, values).folded(Fold::Last)
            })
            .collect();
        let limits = [
            ("Minimum", Part::Limit, self.each(|day| day.stock_min_kg)),
            ("Maximum", Part::Step, self.each(|day| day.stock_max_kg)),
        ];
        for (name, part, values) in limits {
            if values.iter().any(Option::is_some) {
                series.push(Series::line(name, part, values).folded(Fold::Last));
            }
        }
        self.over_days(Form::Area, "t", 3, series)
    }

    /// The materials of which most lies there.
    #[must_use]
    pub fn levels(&self) -> Plot {
        let mut levels: Vec<_> = self.board.levels.iter().collect();
        levels.sort_by_key(|level| std::cmp::Reverse(level.kg));
        levels.truncate(MOST_LEVELS);
        let name = |id: &str| {
            let item = self.catalogue.find(List::Materials, id);
            item.map_or_else(|| id.to_owned(), |item| item.name.clone())
        };
        let stock = levels.iter().map(|level| Some(level.kg)).collect();
        let min: Vec<_> = levels.iter().map(|level| level.min_kg).collect();
        let max: Vec<_> = levels.iter().map(|level| level.max_kg).collect();
        let mut series = vec![Series::mass("Stock", Ink::C4, Cue::Solid, stock)];
        if min.iter().any(Option::is_some) {
            series[0].goal = Some(1);
            series.push(Series::line("Minimum", Part::Limit, min));
        }
        if max.iter().any(Option::is_some) {
            series.push(Series::line("Maximum", Part::Step, max));
        }
        let slots = levels.iter().map(|level| Slot::named(name(&level.material_id))).collect();
        Plot { form: Form::Lying, unit: "t", decimals: 3, slots, series }
    }

    /// What the machines did with their hours.
    #[must_use]
    pub fn machines(&self) -> Plot {
        let run = self.each(|day| Some(day.machines.run));
        let standby = self.each(|day| Some(day.machines.standby));
        let down = self.each(|day| Some(day.machines.down));
        let scheduled = self.each(|day| Some(day.machines.scheduled));
        let series = vec![
            Series::mass("Running", Ink::C5, Cue::Solid, run),
            Series::mass("Standing by", Ink::C6, Cue::Hollow, standby),
            Series::mass("Down", Ink::C3, Cue::Cross, down),
            Series::line("Scheduled", Part::Told, scheduled),
        ];
        self.over_days(Form::Share, "h", 2, series)
    }

    /// Who was there in each role, and who was planned.
    #[must_use]
    pub fn crew(&self) -> Plot {
        let name = |id: &String| {
            let item = self.catalogue.find(List::CrewRoles, id);
            item.map_or_else(|| id.clone(), |item| item.name.clone())
        };
        let present = |from: usize, to: usize| {
            self.each(|day| {
                let heads = day.crew.get(from..to.min(day.crew.len())).unwrap_or_default();
                let sum = heads.iter().map(|heads| heads.present).sum::<i64>();
                (total(&day.crew) > 0).then_some(sum)
            })
        };
        let count = self.board.roles.len();
        let named = if count > MOST_ROLES { MOST_ROLES - 1 } else { count };
        let mut series: Vec<Series> = (0..named)
            .map(|at| {
                let (ink, cue) = look(at);
                Series::mass(name(&self.board.roles[at]), ink, cue, present(at, at + 1))
            })
            .collect();
        if count > named {
            let (ink, cue) = look(named);
            series.push(Series::mass("Other roles", ink, cue, present(named, count)));
        }
        let planned = self.each(|day| planned(&day.crew));
        if planned.iter().any(Option::is_some) {
            let absent = self.each(|day| absent(&day.crew));
            series.push(Series::mass("Absent", Ink::C6, Cue::Hollow, absent));
            series.push(Series::line("Scheduled", Part::Step, planned));
        }
        let series = series.into_iter().map(|series| series.folded(Fold::Mean)).collect();
        self.over_days(Form::Stacked, "", 0, series)
    }
}

fn total(crew: &[Heads]) -> i64 {
    crew.iter().map(|heads| heads.present).sum()
}

fn planned(crew: &[Heads]) -> Option<i64> {
    let known = crew.iter().filter_map(|heads| heads.planned);
    known.fold(None, |sum, heads| Some(sum.unwrap_or(0) + heads))
}

/// Who was planned and not there, role by role; before anybody is entered nobody is absent.
fn absent(crew: &[Heads]) -> Option<i64> {
    let gone = crew.iter().filter_map(|heads| Some((heads.planned? - heads.present).max(0)));
    (total(crew) > 0).then(|| gone.sum())
}

/// Colour and cue of the mass with this number.
fn look(at: usize) -> (Ink, Cue) {
    (Ink::MASSES[at % Ink::MASSES.len()], Cue::MASSES[at % Cue::MASSES.len()])
}

/// A category in words: `PROCESSED_BASE` is `Processed base`.
#[must_use]
pub fn words(code: &str) -> String {
    let small = code.replace('_', " ").to_lowercase();
    let mut letters = small.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_is_said_in_words() {
        assert_eq!(words("PROCESSED_BASE"), "Processed base");
        assert_eq!(words("FINE"), "Fine");
    }

    #[test]
    fn absent_is_who_was_planned_and_not_there() {
        let heads = |present, planned| Heads { present, planned };
        assert_eq!(absent(&[heads(0, Some(5)), heads(0, None)]), None, "nothing is entered yet");
        assert_eq!(absent(&[heads(3, Some(5)), heads(9, Some(4)), heads(2, None)]), Some(2));
    }
}
