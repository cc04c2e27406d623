//! What the store tells about rows. Never touches what is being typed.

use super::column::Problem;
use super::row::{Cell, RowId, RowState, Tone};
use super::sheet::{Message, Sheet, Spot};
use super::undo::Change;

/// News of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// It is on its way into the store.
    Saving(RowId),
    /// It is in the store, since this time of day: `10:42`.
    Saved {
        /// The row.
        row: RowId,
        /// The time, as it is shown.
        at: String,
    },
    /// The server has it.
    Sent(RowId),
    /// There is nothing of it in the store, and nothing is to be stored.
    Blank(RowId),
    /// It is not whole yet: the page will not store it until more is typed.
    Draft(RowId),
    /// It was not taken.
    Refused {
        /// The row.
        row: RowId,
        /// Which columns are wrong, by key; a key that is no column concerns the whole row.
        problems: Vec<(String, Problem)>,
    },
    /// It is taken, and this is odd about it; nothing where it is like others.
    Odd {
        /// The row.
        row: RowId,
        /// What is odd, by the key of its column.
        warnings: Vec<(String, String)>,
    },
    /// What DeskOps works out for it came out so.
    Computed {
        /// The row.
        row: RowId,
        /// Texts by the key of their column; columns that are typed are left alone.
        texts: Vec<(String, String)>,
    },
    /// It is not meant after all, and shows what is stored. That is a step: undone, it is typed again.
    TakenBack {
        /// The row.
        row: RowId,
        /// The stored texts, by the key of their column; other cells stay.
        texts: Vec<(String, String)>,
        /// How far it has come.
        state: RowState,
    },
    /// The store has other contents now, for example from another computer.
    Stored {
        /// The row.
        row: RowId,
        /// The stored texts, by the key of their column; other cells stay.
        texts: Vec<(String, String)>,
        /// Whether the record is deleted.
        gone: bool,
        /// How far it has come.
        state: RowState,
    },
}

impl Sheet {
    /// Takes news of the store in, and says whether they were taken: other contents for a row
    /// whose cell is open are not, and news of rows that are not here any more.
    pub fn told(&mut self, news: News) -> bool {
        let row = match &news {
            News::Saving(row) | News::Sent(row) | News::Blank(row) | News::Draft(row) => *row,
            News::Saved { row, .. } | News::Refused { row, .. } | News::Odd { row, .. } => *row,
            News::Stored { row, .. } | News::Computed { row, .. } => *row,
            News::TakenBack { row, .. } => *row,
        };
        let Some(row_idx) = self.row_idx(row) else { return false };
        match news {
            News::Saving(_) => self.arrived(row_idx, RowState::Saving),
            News::Saved { at, .. } => self.arrived(row_idx, RowState::SavedHere(at)),
            News::Sent(_) => self.arrived(row_idx, RowState::Sent),
            News::Blank(_) => self.arrived(row_idx, RowState::Blank),
            News::Draft(_) => self.rows[row_idx].state = RowState::Draft,
            News::Odd { warnings, .. } => self.odd(row_idx, warnings),
            News::Refused { problems, .. } => self.refused(row_idx, problems),
            News::Computed { texts, .. } => {
                for (key, text) in texts {
                    let column = self.column_idx(&key).filter(|at| !self.columns[*at].is_typed());
                    if let Some(column) = column {
                        self.rows[row_idx].cells[column].text = text;
                    }
                }
            }
            News::TakenBack { texts, state, .. } => self.take_back(row_idx, texts, state),
            News::Stored { .. } if self.open_row() == Some(row) => return false,
            News::Stored { texts, gone, state, .. } => {
                for (key, text) in texts {
                    if let Some(column) = self.column_idx(&key) {
                        self.rows[row_idx].cells[column] = Cell { text, ..Cell::default() };
                    }
                }
                self.rows[row_idx].gone = gone;
                self.rows[row_idx].state = state;
            }
        }
        self.keep_open_row();
        true
    }

    /// The row as it was, by a step that can be undone like every other.
    fn take_back(&mut self, row_idx: usize, texts: Vec<(String, String)>, state: RowState) {
        let row = &self.rows[row_idx];
        let mut changes = Vec::new();
        if row.gone {
            changes.push(Change::Gone { row: row.id, to: false });
        }
        for (key, text) in texts {
            if let Some(column) = self.column_idx(&key) {
                let cell = Cell { text, ..Cell::default() };
                changes.extend(self.set(Spot { row: row_idx, column }, cell));
            }
        }
        if !changes.is_empty() {
            // The store says so already: nothing is asked of it.
            self.make(format!("row {} taken back", row_idx + 1), changes);
        }
        self.rows[row_idx].state = state;
    }

    /// A row came further. Problems that only the store had seen are settled when it has taken the row.
    fn arrived(&mut self, row_idx: usize, state: RowState) {
        if !matches!(state, RowState::Saving) {
            for column in 0..self.columns.len() {
                let spot = Spot { row: row_idx, column };
                if self.rows[row_idx].cells[column].problem.is_some() {
                    let text = self.rows[row_idx].cells[column].text.clone();
                    self.rows[row_idx].cells[column] = self.read(spot, &text);
                }
            }
        }
        let row = &mut self.rows[row_idx];
        row.state = if row.has_problem() { RowState::Draft } else { state };
    }

    /// What the store finds odd stands beside what the cells find odd themselves.
    fn odd(&mut self, row_idx: usize, warnings: Vec<(String, String)>) {
        for column in 0..self.columns.len() {
            let cell = &self.rows[row_idx].cells[column];
            if self.columns[column].is_typed() && cell.problem.is_none() {
                let text = cell.text.clone();
                let own = self.read(Spot { row: row_idx, column }, &text).warning;
                self.rows[row_idx].cells[column].warning = own;
            }
        }
        for (key, told) in warnings {
            let column = self.column_idx(&key).unwrap_or_else(|| self.entry_column());
            let warning = &mut self.rows[row_idx].cells[column].warning;
            *warning = Some(match warning.take() {
                Some(own) => format!("{own} {told}"),
                None => told,
            });
        }
    }

    fn refused(&mut self, row_idx: usize, problems: Vec<(String, Problem)>) {
        let mut of_the_row = Vec::new();
        let mut first = None;
        for (key, problem) in problems {
            match self.column_idx(&key).filter(|column| self.columns[*column].is_typed()) {
                Some(column) => {
                    first = first.or_else(|| {
                        Some(self.problem_message(
                            Spot { row: row_idx, column },
                            &problem.message,
                            &problem.code,
                        ))
                    });
                    self.rows[row_idx].cells[column].problem = Some(problem);
                }
                None => of_the_row.push(problem.message),
            }
        }
        let reason = of_the_row.join(" ");
        let of_the_row = (!reason.is_empty()).then(|| Message {
            tone: Tone::Bad,
            text: format!("Row {}: {reason}", row_idx + 1),
            code: None,
        });
        let row = &mut self.rows[row_idx];
        row.state = if reason.is_empty() { RowState::Draft } else { RowState::Refused(reason) };
        self.said = first.or(of_the_row).or(self.said.take());
    }
}
