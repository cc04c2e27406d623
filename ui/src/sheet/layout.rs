//! The rows and columns of a production day: every product in catalogue order, and what else is stored.

use std::collections::BTreeMap;

use deskops_domain::api::days::{DaySheet, DraftRow};
use deskops_domain::catalogue::Catalogue;
use deskops_domain::choice::{Choices as _, Operation, Shift};
use deskops_domain::day::Day;
use deskops_domain::draft::read_field;
use deskops_domain::entry::{Entry, Moment};
use deskops_domain::field::{Shape, Value};
use deskops_domain::modules::Production;
use deskops_domain::record::Record as _;
use deskops_domain::summary::{OUTLIER_FACTOR, Usual};
use serde_json::{Value as Json, json};

use super::book::{Book, Slot};
use super::plan::Stored;
use crate::grid::{Checked, Choice, Column, Editor, Row, RowId, RowKey, RowState, Sheet, Spot};
use crate::words::tons;

/// The columns by their names.
pub mod column {
    /// The number of the row.
    pub const NUMBER: &str = "number";
    /// The product.
    pub const MATERIAL: &str = "materialId";
    /// The shift.
    pub const SHIFT: &str = "shift";
    /// How much.
    pub const QUANTITY: &str = "qtyTon";
    /// The part of the plant.
    pub const OPERATION: &str = "operation";
    /// Anything worth knowing.
    pub const NOTES: &str = "notes";
    /// How far the row has come.
    pub const STATE: &str = "state";
}

/// What the layout of a day must know of the world.
pub struct Setting<'a> {
    /// What can be picked.
    pub catalogue: &'a Catalogue,
    /// The shift that is shown.
    pub shift: Shift,
    /// The day.
    pub day: Day,
    /// The site.
    pub site: &'a str,
    /// Writes an instant by the site's clocks.
    pub clock: &'a dyn Fn(Moment) -> String,
}

/// The sheet and the book of a day.
#[must_use]
pub fn lay_out(sheet: &DaySheet<Production>, setting: &Setting) -> (Sheet, Book) {
    let shown: Vec<&Entry<Production>> =
        sheet.entries.iter().filter(|entry| entry.body.shift == setting.shift).collect();
    let slots = slots(&shown, &sheet.drafts, setting);
    let mut rows = Vec::new();
    let mut book = BTreeMap::new();
    for (number, slot) in (0_u32..).zip(slots) {
        let id = RowId(number);
        let entry =
            shown.iter().find(|entry| Slot::of(&entry.body) == slot).map(|entry| (*entry).clone());
        let draft =
            sheet.drafts.iter().find(|draft| Slot::named(&draft.row).as_ref() == Some(&slot));
        rows.push(row(id, &slot, entry.as_ref(), draft, setting));
        book.insert(id, (slot, Stored { entry, has_draft: draft.is_some() }));
    }
    let others =
        sheet.entries.iter().filter(|entry| entry.body.shift != setting.shift).cloned().collect();
    let mut sheet = Sheet::new(columns(setting, &sheet.usual), rows);
    check_drafts(&mut sheet);
    put_cursor(&mut sheet);
    (sheet, Book { site: setting.site.to_owned(), day: setting.day, rows: book, others })
}

/// Every product in catalogue order, each followed by its further records; what is not offered any more comes last.
fn slots(shown: &[&Entry<Production>], drafts: &[DraftRow], setting: &Setting) -> Vec<Slot> {
    let offered = setting
        .catalogue
        .materials
        .iter()
        .filter(|item| item.is_final && item.is_active_on(setting.day));
    let mut known: Vec<Slot> = shown.iter().map(|entry| Slot::of(&entry.body)).collect();
    known.extend(
        drafts
            .iter()
            .filter_map(|draft| Slot::named(&draft.row))
            .filter(|slot| slot.shift == setting.shift),
    );
    known.sort_by_key(|slot| (slot.line, slot.operation));
    let mut slots: Vec<Slot> = Vec::new();
    let mut add = |slot: Slot| {
        if !slots.contains(&slot) {
            slots.push(slot);
        }
    };
    for item in offered {
        add(Slot {
            material: item.id.clone(),
            shift: setting.shift,
            operation: Operation::CrusherProduction,
            line: 1,
        });
        known.iter().filter(|slot| slot.material == item.id).cloned().for_each(&mut add);
    }
    known.into_iter().for_each(add);
    slots
}

