//! What changes cells and rows without typing: emptying, filling down, another row of the same,
//! deleting and bringing back.

use super::column::Fresh;
use super::row::{Cell, Row, RowId, RowState};
use super::sheet::{Sheet, Spot};
use super::step::Effect;
use super::tsv;
use super::undo::Change;

impl Sheet {
    /// Empties the selected cells that can be typed in.
    pub(super) fn clear(&mut self) -> Vec<Effect> {
        let spots = self.open_spots();
        if spots.is_empty() {
            return self.explain();
        }
        let changes: Vec<Change> =
            spots.into_iter().filter_map(|spot| self.set(spot, Cell::default())).collect();
        let what = format!("{} emptied", cells(changes.len()));
        self.change(what, changes)
    }

    /// Fills the selection from its first row; a single row takes the row above.
    pub(super) fn fill_down(&mut self) -> Vec<Effect> {
        let range = self.selected();
        let (first, last) = (range.first(), range.last());
        if first.row == last.row {
            return self.copy_above();
        }
        let fill = |spot: Spot| {
            (spot.row > first.row).then(|| self.copied_cell(spot, first.row)).flatten()
        };
        let changes: Vec<Change> = self.open_spots().into_iter().filter_map(fill).collect();
        let what = format!("{} filled", cells(changes.len()));
        self.change(what, changes)
    }

    /// Each selected cell takes what the cell above the selection holds.
    pub(super) fn copy_above(&mut self) -> Vec<Effect> {
        let Some(above) = self.selected().first().row.checked_sub(1) else {
            return self.say("There is no row above to copy from.");
        };
        let spots = self.open_spots();
        if spots.is_empty() {
            return self.explain();
        }
        let changes: Vec<Change> =
            spots.into_iter().filter_map(|spot| self.copied_cell(spot, above)).collect();
        let what = format!("{} copied from above", cells(changes.len()));
        self.change(what, changes)
    }

    /// Another row of the same subject, below, with the caret in its empty quantity.
    pub(super) fn duplicate(&mut self) -> Vec<Effect> {
        if let Some(closed) = self.closed.clone() {
            return self.say(closed);
        }
        let Some(row) = self.rows.get(self.cursor.row) else { return Vec::new() };
        if let Some(closed) = row.closed() {
            return self.say(closed);
        }
        if self.growth.is_some() && row.is_blank(&self.columns) {
            return self.say("There is nothing to double in this row.");
        }
        let subject = &row.key.subject;
        let line = self
            .rows
            .iter()
            .filter(|other| other.key.subject == *subject)
            .map(|other| other.key.line)
            .max()
            .unwrap_or_default();
        let mut copy = Row { id: RowId(self.last_id + 1), state: RowState::Blank, ..row.clone() };
        copy.key.line = line + 1;
        let column = self.entry_column();
        for (place, cell) in copy.cells.iter_mut().enumerate() {
            let is_own = self.columns[place].fresh == Fresh::Next;
            if place == column || is_own || cell.problem.is_some() {
                *cell = Cell::default();
            }
            cell.warning = None;
            cell.filled = false;
        }
        if !copy.is_blank(&self.columns) {
            copy.state = RowState::Draft;
        }
        let row_idx = self.cursor.row + 1;
        let what = if subject.is_empty() {
            "another row".to_owned()
        } else {
            format!("another row of {subject}")
        };
        self.last_id += 1;
        self.composes(copy.id);
        let effects = self.change(what, vec![Change::Added { row_idx, row: Box::new(copy) }]);
        self.go(Spot { row: row_idx, column });
        if self.closed_at(self.cursor).is_none() {
            self.open(String::new(), false);
        }
        effects
    }

    /// Deletes the selected rows, or brings them back where all of them are deleted already.
    pub(super) fn delete_rows(&mut self) -> Vec<Effect> {
        if let Some(closed) = self.closed.clone() {
            return self.say(closed);
        }
        let (first, last) = (self.selected().first().row, self.selected().last().row);
        let rows = &self.rows[first..=last.min(self.rows.len() - 1)];
        let locked = rows.iter().find(|row| row.state == RowState::Locked).and_then(Row::closed);
        if let Some(locked) = locked {
            return self.say(locked);
        }
        let to = !rows.iter().all(|row| row.gone || row.is_blank(&self.columns))
            || !rows.iter().any(|row| row.gone);
        let hit =
            rows.iter().filter(|row| row.gone != to && (row.gone || !row.is_blank(&self.columns)));
        let changes: Vec<Change> = hit.map(|row| Change::Gone { row: row.id, to }).collect();
        if changes.is_empty() {
            return self.say("There is nothing to delete in this row.");
        }
        let n_rows =
            if changes.len() == 1 { "1 row".to_owned() } else { format!("{} rows", changes.len()) };
        let done = if to { "deleted" } else { "brought back" };
        let mut effects = self.change(format!("{n_rows} {done}"), changes);
        effects.extend(self.say(format!("{n_rows} {done}. Ctrl+Z undoes.")));
        effects
    }

    /// The selection onto the clipboard.
    pub(super) fn copy(&mut self) -> Vec<Effect> {
        if self.rows.is_empty() {
            return Vec::new();
        }
        let (first, last) = (self.selected().first(), self.nearest(self.selected().last()));
        let row = |row| {
            (first.column..=last.column).map(|column| self.copied(Spot { row, column })).collect()
        };
        let block: Vec<Vec<String>> = (first.row..=last.row).map(row).collect();
        vec![Effect::Copy { tsv: tsv::write(&block), html: tsv::html(&block) }]
    }

    /// The selection onto the clipboard, and empty.
    pub(super) fn cut(&mut self) -> Vec<Effect> {
        let mut effects = self.copy();
        effects.extend(self.clear());
        effects
    }

    /// The selected cells that can be typed in.
    pub(super) fn open_spots(&self) -> Vec<Spot> {
        let (first, last) = (self.selected().first(), self.nearest(self.selected().last()));
        let rows = first.row..=last.row;
        let spots = rows
            .flat_map(|row| (first.column..=last.column).map(move |column| Spot { row, column }));
        spots.filter(|spot| self.cell(*spot).is_some() && self.closed_at(*spot).is_none()).collect()
    }

    fn explain(&mut self) -> Vec<Effect> {
        self.closed_at(self.cursor).map(|closed| self.say(closed)).unwrap_or_default()
    }

    /// The change that copies a cell of another row; it is checked anew, because limits differ by row.
    fn copied_cell(&self, spot: Spot, from_row: usize) -> Option<Change> {
        let text = self.cell(Spot { row: from_row, ..spot })?.text.clone();
        self.set(spot, self.read(spot, &text))
    }
}

fn cells(n_cells: usize) -> String {
    if n_cells == 1 { "1 cell".to_owned() } else { format!("{n_cells} cells") }
}
