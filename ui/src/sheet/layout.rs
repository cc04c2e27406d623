//! The rows of a sheet and its book: every entry of a catalogue, or the records as they were entered.

use std::collections::BTreeMap;
use std::rc::Rc;

use deskops_domain::api::days::DraftRow;
use deskops_domain::catalogue::Catalogue;
use deskops_domain::choice::{Choices as _, Shift};
use deskops_domain::day::Day;
use deskops_domain::entry::Moment;
use deskops_domain::field::Kind;
use serde_json::Value as Json;

use super::book::{Book, Slot, has_shifts, shift_of};
use super::columns::columns;
use super::manner::{Layout, Manner};
use super::plan::{Stored, cell_text};
use crate::face::{DayRows, Face, Row, show};
use crate::grid::{self, Column, RowId, RowKey, RowState, Sheet, Spot};

/// The columns that every sheet has, by their names; the others are named as their fields.
pub mod column {
    /// The number of the row.
    pub const NUMBER: &str = "number";
    /// The day of a row, in lists.
    pub const DATE: &str = "date";
    /// How far the row has come.
    pub const STATE: &str = "state";
}

/// What the layout of a sheet must know of the world.
pub struct Setting<'a> {
    /// What is typed.
    pub face: &'a Face,
    /// How it is typed.
    pub manner: &'a Rc<Manner>,
    /// What can be picked.
    pub catalogue: &'a Catalogue,
    /// The shift that is shown; the whole day where shifts are not kept apart.
    pub shift: Shift,
    /// The day.
    pub day: Day,
    /// The site.
    pub site: &'a str,
    /// Writes an instant by the site's clocks.
    pub clock: &'a dyn Fn(Moment) -> String,
}

/// The sheet and the book of what was opened.
#[must_use]
pub fn lay_out(opened: &DayRows, setting: &Setting) -> (Sheet, Book) {
    let Setting { face, manner, .. } = *setting;
    let is_shown = |row: &&Row| !has_shifts(face) || shift_of(face, row) == setting.shift;
    let shown: Vec<&Row> = opened.rows.iter().filter(is_shown).collect();
    let others = opened.rows.iter().filter(|row| !is_shown(row)).cloned().collect();
    let columns = columns(opened, setting);
    let (mut rows, mut book, mut ids) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    let slots = slots(&shown, &opened.drafts, setting);
    let next_new = slots.iter().filter_map(Slot::new_number).max().map_or(1, |last| last + 1);
    for (number, slot) in (0_u32..).zip(slots) {
        let id = RowId(number);
        let entry = shown.iter().find(|row| Slot::of(face, manner.layout, row) == slot);
        let name = slot.name();
        let draft = opened.drafts.iter().find(|draft| draft.row == name);
        ids.extend(opened.asked.get(&name).map(|asked| (id, asked.clone())));
        // Rows of lists that are not right are kept on the page alone.
        let has_draft = draft.is_some() && !manner.is_list();
        rows.push(lay_row(id, &slot, entry.copied(), draft, &columns, setting));
        book.insert(id, (slot, Stored { entry: entry.map(|row| (*row).clone()), has_draft }));
    }
    let mut sheet = Sheet::new(columns, rows);
    check_drafts(&mut sheet);
    if manner.grows() {
        sheet = sheet.growing();
        number_rows(&mut sheet);
    } else {
        put_cursor(&mut sheet);
    }
    let book = Book {
        face: face.clone(),
        manner: manner.clone(),
        site: setting.site.to_owned(),
        day: setting.day,
        today: setting.day,
        rows: book,
        others,
        next_new,
        turns: BTreeMap::new(),
        ids,
    };
    (sheet, book)
}

