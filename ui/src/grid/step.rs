//! The one door through which a sheet changes: an event goes in, effects come out.
//!
//! Pure: no clock, no browser, no store. The page does what the effects ask for.

use crate::key::{self, Action, KeyPress, Scope, Way};

use super::row::{RowId, Tone};
use super::sheet::{Message, Mode, Sheet, Spot};

/// What happens to a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A key was pressed in the grid.
    Key(KeyPress),
    /// The text of the open cell is now this.
    Input(String),
    /// A cell was pressed with the mouse; with Shift or dragging it stretches the selection.
    Click {
        /// Where.
        spot: Spot,
        /// Whether the selection stretches to it.
        extends: bool,
    },
    /// A cell was pressed twice.
    DoubleClick(Spot),
    /// A line of the open list was pressed, by its place in the list.
    Pick(usize),
    /// Something was pasted.
    Paste(String),
    /// The selection is copied.
    Copy,
    /// The selection is cut.
    Cut,
    /// The focus left the grid.
    Blur,
    /// A button did what a key does.
    Do(Action),
    /// Of a pasted block, the good cells are written.
    PasteGood,
    /// Of a pasted block, all cells are written; the bad ones wait as drafts.
    PasteAll,
    /// A pasted block is dropped.
    PasteCancel,
}

/// What a sheet asks of its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// A row has changed. The page compares it with what is stored, and creates, edits, deletes or
    /// restores the record; a row with a problem waits; a row that is not in the sheet is deleted.
    Write(RowId),
    /// A new row has changed and is still being typed: it is kept as a draft and made a record
    /// when it is left, so that its history does not begin with every cell.
    Keep(RowId),
    /// Onto the clipboard, as spreadsheets take it.
    Copy {
        /// Cells parted by tabs.
        tsv: String,
        /// The same as an HTML table.
        html: String,
    },
    /// The focus leaves the grid.
    Leave(Leave),
    /// The history of a row is asked for.
    History(RowId),
    /// The rows are asked for that a figure comes from.
    Open {
        /// The row.
        row: RowId,
        /// The column, by its key.
        column: &'static str,
    },
    /// A sentence for the status line and for readers. The sheet's own status line shows it too.
    Say(String),
}

/// Where the focus goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// To what comes after the grid.
    Forward,
    /// To what comes before the grid.
    Backward,
    /// To the toolbar above.
    Toolbar,
}

impl Sheet {
    /// Takes an event in, and says what it asks of the page.
    pub fn step(&mut self, event: Event) -> Vec<Effect> {
        // A block that was pasted is whole, although the cursor still stands in it.
        let leaves = match &event {
            Event::Blur | Event::PasteGood | Event::PasteAll => true,
            Event::Paste(text) => text.trim_end().contains(['\t', '\n']) && self.paste.is_none(),
            _ => false,
        };
        let effects = self.happen(event);
        self.settle(effects, leaves)
    }

