//! A sheet that grows at its end: there is always one more row to type into, it begins with what
//! the row above has, and a new row is written when it is left.
//!
//! Apart from the steps, because here rows come and go that nobody has typed.

use std::collections::{BTreeMap, BTreeSet};

use super::column::{Choice, Column, Fresh};
use super::row::{Cell, Row, RowId, RowKey, RowState};
use super::sheet::{Mode, Sheet, Spot};
use super::step::Effect;
use super::undo::Change;

/// Words that are offered of a column.
const MOST_KNOWN: usize = 200;

/// How a sheet grows.
#[derive(Debug, Clone, Default)]
pub(super) struct Growth {
    /// Rows that were never written; each is written when it is left.
    composed: Vec<RowId>,
    /// Empty rows that were taken away from the end, the last one first to come back.
    spare: Vec<Row>,
    /// The last row that was there when the sheet was opened.
    last_opened: u32,
}

impl Sheet {
    /// With one more row at its end, always, and the cursor there.
    #[must_use]
    pub fn growing(mut self) -> Self {
        let composed = self.rows.iter().filter(|row| row.state == RowState::Draft);
        self.growth = Some(Growth {
            composed: composed.map(|row| row.id).collect(),
            spare: Vec::new(),
            last_opened: self.last_id,
        });
        self.keep_open_row();
        self.cursor = Spot { row: self.rows.len().saturating_sub(1), column: self.first_column() };
        self
    }

    /// Whether it grows at its end.
    #[must_use]
    pub fn grows(&self) -> bool {
        self.growth.is_some()
    }

    /// The row at the end of a growing sheet, where nothing is typed yet.
    #[must_use]
    pub fn open_end(&self) -> Option<RowId> {
        let last = self.rows.last().filter(|_| self.grows())?;
        self.is_untouched(last).then_some(last.id)
    }

    /// Where a new row begins: the first cell that the sheet does not fill in itself.
    fn first_column(&self) -> usize {
        let begins = self.columns.iter().position(|column| {
            column.is_typed() && !column.prefilled && column.fresh == Fresh::Empty
        });
        begins.unwrap_or_else(|| self.entry_column())
    }

    fn is_untouched(&self, row: &Row) -> bool {
        !row.gone && row.is_blank(&self.columns) && !row.has_problem()
    }

    /// Enter in the last row leads to a new one.
    pub(super) fn begins_row(&mut self) -> bool {
        let here = self.cursor.row;
        self.keep_open_row();
        let row = self.rows.get(here).map(|row| row.id);
        let is_new = self
            .growth
            .as_ref()
            .zip(row)
            .is_some_and(|(growth, row)| growth.composed.contains(&row));
        let begins = is_new && here + 2 == self.rows.len() && self.open_end().is_some();
        if begins {
            self.go(Spot { row: here + 1, column: self.first_column() });
        }
        begins
    }