/// What each row is, from the top.
fn slots(shown: &[&Row], drafts: &[DraftRow], setting: &Setting) -> Vec<Slot> {
    let Setting { face, manner, .. } = *setting;
    let stored = shown.iter().map(|row| Slot::of(face, manner.layout, row));
    let kept = drafts.iter().filter_map(|draft| Slot::named(face, manner.layout, &draft.row));
    let mut slots: Vec<Slot> = Vec::new();
    let mut add = |slot: Slot| {
        if !slots.contains(&slot) {
            slots.push(slot);
        }
    };
    let Layout::Day(is_offered) = manner.layout else {
        stored.chain(kept).for_each(&mut add);
        return slots;
    };
    // Every entry in catalogue order, each followed by its further records; what is not offered
    // any more comes last.
    let shift_at = face.keys().position(|shape| shape.name == "shift");
    let is_of_shift =
        |slot: &Slot| shift_at.is_none_or(|at| slot.part(at) == Some(setting.shift.code()));
    let mut known: Vec<Slot> = stored.chain(kept.filter(is_of_shift)).collect();
    known.sort_by_key(|slot| further(face, slot));
    let Some(Kind::Code(list)) = face.keys().next().map(|shape| shape.kind) else { return known };
    let items = setting.catalogue.items(list).iter();
    for item in items.filter(|item| is_offered(item) && item.is_active_on(setting.day)) {
        let part = |shape: &deskops_domain::field::Shape| match shape.name {
            "shift" => setting.shift.code().to_owned(),
            _ if matches!(shape.kind, Kind::Code(_)) => item.id.clone(),
            _ => shape.default().unwrap_or_default().to_owned(),
        };
        add(Slot::of_key(face.keys().map(part).collect()));
        known.iter().filter(|slot| slot.part(0) == Some(&item.id)).cloned().for_each(&mut add);
    }
    known.into_iter().for_each(add);
    slots
}

/// The order of several rows of one subject: by line, then as choices are offered.
fn further(face: &Face, slot: &Slot) -> (u32, Vec<usize>) {
    let line = face.keys().position(|shape| shape.name == "line");
    let line = line.and_then(|at| slot.part(at)?.parse().ok()).unwrap_or_default();
    let place = |(at, shape): (usize, &deskops_domain::field::Shape)| match shape.kind {
        Kind::Choice(choices, _) => {
            choices.iter().position(|choice| Some(choice.code) == slot.part(at))
        }
        _ => None,
    };
    (line, face.keys().enumerate().filter_map(place).collect())
}

fn lay_row(
    id: RowId,
    slot: &Slot,
    entry: Option<&Row>,
    draft: Option<&DraftRow>,
    columns: &[Column],
    setting: &Setting,
) -> grid::Row {
    let Setting { face, manner, catalogue, .. } = *setting;
    let kept = |field: &str| match draft.and_then(|draft| draft.cells.get(field)) {
        Some(Json::String(text)) => text.clone(),
        Some(Json::Null) | None => String::new(),
        Some(other) => other.to_string(),
    };
    let of_key = |field: &str| match manner.layout {
        Layout::Day(_) => {
            face.keys().position(|shape| shape.name == field).and_then(|at| slot.part(at))
        }
        Layout::Ledger | Layout::List => None,
    };
    let text = |column: &Column| match (column.key, face.shape(column.key)) {
        (column::NUMBER, _) => (id.0 + 1).to_string(),
        _ if column.is_typed() && draft.is_some() => kept(column.key),
        (column::DATE, _) => entry.map(|row| row.day.to_string()).unwrap_or_default(),
        (name, Some(shape)) => match (entry, of_key(name)) {
            (Some(row), _) => shown_text(column, shape, face, row, catalogue),
            (None, Some(part)) if column.is_typed() => part.to_owned(),
            (None, Some(part)) => {
                show(shape, &deskops_domain::field::Value::Text(part.to_owned()), catalogue)
            }
            (None, None) if column.prefilled => shape.default().unwrap_or_default().to_owned(),
            (None, None) => String::new(),
        },
        (_, None) => String::new(),
    };
    let state = match (draft, entry) {
        (Some(_), _) => RowState::Draft,
        (None, Some(row)) => saved_state(row, setting.clock),
        (None, None) => RowState::Blank,
    };
    let row = grid::Row::new(id, key_of(slot, setting), columns.iter().map(text));
    // What DeskOps has worked out is a record already, but nobody has typed anything.
    let is_nobodys = draft.is_none() && entry.is_some_and(|row| row.stamp.rev == 0);
    row.in_state(if is_nobodys { RowState::Blank } else { state })
}

/// What a row is about: the entry of the catalogue that a day sheet lists.
pub(super) fn key_of(slot: &Slot, setting: &Setting) -> RowKey {
    let face = setting.face;
    let Layout::Day(_) = setting.manner.layout else {
        return RowKey { subject: String::new(), line: 1 };
    };
    let item = face.keys().next().and_then(|shape| match shape.kind {
        Kind::Code(list) => setting.catalogue.find(list, slot.part(0)?),
        _ => None,
    });
    let id = slot.part(0).unwrap_or_default();
    let subject = item.map_or_else(|| id.to_owned(), |item| item.code.clone());
    let line = face.keys().position(|shape| shape.name == "line");
    let line = line.and_then(|at| slot.part(at)?.parse().ok()).unwrap_or(1);
    RowKey { subject, line }
}

