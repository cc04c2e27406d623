//! From a changed row of the sheet to a job for the saving queue.

use deskops_domain::catalogue::Catalogue;
use deskops_domain::choice::{Choices as _, Operation, Shift};
use deskops_domain::draft::Draft;
use deskops_domain::modules::Production;
use futures_channel::mpsc::UnboundedSender;
use serde_json::json;

use super::book::{SharedBook, Slot};
use super::layout::{column, material_of};
use super::plan::{Typed, read_row, typed_json};
use super::saving::{RowJob, RowNews};
use crate::grid::{RowId, Sheet};

/// The day that a row belongs to.
#[derive(Clone, Copy)]
pub struct Day<'a> {
    /// What is stored of it.
    pub book: &'a SharedBook,
    /// The shift that is shown.
    pub shift: Shift,
    /// What can be picked.
    pub catalogue: &'a Catalogue,
}

/// The job that makes the store say what the row says now.
#[must_use]
pub fn job(
    sheet: &Sheet,
    row: RowId,
    day: &Day<'_>,
    news: UnboundedSender<RowNews>,
) -> Option<RowJob> {
    let Day { book, shift, catalogue } = *day;
    let known = book.borrow().rows.get(&row).map(|(slot, _)| slot.clone());
    let slot = known.or_else(|| new_slot(sheet, row, shift, catalogue))?;
    let (typed, cells) = typed(sheet, row, &slot, book.borrow().day, catalogue);
    let name = material_of(sheet, row);
    Some(RowJob { book: book.clone(), row, slot, name, typed, cells, news })
}

/// The slot of a row that the clerk added.
fn new_slot(sheet: &Sheet, row: RowId, shift: Shift, catalogue: &Catalogue) -> Option<Slot> {
    let key = &sheet.row(row)?.key;
    let material = catalogue.materials.iter().find(|item| item.code == key.subject)?.id.clone();
    let operation = Operation::from_code(sheet.text(row, column::OPERATION))
        .unwrap_or(Operation::CrusherProduction);
    Some(Slot { material, shift, operation, line: key.line })
}

fn typed(
    sheet: &Sheet,
    id: RowId,
    slot: &Slot,
    day: deskops_domain::day::Day,
    catalogue: &Catalogue,
) -> (Typed<Production>, Draft) {
    let texts = [column::QUANTITY, column::OPERATION, column::NOTES]
        .map(|name| (name.to_owned(), typed_json(sheet.text(id, name))));
    let cells: Draft = texts.into_iter().collect();
    let Some(row) = sheet.row(id).filter(|row| !row.gone && !row.is_blank(&sheet.columns)) else {
        return (Typed::Nothing, cells);
    };
    let mut whole = cells.clone();
    whole.insert("materialId".into(), json!(slot.material));
    whole.insert("shift".into(), json!(slot.shift.code()));
    whole.insert("line".into(), json!(slot.line));
    let read = if row.has_problem() {
        Err(Vec::new())
    } else {
        read_row::<Production>(&whole, day, catalogue)
    };
    (read.map_or_else(|_| Typed::Wrong(cells.clone()), Typed::Right), cells)
}
