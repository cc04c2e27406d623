//! What is stored of a sheet, row by row, as far as this page knows.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use deskops_domain::choice::Shift;
use deskops_domain::day::Day;
use deskops_domain::entry::Moment;
use deskops_domain::field::Value;
use deskops_domain::id::Id;

use super::manner::{Layout, Manner};
use super::plan::{Stored, cell_text};
use crate::browser;
use crate::face::{Face, Row};
use crate::grid::RowId;

/// A book that the screen and the saving queue both write in; the queue outlives the screen.
pub type SharedBook = Rc<RefCell<Book>>;

/// What makes a row of the sheet the row that it is: the key of a day sheet's row, else its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot(Vec<String>);

/// How the names of rows begin that have no record yet.
const NEW: &str = "new";

impl Slot {
    /// A row by its key, in the order of the key's fields.
    #[must_use]
    pub fn of_key(parts: Vec<String>) -> Self {
        Self(parts)
    }

    /// A row by its record.
    #[must_use]
    pub fn of_record(id: &Id) -> Self {
        Self(vec![id.to_string()])
    }

    /// A row that has no record yet.
    #[must_use]
    pub fn new_row(number: u32) -> Self {
        Self(vec![NEW.to_owned(), number.to_string()])
    }

    /// The slot of a record.
    #[must_use]
    pub fn of(face: &Face, layout: Layout, row: &Row) -> Self {
        match layout {
            Layout::Day(_) => Self(
                face.keys()
                    .map(|shape| cell_text(shape, face.value(&row.values, shape.name)))
                    .collect(),
            ),
            Layout::Ledger | Layout::List => Self::of_record(&row.id),
        }
    }

    /// The name under which the row's draft is kept.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.join("/")
    }

    /// The slot that has this name; none where it is none of this layout.
    #[must_use]
    pub fn named(face: &Face, layout: Layout, name: &str) -> Option<Self> {
        let n_parts = match layout {
            Layout::Day(_) => face.keys().count(),
            Layout::Ledger | Layout::List => {
                if name.starts_with("new/") {
                    2
                } else {
                    1
                }
            }
        };
        // Only the first part, an id, may hold the sign that parts them.
        let mut parts: Vec<String> = name.rsplitn(n_parts, '/').map(str::to_owned).collect();
        parts.reverse();
        (parts.len() == n_parts).then_some(Self(parts))
    }

    /// The number of a row that has no record yet.
    #[must_use]
    pub fn new_number(&self) -> Option<u32> {
        match self.0.as_slice() {
            [new, number] if new == NEW => number.parse().ok(),
            _ => None,
        }
    }

    /// Its part of the key.
    #[must_use]
    pub fn part(&self, key_idx: usize) -> Option<&str> {
        self.0.get(key_idx).map(String::as_str)
    }
}

/// What is stored of one sheet.
#[derive(Clone)]
pub struct Book {
    /// What is recorded in it.
    pub face: Face,
    /// How it is typed.
    pub manner: Rc<Manner>,
    /// The site.
    pub site: String,
    /// The day.
    pub day: Day,
    /// The business day: what is earlier has days after it that it may move.
    pub today: Day,
    /// What each row is and what is stored of it.
    pub rows: BTreeMap<RowId, (Slot, Stored)>,
    /// How often each row was left, so that a row which waits knows that it was typed anew.
    pub turns: BTreeMap<RowId, u32>,
    /// What the record of each new row will be known by, from the first time that it is asked for
    /// until it is there: an answer that is lost on its way makes no second one.
    pub ids: BTreeMap<RowId, Id>,
    /// Records of shifts that are not shown.
    pub others: Vec<Row>,
    /// The number of the next row that has no record yet.
    pub next_new: u32,
}

impl Book {
    /// Live records of the sheet, of all shifts.
    pub fn entries(&self) -> impl Iterator<Item = &Row> {
        self.rows.values().filter_map(|(_, stored)| stored.live()).chain(&self.others)
    }