/// A value of a record as its cell holds it: to be typed over, or only to be read.
fn shown_text(
    column: &Column,
    shape: &deskops_domain::field::Shape,
    face: &Face,
    row: &Row,
    catalogue: &Catalogue,
) -> String {
    let value = face.value(&row.values, shape.name);
    // What did not move needs no figure in every row.
    if shape.is_computed() && shape.is_total() && *value == deskops_domain::field::Value::Int(0) {
        return String::new();
    }
    // What is so by default needs no word in every row.
    let is_said = |code: &str| shape.is_key() || shape.default() != Some(code);
    if let (Kind::Choice(..), deskops_domain::field::Value::Text(code)) = (shape.kind, value)
        && !column.is_typed()
        && !is_said(code)
    {
        return String::new();
    }
    if column.is_typed() || column.number().is_some() {
        cell_text(shape, value)
    } else {
        show(shape, value, catalogue)
    }
}

/// The texts of a record, by the key of their column.
#[must_use]
pub fn stored_texts(
    sheet: &Sheet,
    face: &Face,
    row: &Row,
    catalogue: &Catalogue,
) -> Vec<(String, String)> {
    let text = |column: &Column| {
        if column.key == column::DATE {
            return Some((column.key.to_owned(), row.day.to_string()));
        }
        let shape = face.shape(column.key)?;
        Some((column.key.to_owned(), shown_text(column, shape, face, row, catalogue)))
    };
    sheet.columns.iter().filter_map(text).collect()
}

/// What a row is called in sentences: its material, or its number.
#[must_use]
pub fn name_of(sheet: &Sheet, row: RowId) -> String {
    let place = sheet.row_idx(row);
    let subject = sheet.columns.iter().position(|column| {
        column.key != column::NUMBER && column.key != column::DATE && column.number().is_none()
    });
    let cell = subject.zip(place).and_then(|(at, row)| {
        let text = &sheet.rows[row].cells[at].text;
        (!text.is_empty()).then(|| sheet.columns[at].shown(text))
    });
    match (cell, place) {
        (Some(name), Some(place)) if sheet.grows() => format!("Row {} ({name})", place + 1),
        (Some(name), _) => name,
        (None, Some(place)) => format!("Row {}", place + 1),
        (None, None) => "The row".to_owned(),
    }
}

/// The state of a stored row.
#[must_use]
pub fn saved_state(row: &Row, clock: &dyn Fn(Moment) -> String) -> RowState {
    if row.stamp.is_sent {
        RowState::Sent
    } else {
        RowState::SavedHere(clock(row.stamp.updated_at))
    }
}

/// Rows that were added or taken away move the others. Says whether any number was not right.
pub fn number_rows(sheet: &mut Sheet) -> bool {
    let Some(column) = sheet.column_idx(column::NUMBER) else { return false };
    let mut is_moved = false;
    for (number, row) in (1_u32..).zip(&mut sheet.rows) {
        let text = &mut row.cells[column].text;
        if text.parse() != Ok(number) {
            *text = number.to_string();
            is_moved = true;
        }
    }
    is_moved
}

/// A draft says what is wrong with it as soon as it is shown again.
fn check_drafts(sheet: &mut Sheet) {
    let columns = sheet.columns.clone();
    for row in sheet.rows.iter_mut().filter(|row| row.state == RowState::Draft) {
        for (column, cell) in
            columns.iter().zip(&mut row.cells).filter(|(column, _)| column.is_typed())
        {
            let checked = column.read(&row.key, &cell.text);
            cell.warning = checked.warning;
            match checked.text {
                Ok(text) => cell.text = text,
                Err(problem) => cell.problem = Some(problem),
            }
        }
    }
}

/// The first cell that nobody has typed yet, in the column where typing begins.
fn put_cursor(sheet: &mut Sheet) {
    let column = sheet.cursor.column;
    let row =
        sheet.rows.iter().position(|row| row.cells[column].text.is_empty()).unwrap_or_default();
    sheet.cursor = Spot { row, column };
}
