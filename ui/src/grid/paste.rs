//! A block from a spreadsheet: where each of its cells belongs, and which of them are good.
//!
//! Nothing is written before every cell has passed the same checks as typing. A block that is
//! good is written as one step; one with bad cells waits for a decision.

use std::collections::HashMap;

use super::column::{Column, Editor, Problem, is_same};
use super::row::{Cell, RowId};
use super::selection::Range;
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
    target: Option<(RowId, usize, Cell)>,
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
            (0, None) => self.say("There is nothing to paste. Copy cells in your spreadsheet first."),
            (1, None) => self.paste_one(&block[0][0]),
            (n_cells, None) if n_cells > MOST_CELLS => {
                self.say(format!("{n_cells} cells are too many to paste at once. Copy at most {MOST_CELLS}."))
            }
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
        let changes: Vec<Change> = spots.into_iter().filter_map(|spot| self.set(spot, self.read(spot, text))).collect();
        let mut effects = self.change("paste", changes);
        if let Some(problem) = self.cell(self.cursor).and_then(|cell| cell.problem.clone()).filter(|_| is_one) {
            let message = self.problem_message(self.cursor, &problem.message, &problem.code);
            effects.extend(self.say_message(message));
        }
        effects
    }

    fn paste_block(&mut self, block: &[Vec<String>]) -> Vec<Effect> {
        let cells = self.place(block);
        if cells.iter().any(|cell| cell.problem.is_some()) {
            let review = PasteReview { cells };
            let told = format!("{} of {} pasted cells cannot be kept. Nothing is written yet.", review.n_bad(), review.cells.len());
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
        let bad = bad.and_then(|cell| cell.target.as_ref()).and_then(|(row, column, _)| Some(Spot { row: self.row_idx(*row)?, column: *column }));
        let effects = self.write_pasted(review.cells);
        if let Some(bad) = bad {
            self.go(bad);
        }
        effects
    }

    fn write_pasted(&mut self, cells: Vec<PastedCell>) -> Vec<Effect> {
        let places: HashMap<RowId, usize> = self.rows.iter().enumerate().map(|(place, row)| (row.id, place)).collect();
        let mut targets: Vec<(usize, usize, Cell)> = Vec::with_capacity(cells.len());
        for (id, column, cell) in cells.into_iter().filter_map(|cell| cell.target) {
            if let Some(row) = places.get(&id).copied().filter(|row| self.closed_at(Spot { row: *row, column }).is_none()) {
                targets.push((row, column, cell));
            }
        }
        targets.sort_by_key(|(row, column, _)| (*row, *column));
        let n_cells = targets.len();
        let changes = targets.into_iter().filter_map(|(row, column, cell)| self.set(Spot { row, column }, cell)).collect();
        let pasted = if n_cells == 1 { "1 cell pasted".to_owned() } else { format!("{n_cells} cells pasted") };
        let mut effects = self.change(pasted.clone(), changes);
        effects.extend(self.say(format!("{pasted}. Ctrl+Z undoes.")));
        effects
    }

    /// Finds the place of every pasted cell and reads it there.
    fn place(&mut self, block: &[Vec<String>]) -> Vec<PastedCell> {
        let heads = block.first().and_then(|row| self.headings(row));
        let rows = if heads.is_some() { &block[1..] } else { block };
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        let names = self.row_names();
        let is_named = width > 1 && {
            let filled = rows.iter().filter_map(|row| row.first()).filter(|cell| !cell.trim().is_empty());
            let (n_filled, n_named) = filled.fold((0, 0), |(all, named), cell| (all + 1, named + usize::from(names.contains_key(&plain(cell)))));
            n_named * 2 > n_filled
        };
        let start = Spot { row: self.selected().first().row, column: self.first_pasted_column(is_named) };
        let column_of = |place: usize| match &heads {
            Some(heads) => heads.get(place).copied().flatten(),
            None => Some(start.column + place - usize::from(is_named)).filter(|column| *column < self.columns.len()),
        };
        let (mut cells, mut seen) = (Vec::new(), HashMap::<String, usize>::new());
        for (n_row, pasted) in rows.iter().enumerate() {
            let row = if is_named {
                let name = plain(pasted.first().map_or("", String::as_str));
                let nth = seen.entry(name.clone()).or_default();
                *nth += 1;
                names.get(&name).and_then(|places| places.get(*nth - 1)).copied()
            } else {
                Some(start.row + n_row).filter(|row| *row < self.rows.len())
            };
            for (place, text) in pasted.iter().enumerate().skip(usize::from(is_named)) {
                cells.extend(self.place_one(row, column_of(place), text, &format!("Line {} of the block", n_row + 1)));
            }
        }
        if !is_named && heads.is_none() && rows.len() * width > 1 {
            let to = self.nearest(Spot { row: start.row + rows.len() - 1, column: start.column + width - 1 });
            self.selection = Some(Range { from: start, to, grows: false });
        }
        cells
    }

    /// Reads one pasted cell in its place; nothing where there is nothing to do.
    fn place_one(&self, row: Option<usize>, column: Option<usize>, text: &str, line: &str) -> Option<PastedCell> {
        let text = text.trim();
        let stray = |message: &str| {
            let problem = Some(Problem::new("E-PASTE", message));
            (!text.is_empty()).then(|| PastedCell { name: line.to_owned(), text: text.to_owned(), problem, target: None })
        };
        let Some(row) = row else { return stray("This sheet has no such row. Check the name, or copy fewer rows.") };
        let Some(column) = column else { return stray("This sheet has no such column. Copy fewer columns.") };
        let spot = Spot { row, column };
        if matches!(self.columns[column].editor, Editor::State) {
            return None;
        }
        let name = self.name_of(spot);
        if let Some(closed) = self.closed_at(spot) {
            let is_as_shown = text.is_empty() || is_same(&self.copied(spot), text);
            return (!is_as_shown).then(|| PastedCell { name, text: text.to_owned(), problem: Some(Problem::new("E-PASTE", closed)), target: None });
        }
        let cell = self.read(spot, text);
        Some(PastedCell { name, text: text.to_owned(), problem: cell.problem.clone(), target: Some((self.rows[row].id, column, cell)) })
    }

    /// The columns that a row of headings names; none where it is no row of headings.
    fn headings(&self, row: &[String]) -> Option<Vec<Option<usize>>> {
        let filled = || row.iter().filter(|cell| !cell.trim().is_empty());
        let find = |cell: &String| self.columns.iter().position(|column| is_heading(column, cell));
        (filled().count() > 0 && filled().all(|cell| find(cell).is_some())).then(|| row.iter().map(find).collect())
    }

    /// What rows are called: by subject and by the words of their fixed cells.
    fn row_names(&self) -> HashMap<String, Vec<usize>> {
        let mut names: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, row) in self.rows.iter().enumerate() {
            let fixed = self.columns.iter().zip(&row.cells).filter(|(column, _)| matches!(column.editor, Editor::Fixed));
            let words = fixed.map(|(_, cell)| cell.text.as_str()).filter(|text| text.chars().any(char::is_alphabetic));
            for name in words.chain([row.key.subject.as_str()]) {
                let places = names.entry(plain(name)).or_default();
                if !name.is_empty() && places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        names.retain(|name, places| !name.is_empty() && !places.is_empty());
        names
    }

    fn first_pasted_column(&self, is_named: bool) -> usize {
        let here = self.selected().first().column;
        if !is_named || self.columns[here].is_typed() {
            return here;
        }
        let entry = self.columns.iter().enumerate().position(|(place, column)| place >= here && column.is_typed() && !column.prefilled);
        entry.unwrap_or_else(|| self.entry_column())
    }
}

/// Whether a spreadsheet's heading means this column; what stands in brackets does not count.
fn is_heading(column: &Column, heading: &str) -> bool {
    let short = |text: &str| text.split('(').next().unwrap_or_default().trim().to_owned();
    let names = [column.label.as_str(), column.key].into_iter().chain(column.also.iter().copied());
    !heading.trim().is_empty() && names.into_iter().any(|name| is_same(name, heading) || is_same(&short(name), &short(heading)))
}

/// A name as it is looked up.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
