//! The stock ledger: how a day's closing follows from its opening, its movements and its counts.
//!
//! One pure function, [`close`], and one fold over it, [`fold`]. The store uses both: the fold with
//! an early end after each edit, and without one to compute everything from scratch. There is no
//! other arithmetic of stock.

use crate::modules::Inventory;
use crate::quantity::Tons;

/// What moved of a material on a day, in kilograms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Movement {
    /// Made.
    pub produced: i64,
    /// Came in.
    pub received: i64,
    /// Left.
    pub dispatched: i64,
    /// Put into runs and blends (less), or replaced by what a blend was made of (more).
    pub drawn: i64,
    /// Added or taken away by hand.
    pub typed: i64,
}

impl Movement {
    /// What it adds to the stock.
    #[must_use]
    pub fn net(&self) -> i64 {
        self.produced + self.received - self.dispatched + self.drawn + self.typed
    }
}

/// What people said of the stock of a material on a day, in kilograms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Said {
    /// Measured on the heap: it is the closing.
    pub counted: Option<i64>,
    /// To start from, whatever the day before closed with.
    pub opening: Option<i64>,
}

/// A material's day in the ledger, in kilograms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Line {
    /// Stock at the start.
    pub opening: i64,
    /// What moved.
    pub movement: Movement,
    /// Counted less computed; nothing without a count.
    pub variance: i64,
    /// Stock at the end.
    pub closing: i64,
}

impl Line {
    /// All that is neither produced, received nor dispatched.
    #[must_use]
    pub fn adjustment(&self) -> i64 {
        self.movement.typed + self.movement.drawn + self.variance
    }

    /// Whether closing = opening + produced + received − dispatched + adjustment.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        let Movement { produced, received, dispatched, .. } = self.movement;
        self.closing == self.opening + produced + received - dispatched + self.adjustment()
    }
}

/// Closes a day.
///
/// ```
/// # use deskops_domain::ledger::{close, Movement, Said};
/// let made = Movement { produced: 12_000, ..Movement::default() };
/// assert_eq!(close(3_000, made, Said::default()).closing, 15_000);
/// let counted = close(3_000, made, Said { counted: Some(14_500), opening: None });
/// assert_eq!((counted.closing, counted.variance), (14_500, -500));
/// ```
#[must_use]
pub fn close(before: i64, movement: Movement, said: Said) -> Line {
    let opening = said.opening.unwrap_or(before);
    let computed = opening + movement.net();
    let closing = said.counted.unwrap_or(computed);
    Line { opening, movement, variance: closing - computed, closing }
}

/// One day of a material as it goes into the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What moved.
    pub movement: Movement,
    /// What people said.
    pub said: Said,
    /// What it closed with when its day was locked: it stays.
    pub locked: Option<Line>,
}

/// Closes day after day, oldest first, starting from what the day before them closed with.
pub fn fold(before: i64, steps: impl IntoIterator<Item = Step>) -> impl Iterator<Item = Line> {
    steps.into_iter().scan(before, |before, step| {
        let line = step.locked.unwrap_or_else(|| close(*before, step.movement, step.said));
        *before = line.closing;
        Some(line)
    })
}

impl Inventory {
    /// The row's line, as it stands.
    #[must_use]
    pub fn line(&self) -> Line {
        Line {
            opening: self.opening_kg.raw(),
            movement: Movement {
                produced: self.produced_kg.raw(),
                received: self.received_kg.raw(),
                dispatched: self.dispatched_kg.raw(),
                drawn: self.drawn_kg.raw(),
                typed: self.typed_kg.unwrap_or_default().raw(),
            },
            variance: self.variance_kg.raw(),
            closing: self.closing_kg.raw(),
        }
    }

    /// What people said in the row.
    #[must_use]
    pub fn said(&self) -> Said {
        Said {
            counted: self.counted_kg.map(Tons::raw),
            opening: self.opening_override_kg.map(Tons::raw),
        }
    }

    /// Whether nobody said anything in the row.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.said() == Said::default() && self.typed_kg.is_none() && self.notes.is_none()
    }

    /// Puts a line into the row's computed fields.
    pub fn set_line(&mut self, line: &Line) {
        self.opening_kg = Tons::kg(line.opening);
        self.produced_kg = Tons::kg(line.movement.produced);
        self.received_kg = Tons::kg(line.movement.received);
        self.dispatched_kg = Tons::kg(line.movement.dispatched);
        self.drawn_kg = Tons::kg(line.movement.drawn);
        self.variance_kg = Tons::kg(line.variance);
        self.adjustment_kg = Tons::kg(line.adjustment());
        self.closing_kg = Tons::kg(line.closing);
        self.is_calculated = self.counted_kg.is_none();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(produced: i64) -> Movement {
        Movement { produced, ..Movement::default() }
    }

    #[test]
    fn a_count_pins_the_closing_and_the_difference_follows_what_changes_before_it() {
        let counted = Said { counted: Some(10_000), opening: None };
        let step = |movement, said| Step { movement, said, locked: None };
        let days = |first: i64| -> Vec<Line> {
            fold(0, [step(made(first), Said::default()), step(made(500), counted)]).collect()
        };
        assert_eq!(
            days(9_000).last().map(|line| (line.variance, line.closing)),
            Some((500, 10_000))
        );
        assert_eq!(
            days(12_200).last().map(|line| (line.variance, line.closing)),
            Some((-2_700, 10_000))
        );
    }

    #[test]
    fn a_count_of_nothing_and_an_unchanged_one_pin_too() {
        let nothing = close(700, Movement::default(), Said { counted: Some(0), opening: None });
        assert_eq!((nothing.variance, nothing.closing), (-700, 0));
        let unchanged = close(700, Movement::default(), Said { counted: Some(700), opening: None });
        assert_eq!((unchanged.variance, unchanged.closing), (0, 700));
    }

    #[test]
    fn d_37_stock_below_nothing_is_shown_and_not_clamped() {
        let line =
            close(-12_300, Movement { dispatched: 24_400, ..Movement::default() }, Said::default());
        assert_eq!(line.closing, -36_700);
        assert!(line.adds_up());
    }

    #[test]
    fn a_locked_day_keeps_its_line_and_passes_it_on() {
        let locked = Line { opening: 5_000, closing: 5_000, ..Line::default() };
        let steps = [
            Step { movement: made(1_000), said: Said::default(), locked: None },
            Step { movement: Movement::default(), said: Said::default(), locked: Some(locked) },
            Step { movement: made(10), said: Said::default(), locked: None },
        ];
        let closings: Vec<_> = fold(0, steps).map(|line| line.closing).collect();
        assert_eq!(closings, [1_000, 5_000, 5_010]);
    }
}
