//! Steps back and forth. Every change of cells passes here, so that each can be taken back and
//! each changed row is written.

use std::collections::{BTreeSet, VecDeque};

use super::row::{Cell, Row, RowId, RowState};
use super::sheet::{Mode, Sheet, Spot};
use super::step::Effect;

/// The most steps that are kept.
pub const MOST_STEPS: usize = 100;

/// One change, with what was there before.
#[derive(Debug, Clone)]
pub(super) enum Change {
    /// A cell.
    Cell { row: RowId, column: usize, from: Box<Cell>, to: Box<Cell> },
    /// A row deleted, or brought back.
    Gone { row: RowId, to: bool },
    /// A row that was not there.
    Added { row_idx: usize, row: Box<Row> },
}

impl Change {
    fn row(&self) -> RowId {
        match self {
            Self::Cell { row, .. } | Self::Gone { row, .. } => *row,
            Self::Added { row, .. } => row.id,
        }
    }

    fn column(&self) -> Option<usize> {
        match self {
            Self::Cell { column, .. } => Some(*column),
            Self::Gone { .. } | Self::Added { .. } => None,
        }
    }
}

/// What one key or one paste did.
#[derive(Debug, Clone)]
struct Step {
    what: String,
    changes: Vec<Change>,
}

/// What can be taken back, and what was.
#[derive(Debug, Clone, Default)]
pub(super) struct Past {
    done: VecDeque<Step>,
    undone: Vec<Step>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Forth,
    Back,
}

impl Sheet {
    /// How many steps can be taken back.
    #[must_use]
    pub fn n_undo(&self) -> usize {
        self.past.done.len()
    }

    /// How many steps can be done again.
    #[must_use]
    pub fn n_redo(&self) -> usize {
        self.past.undone.len()
    }

    /// Does these changes as one step.
    pub(super) fn change(&mut self, what: impl Into<String>, changes: Vec<Change>) -> Vec<Effect> {
        if changes.is_empty() {
            return Vec::new();
        }
        let changes = self.with_followers(changes);
        self.make(what, changes)
    }

    /// Does exactly these changes as one step.
    pub(super) fn make(&mut self, what: impl Into<String>, changes: Vec<Change>) -> Vec<Effect> {
        let changes = self.with_suggestions(changes);
        let (effects, _) = self.apply(&changes, Direction::Forth);
        self.past.undone.clear();
        if self.past.done.len() == MOST_STEPS {
            self.past.done.pop_front();
        }
        self.past.done.push_back(Step { what: what.into(), changes });
        effects
    }

    pub(super) fn undo(&mut self) -> Vec<Effect> {
        let Some(step) = self.past.done.pop_back() else {
            return self.say("There is nothing to undo.");
        };
        if let Some(refused) = self.refuse(&step) {
            self.past.done.push_back(step);
            return self.say(refused);
        }
        let (mut effects, spot) = self.apply(&step.changes, Direction::Back);
        self.show_change(spot);
        effects.extend(self.say(format!("Undone: {}. Ctrl+Y does it again.", step.what)));
        self.past.undone.push(step);
        effects
    }

    pub(super) fn redo(&mut self) -> Vec<Effect> {
        let Some(step) = self.past.undone.pop() else {
            return self.say("There is nothing to do again.");
        };
        if let Some(refused) = self.refuse(&step) {
            self.past.undone.push(step);
            return self.say(refused);
        }
        let (mut effects, spot) = self.apply(&step.changes, Direction::Forth);
        self.show_change(spot);
        effects.extend(self.say(format!("Done again: {}.", step.what)));
        self.past.done.push_back(step);
        effects
    }

    /// A day that was closed since keeps its figures.
    fn refuse(&self, step: &Step) -> Option<String> {
        if let Some(closed) = &self.closed {
            return Some(closed.clone());
        }
        let mut rows = step.changes.iter().filter_map(|change| self.row(change.row()));
        let locked = rows.find(|row| row.state == RowState::Locked)?;
        locked.closed().map(str::to_owned)
    }

    /// Makes the changes and asks for each changed row to be written. Also says where the first one was.
    fn apply(&mut self, changes: &[Change], direction: Direction) -> (Vec<Effect>, Spot) {
        let (mut seen, mut effects) = (BTreeSet::new(), Vec::new());
        let (mut row_idx, mut first) = (0, usize::MAX);
        for at in 0..changes.len() {
            let change = match direction {
                Direction::Forth => &changes[at],
                Direction::Back => &changes[changes.len() - 1 - at],
            };
            match change {
                Change::Added { row_idx: place, row } if direction == Direction::Forth => {
                    row_idx = (*place).min(self.rows.len());
                    self.rows.insert(row_idx, (**row).clone());
                }
                Change::Added { row, .. } => {
                    let Some(place) = self.row_idx(row.id) else { continue };
                    self.rows.remove(place);
                    row_idx = place.saturating_sub(1);
                }
                Change::Cell { row, column, from, to } => {
                    self.bring_back(*row);
                    let Some(place) = self.place_near(row_idx, *row) else { continue };
                    row_idx = place;
                    self.rows[place].cells[*column].clone_from(if direction == Direction::Forth {
                        to.as_ref()
                    } else {
                        from.as_ref()
                    });
                    self.mark_changed(place);
                }
                Change::Gone { row, to } => {
                    let Some(place) = self.place_near(row_idx, *row) else { continue };
                    row_idx = place;
                    self.rows[place].gone = (direction == Direction::Forth) == *to;
                    self.mark_changed(place);
                }
            }
            first = first.min(row_idx);
            if seen.insert(change.row()) {
                effects.push(Effect::Write(change.row()));
            }
        }
        let column = changes.iter().find_map(Change::column).unwrap_or(self.cursor.column);
        (effects, Spot { row: if first == usize::MAX { self.cursor.row } else { first }, column })
    }

    /// Where a row is. Changes come in the order of rows, so it is nearly always close by.
    fn place_near(&self, guess: usize, id: RowId) -> Option<usize> {
        let near = [guess, guess + 1, guess.wrapping_sub(1)];
        let near =
            near.into_iter().find(|place| self.rows.get(*place).is_some_and(|row| row.id == id));
        near.or_else(|| self.row_idx(id))
    }

    /// The state of a row that was just changed, until the store has answered.
    fn mark_changed(&mut self, row_idx: usize) {
        let is_blank = self.rows[row_idx].is_blank(&self.columns);
        let row = &mut self.rows[row_idx];
        row.state = match row.state {
            RowState::Locked => RowState::Locked,
            RowState::Blank | RowState::Draft if is_blank && !row.has_problem() => RowState::Blank,
            _ => RowState::Draft,
        };
    }

    fn show_change(&mut self, spot: Spot) {
        self.mode = Mode::Move;
        self.selection = None;
        self.cursor = self.nearest(spot);
    }
}