fn row(
    id: RowId,
    slot: &Slot,
    entry: Option<&Entry<Production>>,
    draft: Option<&DraftRow>,
    setting: &Setting,
) -> Row {
    let item = setting.catalogue.materials.iter().find(|item| item.id == slot.material);
    let subject = item.map_or_else(|| slot.material.clone(), |item| item.code.clone());
    let typed = |field: &str| match draft.and_then(|draft| draft.cells.get(field)) {
        Some(Json::String(text)) => text.clone(),
        Some(Json::Null) | None => String::new(),
        Some(other) => other.to_string(),
    };
    let (quantity, operation, notes) = match (draft, entry) {
        (Some(_), _) => (typed(column::QUANTITY), typed(column::OPERATION), typed(column::NOTES)),
        (None, Some(entry)) => stored_texts(entry),
        (None, None) => (String::new(), slot.operation.code().to_owned(), String::new()),
    };
    let texts = [
        (id.0 + 1).to_string(),
        item.map_or_else(|| slot.material.clone(), |item| item.name.clone()),
        slot.shift.label().to_owned(),
        quantity,
        operation,
        notes,
        String::new(),
    ];
    let state = match (draft, entry) {
        (Some(_), _) => RowState::Draft,
        (None, Some(entry)) => saved_state(entry, setting.clock),
        (None, None) => RowState::Blank,
    };
    Row::new(id, RowKey { subject, line: slot.line }, texts).in_state(state)
}

/// What a row is called in sentences: its material.
#[must_use]
pub fn material_of(sheet: &Sheet, row: RowId) -> String {
    let name = sheet.text(row, column::MATERIAL);
    if name.is_empty() { "The row".to_owned() } else { name.to_owned() }
}

/// Quantity, operation and notes of a record as cells hold them.
#[must_use]
pub fn stored_texts(entry: &Entry<Production>) -> (String, String, String) {
    let body = &entry.body;
    (
        body.qty_kg.to_string(),
        body.operation.code().to_owned(),
        body.notes.clone().unwrap_or_default(),
    )
}

/// The state of a stored row.
#[must_use]
pub fn saved_state(entry: &Entry<Production>, clock: &dyn Fn(Moment) -> String) -> RowState {
    if entry.stamp.is_sent {
        RowState::Sent
    } else {
        RowState::SavedHere(clock(entry.stamp.updated_at))
    }
}

fn shape(name: &str) -> &'static Shape {
    Production::shapes()
        .find(|shape| shape.name == name)
        .expect("the sheet's columns are fields of production")
}

fn columns(setting: &Setting, usual: &BTreeMap<String, Usual>) -> Vec<Column> {
    let day = setting.day;
    let id_of = |code: &str| {
        setting
            .catalogue
            .materials
            .iter()
            .find(|item| item.code == code)
            .map(|item| item.id.clone())
    };
    let usual: BTreeMap<String, Usual> = setting
        .catalogue
        .materials
        .iter()
        .filter_map(|item| Some((item.code.clone(), *usual.get(&id_of(&item.code)?)?)))
        .collect();
    let check_field = move |name: &'static str, text: &str| {
        // No field of a cell here is a code of the catalogue.
        read_field(shape(name), Some(&json!(text)), Some(day), &Catalogue::default())
    };
    let quantity = move |key: &RowKey, text: &str| match check_field(column::QUANTITY, text) {
        Ok(Value::Int(kg)) => {
            let warning =
                usual.get(&key.subject).filter(|usual| usual.is_outlier(kg)).map(|usual| {
                    format!(
                        "{} is more than {OUTLIER_FACTOR} times the usual {}. Check it.",
                        tons(kg),
                        tons(usual.median)
                    )
                });
            Checked { text: Ok(deskops_domain::text::format_fixed(kg, 3)), warning }
        }
        Ok(_) => Checked::fine(text),
        Err(problem) => Checked::wrong(problem.code, problem.message),
    };
    let words = move |name: &'static str| {
        move |_: &RowKey, text: &str| match check_field(name, text) {
            Ok(Value::Text(text)) => Checked::fine(text),
            Ok(_) => Checked::fine(text),
            Err(problem) => Checked::wrong(problem.code, problem.message),
        }
    };
    let operations = Operation::CHOICES
        .iter()
        .map(|choice| Choice { code: choice.code.into(), label: choice.label.into() })
        .collect();
    vec![
        Column::new(column::NUMBER, "#", 44, Editor::Fixed),
        Column::new(column::MATERIAL, "Material", 200, Editor::Fixed).also(&["Product", "Item"]),
        Column::new(column::SHIFT, "Shift", 104, Editor::Fixed),
        Column::new(
            column::QUANTITY,
            shape(column::QUANTITY).label,
            136,
            Editor::Number { unit: "t", decimals: 3 },
        )
        .checked(quantity)
        .also(&["Quantity", "Qty", "Tons", "Quantity t"]),
        Column::new(column::OPERATION, "Operation", 168, Editor::Choice(operations))
            .checked(words(column::OPERATION))
            .prefilled(),
        Column::new(column::NOTES, "Notes", 200, Editor::Text { max: 500 })
            .checked(words(column::NOTES))
            .also(&["Remarks"]),
        Column::new(column::STATE, "State", 168, Editor::State),
    ]
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

/// The first quantity that nobody has typed yet.
fn put_cursor(sheet: &mut Sheet) {
    if let Some(column) = sheet.column_idx(column::QUANTITY) {
        let row =
            sheet.rows.iter().position(|row| row.cells[column].text.is_empty()).unwrap_or_default();
        sheet.cursor = Spot { row, column };
    }
}
