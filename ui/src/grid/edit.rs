//! The open cell: how it opens, what is typed into it, its list, and how it is kept or dropped.

use crate::key::Way;

use super::column::{Checked, Editor};
use super::row::{Cell, Tone};
use super::sheet::{Message, Mode, Sheet};
use super::step::{Effect, Leave};
use super::undo::Change;

/// What is in an open cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The text.
    pub text: String,
    /// Whether all arrows move the caret; otherwise Up and Down keep the text and move on.
    pub has_caret_keys: bool,
    /// The open list of a choice.
    pub list: Option<List>,
}

/// The open list of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The lines that fit what is typed, by their place among all choices.
    pub lines: Vec<usize>,
    /// The line that Enter takes.
    pub at: Option<usize>,
}

impl Sheet {
    /// Starts a cell with its first character, or adds to an open one.
    ///
    /// A character that arrives before the input has the focus is not lost.
    pub(super) fn type_char(&mut self, c: char) -> Vec<Effect> {
        if let Mode::Edit(edit) = &self.mode {
            let text = format!("{}{c}", edit.text);
            self.typed(text);
            return Vec::new();
        }
        self.said = None;
        if self.rows.is_empty() {
            return Vec::new();
        }
        if let Some(closed) = self.closed_at(self.cursor) {
            return self.say(closed);
        }
        self.open(String::new(), false);
        self.typed(c.to_string());
        Vec::new()
    }

    /// The text of the open cell is now this. Nothing is checked until it is kept.
    pub(super) fn typed(&mut self, text: String) {
        let column = &self.columns[self.cursor.column.min(self.columns.len().saturating_sub(1))];
        let Mode::Edit(edit) = &mut self.mode else { return };
        if !column.choices().is_empty() && edit.text != text {
            let lines = column.fitting(&text);
            let is_one_of_them = column.is_choice();
            // Words may be new ones: what is offered is never taken in their place unasked.
            let at = (is_one_of_them && !text.trim().is_empty() && !lines.is_empty()).then_some(0);
            let only = lines.first().filter(|_| lines.len() == 1);
            let says_it = only.is_some_and(|line| column.choices()[*line].label == text);
            edit.list =
                (is_one_of_them || !(lines.is_empty() || says_it)).then_some(List { lines, at });
        }
        edit.text = text;
        self.said = None;
    }

    /// F2: opens the cell, or gives the arrows to the caret and takes them back.
    pub(super) fn open_or_toggle(&mut self) -> Vec<Effect> {
        if let Mode::Edit(edit) = &mut self.mode {
            edit.has_caret_keys = !edit.has_caret_keys;
            return Vec::new();
        }
        if let Some(closed) = self.closed_at(self.cursor) {
            return self.say(closed);
        }
        let text = self.cell(self.cursor).map_or("", |cell| cell.text.as_str());
        let text = self.columns[self.cursor.column].typed(text);
        self.open(text, true);
        Vec::new()
    }

    /// Opens a cell with a text in it.
    pub(super) fn open(&mut self, text: String, has_caret_keys: bool) {
        self.selection = None;
        self.mode = Mode::Edit(Edit { text, has_caret_keys, list: None });
    }

    /// Opens the list of a choice, with what is chosen now marked.
    pub(super) fn open_list(&mut self) -> Vec<Effect> {
        let n_choices = self.columns[self.cursor.column].choices().len();
        if n_choices == 0 {
            return self.say("This cell has no list. Type into it.");
        }
        if self.edit().is_none() {
            let effects = self.open_or_toggle();
            if !effects.is_empty() {
                return effects;
            }
        }
        let code = self.cell(self.cursor).map_or("", |cell| cell.text.as_str());
        let at = self.columns[self.cursor.column]
            .choices()
            .iter()
            .position(|choice| choice.code == code);
        if let Mode::Edit(edit) = &mut self.mode {
            edit.list = Some(List { lines: (0..n_choices).collect(), at: at.or(Some(0)) });
        }
        Vec::new()
    }

    /// Moves through the open list, round its ends.
    pub(super) fn walk_list(&mut self, way: Way) -> Vec<Effect> {
        let Mode::Edit(Edit { list: Some(list), .. }) = &mut self.mode else { return Vec::new() };
        let n_lines = list.lines.len();
        if n_lines > 0 {
            list.at = Some(match (way, list.at) {
                (Way::Up, None | Some(0)) => n_lines - 1,
                (Way::Up, Some(at)) => at - 1,
                (_, None) => 0,
                (_, Some(at)) => (at + 1) % n_lines,
            });
        }
        Vec::new()
    }

