//! Charts whose places lie side by side: bars, areas and lines over days. Pure.

use super::Tenths;
use super::axis::Axis;
use super::draw::{
    Frame, Mass, Picture, Point, Shape, Stroke, Words, add, cue_of, has_steps, mark, rectangle,
};
use super::plot::{Form, Part, Plot, Series};

/// A name below the axis needs this much, in pixels.
const NAME_PX: i64 = 54;
/// Bars that are thinner than this many tenths cannot be seen.
const LEAST: i64 = 10;
/// Where places are closer than this many tenths, marks on a line would touch.
const ROOM_FOR_MARKS: i64 = 130;

struct Stage<'a> {
    axis: &'a Axis,
    frame: Frame,
    count: i64,
}

impl Stage<'_> {
    /// Where a place begins.
    fn edge(&self, slot: i64) -> i64 {
        Tenths::px(self.frame.left).0 + self.frame.across().0 * slot / self.count
    }

    fn middle(&self, slot: i64) -> i64 {
        i64::midpoint(self.edge(slot), self.edge(slot + 1))
    }

    fn y(&self, value: i64) -> i64 {
        let floor = Tenths::px(self.frame.height - self.frame.bottom).0;
        floor - self.axis.place(value, self.frame.down().0)
    }

    fn at(&self, slot: i64, value: i64) -> Point {
        Point { x: Tenths(self.middle(slot)), y: Tenths(self.y(value)) }
    }

    /// The corners of a bar between two values; what is not nothing can be seen.
    fn bar(&self, x: i64, width: i64, from: i64, to: i64) -> Shape {
        let (top, bottom) = (self.y(from.max(to)), self.y(from.min(to)));
        let height = (bottom - top).max(LEAST);
        rectangle(x, bottom - height, width.max(LEAST), height)
    }
}

/// Puts everything up.
pub(super) fn stand(plot: &Plot, shown: &[(usize, &Series)], axis: &Axis, frame: Frame) -> Picture {
    let count = i64::try_from(plot.slots.len()).unwrap_or(1).max(1);
    let stage = Stage { axis, frame, count };
    let (left, right) = (Tenths::px(frame.left), Tenths::px(frame.width - frame.right));
    let across = |value| {
        let y = Tenths(stage.y(value));
        [Point { x: left, y }, Point { x: right, y }]
    };
    let words = |value| {
        let at = Point { x: Tenths::px(frame.left - 6), y: Tenths(stage.y(value)) };
        Words { at, words: mark(plot, value) }
    };
    let mut masses = Vec::new();
    let bodies: Vec<(usize, &Series)> =
        shown.iter().copied().filter(|(_, series)| series.is_mass()).collect();
    match plot.form {
        Form::Grouped => group(&stage, plot, &bodies, &mut masses),
        Form::Area => areas(&stage, plot, &bodies, &mut masses),
        Form::Share => share(&stage, plot, &bodies, &mut masses),
        Form::Stacked | Form::Lying => stack(&stage, plot, &bodies, &mut masses),
    }
    let lines = shown.iter().filter(|(_, series)| !series.is_mass());
    Picture {
        grid: axis.marks().map(across).collect(),
        marks: axis.marks().map(words).collect(),
        names: names(&stage, plot),
        zero: across(0),
        masses,
        strokes: lines.map(|(at, series)| line(&stage, *at, series)).collect(),
    }
}

/// As many names as there is room for, the last one among them.
fn names(stage: &Stage<'_>, plot: &Plot) -> Vec<Words> {
    let fits = (Tenths(stage.frame.across().0).0 / Tenths::px(NAME_PX).0).max(1);
    let every = usize::try_from((stage.count + fits - 1) / fits).unwrap_or(1).max(1);
    let last = plot.slots.len().saturating_sub(1);
    let named = (0_i64..).zip(&plot.slots).enumerate();
    let named = named.filter(|(at, _)| (last - at).is_multiple_of(every));
    named
        .map(|(_, (slot, it))| {
            let y = Tenths::px(stage.frame.height - 6);
            Words { at: Point { x: Tenths(stage.middle(slot)), y }, words: it.name.clone() }
        })
        .collect()
}

