//! A block from a spreadsheet: which of its cells are good, and what is written of them.
//!
//! Nothing is written before every cell has passed the same checks as typing. A block that is
//! good is written as one step; one with bad cells waits for a decision.

use std::collections::HashMap;

use super::column::Problem;
use super::row::{Cell, RowId};
use super::sheet::{Sheet, Spot};
use super::step::Effect;
use super::tsv;
use super::undo::Change;

/// The most cells that are taken at once.
pub const MOST_CELLS: usize = 20_000;

/// A pasted block that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasteReview {
    /// Its cells, in the order of the block.
    pub cells: Vec<PastedCell>,
}

/// One cell of a pasted block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastedCell {
    /// Where it belongs, for people: `Quantity (t), row 7, AGG-3/4`.
    pub name: String,
    /// What was pasted.
    pub text: String,
    /// Why it cannot be kept.
    pub problem: Option<Problem>,
    /// Where it belongs; none where the sheet has no such place.
    pub(super) target: Option<(RowId, usize, Cell)>,
}

impl PasteReview {
    /// Cells that can be kept.
    #[must_use]
    pub fn n_good(&self) -> usize {
        self.cells.iter().filter(|cell| cell.problem.is_none()).count()
    }

    /// Cells that cannot.
    #[must_use]
    pub fn n_bad(&self) -> usize {
        self.cells.len() - self.n_good()
    }
}

impl Sheet {
    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        let mut block = tsv::read(text);
        while block.last().is_some_and(|row| row.iter().all(|cell| cell.trim().is_empty())) {
            block.pop();
        }
        let n_cells: usize = block.iter().map(Vec::len).sum();
        match (n_cells, self.closed.clone()) {
            _ if self.rows.is_empty() => Vec::new(),
            (_, Some(closed)) => self.say(closed),
            (0, None) => {
                self.say("There is nothing to paste. Copy cells in your spreadsheet first.")
            }
            (1, None) => self.paste_one(&block[0][0]),
            (n_cells, None) if n_cells > MOST_CELLS => self.say(format!(
                "{n_cells} cells are too many to paste at once. Copy at most {MOST_CELLS}."
            )),
            (_, None) => self.paste_block(&block),
        }
    }

    /// One cell is as typing; it goes into every selected cell.
    fn paste_one(&mut self, text: &str) -> Vec<Effect> {
        let spots = self.open_spots();
        if spots.is_empty() {
            return self.closed_at(self.cursor).map(|closed| self.say(closed)).unwrap_or_default();
        }
        let is_one = spots.len() == 1;
        let changes: Vec<Change> =
            spots.into_iter().filter_map(|spot| self.set(spot, self.read(spot, text))).collect();
        let mut effects = self.change("paste", changes);
        if let Some(problem) =
            self.cell(self.cursor).and_then(|cell| cell.problem.clone()).filter(|_| is_one)
        {
            let message = self.problem_message(self.cursor, &problem.message, &problem.code);
            effects.extend(self.say_message(message));
        }
        effects
    }

    fn paste_block(&mut self, block: &[Vec<String>]) -> Vec<Effect> {
        let cells = self.place(block);
        if cells.iter().any(|cell| cell.problem.is_some()) {
            let review = PasteReview { cells };
            let told = format!(
                "{} of {} pasted cells cannot be kept. Nothing is written yet.",
                review.n_bad(),
                review.cells.len()
            );
            self.paste = Some(review);
            return self.say(told);
        }
        self.write_pasted(cells)
    }

    pub(super) fn paste_good(&mut self) -> Vec<Effect> {
        let Some(review) = self.paste.take() else { return Vec::new() };
        self.write_pasted(review.cells.into_iter().filter(|cell| cell.problem.is_none()).collect())
    }

    /// Writes the good cells, and puts the bad ones into their places as drafts to be mended there.
    pub(super) fn paste_all(&mut self) -> Vec<Effect> {
        let Some(review) = self.paste.take() else { return Vec::new() };
        let bad = review.cells.iter().find(|cell| cell.problem.is_some() && cell.target.is_some());
        let bad = bad
            .and_then(|cell| cell.target.as_ref())
            .and_then(|(row, column, _)| Some(Spot { row: self.row_idx(*row)?, column: *column }));
        let effects = self.write_pasted(review.cells);
        if let Some(bad) = bad {
            self.go(bad);
        }
        effects
    }

    fn write_pasted(&mut self, cells: Vec<PastedCell>) -> Vec<Effect> {
        let places: HashMap<RowId, usize> =
            self.rows.iter().enumerate().map(|(place, row)| (row.id, place)).collect();
        let mut targets: Vec<(usize, usize, Cell)> = Vec::with_capacity(cells.len());
        for (id, column, cell) in cells.into_iter().filter_map(|cell| cell.target) {
            if let Some(row) = places
                .get(&id)
                .copied()
                .filter(|row| self.closed_at(Spot { row: *row, column }).is_none())
            {
                targets.push((row, column, cell));
            }
        }
        targets.sort_by_key(|(row, column, _)| (*row, *column));
        let n_cells = targets.len();
        let changes: Vec<Change> = targets
            .into_iter()
            .filter_map(|(row, column, cell)| self.set(Spot { row, column }, cell))
            .collect();
        let changes = self.without_suggestions(changes);
        let pasted = if n_cells == 1 {
            "1 cell pasted".to_owned()
        } else {
            format!("{n_cells} cells pasted")
        };
        let mut effects = self.change(pasted.clone(), changes);
        effects.extend(self.say(format!("{pasted}. Ctrl+Z undoes.")));
        effects
    }
}
