//! Where the cursor of the board stands, and where a key takes it. Pure.

use crate::key::{Action, Way};

/// A cell of the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The site, from the top.
    pub row: usize,
    /// The day, from the oldest.
    pub column: usize,
}

/// What a key does on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// The cursor stands there now.
    To(Cursor),
    /// The day under the cursor is opened at its site.
    Open,
    /// The days before are shown.
    Earlier,
    /// The days after are shown.
    Later,
}

impl Cursor {
    /// Inside of a board of so many rows and columns.
    #[must_use]
    pub fn within(self, n_rows: usize, n_columns: usize) -> Self {
        Self {
            row: self.row.min(n_rows.saturating_sub(1)),
            column: self.column.min(n_columns.saturating_sub(1)),
        }
    }

    /// What an action of a sheet does here; none of those that type.
    #[must_use]
    pub fn act(self, action: Action, n_rows: usize, n_columns: usize) -> Option<Move> {
        let (last_row, last_column) = (n_rows.saturating_sub(1), n_columns.saturating_sub(1));
        let Self { row, column } = self;
        let to = match action {
            Action::Step(Way::Up) => Self { row: row.saturating_sub(1), column },
            Action::Step(Way::Down) => Self { row: row + 1, column },
            Action::Step(Way::Left) if column == 0 => return Some(Move::Earlier),
            Action::Step(Way::Left) => Self { row, column: column - 1 },
            Action::Step(Way::Right) => Self { row, column: column + 1 },
            Action::Jump(Way::Up) => Self { row: 0, column },
            Action::Jump(Way::Down) => Self { row: last_row, column },
            Action::Jump(Way::Left) | Action::RowStart => Self { row, column: 0 },
            Action::Jump(Way::Right) | Action::RowEnd => Self { row, column: last_column },
            Action::SheetStart => Self::default(),
            Action::SheetEnd => Self { row: last_row, column: last_column },
            Action::ScreenUp => return Some(Move::Earlier),
            Action::ScreenDown => return Some(Move::Later),
            Action::NextRow => return Some(Move::Open),
            _ => return None,
        };
        Some(Move::To(to.within(n_rows, n_columns)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_on_the_board_and_the_first_column_leads_to_earlier_days() {
        let at = |row, column| Cursor { row, column };
        let act = |from: Cursor, action| from.act(action, 3, 14);
        assert_eq!(act(at(2, 5), Action::Step(Way::Down)), Some(Move::To(at(2, 5))));
        assert_eq!(act(at(0, 13), Action::Step(Way::Right)), Some(Move::To(at(0, 13))));
        assert_eq!(act(at(1, 0), Action::Step(Way::Left)), Some(Move::Earlier));
        assert_eq!(act(at(1, 4), Action::SheetEnd), Some(Move::To(at(2, 13))));
        assert_eq!(act(at(1, 4), Action::NextRow), Some(Move::Open));
        assert_eq!(act(at(1, 4), Action::ScreenUp), Some(Move::Earlier));
        assert_eq!(act(at(1, 4), Action::Paste), None, "nothing is typed here");
        assert_eq!(at(9, 40).within(3, 14), at(2, 13));
        assert_eq!(at(9, 40).within(0, 0), at(0, 0));
    }
}
