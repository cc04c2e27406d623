//! Every key of DeskOps, once: what it does, where it works, and the words of the shortcut sheet.
//!
//! Apart from the grid and the shell, so that both look keys up in one table and the sheet under
//! F1 cannot tell anything else than what the keys do.

mod press;
mod table;

pub use press::{Held, Key, KeyPress};
pub use table::BINDINGS;

/// A direction on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the left on the screen.
    Left,
    /// To the right on the screen.
    Right,
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Commits, then the same column one row below.
    NextRow,
    /// Commits, then the same column one row above.
    PreviousRow,
    /// Commits, then the next cell that can be typed in; leaves the grid after the last.
    NextCell,
    /// Commits, then the cell before; leaves the grid before the first.
    PreviousCell,
    /// One cell in a direction.
    Step(Way),
    /// To the edge of the entered data in a direction.
    Jump(Way),
    /// Stretches the selection by one cell.
    Extend(Way),
    /// First cell of the row.
    RowStart,
    /// Last cell of the row.
    RowEnd,
    /// First cell of the sheet.
    SheetStart,
    /// Last cell of the sheet.
    SheetEnd,
    /// One screen up.
    ScreenUp,
    /// One screen down.
    ScreenDown,
    /// Selects the row.
    SelectRow,
    /// Selects the column.
    SelectColumn,
    /// Selects everything.
    SelectAll,
    /// Closes a list, drops what is typed, drops the selection, or leaves to the toolbar.
    Escape,
    /// Empties the selected cells.
    Clear,
    /// Opens the cell with the caret at its end; in an open cell gives the arrows to the caret.
    EditCell,
    /// Opens the list of a choice.
    OpenChoice,
    /// Commits and stays in the cell.
    CommitHere,
    /// Fills the selection from its first row, or copies the cell above.
    FillDown,
    /// Copies the cell above.
    CopyAbove,
    /// A second row of the same thing, with the caret in its quantity.
    Duplicate,
    /// Deletes the selected rows, or brings deleted ones back.
    DeleteRow,
    /// Takes the last step back.
    Undo,
    /// Takes the last undo back.
    Redo,
    /// Copies the selection for a spreadsheet.
    Copy,
    /// Copies the selection and empties it.
    Cut,
    /// Writes what was copied in a spreadsheet.
    Paste,
    /// To the next cell with a problem.
    NextProblem,
    /// To the cell with a problem before this one.
    PreviousProblem,
    /// Shows what happened to the row.
    History,
    /// Commits the open cell and says when it was saved.
    SaveNow,
    /// Opens a page by its place in the sidebar, from 1.
    GoToPage(u8),
    /// Folds or unfolds the sidebar.
    ToggleSidebar,
    /// The day before.
    PreviousDay,
    /// The day after.
    NextDay,
    /// Asks for a date.
    GoToDate,
    /// Goes to the list of sites.
    ChooseSite,
    /// Shows the sheet of a shift: 1 to 3, and 0 for the whole day.
    PickShift(u8),
    /// Takes an Excel file away.
    Export,
    /// Works out production from hours, or tons from loads.
    WorkOut,
    /// Closes the day, or locks it where one may.
    CloseDay,
    /// Focus to the next region of the window.
    NextRegion,
    /// Focus to the region before.
    PreviousRegion,
    /// Shows these keys.
    Shortcuts,
}

/// Where a key works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// On every page.
    Everywhere,
    /// In the grid, whether a cell is open or not.
    Grid,
    /// In the grid while no cell is open.
    Cells,
    /// In the grid while a cell is open.
    Editor,
}

impl Scope {
    /// The heading of its part of the shortcut sheet.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "Everywhere",
            Self::Grid => "In the sheet",
            Self::Cells => "Moving in the sheet",
            Self::Editor => "While typing in a cell",
        }
    }

    /// Whether a key of this scope works while the other holds.
    #[must_use]
    pub const fn covers(self, place: Self) -> bool {
        matches!(
            (self, place),
            (Self::Everywhere, Self::Everywhere)
                | (Self::Grid, Self::Grid | Self::Cells | Self::Editor)
                | (Self::Cells, Self::Cells)
                | (Self::Editor, Self::Editor)
        )
    }
}

/// One line of the shortcut sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// What is done.
    pub action: Action,
    /// Where.
    pub scope: Scope,
    /// The keys, any of which does it: `Ctrl+Shift+D`.
    pub keys: &'static [&'static str],
    /// What it does, for people.
    pub label: &'static str,
}

/// What a key does in a place, if anything.
#[must_use]
pub fn find(place: Scope, press: &KeyPress) -> Option<Action> {
    let name = press.name();
    let found = BINDINGS
        .iter()
        .find(|binding| binding.scope.covers(place) && binding.keys.contains(&name.as_str()));
    found.map(|binding| binding.action)
}

/// The first key of an action, for tips and menus; empty where it has none.
#[must_use]
pub fn keys_of(action: Action) -> &'static str {
    let binding = BINDINGS.iter().find(|binding| binding.action == action);
    binding.and_then(|binding| binding.keys.first()).copied().unwrap_or_default()
}

/// The shortcut sheet: each place with its keys, in the order of the table.
#[must_use]
pub fn sheet() -> Vec<(Scope, Vec<Binding>)> {
    let places = [Scope::Grid, Scope::Cells, Scope::Editor, Scope::Everywhere];
    places
        .map(|place| {
            (place, BINDINGS.iter().filter(|binding| binding.scope == place).copied().collect())
        })
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_does_two_things_in_one_place() {
        let places = [Scope::Everywhere, Scope::Cells, Scope::Editor];
        for place in places {
            let mut seen = Vec::new();
            for binding in BINDINGS.iter().filter(|binding| binding.scope.covers(place)) {
                for key in binding.keys {
                    assert!(!seen.contains(key), "{key} stands twice under {place:?}");
                    seen.push(key);
                }
            }
        }
    }

    #[test]
    fn the_grid_takes_no_key_of_the_shell() {
        let shell: Vec<_> = BINDINGS
            .iter()
            .filter(|binding| binding.scope == Scope::Everywhere)
            .flat_map(|binding| binding.keys)
            .collect();
        let grid = BINDINGS
            .iter()
            .filter(|binding| binding.scope != Scope::Everywhere)
            .flat_map(|binding| binding.keys);
        assert_eq!(grid.filter(|key| shell.contains(key)).count(), 0);
    }

    #[test]
    fn every_key_of_the_table_can_be_pressed_and_is_found() {
        for binding in BINDINGS {
            assert!(!binding.keys.is_empty() && !binding.label.is_empty(), "{binding:?}");
            for key in binding.keys {
                let press = KeyPress::named(key).unwrap_or_else(|| panic!("{key} is no key"));
                assert_eq!(press.name(), *key);
                assert_eq!(find(binding.scope, &press), Some(binding.action), "{key}");
            }
        }
    }

    #[test]
    fn the_sheet_tells_every_binding_once() {
        assert_eq!(
            sheet().iter().map(|(_, bindings)| bindings.len()).sum::<usize>(),
            BINDINGS.len()
        );
    }
}