/// Bars beside each other.
fn group(stage: &Stage<'_>, plot: &Plot, bodies: &[(usize, &Series)], masses: &mut Vec<Mass>) {
    let beside = i64::try_from(bodies.len()).unwrap_or(1).max(1);
    for (nth, (at, series)) in (0_i64..).zip(bodies) {
        for (slot, value) in (0_i64..).zip(&series.values) {
            let Some(value) = value.filter(|value| *value != 0) else { continue };
            let (start, whole) = (stage.edge(slot), stage.edge(slot + 1) - stage.edge(slot));
            let gap = whole / 8;
            let width = (whole - 2 * gap) / beside;
            let cue = cue_of(plot, series, usize::try_from(slot).unwrap_or(0));
            let air = if beside > 1 { (width / 10).min(10) } else { 0 };
            let bar = stage.bar(start + gap + nth * width, width - air, 0, value);
            add(masses, *at, cue, bar);
        }
    }
}

/// Bars on each other; what is below nothing hangs down.
fn stack(stage: &Stage<'_>, plot: &Plot, bodies: &[(usize, &Series)], masses: &mut Vec<Mass>) {
    for (slot, _) in (0_i64..).zip(&plot.slots) {
        let (start, whole) = (stage.edge(slot), stage.edge(slot + 1) - stage.edge(slot));
        let gap = whole / 8;
        let index = usize::try_from(slot).unwrap_or(0);
        for (at, from, to) in piled(bodies, index) {
            let cue = cue_of(plot, &plot.series[at], index);
            add(masses, at, cue, stage.bar(start + gap, whole - 2 * gap, from, to));
        }
    }
}

/// Bars on each other, all as long, in parts of a hundred.
fn share(stage: &Stage<'_>, plot: &Plot, bodies: &[(usize, &Series)], masses: &mut Vec<Mass>) {
    for (slot, _) in (0_i64..).zip(&plot.slots) {
        let index = usize::try_from(slot).unwrap_or(0);
        let piles = piled(bodies, index);
        let whole = piles.iter().map(|(_, _, to)| *to).max().unwrap_or(0);
        let (start, width) = (stage.edge(slot), stage.edge(slot + 1) - stage.edge(slot));
        let gap = width / 8;
        for (at, from, to) in piles {
            let cue = cue_of(plot, &plot.series[at], index);
            let bar = stage.bar(start + gap, width - 2 * gap, part(from, whole), part(to, whole));
            add(masses, at, cue, bar);
        }
    }
}

/// A part of a whole in hundredths of a per cent.
pub(super) fn part(of: i64, whole: i64) -> i64 {
    let scaled = i128::from(of) * 10_000 / i128::from(whole.max(1));
    i64::try_from(scaled).unwrap_or(0)
}

/// What lies on what in a place: series, from and to.
fn piled(bodies: &[(usize, &Series)], slot: usize) -> Vec<(usize, i64, i64)> {
    let (mut above, mut below) = (0_i64, 0_i64);
    let mut piles = Vec::new();
    for (at, series) in bodies {
        let value = series.values.get(slot).copied().flatten().unwrap_or(0);
        let ground = if value < 0 { &mut below } else { &mut above };
        if value != 0 {
            piles.push((*at, *ground, ground.saturating_add(value)));
        }
        *ground = ground.saturating_add(value);
    }
    piles
}

/// Areas on each other, out to both edges.
fn areas(stage: &Stage<'_>, plot: &Plot, bodies: &[(usize, &Series)], masses: &mut Vec<Mass>) {
    let count = plot.slots.len();
    let mut above = vec![0_i64; count];
    let mut below = vec![0_i64; count];
    for (at, series) in bodies {
        if series.values.iter().flatten().all(|value| *value == 0) {
            continue;
        }
        let (mut upper, mut lower) = (Vec::new(), Vec::new());
        for slot in 0..count {
            let value = series.values.get(slot).copied().flatten().unwrap_or(0);
            let ground = if value < 0 { &mut below[slot] } else { &mut above[slot] };
            let (from, to) = (*ground, ground.saturating_add(value));
            *ground = to;
            upper.push(from.max(to));
            lower.push(from.min(to));
        }
        let mut outline = edge_to_edge(stage, &upper);
        outline.extend(edge_to_edge(stage, &lower).into_iter().rev());
        add(masses, *at, series.cue, outline);
    }
}