    /// The sum of a field over all shifts, in raw units.
    #[must_use]
    pub fn total(&self, field: &str) -> i64 {
        let raw = |row: &Row| match self.face.value(&row.values, field) {
            Value::Int(raw) => *raw,
            Value::Empty | Value::Text(_) => 0,
        };
        self.entries().map(raw).fold(0, i64::saturating_add)
    }

    /// Records, over all shifts.
    #[must_use]
    pub fn n_entries(&self) -> usize {
        self.entries().count()
    }

    /// Records in which a field is empty.
    #[must_use]
    pub fn n_without(&self, field: &str) -> usize {
        let is_empty = |row: &&Row| *self.face.value(&row.values, field) == Value::Empty;
        self.entries().filter(is_empty).count()
    }

    /// When something of it was last saved.
    #[must_use]
    pub fn last_saved(&self) -> Option<Moment> {
        // What a new installation begins with was saved by nobody.
        let saved = self.entries().filter(|entry| entry.stamp.rev > 0);
        saved.map(|entry| entry.stamp.updated_at).max()
    }

    /// The row that shows a record.
    #[must_use]
    pub fn row_of(&self, id: &Id) -> Option<RowId> {
        let is_it = |stored: &Stored| stored.entry.as_ref().is_some_and(|entry| entry.id == *id);
        self.rows.iter().find(|(_, (_, stored))| is_it(stored)).map(|(row, _)| *row)
    }

    /// The id by which a new row asks for its record, the same every time.
    pub fn id_of(&mut self, row: RowId) -> Id {
        self.ids.entry(row).or_insert_with(browser::new_id).clone()
    }

    /// How often a row was left.
    #[must_use]
    pub fn turn(&self, row: RowId) -> u32 {
        self.turns.get(&row).copied().unwrap_or_default()
    }

    /// The slot of a row that has no record yet, given out once.
    pub fn new_slot(&mut self) -> Slot {
        self.next_new += 1;
        Slot::new_row(self.next_new - 1)
    }

    /// Whether shifts are kept apart.
    #[must_use]
    pub fn has_shifts(&self) -> bool {
        has_shifts(&self.face)
    }
}

/// Whether a kind of record keeps shifts apart.
#[must_use]
pub fn has_shifts(face: &Face) -> bool {
    face.shape("shift").is_some()
}

/// The shift of a record; the whole day where shifts are not kept apart.
#[must_use]
pub fn shift_of(face: &Face, row: &Row) -> Shift {
    use deskops_domain::choice::Choices as _;
    match face.value(&row.values, "shift") {
        Value::Text(code) => Shift::from_code(code).unwrap_or(Shift::All),
        Value::Empty | Value::Int(_) => Shift::All,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::face;
    use crate::sheet::manner::manner;
    use deskops_domain::choice::Module;

    #[test]
    fn a_slot_is_found_again_by_its_name() {
        let face_of = |module| {
            let face = face(module);
            let layout = manner(&face).layout;
            (face, layout)
        };
        let (production, day) = face_of(Module::Production);
        let parts = ["MAT/002", "NIGHT", "SEG-OP", "2"].map(str::to_owned);
        let slot = Slot::of_key(parts.into());
        assert_eq!(slot.name(), "MAT/002/NIGHT/SEG-OP/2");
        assert_eq!(Slot::named(&production, day, &slot.name()), Some(slot));
        assert_eq!(Slot::named(&production, day, "MAT002/NIGHT"), None);
        let (dispatch, ledger) = face_of(Module::Dispatch);
        for slot in [Slot::new_row(7), Slot::of_record(&Id::random(1_795_000_000_000, [7; 10]))] {
            assert_eq!(Slot::named(&dispatch, ledger, &slot.name()), Some(slot));
        }
        assert_eq!(Slot::new_row(7).new_number(), Some(7));
    }
}
