//! From a changed row of the sheet to a job for the saving queue.

use deskops_domain::catalogue::Catalogue;
use deskops_domain::choice::{Choices as _, Shift};
use deskops_domain::day::Day;
use deskops_domain::draft::Draft;
use deskops_domain::field::{Kind, Value};
use deskops_domain::problem::Problem;
use futures_channel::mpsc::UnboundedSender;
use serde_json::{Value as Json, json};

use super::book::{Book, SharedBook, Slot};
use super::job::{RowJob, RowNews, Waits};
use super::layout::{column, name_of};
use super::manner::Layout;
use super::plan::{Stored, Typed, cell_text, read_row, typed_json};
use crate::grid::{RowId, Sheet};

/// What a row is read with.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// What is stored.
    pub book: &'a SharedBook,
    /// The shift that is shown.
    pub shift: Shift,
    /// What can be picked.
    pub catalogue: &'a Catalogue,
}

/// The job that makes the store say what the row says now; a row that is still being typed is only
/// kept as a draft.
#[must_use]
pub fn job(
    sheet: &Sheet,
    row: RowId,
    desk: &Desk<'_>,
    is_left: bool,
    news: UnboundedSender<RowNews>,
) -> Option<RowJob> {
    let slot = slot(sheet, row, desk)?;
    let turn = {
        let mut book = desk.book.borrow_mut();
        let turn = book.turn(row) + 1;
        book.turns.insert(row, turn);
        turn
    };
    let book = desk.book.borrow();
    let cells = cells(sheet, row);
    let is_there = sheet.row(row).is_some_and(|row| !row.gone && !row.is_blank(&sheet.columns));
    let typed = match read(sheet, row, &slot, &book, desk.catalogue) {
        _ if !is_there => Typed::Nothing,
        Ok((day, values)) if is_left => Typed::Right(day, values),
        Ok(_) | Err(_) => Typed::Wrong(cells.clone()),
    };
    let name = name_of(sheet, row);
    let waits = if is_left { Waits::Store } else { Waits::Typing };
    let book = desk.book.clone();
    Some(RowJob { book, row, slot, name, typed, cells, turn, waits, news })
}

/// What keeps a row from being a record; nothing where it is blank, deleted or right.
#[must_use]
pub fn problems(sheet: &Sheet, row: RowId, desk: &Desk<'_>) -> Vec<Problem> {
    let is_there = sheet.row(row).is_some_and(|row| !row.gone && !row.is_blank(&sheet.columns));
    let book = desk.book.borrow();
    let known = book.rows.get(&row).map(|(slot, _)| slot.clone());
    let slot = known.unwrap_or_else(|| Slot::new_row(0));
    if !is_there {
        return Vec::new();
    }
    read(sheet, row, &slot, &book, desk.catalogue).err().unwrap_or_default()
}

/// What was typed, by field.
fn cells(sheet: &Sheet, row: RowId) -> Draft {
    let typed = sheet.columns.iter().filter(|column| column.is_typed());
    typed.map(|column| (column.key.to_owned(), typed_json(sheet.text(row, column.key)))).collect()
}

/// The slot of a row, which it keeps for as long as the sheet is open or it has a record.
fn slot(sheet: &Sheet, row: RowId, desk: &Desk<'_>) -> Option<Slot> {
    if let Some((slot, _)) = desk.book.borrow().rows.get(&row) {
        return Some(slot.clone());
    }
    let mut book = desk.book.borrow_mut();
    let slot = match book.manner.layout {
        Layout::Ledger | Layout::List => book.new_slot(),
        Layout::Day(_) => doubled(sheet, row, &book, desk)?,
    };
    book.rows.insert(row, (slot.clone(), Stored::default()));
    Some(slot)
}

/// The slot of another row of the same subject.
fn doubled(sheet: &Sheet, row: RowId, book: &Book, desk: &Desk<'_>) -> Option<Slot> {
    let key = &sheet.row(row)?.key;
    let part = |shape: &deskops_domain::field::Shape| match (shape.kind, shape.name) {
        (Kind::Code(list), _) => {
            let items = desk.catalogue.items(list);
            items.iter().find(|item| item.code == key.subject).map(|item| item.id.clone())
        }
        (_, "shift") => Some(desk.shift.code().to_owned()),
        (_, "line") => Some(key.line.to_string()),
        (_, name) => {
            let text = sheet.text(row, name);
            Some(
                if text.is_empty() { shape.default().unwrap_or_default() } else { text }.to_owned(),
            )
        }
    };
    book.face.keys().map(part).collect::<Option<Vec<_>>>().map(Slot::of_key)
}

/// Reads a row as the record that it would be.
fn read(
    sheet: &Sheet,
    id: RowId,
    slot: &Slot,
    book: &Book,
    catalogue: &Catalogue,
) -> Result<(Day, Vec<Value>), Vec<Problem>> {
    if sheet.row(id).is_none_or(|row| row.has_problem()) {
        return Err(Vec::new());
    }
    let stored = book.rows.get(&id).and_then(|(_, stored)| stored.live());
    let mut whole = cells(sheet, id);
    let day = match whole.remove(column::DATE) {
        None => book.day,
        Some(Json::String(text)) => Day::parse(&text).ok_or_else(Vec::new)?,
        Some(_) => {
            let missing = format!("{} is missing.", day_label(book));
            return Err(vec![Problem::new(column::DATE, "E-REQUIRED", missing)]);
        }
    };
    if let Some(stored) = stored.filter(|row| row.day != day && book.face.habit.is_kept) {
        let label = day_label(book);
        let stays = format!("{label} stays as it was entered: type {} again.", stored.day);
        return Err(vec![Problem::new(column::DATE, "E-KEY", stays)]);
    }
    let resets = reset_fields(sheet, id, book, stored);
    let mut keys = 0_usize..;
    for shape in book.face.shapes.iter().filter(|shape| !shape.is_computed()) {
        let key_idx = if shape.is_key() { keys.next() } else { None };
        if whole.contains_key(shape.name) {
            continue;
        }
        let of_key = match book.manner.layout {
            Layout::Day(_) => key_idx.and_then(|at| slot.part(at)).map(|part| json!(part)),
            Layout::Ledger | Layout::List => None,
        };
        let stands = stored
            .filter(|_| !resets.contains(&shape.name))
            .map(|row| typed_json(&cell_text(shape, book.face.value(&row.values, shape.name))));
        if let Some(json) = of_key.or(stands) {
            whole.insert(shape.name.to_owned(), json);
        }
    }
    read_row(&book.face, &whole, stored, day, catalogue).map(|values| (day, values))
}

/// What the day of a row is called in this list.
fn day_label(book: &Book) -> &'static str {
    book.manner.col(column::DATE).and_then(|col| col.label).unwrap_or("Date")
}

/// The fields that go back to their default, because what they tell of was typed anew.
fn reset_fields(
    sheet: &Sheet,
    row: RowId,
    book: &Book,
    stored: Option<&crate::face::Row>,
) -> Vec<&'static str> {
    let Some(stored) = stored else { return Vec::new() };
    let is_new = |field: &str| {
        book.face.shape(field).is_some_and(|shape| {
            cell_text(shape, book.face.value(&stored.values, field)) != sheet.text(row, field)
        })
    };
    let typed =
        book.manner.columns.iter().filter(|col| !col.resets.is_empty() && is_new(col.field));
    typed.flat_map(|col| col.resets.iter().copied()).collect()
}