    fn happen(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Key(press) => self.press(&press),
            Event::Input(text) => {
                self.typed(text);
                Vec::new()
            }
            Event::Click { spot, extends } => {
                self.said = None;
                let effects = self.commit();
                if extends {
                    self.extend_to(spot)
                } else {
                    self.go(spot)
                }
                effects
            }
            Event::DoubleClick(spot) => {
                let mut effects = self.commit();
                self.go(spot);
                match self.open_figure() {
                    Some(open) => effects.push(open),
                    None => effects.extend(self.act(Action::EditCell)),
                }
                effects
            }
            Event::Pick(line) => self.pick(line),
            Event::Paste(text) => {
                self.said = None;
                if self.edit().is_some() { Vec::new() } else { self.paste(&text) }
            }
            Event::Copy if self.edit().is_none() => self.copy(),
            Event::Cut if self.edit().is_none() => self.cut(),
            Event::Copy | Event::Cut => Vec::new(),
            Event::Blur => self.commit(),
            Event::Do(action) => self.act(action),
            Event::PasteGood => self.paste_good(),
            Event::PasteAll => self.paste_all(),
            Event::PasteCancel => {
                self.paste = None;
                self.say("Nothing was pasted.")
            }
        }
    }

    /// What a key would do here. None leaves it to the browser or to the shell.
    #[must_use]
    pub fn action(&self, press: &KeyPress) -> Option<Action> {
        let place = if self.edit().is_some() { Scope::Editor } else { Scope::Cells };
        let action = key::find(place, press)?;
        // The clipboard comes as events of its own, which also know what is on it.
        let is_clipboard = matches!(action, Action::Copy | Action::Cut | Action::Paste);
        let is_caret = matches!(action, Action::Step(_))
            && self.edit().is_some_and(|edit| edit.has_caret_keys && edit.list.is_none());
        (!is_clipboard && !is_caret).then_some(action)
    }

    fn press(&mut self, press: &KeyPress) -> Vec<Effect> {
        if let Some(action) = self.action(press) {
            return self.act(action);
        }
        if let Some(c) = press.typed() {
            return self.type_char(c);
        }
        // A key of the shell may lead away from here: what is typed is kept first.
        if self.edit().is_some() && key::find(Scope::Everywhere, press).is_some() {
            self.commit()
        } else {
            Vec::new()
        }
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        self.said = None;
        if self.rows.is_empty() {
            return match action {
                Action::NextCell => vec![Effect::Leave(Leave::Forward)],
                Action::PreviousCell => vec![Effect::Leave(Leave::Backward)],
                Action::Escape => vec![Effect::Leave(Leave::Toolbar)],
                _ => Vec::new(),
            };
        }
        if action == Action::NextRow
            && let Some(open) = self.open_figure()
        {
            return vec![open];
        }
        match action {
            Action::NextRow if self.edit().is_some_and(|edit| edit.list.is_some()) => {
                self.commit_and_tab(true)
            }
            Action::NextRow => self.commit_and_walk(Way::Down),
            Action::PreviousRow => self.commit_and_walk(Way::Up),
            Action::NextCell => self.commit_and_tab(true),
            Action::PreviousCell => self.commit_and_tab(false),
            Action::Step(way) if self.edit().is_some_and(|edit| edit.list.is_some()) => {
                self.walk_list(way)
            }
            Action::Step(way) => self.commit_and_step(way),
            Action::Escape => self.escape(),
            Action::EditCell => self.open_or_toggle(),
            Action::OpenChoice => self.open_list(),
            Action::CommitHere | Action::SaveNow => self.commit(),
            Action::NextProblem => self.seek_problem(true),
            Action::PreviousProblem => self.seek_problem(false),
            other => {
                let mut effects = self.commit();
                effects.extend(self.act_on_cells(other));
                effects
            }
        }
    }

    /// What opens the rows of the figure under the cursor, where it is one.
    fn open_figure(&self) -> Option<Effect> {
        let (column, row) =
            (self.columns.get(self.cursor.column)?, self.rows.get(self.cursor.row)?);
        let text = &row.cells[self.cursor.column].text;
        let is_figure = text.bytes().any(|digit| matches!(digit, b'1'..=b'9'));
        let opens = column.opens && is_figure && self.edit().is_none();
        opens.then_some(Effect::Open { row: row.id, column: column.key })
    }

    fn act_on_cells(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Clear => self.clear(),
            Action::FillDown => self.fill_down(),
            Action::CopyAbove => self.copy_above(),
            Action::Duplicate => self.duplicate(),
            Action::DeleteRow => self.delete_rows(),
            Action::Undo => self.undo(),
            Action::Redo => self.redo(),
            Action::Copy => self.copy(),
            Action::Cut => self.cut(),
            Action::History => self
                .rows
                .get(self.cursor.row)
                .map(|row| Effect::History(row.id))
                .into_iter()
                .collect(),
            other => {
                self.walk(other);
                Vec::new()
            }
        }
    }

    /// Says a sentence, in the status line and to readers.
    pub(super) fn say(&mut self, text: impl Into<String>) -> Vec<Effect> {
        self.say_message(Message { tone: Tone::Neutral, text: text.into(), code: None })
    }

    pub(super) fn say_message(&mut self, message: Message) -> Vec<Effect> {
        let text = message.text.clone();
        self.said = Some(message);
        vec![Effect::Say(text)]
    }

    /// Drops the selection and puts the cursor somewhere, with no cell open.
    pub(super) fn go(&mut self, spot: Spot) {
        self.mode = Mode::Move;
        self.selection = None;
        self.cursor = self.nearest(spot);
    }

    /// The cell that exists nearest to a place.
    pub(super) fn nearest(&self, spot: Spot) -> Spot {
        let (last_row, last_column) =
            (self.rows.len().saturating_sub(1), self.columns.len().saturating_sub(1));
        Spot { row: spot.row.min(last_row), column: spot.column.min(last_column) }
    }
}
