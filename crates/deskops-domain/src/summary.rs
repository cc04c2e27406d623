//! Figures over many records: what is usual, and how today compares. Pure folds over integers.

use serde::{Deserialize, Serialize};

/// What a quantity usually is, from the amounts of the last thirty days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Usual {
    /// One in ten is below.
    pub low: i64,
    /// Half are below.
    pub median: i64,
    /// One in ten is above.
    pub high: i64,
}

/// Fewer amounts than this say nothing about what is usual.
pub const ENOUGH_AMOUNTS: usize = 5;

/// How many times the usual amount is worth a question.
pub const OUTLIER_FACTOR: i64 = 3;

/// What is usual among these amounts; `None` when there are too few.
#[must_use]
pub fn usual(mut amounts: Vec<i64>) -> Option<Usual> {
    if amounts.len() < ENOUGH_AMOUNTS {
        return None;
    }
    amounts.sort_unstable();
    let at = |tenth: usize| amounts[(amounts.len() - 1) * tenth / 10];
    Some(Usual { low: at(1), median: at(5), high: at(9) })
}

impl Usual {
    /// Whether an amount is so large that it is probably mistyped.
    #[must_use]
    pub fn is_outlier(&self, amount: i64) -> bool {
        amount > self.median.saturating_mul(OUTLIER_FACTOR)
    }
}

/// The change from one figure to another in hundredths of a per cent; `None` where there is no
/// figure to compare with, which is not the same as 100 %.
#[must_use]
pub fn change_percent(current: i64, previous: i64) -> Option<i64> {
    if previous == 0 {
        return None;
    }
    let scaled = i128::from(current - previous) * 10_000;
    let size = i128::from(previous.unsigned_abs());
    let half = if scaled < 0 { -size / 2 } else { size / 2 };
    i64::try_from((scaled + half) / size).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_over_three_times_the_median_is_questioned() {
        let usual = usual(vec![60, 70, 80, 90, 110, 100]).unwrap();
        assert_eq!((usual.low, usual.median, usual.high), (60, 80, 100));
        assert!(!usual.is_outlier(240));
        assert!(usual.is_outlier(241));
    }

    #[test]
    fn too_few_amounts_say_nothing() {
        assert_eq!(usual(vec![1, 2, 3, 4]), None);
    }

    #[test]
    fn d_33_without_a_baseline_there_is_no_per_cent() {
        assert_eq!(change_percent(500, 0), None);
        assert_eq!(change_percent(1_042, 1_000), Some(420));
        assert_eq!(change_percent(0, 300), Some(-10_000));
        assert_eq!(change_percent(2, 3), Some(-3_333));
    }
}