    /// What is said at the end of the sheet.
    pub(super) fn end_words(&self) -> &'static str {
        if self.growth.is_some() {
            "This row is new. Type into it; Enter then keeps it."
        } else {
            "This is the last row."
        }
    }

    /// Sees to it that exactly one untouched row stands at the end, filled from the row above.
    pub(super) fn keep_open_row(&mut self) {
        if self.growth.is_none() || self.paste.is_some() {
            return;
        }
        while let [.., above, last] = self.rows.as_slice()
            && self.is_untouched(above)
            && self.is_untouched(last)
            && above.closed().is_none()
            && !matches!(self.mode, Mode::Edit(_))
        {
            let spare = self.rows.pop();
            if let Some(growth) = &mut self.growth {
                growth.spare.extend(spare);
            }
        }
        if self.rows.last().is_none_or(|last| !self.is_untouched(last)) {
            self.append();
        }
        self.fill_end();
        if !matches!(self.mode, Mode::Edit(_)) {
            self.cursor = self.nearest(self.cursor);
        }
    }

    /// As many rows as a pasted block needs; what stays empty is taken away afterwards.
    pub(super) fn make_room(&mut self, n_rows: usize) {
        while self.growth.is_some() && self.rows.len() < n_rows {
            self.append();
        }
    }

    /// A block says itself what its rows are: what the sheet suggested for them goes.
    pub(super) fn without_suggestions(&self, mut changes: Vec<Change>) -> Vec<Change> {
        let is_begun = |row: &Row| self.is_untouched(row);
        let dropped = self.cells_beside(&changes, is_begun, |column, cell| {
            let is_suggested = matches!(column.fresh, Fresh::Carried | Fresh::Next);
            (is_suggested && cell.filled).then(Cell::default)
        });
        changes.extend(dropped);
        changes
    }

    /// What the sheet suggests in the rows of a step belongs to the step, whether it is there or not:
    /// while a row is untouched it is filled anew by itself, so that only the step knows what stood
    /// in it before and after.
    pub(super) fn with_suggestions(&self, mut changes: Vec<Change>) -> Vec<Change> {
        let suggested = self.cells_beside(
            &changes,
            |_| true,
            |column, cell| (column.fresh != Fresh::Empty).then(|| cell.clone()),
        );
        changes.extend(suggested);
        changes
    }

    /// Changes of the cells that these changes do not touch, in the rows that they do.
    fn cells_beside(
        &self,
        changes: &[Change],
        is_meant: impl Fn(&Row) -> bool,
        becomes: impl Fn(&Column, &Cell) -> Option<Cell>,
    ) -> Vec<Change> {
        if !self.grows() {
            return Vec::new();
        }
        let mut touched: BTreeMap<RowId, BTreeSet<usize>> = BTreeMap::new();
        for change in changes {
            if let Change::Cell { row, column, .. } = change {
                touched.entry(*row).or_default().insert(*column);
            }
        }
        let mut beside = Vec::new();
        for row in self.rows.iter().filter(|row| is_meant(row)) {
            let Some(touched) = touched.get(&row.id) else { continue };
            for (column, cell) in row.cells.iter().enumerate() {
                let to = becomes(&self.columns[column], cell);
                if let Some(to) = to.filter(|_| !touched.contains(&column)) {
                    let (from, to) = (Box::new(cell.clone()), Box::new(to));
                    beside.push(Change::Cell { row: row.id, column, from, to });
                }
            }
        }
        beside
    }

    /// A row that was taken away because it was empty comes back when it is typed again.
    pub(super) fn bring_back(&mut self, row: RowId) {
        let is_spare = |growth: &Growth| growth.spare.iter().any(|spare| spare.id == row);
        while self.growth.as_ref().is_some_and(is_spare) {
            self.append();
        }
    }

    fn append(&mut self) {
        let spare = self.growth.as_mut().and_then(|growth| growth.spare.pop());
        let row = spare.unwrap_or_else(|| {
            self.last_id += 1;
            let cell = |column: &Column| match column.fresh {
                Fresh::Text(text) => {
                    Cell { text: text.to_owned(), filled: true, ..Cell::default() }
                }
                Fresh::Suggested => {
                    let text = column.first.clone().unwrap_or_default();
                    Cell { filled: !text.is_empty(), text, ..Cell::default() }
                }
                Fresh::Empty | Fresh::Carried | Fresh::Next => Cell::default(),
            };
            let cells = self.columns.iter().map(cell).collect();
            let key = RowKey { subject: String::new(), line: 1 };
            Row { id: RowId(self.last_id), key, cells, gone: false, state: RowState::Blank }
        });
        self.composes(row.id);
        self.rows.push(row);
    }

    /// The untouched end begins with what the last typed row has.
    fn fill_end(&mut self) {
        let Some((last, above)) = self.rows.split_last() else { return };
        let above = above.iter().rev().find(|row| !row.gone && !row.is_blank(&self.columns));
        let above_text = |place: usize| {
            let cell = above.and_then(|row| row.cells.get(place));
            cell.filter(|cell| cell.problem.is_none()).map_or("", |cell| cell.text.as_str())
        };
        let is_new =
            |row: &&Row| self.growth.as_ref().is_some_and(|growth| row.id.0 > growth.last_opened);
        let fill = |place: usize, cell: &Cell| {
            let text = match self.columns[place].fresh {
                Fresh::Empty => return None,
                Fresh::Text(text) => text.to_owned(),
                Fresh::Carried => above_text(place).to_owned(),
                Fresh::Next => next_number(above_text(place)).unwrap_or_default(),
                Fresh::Suggested => match above.filter(is_new).map(|_| above_text(place)) {
                    Some(text) if !text.is_empty() => text.to_owned(),
                    _ => self.columns[place].first.clone().unwrap_or_default(),
                },
            };
            let is_free = cell.text.is_empty() || cell.filled;
            let filled = Cell { filled: !text.is_empty(), text, ..Cell::default() };
            (is_free && *cell != filled).then_some((place, filled))
        };
        let fills: Vec<_> =
            last.cells.iter().enumerate().filter_map(|(place, cell)| fill(place, cell)).collect();
        let open_place = matches!(self.mode, Mode::Edit(_)).then_some(self.cursor);
        let row = self.rows.len() - 1;
        for (column, cell) in fills {
            if open_place != Some(Spot { row, column }) {
                self.rows[row].cells[column] = cell;
            }
        }
    }

    /// A row that is new is kept as a draft while it is typed, and written when it is left.
    pub(super) fn composes(&mut self, row: RowId) {
        if let Some(growth) = self.growth.as_mut().filter(|growth| !growth.composed.contains(&row))
        {
            growth.composed.push(row);
        }
    }

    /// What is asked of the page after an event, when new rows wait until they are left.
    pub(super) fn settle(&mut self, effects: Vec<Effect>, leaves: bool) -> Vec<Effect> {
        self.keep_open_row();
        let Some(growth) = &self.growth else { return effects };
        let here = self.rows.get(self.cursor.row).filter(|_| !leaves).map(|row| row.id);
        let is_left = |id: &RowId| {
            Some(*id) != here
                && self.row(*id).is_some_and(|row| !self.is_untouched(row) || row.gone)
        };
        let (left, composed): (Vec<_>, Vec<_>) = growth.composed.iter().partition(|id| is_left(id));
        let mut settled: Vec<Effect> = effects
            .into_iter()
            .map(|effect| match effect {
                Effect::Write(row) if composed.contains(&row) => Effect::Keep(row),
                other => other,
            })
            .collect();
        for row in left {
            if !settled.contains(&Effect::Write(row)) {
                settled.push(Effect::Write(row));
            }
        }
        if let Some(growth) = &mut self.growth {
            growth.composed = composed;
        }
        settled
    }

    /// A column remembers the words that were typed into it.
    pub(super) fn learn(&mut self, column: usize, cell: &Cell) {
        let is_new = |known: &Vec<Choice>| known.iter().all(|choice| choice.code != cell.text);
        let learns = self.columns[column].known.as_ref().is_some_and(is_new);
        if learns && cell.problem.is_none() && !cell.text.is_empty() {
            let mut columns = self.columns.to_vec();
            if let Some(known) = &mut columns[column].known {
                known.insert(0, Choice::words(cell.text.clone()));
                known.truncate(MOST_KNOWN);
            }
            self.columns = columns.into();
        }
    }

    /// These changes, and those of the cells that follow them.
    pub(super) fn with_followers(&self, mut changes: Vec<Change>) -> Vec<Change> {
        let mut followers = Vec::new();
        for change in &changes {
            let Change::Cell { row: id, column, from, to } = change else { continue };
            let Some((key, text)) = self.columns[*column].follower else { continue };
            let (Some(place), Some(row)) = (self.column_idx(key), self.row(*id)) else { continue };
            let is_typed_too = changes.iter().any(
                |other| matches!(other, Change::Cell { row, column, .. } if row == id && *column == place),
            );
            let there = &row.cells[place];
            let is_begun = from.text.is_empty() && to.problem.is_none() && there.text.is_empty();
            let is_emptied = to.text.is_empty() && there.text == text;
            let follow = match (is_typed_too, to.text.is_empty()) {
                (false, false) if is_begun => Cell { text: text.to_owned(), ..Cell::default() },
                (false, true) if is_emptied => Cell::default(),
                _ => continue,
            };
            followers.push(Change::Cell {
                row: *id,
                column: place,
                from: Box::new(there.clone()),
                to: Box::new(follow),
            });
        }
        changes.extend(followers);
        changes
    }
}

/// The number after this one, with its leading zeros: `D-10236` is followed by `D-10237`.
fn next_number(text: &str) -> Option<String> {
    let n_digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (head, digits) = text.split_at(text.len() - n_digits);
    let next = digits.parse::<u64>().ok()?.checked_add(1)?;
    Some(format!("{head}{next:0n_digits$}"))
}

#[cfg(test)]
mod tests {
    use super::next_number;

    #[test]
    fn the_next_number_keeps_letters_and_leading_zeros() {
        for (text, next) in [
            ("D-10236", Some("D-10237")),
            ("D-099", Some("D-100")),
            ("0009", Some("0010")),
            ("999", Some("1000")),
            ("7/A", None),
            ("", None),
            ("123456789012345678901234567890", None),
        ] {
            assert_eq!(next_number(text).as_deref(), next, "{text}");
        }
    }
}