/// Points from the start of the first place to the end of the last.
fn edge_to_edge(stage: &Stage<'_>, values: &[i64]) -> Shape {
    let mut points: Shape =
        (0_i64..).zip(values).map(|(slot, value)| stage.at(slot, *value)).collect();
    if let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) {
        points.insert(0, Point { x: Tenths(stage.edge(0)), ..first });
        points.push(Point { x: Tenths(stage.edge(stage.count)), ..last });
    }
    points
}

/// A line through what is known; where nothing is known it breaks off.
fn line(stage: &Stage<'_>, at: usize, series: &Series) -> Stroke {
    let mut runs: Vec<Shape> = Vec::new();
    let mut points = Shape::new();
    let mut is_broken = true;
    for (slot, value) in (0_i64..).zip(&series.values) {
        let Some(value) = *value else {
            is_broken = true;
            continue;
        };
        if is_broken {
            runs.push(Shape::new());
        }
        is_broken = false;
        let Some(run) = runs.last_mut() else { continue };
        let point = stage.at(slot, value);
        if has_steps(series.part) {
            run.push(Point { x: Tenths(stage.edge(slot)), y: point.y });
            run.push(Point { x: Tenths(stage.edge(slot + 1)), y: point.y });
        } else {
            run.push(point);
        }
        points.push(point);
    }
    let is_roomy = stage.frame.across().0 / stage.count >= ROOM_FOR_MARKS;
    let has_marks = series.part == Part::Line && is_roomy;
    Stroke { series: at, runs, points: if has_marks { points } else { Shape::new() } }
}

#[cfg(test)]
mod tests {
    use deskops_domain::day::Day;

    use super::super::draw::draw;
    use super::super::plot::{Cue, Ink, Slot};
    use super::*;

    const FRAME: Frame = Frame { width: 640, height: 240, left: 40, right: 0, top: 10, bottom: 30 };

    fn plot(form: Form, series: Vec<Series>) -> Plot {
        let count = i64::try_from(series[0].values.len()).unwrap();
        let first = Day::parse("2026-11-01").unwrap();
        let slots = (0..count).map(|at| Slot::of_day(first.plus(at), at + 1 == count)).collect();
        Plot { form, unit: "t", decimals: 3, slots, series }
    }

    fn mass(values: &[i64]) -> Series {
        Series::mass("m", Ink::C1, Cue::Solid, values.iter().copied().map(Some).collect())
    }

    fn inside(picture: &Picture) {
        let outlines = picture.masses.iter().flat_map(|mass| &mass.outlines);
        let runs = picture.strokes.iter().flat_map(|stroke| &stroke.runs);
        for point in outlines.chain(runs).flatten() {
            assert!((400..=6_400).contains(&point.x.0), "{point:?}");
            assert!((90..=2_110).contains(&point.y.0), "{point:?}");
        }
    }

    #[test]
    fn grouped_bars_stand_side_by_side_on_the_floor() {
        let values: Vec<i64> = (1..=30).map(|at| at * 47_123).collect();
        let picture = draw(&plot(Form::Grouped, vec![mass(&values), mass(&values)]), &[], FRAME);
        inside(&picture);
        let bars: usize = picture.masses.iter().map(|mass| mass.outlines.len()).sum();
        assert_eq!(bars, 60);
        let first = &picture.masses[0].outlines[0];
        assert_eq!(first[2].y, Tenths(2_100), "on the floor");
        let other = picture.masses.iter().find(|mass| mass.series == 1).unwrap();
        assert!(other.outlines[0][0].x >= first[1].x, "they do not cover each other");
    }

    #[test]
    fn a_bar_below_its_goal_is_hollow_and_the_day_that_is_not_over_is_drawn_apart() {
        let mut made = mass(&[5_000, 20_000, 9_000]);
        made.goal = Some(1);
        let goal = Series::line("t", Part::Step, vec![Some(10_000); 3]);
        let picture = draw(&plot(Form::Grouped, vec![made, goal]), &[], FRAME);
        let cues: Vec<_> = picture.masses.iter().map(|mass| mass.cue).collect();
        assert_eq!(cues, [Cue::Hollow, Cue::Solid, Cue::SoFar]);
        let step = &picture.strokes[0].runs[0];
        assert_eq!(step.len(), 6, "two points a day: it goes level through each");
        assert_eq!((step[0].x, step[5].x), (Tenths(400), Tenths(6_400)));
    }

