//! What is drawn of a row: plain values that are compared, so that only changed rows are drawn again.

use super::column::{Column, Editor};
use super::row::{Row, RowId, Tone};
use super::sheet::{Sheet, Spot};

/// A row as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct RowFace {
    /// Its place, from 0.
    pub row_idx: usize,
    /// Its name.
    pub id: RowId,
    /// Whether it is struck.
    pub is_gone: bool,
    /// Its cells.
    pub cells: Vec<CellFace>,
}

/// A cell as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct CellFace {
    /// What it shows.
    pub text: String,
    /// Whether the sheet filled it in, and nobody has taken it yet.
    pub is_filled: bool,
    /// What is still to come, in the place of the text.
    pub pending: Option<&'static str>,
    /// How it is set: `fixed`, `number`, `choice`, `text`, `state`.
    pub kind: &'static str,
    /// Whether it has the cursor.
    pub is_cursor: bool,
    /// Whether it is selected.
    pub is_selected: bool,
    /// Whether it cannot be typed into now.
    pub is_closed: bool,
    /// What is wrong or odd, and how loud it is.
    pub mark: Option<(Tone, String)>,
    /// The state of its row, in the state column.
    pub state: Option<StateFace>,
    /// The open input, where the cell is open.
    pub open: Option<OpenFace>,
}

/// The state of a row as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct StateFace {
    /// The word.
    pub word: &'static str,
    /// The time, or the reason.
    pub detail: Option<String>,
    /// Its colours.
    pub tone: Tone,
}

/// An open cell as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenFace {
    /// What it is called: `Quantity (t), row 7, AGG-3/4`.
    pub name: String,
    /// What is in it.
    pub text: String,
    /// Whether it holds a number.
    pub is_number: bool,
    /// Its list, where it has one: none inside while the list is closed.
    pub list: Option<Option<ListFace>>,
}

/// An open list as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct ListFace {
    /// Its lines: label and code.
    pub lines: Vec<(String, String)>,
    /// The line that Enter takes.
    pub at: Option<usize>,
}

impl Sheet {
    /// How a row is drawn; none where there is no such row.
    #[must_use]
    pub fn face(&self, row_idx: usize) -> Option<RowFace> {
        let row = self.rows.get(row_idx)?;
        let range = self.selection;
        let cells = self.columns.iter().enumerate().map(|(column_idx, column)| {
            let spot = Spot { row: row_idx, column: column_idx };
            let is_cursor = self.cursor == spot;
            CellFace {
                text: if matches!(column.editor, Editor::State) {
                    String::new()
                } else {
                    column.shown(&row.cells[column_idx].text)
                },
                is_filled: row.cells[column_idx].filled && row.is_blank(&self.columns),
                pending: self.pending(row, column_idx),
                kind: kind(&column.editor),
                is_cursor,
                is_selected: range.map_or(is_cursor, |range| range.holds(spot)),
                is_closed: self.closed.is_some() || !column.is_typed() || row.closed().is_some(),
                mark: mark(row, column_idx),
                state: matches!(column.editor, Editor::State).then(|| state(row)),
                open: if is_cursor { self.open_face(column) } else { None },
            }
        });
        Some(RowFace { row_idx, id: row.id, is_gone: row.gone, cells: cells.collect() })
    }

    /// The word of a cell that is still to come, while the other cell that stands for it is filled.
    fn pending(&self, row: &Row, column_idx: usize) -> Option<&'static str> {
        let (other, word) = self.columns[column_idx].pending?;
        let other = self.column_idx(other)?;
        let is_pending = row.cells[column_idx].text.is_empty() && !row.cells[other].text.is_empty();
        is_pending.then_some(word)
    }

    fn open_face(&self, column: &Column) -> Option<OpenFace> {
        let edit = self.edit()?;
        let choices = column.choices();
        let line = |choice: &usize| {
            choices.get(*choice).map(|choice| (choice.label.clone(), choice.short.clone()))
        };
        let list = edit.list.as_ref().map(|list| ListFace {
            lines: list.lines.iter().filter_map(line).collect(),
            at: list.at,
        });
        Some(OpenFace {
            name: self.name_of(self.cursor),
            text: edit.text.clone(),
            is_number: column.number().is_some(),
            list: (!choices.is_empty()).then_some(list),
        })
    }
}

fn kind(editor: &Editor) -> &'static str {
    match editor {
        Editor::Fixed => "fixed",
        Editor::Number { .. } => "number",
        Editor::Choice(_) => "choice",
        Editor::Text { .. } => "text",
        Editor::State => "state",
    }
}

fn mark(row: &Row, column_idx: usize) -> Option<(Tone, String)> {
    let cell = &row.cells[column_idx];
    let problem = cell.problem.as_ref().map(|problem| (Tone::Bad, problem.message.clone()));
    problem.or_else(|| cell.warning.clone().map(|warning| (Tone::Warn, warning)))
}

fn state(row: &Row) -> StateFace {
    let state = row.shown_state();
    StateFace { word: state.word(), detail: state.detail().map(str::to_owned), tone: state.tone() }
}
