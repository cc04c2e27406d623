//! From a figure of the ledger to the records that it comes from.

use deskops_domain::choice::Module;

use dioxus::prelude::*;

use super::work::Work;
use crate::face::Face;
use crate::grid::RowId;
use crate::place::{Only, Place, Screen, View};

/// The module whose records a computed figure sums; none where it sums none.
#[must_use]
pub fn module_of(face: &Face, field: &str) -> Option<Module> {
    if face.module() != Some(Module::Inventory) {
        return None;
    }
    match field {
        "producedTon" => Some(Module::Production),
        "receivedTon" => Some(Module::Received),
        "dispatchedTon" => Some(Module::Dispatch),
        _ => None,
    }
}

impl Work {
    /// Shows the records of the day that a figure comes from.
    pub fn open_figure(self, row: RowId, field: &str) {
        let place = {
            let book = self.book.peek();
            let book = book.borrow();
            let what = book.rows.get(&row).and_then(|(slot, _)| slot.part(0)).map(str::to_owned);
            module_of(&book.face, field).zip(what).map(|(module, what)| Place {
                screen: Screen::Module(module),
                view: View::All,
                only: Some(Only { field: "materialId".to_owned(), what }),
                ..self.desk.place.peek().clone()
            })
        };
        if let Some(place) = place {
            self.desk.go(place);
        }
    }
}
