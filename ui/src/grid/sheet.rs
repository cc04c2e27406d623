//! The whole state of one grid, and the questions a page or a view asks of it.
//!
//! Apart from what changes it, so that reading a sheet needs no knowledge of keys.

use std::rc::Rc;

use super::column::Column;
use super::edit::Edit;
use super::grow::Growth;
use super::paste::PasteReview;
use super::row::{Cell, Row, RowId, Tone};
use super::selection::Range;
use super::undo::Past;

/// A place in the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Spot {
    /// The row, from 0.
    pub row: usize,
    /// The column, from 0.
    pub column: usize,
}

/// Whether a cell is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// Keys move between cells.
    Move,
    /// The cell under the cursor is open.
    Edit(Edit),
}

/// What the sheet says to the clerk about the last key or the cell under the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// How loud.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
    /// The code of the problem it tells.
    pub code: Option<String>,
}

/// One grid. It always has as many cells in each row as columns.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its columns, from left to right as they are read.
    pub columns: Rc<[Column]>,
    /// Its rows, from the top.
    pub rows: Vec<Row>,
    /// The cell that has the focus. It exists, unless there are no rows.
    pub cursor: Spot,
    /// What is selected besides the cell under the cursor.
    pub selection: Option<Range>,
    /// Whether a cell is open.
    pub mode: Mode,
    /// Rows that fit on the screen, as the view found.
    pub page_rows: usize,
    /// Whether the page runs from right to left.
    pub is_rtl: bool,
    /// Why nothing can be typed at all, if so.
    pub closed: Option<String>,
    /// What the last key led to.
    pub said: Option<Message>,
    /// A pasted block that waits for a decision.
    pub paste: Option<PasteReview>,
    pub(super) past: Past,
    pub(super) last_id: u32,
    /// How it grows at its end; none where its rows are given.
    pub(super) growth: Option<Growth>,
}

impl Sheet {
    /// A sheet with the cursor in the first cell that a clerk types in.
    ///
    /// Rows with too few cells are filled up, and cells beyond the columns fall away.
    #[must_use]
    pub fn new(columns: Vec<Column>, mut rows: Vec<Row>) -> Self {
        for row in &mut rows {
            row.cells.resize(columns.len(), Cell::default());
        }
        let entry = columns.iter().position(|column| column.is_typed() && !column.prefilled);
        let column =
            entry.or_else(|| columns.iter().position(Column::is_typed)).unwrap_or_default();
        let last_id = rows.iter().map(|row| row.id.0).max().unwrap_or_default();
        Self {
            columns: columns.into(),
            rows,
            cursor: Spot { row: 0, column },
            selection: None,
            mode: Mode::Move,
            page_rows: 12,
            is_rtl: false,
            closed: None,
            said: None,
            paste: None,
            past: Past::default(),
            last_id,
            growth: None,
        }
    }

    /// The place of a column by its key.
    #[must_use]
    pub fn column_idx(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }

    /// The place of a row by its name.
    #[must_use]
    pub fn row_idx(&self, id: RowId) -> Option<usize> {
        self.rows.iter().position(|row| row.id == id)
    }

    /// A row by its name. A row that was added and undone is not there any more: to the store it is deleted.
    #[must_use]
    pub fn row(&self, id: RowId) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// The text of a cell by row and key; empty where there is none.
    #[must_use]
    pub fn text(&self, id: RowId, key: &str) -> &str {
        let cell = self.column_idx(key).and_then(|column| self.row(id)?.cells.get(column));
        cell.map_or("", |cell| cell.text.as_str())
    }

    /// The cell at a place.
    #[must_use]
    pub fn cell(&self, spot: Spot) -> Option<&Cell> {
        self.rows.get(spot.row)?.cells.get(spot.column)
    }

    /// The open cell's contents.
    #[must_use]
    pub fn edit(&self) -> Option<&Edit> {
        match &self.mode {
            Mode::Edit(edit) => Some(edit),
            Mode::Move => None,
        }
    }

    /// The row whose cell is open.
    #[must_use]
    pub fn open_row(&self) -> Option<RowId> {
        self.edit().and_then(|_| self.rows.get(self.cursor.row)).map(|row| row.id)
    }

    /// The row that must be seen: where the selection grows, else where the cursor is.
    #[must_use]
    pub fn row_in_view(&self) -> usize {
        self.selection.filter(|range| range.grows).map_or(self.cursor.row, |range| range.to.row)
    }

    /// Rows in which somebody entered something, deleted ones left out.
    #[must_use]
    pub fn n_entered(&self) -> usize {
        self.rows.iter().filter(|row| !row.gone && !row.is_blank(&self.columns)).count()
    }

    /// Cells that cannot be kept.
    #[must_use]
    pub fn n_problems(&self) -> usize {
        let open = self.rows.iter().filter(|row| !row.gone);
        open.map(|row| row.cells.iter().filter(|cell| cell.problem.is_some()).count()).sum()
    }

    /// What a cell is called aloud: `Quantity (t), row 7, AGG-3/4`.
    #[must_use]
    pub fn name_of(&self, spot: Spot) -> String {
        let label = self.columns.get(spot.column).map_or("", |column| column.label.as_str());
        let subject = self.rows.get(spot.row).map_or("", |row| row.key.subject.as_str());
        let name = format!("{label}, row {}", spot.row + 1);
        if subject.is_empty() { name } else { format!("{name}, {subject}") }
    }

    /// What stands in the status line: what the last key led to, else what is wrong or odd here.
    #[must_use]
    pub fn message(&self) -> Option<Message> {
        if let Some(said) = &self.said {
            return Some(said.clone());
        }
        let cell = self.cell(self.cursor)?;
        let row = &self.rows[self.cursor.row];
        if let Some(problem) = &cell.problem {
            return Some(self.problem_message(self.cursor, &problem.message, &problem.code));
        }
        if let Some(warning) = &cell.warning {
            return Some(Message {
                tone: Tone::Warn,
                text: format!("{}: {warning}", self.name_of(self.cursor)),
                code: None,
            });
        }
        if let super::row::RowState::Refused(reason) = &row.state {
            return Some(Message {
                tone: Tone::Bad,
                text: format!("Row {}: {reason}", self.cursor.row + 1),
                code: None,
            });
        }
        row.closed().map(|closed| Message {
            tone: Tone::Neutral,
            text: closed.to_owned(),
            code: None,
        })
    }

    pub(super) fn problem_message(&self, spot: Spot, message: &str, code: &str) -> Message {
        Message {
            tone: Tone::Bad,
            text: format!("{}: {message}", self.name_of(spot)),
            code: Some(code.to_owned()),
        }
    }

    /// Why nothing can be typed at a place, if so.
    #[must_use]
    pub fn closed_at(&self, spot: Spot) -> Option<String> {
        let (column, row) = (self.columns.get(spot.column)?, self.rows.get(spot.row)?);
        if let Some(closed) = &self.closed {
            return Some(closed.clone());
        }
        if let Some(closed) = row.closed() {
            return Some(closed.to_owned());
        }
        (!column.is_typed()).then(|| {
            format!("{} is not typed here. Press Tab for the next cell that is.", column.label)
        })
    }

    /// A cell as it goes to a spreadsheet.
    #[must_use]
    pub fn copied(&self, spot: Spot) -> String {
        let (Some(column), Some(row)) = (self.columns.get(spot.column), self.rows.get(spot.row))
        else {
            return String::new();
        };
        match column.editor {
            super::column::Editor::State => row.shown_state().word().to_owned(),
            _ => row.cells.get(spot.column).map_or(String::new(), |cell| column.typed(&cell.text)),
        }
    }
}
