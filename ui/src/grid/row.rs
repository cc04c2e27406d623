//! What a row is: its cells, what it is about, and how far it has come on its way to the store.

use super::column::{Column, Problem};

/// Names a row of a sheet as long as the sheet is open. The page knows which record it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u32);

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RowKey {
    /// The material, machine or role, by its code.
    pub subject: String,
    /// Tells several rows of one subject apart, from 1.
    pub line: u32,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What it holds: as kept, or as typed where it has a problem.
    pub text: String,
    /// Why it cannot be kept.
    pub problem: Option<Problem>,
    /// What is odd about it.
    pub warning: Option<String>,
    /// Whether the sheet filled it in: alone it does not make a record.
    pub filled: bool,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its name in this sheet.
    pub id: RowId,
    /// What it is about.
    pub key: RowKey,
    /// One for each column.
    pub cells: Vec<Cell>,
    /// Whether it is deleted: struck, out of all sums, and brought back by the same key.
    pub gone: bool,
    /// How far it has come.
    pub state: RowState,
}

/// How far a row has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowState {
    /// Nothing is entered.
    Blank,
    /// Typed, but not in the store: it has a problem or is not whole.
    Draft,
    /// On its way into the store.
    Saving,
    /// In the store of this computer, with the time: `10:42`.
    SavedHere(String),
    /// The server has it.
    Sent,
    /// The store or the server refused it, with the reason.
    Refused(String),
    /// Its day is closed.
    Locked,
    /// Deleted.
    Gone,
}

/// The loudness of a state: which pair of colours it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to look at.
    Neutral,
    /// Under way.
    Info,
    /// Done.
    Ok,
    /// Odd.
    Warn,
    /// Wrong.
    Bad,
}

impl Tone {
    /// Its name in style sheets.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Info => "info",
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

impl RowState {
    /// The word for it; the same word everywhere. Empty for a blank row.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Blank => "",
            Self::Draft => "Draft",
            Self::Saving => "Saving",
            Self::SavedHere(_) => "Saved here",
            Self::Sent => "Sent",
            Self::Refused(_) => "Refused",
            Self::Locked => "Locked",
            Self::Gone => "Deleted",
        }
    }

    /// Its colours.
    #[must_use]
    pub const fn tone(&self) -> Tone {
        match self {
            Self::Blank | Self::Draft | Self::SavedHere(_) | Self::Locked | Self::Gone => {
                Tone::Neutral
            }
            Self::Saving => Tone::Info,
            Self::Sent => Tone::Ok,
            Self::Refused(_) => Tone::Bad,
        }
    }

    /// What stands behind the word: the time, or the reason.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::SavedHere(detail) | Self::Refused(detail) => Some(detail),
            Self::Blank | Self::Draft | Self::Saving | Self::Sent | Self::Locked | Self::Gone => {
                None
            }
        }
    }
}

impl Row {
    /// A blank row with these texts in its cells.
    ///
    /// The caller gives a text for each column; the state column's is empty.
    #[must_use]
    pub fn new(id: RowId, key: RowKey, texts: impl IntoIterator<Item = String>) -> Self {
        let cells = texts.into_iter().map(|text| Cell { text, ..Cell::default() }).collect();
        Self { id, key, cells, gone: false, state: RowState::Blank }
    }

    /// In a state.
    #[must_use]
    pub fn in_state(mut self, state: RowState) -> Self {
        self.gone = state == RowState::Gone;
        self.state = state;
        self
    }

    /// Whether some cell cannot be kept.
    #[must_use]
    pub fn has_problem(&self) -> bool {
        self.cells.iter().any(|cell| cell.problem.is_some())
    }

    /// Whether nobody has entered anything: what the sheet fills in itself does not count.
    #[must_use]
    pub fn is_blank(&self, columns: &[Column]) -> bool {
        let mut typed = columns
            .iter()
            .zip(&self.cells)
            .filter(|(column, _)| column.is_typed() && !column.prefilled);
        typed.all(|(_, cell)| cell.text.is_empty() || cell.filled)
    }

    /// The state it shows: deleted goes before everything else.
    #[must_use]
    pub fn shown_state(&self) -> &RowState {
        if self.gone { &RowState::Gone } else { &self.state }
    }

    /// Why nobody can type into it, if so.
    #[must_use]
    pub fn closed(&self) -> Option<&'static str> {
        if self.gone {
            return Some("This row is deleted. Press Ctrl+Delete to bring it back.");
        }
        match self.state {
            RowState::Locked => Some("This day is closed. Reopen it to change entries."),
            RowState::Blank
            | RowState::Draft
            | RowState::Saving
            | RowState::SavedHere(_)
            | RowState::Sent
            | RowState::Refused(_)
            | RowState::Gone => None,
        }
    }
}
