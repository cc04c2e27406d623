//! What is stored of a day's sheet, row by row, as far as this page knows.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use deskops_domain::choice::{Choices as _, Operation, Shift};
use deskops_domain::day::Day;
use deskops_domain::entry::{Entry, Moment};
use deskops_domain::field::MaterialId;
use deskops_domain::modules::Production;
use deskops_domain::quantity::Tons;

use super::plan::Stored;
use crate::grid::RowId;

/// A book that the screen and the saving queue both write in; the queue outlives the screen.
pub type SharedBook = Rc<RefCell<Book>>;

/// What makes a row of the sheet the row that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The material, by id.
    pub material: String,
    /// The shift.
    pub shift: Shift,
    /// The operation that the row had when it was opened.
    pub operation: Operation,
    /// Tells rows of one material apart.
    pub line: u32,
}

impl Slot {
    /// The slot of a record.
    #[must_use]
    pub fn of(body: &Production) -> Self {
        let MaterialId(material) = body.material_id.clone();
        Self { material, shift: body.shift, operation: body.operation, line: body.line }
    }

    /// The name under which the row's draft is kept.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}/{}/{}/{}", self.material, self.shift.code(), self.operation.code(), self.line)
    }

    /// The slot that has this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut parts = name.rsplitn(4, '/');
        let line = parts.next()?.parse().ok()?;
        let operation = Operation::from_code(parts.next()?)?;
        let shift = Shift::from_code(parts.next()?)?;
        Some(Self { material: parts.next()?.to_owned(), shift, operation, line })
    }
}

/// What is stored of one day.
#[derive(Debug, Clone)]
pub struct Book {
    /// The site.
    pub site: String,
    /// The day.
    pub day: Day,
    /// What each row is and what is stored of it.
    pub rows: BTreeMap<RowId, (Slot, Stored<Production>)>,
    /// Records of shifts that are not shown.
    pub others: Vec<Entry<Production>>,
}

impl Book {
    /// Live records of the day, of all shifts.
    pub fn entries(&self) -> impl Iterator<Item = &Entry<Production>> {
        self.rows.values().filter_map(|(_, stored)| stored.live()).chain(&self.others)
    }

    /// What was made on the day, over all shifts.
    #[must_use]
    pub fn total(&self) -> Tons {
        Tons::kg(self.entries().map(|entry| entry.body.qty_kg.raw()).sum())
    }

    /// Records of the day, over all shifts.
    #[must_use]
    pub fn n_entries(&self) -> usize {
        self.entries().count()
    }

    /// When something of the day was last saved.
    #[must_use]
    pub fn last_saved(&self) -> Option<Moment> {
        self.entries().map(|entry| entry.stamp.updated_at).max()
    }

    /// The row that shows a record.
    #[must_use]
    pub fn row_of(&self, id: &deskops_domain::id::Id) -> Option<RowId> {
        let is_it = |stored: &Stored<Production>| {
            stored.entry.as_ref().is_some_and(|entry| entry.id == *id)
        };
        self.rows.iter().find(|(_, (_, stored))| is_it(stored)).map(|(row, _)| *row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_found_again_by_its_name() {
        let slot = Slot {
            material: "MAT/002".into(),
            shift: Shift::Night,
            operation: Operation::Segregation,
            line: 2,
        };
        assert_eq!(slot.name(), "MAT/002/NIGHT/SEG-OP/2");
        assert_eq!(Slot::named(&slot.name()), Some(slot));
        assert_eq!(Slot::named("MAT002/NIGHT"), None);
        assert_eq!(Slot::named("MAT002/NIGHT/SEG-OP/x"), None);
    }
}
