//! Where each cell of a pasted block belongs: by headings, by the names of rows, or by position.
//!
//! Apart from writing, because a wrong guess here would put figures into the wrong rows.

use std::collections::HashMap;

use super::column::{Column, Editor, Problem, is_same};
use super::paste::PastedCell;
use super::selection::Range;
use super::sheet::{Sheet, Spot};

impl Sheet {
    /// Finds the place of every pasted cell and reads it there.
    pub(super) fn place(&mut self, block: &[Vec<String>]) -> Vec<PastedCell> {
        let heads = block.first().and_then(|row| self.headings(row));
        let rows = if heads.is_some() { &block[1..] } else { block };
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        let names = self.row_names();
        let is_named = width > 1 && self.growth.is_none() && {
            let filled =
                rows.iter().filter_map(|row| row.first()).filter(|cell| !cell.trim().is_empty());
            let (n_filled, n_named) = filled.fold((0, 0), |(all, named), cell| {
                (all + 1, named + usize::from(names.contains_key(&plain(cell))))
            });
            n_named * 2 > n_filled
        };
        let start =
            Spot { row: self.selected().first().row, column: self.first_pasted_column(is_named) };
        if !is_named {
            self.make_room(start.row + rows.len());
        }
        let column_of = |place: usize| match &heads {
            Some(heads) => heads.get(place).copied().flatten(),
            None => Some(start.column + place - usize::from(is_named))
                .filter(|column| *column < self.columns.len()),
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
                cells.extend(self.place_one(
                    row,
                    column_of(place),
                    text,
                    &format!("Line {} of the block", n_row + 1),
                ));
            }
        }
        if !is_named && heads.is_none() && rows.len() * width > 1 {
            let to = self.nearest(Spot {
                row: start.row + rows.len() - 1,
                column: start.column + width - 1,
            });
            self.selection = Some(Range { from: start, to, grows: false });
        }
        cells
    }

    /// Reads one pasted cell in its place; nothing where there is nothing to do.
    fn place_one(
        &self,
        row: Option<usize>,
        column: Option<usize>,
        text: &str,
        line: &str,
    ) -> Option<PastedCell> {
        let text = text.trim();
        let stray = |message: &str| {
            let problem = Some(Problem::new("E-PASTE", message));
            (!text.is_empty()).then(|| PastedCell {
                name: line.to_owned(),
                text: text.to_owned(),
                problem,
                target: None,
            })
        };
        let Some(row) = row else {
            return stray("This sheet has no such row. Check the name, or copy fewer rows.");
        };
        let Some(column) = column else {
            return stray("This sheet has no such column. Copy fewer columns.");
        };
        let spot = Spot { row, column };
        // A gap in a block does not take away what the sheet filled in itself.
        if matches!(self.columns[column].editor, Editor::State)
            || (text.is_empty() && self.columns[column].prefilled)
        {
            return None;
        }
        let name = self.name_of(spot);
        if let Some(closed) = self.closed_at(spot) {
            let is_as_shown = text.is_empty() || is_same(&self.copied(spot), text);
            return (!is_as_shown).then(|| PastedCell {
                name,
                text: text.to_owned(),
                problem: Some(Problem::new("E-PASTE", closed)),
                target: None,
            });
        }
        let cell = self.read(spot, text);
        Some(PastedCell {
            name,
            text: text.to_owned(),
            problem: cell.problem.clone(),
            target: Some((self.rows[row].id, column, cell)),
        })
    }

    /// The columns that a row of headings names; none where it is no row of headings.
    fn headings(&self, row: &[String]) -> Option<Vec<Option<usize>>> {
        let filled = || row.iter().filter(|cell| !cell.trim().is_empty());
        let find = |cell: &String| self.columns.iter().position(|column| is_heading(column, cell));
        (filled().count() > 0 && filled().all(|cell| find(cell).is_some()))
            .then(|| row.iter().map(find).collect())
    }

    /// What rows are called: by subject and by the words of their fixed cells.
    fn row_names(&self) -> HashMap<String, Vec<usize>> {
        let mut names: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, row) in self.rows.iter().enumerate() {
            let fixed = self
                .columns
                .iter()
                .zip(&row.cells)
                .filter(|(column, _)| matches!(column.editor, Editor::Fixed));
            let words = fixed
                .map(|(_, cell)| cell.text.as_str())
                .filter(|text| !text.bytes().all(|b| b.is_ascii_digit()));
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
        let entry =
            self.columns.iter().enumerate().position(|(place, column)| {
                place >= here && column.is_typed() && !column.prefilled
            });
        entry.unwrap_or_else(|| self.entry_column())
    }
}

/// Whether a spreadsheet's heading means this column; what stands in brackets does not count.
fn is_heading(column: &Column, heading: &str) -> bool {
    let short = |text: &str| text.split('(').next().unwrap_or_default().trim().to_owned();
    let names = [column.label.as_str(), column.key].into_iter().chain(column.also.iter().copied());
    !heading.trim().is_empty()
        && names
            .into_iter()
            .any(|name| is_same(name, heading) || is_same(&short(name), &short(heading)))
}

/// A name as it is looked up.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
