//! The axis of values: round marks around what is shown, and where a value lies on it. Pure.

use deskops_domain::text::show_fixed;

/// Marks of an axis, from the lowest to the highest, and the room that they share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    low: i64,
    high: i64,
    step: i64,
}

impl Axis {
    /// An axis that holds these values and nothing; marks are whole units of so many decimals.
    #[must_use]
    pub fn around(lowest: i64, highest: i64, decimals: u32) -> Self {
        let (low, high) = (lowest.min(0), highest.max(0));
        let step = step(high.saturating_sub(low), 10_i64.pow(decimals));
        let low = low.div_euclid(step) * step;
        let high = -(-high).div_euclid(step) * step;
        Self { low, high: if high == low { low + step } else { high }, step }
    }

    /// From nothing to a hundred per cent, in hundredths.
    #[must_use]
    pub fn percent() -> Self {
        Self { low: 0, high: 10_000, step: 2_500 }
    }

    /// The marks, from the lowest.
    pub fn marks(&self) -> impl Iterator<Item = i64> {
        let (low, step) = (self.low, self.step);
        (0..=(self.high - self.low) / self.step).map(move |i| low + i * step)
    }

    /// How far a value lies from the low end, where the whole axis has this much room.
    #[must_use]
    pub fn place(&self, value: i64, room: i64) -> i64 {
        let far = i128::from(value.clamp(self.low, self.high)) - i128::from(self.low);
        let whole = i128::from(self.high) - i128::from(self.low);
        i64::try_from(far * i128::from(room) / whole.max(1)).unwrap_or(room)
    }
}

/// A round step that gives three to six marks: 1, 2 or 5 times a power of ten, a unit at least.
fn step(span: i64, unit: i64) -> i64 {
    let mut step = unit;
    loop {
        for times in [1, 2, 5] {
            if step.saturating_mul(times * 5) >= span {
                return step.saturating_mul(times);
            }
        }
        step = step.saturating_mul(10);
    }
}

/// A mark in few letters: `850`, `2.4 k`, `1 M`. Only axes are short; figures are exact.
#[must_use]
pub fn short(raw: i64, decimals: u32) -> String {
    let whole = raw / 10_i64.pow(decimals);
    let in_tenths = |of: i64, letter: &str| match whole % of {
        0 => format!("{} {letter}", show_fixed(whole / of, 0)),
        _ => format!("{} {letter}", show_fixed(whole / (of / 10), 1)),
    };
    match whole.unsigned_abs() {
        0..1_000 => show_fixed(whole, 0),
        1_000..1_000_000 => in_tenths(1_000, "k"),
        _ => in_tenths(1_000_000, "M"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_few_round_marks_and_holds_every_value() {
        for (low, high) in [
            (0, 0),
            (0, 1),
            (0, 999),
            (0, 1_000),
            (0, 28_450),
            (-4_200, 1_103_925),
            (-98_765, -1),
            (0, 98_765_432_100),
            (i64::MIN / 4, i64::MAX / 4),
        ] {
            let axis = Axis::around(low, high, 3);
            let marks: Vec<i64> = axis.marks().collect();
            assert!((2..=7).contains(&marks.len()), "{low}..{high}: {marks:?}");
            assert!(marks.contains(&0), "{marks:?}");
            assert!(marks[0] <= low.min(0) && marks[marks.len() - 1] >= high, "{marks:?}");
            assert_eq!(
                (axis.place(marks[0], 500), axis.place(marks[marks.len() - 1], 500)),
                (0, 500)
            );
        }
    }

    #[test]
    fn a_value_lies_in_its_place() {
        let axis = Axis::around(-1_000_000, 3_000_000, 3);
        assert_eq!((axis.place(0, 400), axis.place(1_000_000, 400)), (100, 200));
        assert_eq!(Axis::percent().place(2_500, 400), 100);
    }

    #[test]
    fn a_mark_is_short() {
        for (raw, words) in [
            (0, "0"),
            (850_000, "850"),
            (2_400_000, "2.4 k"),
            (-12_000_000, "\u{2212}12 k"),
            (1_000_000_000, "1 M"),
            (2_500_000_000, "2.5 M"),
        ] {
            assert_eq!(short(raw, 3), words);
        }
        assert_eq!(short(12, 0), "12");
    }
}
