//! Charts whose places lie below each other: bars from the start to the end of the line. Pure.

use super::Tenths;
use super::axis::Axis;
use super::draw::{Frame, Picture, Point, Stroke, Words, add, cue_of, mark, rectangle};
use super::plot::{Plot, Series};

/// What is not nothing can be seen, in tenths.
const LEAST: i64 = 15;

/// Puts everything up.
pub(super) fn lie(plot: &Plot, shown: &[(usize, &Series)], axis: &Axis, frame: Frame) -> Picture {
    let count = i64::try_from(plot.slots.len()).unwrap_or(1).max(1);
    let (top, floor) = (Tenths::px(frame.top), Tenths::px(frame.height - frame.bottom));
    let x = |value| Tenths::px(frame.left).0 + axis.place(value, frame.across().0);
    let edge = |slot: i64| top.0 + frame.down().0 * slot / count;
    let down = |value| {
        let x = Tenths(x(value));
        [Point { x, y: top }, Point { x, y: floor }]
    };
    let mut masses = Vec::new();
    let mut strokes = Vec::new();
    for (at, series) in shown {
        let mut runs = Vec::new();
        for (slot, value) in (0_i64..).zip(&series.values) {
            let Some(value) = *value else { continue };
            let (start, height) = (edge(slot), edge(slot + 1) - edge(slot));
            let gap = height / 5;
            if series.is_mass() {
                if value != 0 {
                    let (from, to) = (x(value.min(0)), x(value.max(0)));
                    let width = (to - from).max(LEAST);
                    let cue = cue_of(plot, series, usize::try_from(slot).unwrap_or(0));
                    let bar = rectangle(from, start + gap, width, height - 2 * gap);
                    add(&mut masses, *at, cue, bar);
                }
            } else {
                // The tick stands out above and below the bar.
                let x = Tenths(x(value));
                let (from, to) = (Tenths(start + gap / 2), Tenths(start + height - gap / 2));
                runs.push(vec![Point { x, y: from }, Point { x, y: to }]);
            }
        }
        if !series.is_mass() {
            strokes.push(Stroke { series: *at, runs, points: Vec::new() });
        }
    }
    let names = (0_i64..).zip(&plot.slots).map(|(slot, it)| {
        let y = Tenths(i64::midpoint(edge(slot), edge(slot + 1)));
        Words { at: Point { x: Tenths::px(frame.left - 8), y }, words: it.name.clone() }
    });
    let words = |value| {
        let at = Point { x: Tenths(x(value)), y: Tenths::px(frame.height - 6) };
        Words { at, words: mark(plot, value) }
    };
    Picture {
        grid: axis.marks().map(down).collect(),
        marks: axis.marks().map(words).collect(),
        names: names.collect(),
        zero: down(0),
        masses,
        strokes,
    }
}

#[cfg(test)]
mod tests {
    use super::super::draw::draw;
    use super::super::plot::{Cue, Form, Ink, Part, Slot};
    use super::*;

    #[test]
    fn bars_lie_below_each_other_with_their_ticks() {
        let frame = Frame { width: 500, height: 200, left: 100, right: 20, top: 0, bottom: 20 };
        let mut bars = Series::mass(
            "stock",
            Ink::C4,
            Cue::Dots,
            vec![Some(400_000), Some(50_000), Some(-50_000), None],
        );
        bars.goal = Some(1);
        let ticks =
            Series::line("least", Part::Limit, vec![Some(100_000), Some(100_000), None, None]);
        let plot = Plot {
            form: Form::Lying,
            unit: "t",
            decimals: 3,
            slots: ["G1", "3/4", "S1", "APBC"].map(Slot::named).to_vec(),
            series: vec![bars, ticks],
        };
        let picture = draw(&plot, &[], frame);
        let count: usize = picture.masses.iter().map(|mass| mass.outlines.len()).sum();
        assert_eq!(count, 3);
        let hollow = picture.masses.iter().find(|mass| mass.cue == Cue::Hollow).unwrap();
        assert_eq!(hollow.outlines.len(), 1, "only 3/4 is below its least stock");
        let zero = picture.zero[0].x;
        let (first, short) = (&picture.masses[0].outlines[0], &hollow.outlines[0]);
        assert_eq!((first[0].x, short[0].x), (zero, zero));
        assert!(short[1].x < picture.strokes[0].runs[1][0].x, "it ends before its tick");
        assert!(first[1].x > picture.strokes[0].runs[0][0].x);
        let hangs = &picture.masses[0].outlines[1];
        assert_eq!((hangs[1].x, hangs[0].x < zero), (zero, true));
        assert_eq!(picture.names.len(), 4);
    }
}
