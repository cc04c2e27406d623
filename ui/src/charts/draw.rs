//! A plot as shapes on a sheet: masses as polygons, lines as runs of points. Pure.
//!
//! The screen draws these as SVG; a printed page can draw the very same.

use super::Tenths;
use super::axis::{Axis, short};
use super::lying::lie;
use super::plot::{Cue, Form, Part, Plot, Series};
use super::stand::stand;

/// The area of a chart, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Whole width.
    pub width: i64,
    /// Whole height.
    pub height: i64,
    /// Room for the words at the start.
    pub left: i64,
    /// Room at the end.
    pub right: i64,
    /// Room above.
    pub top: i64,
    /// Room for the words below.
    pub bottom: i64,
}

impl Frame {
    /// Width of the part that is drawn into.
    #[must_use]
    pub fn across(&self) -> Tenths {
        Tenths::px((self.width - self.left - self.right).max(10))
    }

    /// Height of the part that is drawn into.
    #[must_use]
    pub fn down(&self) -> Tenths {
        Tenths::px((self.height - self.top - self.bottom).max(10))
    }
}

/// A place on the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// From the start.
    pub x: Tenths,
    /// From the top.
    pub y: Tenths,
}

/// A shape of places.
pub type Shape = Vec<Point>;

/// Masses of one series with one cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mass {
    /// Which series.
    pub series: usize,
    /// How it is filled.
    pub cue: Cue,
    /// The outlines, each closed.
    pub outlines: Vec<Shape>,
}

/// The line of one series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stroke {
    /// Which series.
    pub series: usize,
    /// Runs of points, each drawn through.
    pub runs: Vec<Shape>,
    /// Points that get a mark.
    pub points: Vec<Point>,
}

/// Words at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Where.
    pub at: Point,
    /// What.
    pub words: String,
}

/// All that is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Lines across the chart, at each mark of the axis.
    pub grid: Vec<[Point; 2]>,
    /// Marks of the axis.
    pub marks: Vec<Words>,
    /// Names of places.
    pub names: Vec<Words>,
    /// Where nothing lies.
    pub zero: [Point; 2],
    /// Bars and areas.
    pub masses: Vec<Mass>,
    /// Lines.
    pub strokes: Vec<Stroke>,
}

/// A plot as it is drawn: what is left out by the legend is neither drawn nor makes the axis longer.
#[must_use]
pub fn draw(plot: &Plot, hidden: &[bool], frame: Frame) -> Picture {
    let shown: Vec<(usize, &Series)> = plot
        .series
        .iter()
        .enumerate()
        .filter(|(at, _)| !hidden.get(*at).copied().unwrap_or(false))
        .filter(|(_, series)| series.part != Part::Told)
        .collect();
    let axis = axis(plot, &shown);
    match plot.form {
        Form::Lying => lie(plot, &shown, &axis, frame),
        _ => stand(plot, &shown, &axis, frame),
    }
}

/// The words of a mark of a plot's axis.
pub(super) fn mark(plot: &Plot, value: i64) -> String {
    if plot.form == Form::Share {
        format!("{} %", value / 100)
    } else {
        short(value, plot.decimals)
    }
}

fn axis(plot: &Plot, shown: &[(usize, &Series)]) -> Axis {
    if plot.form == Form::Share {
        return Axis::percent();
    }
    let is_stack = matches!(plot.form, Form::Stacked | Form::Area);
    let (mut low, mut high) = (0_i64, 0_i64);
    for slot in 0..plot.slots.len() {
        let (mut below, mut above) = (0_i64, 0_i64);
        for (_, series) in shown {
            let Some(value) = series.values.get(slot).copied().flatten() else { continue };
            if is_stack && series.is_mass() {
                above = above.saturating_add(value.max(0));
                below = below.saturating_add(value.min(0));
            } else {
                low = low.min(value);
                high = high.max(value);
            }
        }
        low = low.min(below);
        high = high.max(above);
    }
    Axis::around(low, high, plot.decimals)
}

/// How the bar of a place is filled: hollow below its goal, wide lines while the day is not over.
pub(super) fn cue_of(plot: &Plot, series: &Series, slot: usize) -> Cue {
    let value = series.values.get(slot).copied().flatten();
    let goal =
        series.goal.and_then(|goal| plot.series.get(goal)?.values.get(slot).copied().flatten());
    match (value, goal) {
        _ if plot.slots.get(slot).is_some_and(|slot| slot.is_so_far) => Cue::SoFar,
        (Some(value), Some(goal)) if value < goal => Cue::Hollow,
        _ => series.cue,
    }
}

/// Adds an outline to the mass of its series and cue.
pub(super) fn add(masses: &mut Vec<Mass>, series: usize, cue: Cue, outline: Shape) {
    let found = masses.iter_mut().find(|mass| mass.series == series && mass.cue == cue);
    match found {
        Some(mass) => mass.outlines.push(outline),
        None => masses.push(Mass { series, cue, outlines: vec![outline] }),
    }
}

/// The corners of an upright rectangle, in tenths.
pub(super) fn rectangle(x: i64, y: i64, width: i64, height: i64) -> Shape {
    let at = |x, y| Point { x: Tenths(x), y: Tenths(y) };
    vec![at(x, y), at(x + width, y), at(x + width, y + height), at(x, y + height)]
}

/// Whether a series is drawn with steps.
pub(super) fn has_steps(part: Part) -> bool {
    matches!(part, Part::Step | Part::Limit)
}
