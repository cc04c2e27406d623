//! Where the bars of a run of days stand, and the marks of the axis. Pure.

use deskops_domain::api::days::DayFigure;
use deskops_domain::day::Day;

use super::Tenths;

/// The area of a chart, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Whole width.
    pub width: i64,
    /// Whole height.
    pub height: i64,
    /// Room for the words of the axis.
    pub left: i64,
    /// Room at the other side, for the last day's name.
    pub right: i64,
    /// Room above.
    pub top: i64,
    /// Room for the days below.
    pub bottom: i64,
}

/// What a bar stands for, beside its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A working day.
    Working,
    /// A day without work: hollow.
    DayOff,
    /// The day itself, which is not over: hatched.
    Today,
}

impl Look {
    /// The value of `data-look`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::DayOff => "day-off",
            Self::Today => "today",
        }
    }
}

/// One day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// What it shows.
    pub figure: DayFigure,
    /// How it looks.
    pub look: Look,
    /// Left edge.
    pub x: Tenths,
    /// Upper edge.
    pub y: Tenths,
    /// Width.
    pub width: Tenths,
    /// Height; none where nothing was entered.
    pub height: Tenths,
    /// Left edge of all that belongs to the day.
    pub slot_x: Tenths,
    /// Width of all that belongs to the day.
    pub slot_width: Tenths,
}

/// One mark of the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Its figure.
    pub kg: i64,
    /// Its height.
    pub y: Tenths,
}

/// All of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bars {
    /// The days, oldest first.
    pub bars: Vec<Bar>,
    /// The marks, from nothing upwards.
    pub marks: Vec<Mark>,
}

/// Puts up the bars. `today` is the day that is not over.
#[must_use]
pub fn bars(days: &[DayFigure], today: Option<Day>, frame: Frame) -> Bars {
    let most = days.iter().map(|day| day.kg).max().unwrap_or(0);
    let step = step(most);
    let top_kg = step * (most.max(1) + step - 1).div_euclid(step).max(1);
    let room = Tenths::px(frame.height - frame.top - frame.bottom).0;
    let floor = Tenths::px(frame.height - frame.bottom).0;
    let tall = |kg: i64| scale(kg, room, top_kg);
    let marks = (0..)
        .map(|i| i * step)
        .take_while(|kg| *kg <= top_kg)
        .map(|kg| Mark { kg, y: Tenths(floor - tall(kg)) });
    let across = Tenths::px(frame.width - frame.left - frame.right).0;
    let count = i64::try_from(days.len()).unwrap_or(1).max(1);
    let edge = |i: i64| Tenths::px(frame.left).0 + across * i / count;
    let bars = (0..).zip(days).map(|(i, figure)| {
        let (slot, next) = (edge(i), edge(i + 1));
        let gap = ((next - slot) / 6).max(5);
        let height = if figure.rows == 0 { 0 } else { tall(figure.kg).max(10) };
        Bar {
            figure: *figure,
            look: match (Some(figure.day) == today, figure.is_working) {
                (true, _) => Look::Today,
                (false, true) => Look::Working,
                (false, false) => Look::DayOff,
            },
            x: Tenths(slot + gap),
            y: Tenths(floor - height),
            width: Tenths((next - slot - 2 * gap).max(10)),
            height: Tenths(height),
            slot_x: Tenths(slot),
            slot_width: Tenths(next - slot),
        }
    });
    Bars { bars: bars.collect(), marks: marks.collect() }
}

/// Length of a figure, where so many kilograms fill the whole room.
pub(super) fn scale(kg: i64, room: i64, top_kg: i64) -> i64 {
    let length = i128::from(kg.max(0)) * i128::from(room) / i128::from(top_kg.max(1));
    i64::try_from(length).unwrap_or(room)
}

/// A round step that gives three to six marks: 1, 2 or 5 times a power of ten, a ton at least.
fn step(most: i64) -> i64 {
    let mut step = 1_000;
    loop {
        for times in [1, 2, 5] {
            if step * times * 5 >= most {
                return step * times;
            }
        }
        step *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { width: 640, height: 240, left: 40, right: 0, top: 10, bottom: 30 };

    fn day(number: u32, kg: i64) -> DayFigure {
        let day = Day::parse(&format!("2026-11-{number:02}")).unwrap();
        DayFigure { day, is_working: day.weekday() != 5, rows: u64::from(kg > 0), kg }
    }

    #[test]
    fn bars_stand_on_the_floor_within_the_frame_and_do_not_touch() {
        let days: Vec<_> = (1..=30).map(|n| day(n, i64::from(n) * 47_123)).collect();
        let chart = bars(&days, days.last().map(|last| last.day), FRAME);
        assert_eq!(chart.bars.len(), 30);
        for pair in chart.bars.windows(2) {
            assert!(pair[0].x.0 + pair[0].width.0 < pair[1].x.0, "{pair:?}");
        }
        for bar in &chart.bars {
            assert_eq!(bar.y.0 + bar.height.0, 2_100, "every bar ends at the floor");
            assert!(bar.y.0 >= 100 && bar.x.0 >= 400 && bar.x.0 + bar.width.0 <= 6_400, "{bar:?}");
        }
        assert_eq!(chart.bars[29].look, Look::Today);
        assert_eq!(chart.bars[5].look, Look::DayOff, "6 Nov 2026 is a Friday");
    }

    #[test]
    fn the_axis_has_three_to_six_round_marks_and_holds_the_highest_day() {
        for most in [1, 999, 1_000, 4_999, 28_450, 1_103_925, 1_500_000, 98_765_432_100] {
            let chart = bars(&[day(2, most)], None, FRAME);
            let top = chart.marks.last().unwrap().kg;
            assert!(top >= most, "{most}: {top}");
            assert!((2..=6).contains(&chart.marks.len()), "{most}: {:?}", chart.marks);
            assert_eq!(chart.marks[0], Mark { kg: 0, y: Tenths(2_100) });
        }
    }

    #[test]
    fn a_day_without_an_entry_has_no_bar_and_a_small_one_can_be_seen() {
        let chart = bars(&[day(1, 0), day(2, 1), day(3, 900_000)], None, FRAME);
        assert_eq!(chart.bars[0].height, Tenths(0));
        assert_eq!(chart.bars[1].height, Tenths(10));
    }

    #[test]
    fn no_days_are_an_empty_chart() {
        assert_eq!(bars(&[], None, FRAME).bars, []);
    }

    #[test]
    fn a_length_is_written_with_one_decimal() {
        assert_eq!(Tenths(2_105).to_string(), "210.5");
        assert_eq!(Tenths(-5).to_string(), "-0.5");
    }
}
