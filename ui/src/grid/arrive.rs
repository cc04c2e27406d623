//! Rows that come from elsewhere while the sheet is open. Nothing that is typed moves under the hand:
//! the cursor and the selection stay with their rows.

use super::row::{Row, RowId, RowKey, RowState};
use super::sheet::{Sheet, Spot};

impl Sheet {
    /// Takes in a row that somebody else has saved, above the row that is left to be typed into.
    pub fn arrive(&mut self, key: RowKey, texts: &[(String, String)], state: RowState) -> RowId {
        self.last_id += 1;
        let id = RowId(self.last_id);
        let text = |key: &str| {
            let found = texts.iter().find(|(name, _)| name == key);
            found.map(|(_, text)| text.clone()).unwrap_or_default()
        };
        let cells: Vec<String> = self.columns.iter().map(|column| text(column.key)).collect();
        let n_before = self.rows.len();
        let at = n_before - usize::from(self.open_end().is_some());
        self.rows.insert(at, Row::new(id, key, cells).in_state(state));
        let stays = |spot: &mut Spot| {
            if n_before > 0 && spot.row >= at {
                spot.row += 1;
            }
        };
        stays(&mut self.cursor);
        if let Some(selection) = &mut self.selection {
            stays(&mut selection.from);
            stays(&mut selection.to);
        }
        id
    }
}
