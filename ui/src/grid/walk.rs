//! Where the cursor goes: steps, edges, screens, the next cell to type in, the next problem.

use crate::key::{Action, Way};

use super::selection::Range;
use super::sheet::{Sheet, Spot};
use super::step::{Effect, Leave};

impl Sheet {
    /// Commits and goes one row on in the same column; an empty cell is passed by.
    pub(super) fn commit_and_walk(&mut self, way: Way) -> Vec<Effect> {
        let effects = self.commit();
        let is_last = self.cursor.row + 1 >= self.rows.len();
        if way == Way::Down && self.begins_row() {
            return effects;
        }
        self.go(self.beside(self.cursor, way));
        if way == Way::Down && is_last && self.said.is_none() {
            let mut effects = effects;
            effects.extend(self.say(self.end_words()));
            return effects;
        }
        effects
    }

    pub(super) fn commit_and_step(&mut self, way: Way) -> Vec<Effect> {
        let effects = self.commit();
        self.go(self.beside(self.cursor, way));
        effects
    }

    /// Commits and goes to the next cell that can be typed in, over the ends of rows; from the
    /// last one the focus leaves the grid.
    pub(super) fn commit_and_tab(&mut self, is_forward: bool) -> Vec<Effect> {
        let mut effects = self.commit();
        self.keep_open_row();
        let typed: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.is_typed())
            .map(|(place, _)| place)
            .collect();
        let (first, last) = (typed.first().copied(), typed.last().copied());
        let Spot { row, column } = self.cursor;
        let in_row = if is_forward {
            typed.iter().find(|place| **place > column)
        } else {
            typed.iter().rev().find(|place| **place < column)
        };
        let next_row = if is_forward {
            Some(row + 1).filter(|row| *row < self.rows.len())
        } else {
            row.checked_sub(1)
        };
        let wrapped = next_row.zip(if is_forward { first } else { last });
        match (in_row, wrapped) {
            (Some(column), _) => self.go(Spot { row, column: *column }),
            (None, Some((row, column))) => self.go(Spot { row, column }),
            (None, None) => effects.push(Effect::Leave(if is_forward {
                Leave::Forward
            } else {
                Leave::Backward
            })),
        }
        effects
    }

    /// Moves and selections that change nothing.
    pub(super) fn walk(&mut self, action: Action) {
        let here = self.cursor;
        let last = self.nearest(Spot { row: usize::MAX, column: usize::MAX });
        let page = self.page_rows.max(1);
        match action {
            Action::Jump(way) => self.go(self.edge(here, way)),
            Action::RowStart => self.go(Spot { column: 0, ..here }),
            Action::RowEnd => self.go(Spot { column: last.column, ..here }),
            Action::SheetStart => self.go(Spot::default()),
            Action::SheetEnd => self.go(last),
            Action::ScreenUp => self.go(Spot { row: here.row.saturating_sub(page), ..here }),
            Action::ScreenDown => self.go(Spot { row: here.row.saturating_add(page), ..here }),
            Action::Extend(way) => {
                let to = self.selected().to;
                self.extend_to(self.beside(to, way));
            }
            Action::SelectRow => {
                let range = self.selected();
                self.select(
                    Spot { row: range.from.row, column: 0 },
                    Spot { row: range.to.row, column: last.column },
                );
            }
            Action::SelectColumn => {
                let range = self.selected();
                self.select(
                    Spot { row: 0, column: range.from.column },
                    Spot { row: last.row, column: range.to.column },
                );
            }
            Action::SelectAll => self.select(Spot::default(), last),
            _ => {}
        }
    }

    /// Stretches the selection to a place; its other corner stays.
    pub(super) fn extend_to(&mut self, spot: Spot) {
        if self.rows.is_empty() {
            return;
        }
        let from = self.selected().from;
        let to = self.nearest(spot);
        self.selection = (from != to).then_some(Range { from, to, grows: true });
    }

    fn select(&mut self, from: Spot, to: Spot) {
        self.selection = Some(Range { from, to, grows: false });
    }

    /// To the next cell with a problem, round the end of the sheet.
    pub(super) fn seek_problem(&mut self, is_forward: bool) -> Vec<Effect> {
        let mut effects = self.commit();
        let mut spots = Vec::new();
        for (row_idx, row) in self.rows.iter().enumerate().filter(|(_, row)| !row.gone) {
            let bad = row.cells.iter().enumerate().filter(|(_, cell)| cell.problem.is_some());
            spots.extend(bad.map(|(column, _)| Spot { row: row_idx, column }));
        }
        let next = if is_forward {
            spots.iter().find(|spot| **spot > self.cursor).or(spots.first())
        } else {
            spots.iter().rev().find(|spot| **spot < self.cursor).or(spots.last())
        };
        match next.copied() {
            Some(spot) => {
                self.said = None;
                self.go(spot);
                let told = self.cell(spot).and_then(|cell| cell.problem.clone());
                let told =
                    told.map(|problem| self.problem_message(spot, &problem.message, &problem.code));
                effects.extend(told.map(|told| self.say_message(told)).unwrap_or_default());
            }
            None => effects.extend(self.say("No cell has a problem.")),
        }
        effects
    }

    /// One cell further; the same at an edge.
    fn beside(&self, spot: Spot, way: Way) -> Spot {
        let Spot { row, column } = spot;
        let next = match (way, self.is_rtl) {
            (Way::Up, _) => Spot { row: row.saturating_sub(1), column },
            (Way::Down, _) => Spot { row: row + 1, column },
            (Way::Left, false) | (Way::Right, true) => {
                Spot { row, column: column.saturating_sub(1) }
            }
            (Way::Right, false) | (Way::Left, true) => Spot { row, column: column + 1 },
        };
        self.nearest(next)
    }

    /// As Excel does: to the end of what is filled, or over a gap to what is filled next.
    fn edge(&self, from: Spot, way: Way) -> Spot {
        let is_filled = |spot: Spot| !self.copied(spot).is_empty();
        let mut here = from;
        let mut next = self.beside(here, way);
        let runs = is_filled(here) && next != here && is_filled(next);
        while next != here {
            if runs && !is_filled(next) {
                return here;
            }
            here = next;
            if !runs && is_filled(here) {
                return here;
            }
            next = self.beside(here, way);
        }
        here
    }
}