    /// A line of the open list is taken with the mouse.
    pub(super) fn pick(&mut self, line: usize) -> Vec<Effect> {
        match &mut self.mode {
            Mode::Edit(Edit { list: Some(list), .. }) if line < list.lines.len() => {
                list.at = Some(line)
            }
            Mode::Edit(_) | Mode::Move => return Vec::new(),
        }
        self.commit()
    }

    /// Closes the list, else drops what is typed, else drops the selection, else leaves.
    pub(super) fn escape(&mut self) -> Vec<Effect> {
        match &mut self.mode {
            Mode::Edit(edit) if edit.list.is_some() => edit.list = None,
            Mode::Edit(_) => self.mode = Mode::Move,
            Mode::Move if self.selection.is_some() => self.selection = None,
            Mode::Move => return vec![Effect::Leave(Leave::Toolbar)],
        }
        Vec::new()
    }

    /// Keeps what is typed in the open cell, if one is open, and stays there.
    pub(super) fn commit(&mut self) -> Vec<Effect> {
        let Mode::Edit(edit) = std::mem::replace(&mut self.mode, Mode::Move) else {
            return Vec::new();
        };
        let Some(row) = self.rows.get(self.cursor.row) else { return Vec::new() };
        let column = &self.columns[self.cursor.column];
        // A news may have closed the row while its cell was open.
        if let Some(closed) = self.closed_at(self.cursor) {
            return self.say(closed);
        }
        let chosen =
            edit.list.as_ref().and_then(|list| column.choices().get(*list.lines.get(list.at?)?));
        let typed = chosen.map_or(edit.text.as_str(), |choice| choice.code.as_str());
        // An opened and unchanged cell keeps even what could not be typed again today.
        if chosen.is_none() && typed == column.typed(&row.cells[self.cursor.column].text) {
            return Vec::new();
        }
        let cell = checked_cell(typed, column.read(&row.key, typed));
        let name = self.name_of(self.cursor);
        let what = if cell.text.is_empty() {
            format!("{name} emptied")
        } else {
            format!("{name} {}", column.shown(&cell.text))
        };
        self.learn(self.cursor.column, &cell);
        let changes = self.set(self.cursor, cell).into_iter().collect();
        let mut effects = self.change(what, changes);
        effects.extend(self.say_cell());
        effects
    }

    /// Says what is wrong or odd about the cell under the cursor.
    fn say_cell(&mut self) -> Vec<Effect> {
        let Some(cell) = self.cell(self.cursor) else { return Vec::new() };
        let message = match (&cell.problem, &cell.warning) {
            (Some(problem), _) => {
                self.problem_message(self.cursor, &problem.message, &problem.code)
            }
            (None, Some(warning)) => Message {
                tone: Tone::Warn,
                text: format!("{}: {warning}", self.name_of(self.cursor)),
                code: None,
            },
            (None, None) => return Vec::new(),
        };
        self.say_message(message)
    }

    /// The change that makes a cell hold this; none where it does already.
    pub(super) fn set(&self, spot: super::sheet::Spot, to: Cell) -> Option<Change> {
        let row = self.rows.get(spot.row)?;
        let from = row.cells.get(spot.column)?;
        (*from != to).then(|| Change::Cell {
            row: row.id,
            column: spot.column,
            from: Box::new(from.clone()),
            to: Box::new(to),
        })
    }

    /// The cell that a text makes at a place, through the column's check.
    pub(super) fn read(&self, spot: super::sheet::Spot, text: &str) -> Cell {
        checked_cell(text, self.columns[spot.column].read(&self.rows[spot.row].key, text))
    }

    /// The first column of numbers, or of anything typed: where a new row begins.
    pub(super) fn entry_column(&self) -> usize {
        let number =
            self.columns.iter().position(|column| matches!(column.editor, Editor::Number { .. }));
        number
            .or_else(|| self.columns.iter().position(super::column::Column::is_typed))
            .unwrap_or_default()
    }
}

/// What could not be read keeps the text as it was typed.
fn checked_cell(typed: &str, checked: Checked) -> Cell {
    match checked.text {
        Ok(text) => Cell { text, warning: checked.warning, ..Cell::default() },
        Err(problem) => {
            Cell { text: typed.trim().to_owned(), problem: Some(problem), ..Cell::default() }
        }
    }
}