    #[test]
    fn stacks_reach_their_sum_and_what_is_below_nothing_hangs_down() {
        let picture =
            draw(&plot(Form::Stacked, vec![mass(&[3_000, -1_000]), mass(&[2_000, 0])]), &[], FRAME);
        inside(&picture);
        let top = picture.masses[1].outlines[0][0].y;
        let under = picture.masses[0].outlines[0][0].y;
        assert_eq!(picture.masses[1].outlines[0][2].y, under, "the second lies on the first");
        assert!(top < under);
        let hanging = picture.masses.iter().find(|mass| mass.cue == Cue::SoFar).unwrap();
        assert!(hanging.outlines[0][2].y > picture.zero[0].y);
    }

    #[test]
    fn shares_fill_the_whole_height_and_nothing_has_no_bar() {
        let picture =
            draw(&plot(Form::Share, vec![mass(&[1, 0, 700]), mass(&[3, 0, 0])]), &[], FRAME);
        inside(&picture);
        let heights: i64 = picture
            .masses
            .iter()
            .filter(|mass| mass.cue == Cue::Solid)
            .map(|mass| mass.outlines[0][2].y.0 - mass.outlines[0][0].y.0)
            .sum();
        assert_eq!(heights, 2_000, "a quarter and three quarters");
        assert_eq!(
            picture.marks.iter().map(|mark| &*mark.words).collect::<Vec<_>>(),
            ["0 %", "25 %", "50 %", "75 %", "100 %"]
        );
        assert_eq!(part(1, 3), 3_333);
    }

    #[test]
    fn areas_go_from_edge_to_edge_even_on_one_day() {
        for count in [1, 2, 90] {
            let values: Vec<i64> = (1..=count).map(|at| at * 1_000).collect();
            let picture = draw(&plot(Form::Area, vec![mass(&values), mass(&values)]), &[], FRAME);
            inside(&picture);
            for mass in &picture.masses {
                let xs = mass.outlines[0].iter().map(|point| point.x.0);
                assert_eq!((xs.clone().min(), xs.max()), (Some(400), Some(6_400)));
            }
        }
    }

    #[test]
    fn a_line_breaks_off_where_nothing_is_known() {
        let net = Series::line("net", Part::Line, vec![Some(-5_000), None, Some(0), Some(7_000)]);
        let picture = draw(&plot(Form::Grouped, vec![mass(&[0, 0, 0, 0]), net]), &[], FRAME);
        inside(&picture);
        let lengths: Vec<_> = picture.strokes[0].runs.iter().map(Vec::len).collect();
        assert_eq!(lengths, [1, 2]);
        assert_eq!(picture.strokes[0].points.len(), 3);
        assert!(picture.zero[0].y < Tenths(2_100), "there is room below nothing");
    }

    #[test]
    fn what_the_legend_leaves_out_is_not_drawn_and_makes_the_axis_no_longer() {
        let both = plot(Form::Grouped, vec![mass(&[1_000]), mass(&[900_000])]);
        let picture = draw(&both, &[false, true], FRAME);
        assert!(picture.masses.iter().all(|mass| mass.series == 0));
        assert_eq!(picture.marks.last().unwrap().words, "1");
    }

    #[test]
    fn names_do_not_touch_and_the_last_day_has_one() {
        for count in [1, 7, 30, 90, 120] {
            let values = vec![1_000; count];
            let picture = draw(&plot(Form::Grouped, vec![mass(&values)]), &[], FRAME);
            for pair in picture.names.windows(2) {
                assert!(pair[1].at.x.0 - pair[0].at.x.0 >= 500, "{count}: {pair:?}");
            }
            let last = Day::parse("2026-11-01").unwrap().plus(i64::try_from(count).unwrap() - 1);
            assert_eq!(picture.names.last().unwrap().words, last.short());
        }
    }

    #[test]
    fn no_days_are_an_empty_chart() {
        let picture = draw(&plot(Form::Area, vec![mass(&[])]), &[], FRAME);
        assert!(picture.masses.is_empty() && picture.names.is_empty());
    }
}
