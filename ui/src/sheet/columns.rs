//! The columns of a sheet: from the fields of a record and the manner in which it is typed.

use std::collections::BTreeMap;
use std::rc::Rc;

use deskops_domain::catalogue::{Catalogue, Item, List};
use deskops_domain::day::Day;
use deskops_domain::draft::read_field;
use deskops_domain::field::{Kind, Rule, Shape, Value};
use deskops_domain::summary::{OUTLIER_FACTOR, Usual};
use serde_json::json;

use super::figure::module_of;
use super::layout::{Setting, column};
use super::manner::{Col, Layout};
use super::plan::cell_text;
use crate::face::DayRows;
use crate::grid::{Checked, Choice, Column, Editor, Fresh, RowKey};
use crate::typed_day;
use crate::words::amount;

/// The most characters of a text that says no limit itself.
const LONGEST: usize = 500;

/// The columns from left to right: number, what is typed, state.
#[must_use]
pub fn columns(opened: &DayRows, setting: &Setting) -> Vec<Column> {
    let catalogue = Rc::new(setting.catalogue.clone());
    let usual = usual_by_subject(opened, setting);
    let first_total = setting.face.totals().next().map(|shape| shape.name);
    let typed = setting.manner.columns.iter().filter_map(|col| {
        if col.field == column::DATE {
            return Some(date_column(col, setting.day));
        }
        let shape = setting.face.shape(col.field)?;
        let usual = if first_total == Some(shape.name) { usual.clone() } else { BTreeMap::new() };
        Some(field_column(col, shape, opened, setting, &catalogue, usual))
    });
    let number = Column::new(column::NUMBER, "#", 40, Editor::Fixed);
    let state_px = if matches!(setting.manner.layout, Layout::List) { 148 } else { 168 };
    let state = Column::new(column::STATE, "State", state_px, Editor::State);
    [number].into_iter().chain(typed).chain([state]).collect()
}

fn field_column(
    col: &Col,
    shape: &'static Shape,
    opened: &DayRows,
    setting: &Setting,
    catalogue: &Rc<Catalogue>,
    usual: BTreeMap<String, Usual>,
) -> Column {
    let is_fixed = col.is_fixed || shape.is_computed();
    let editor = if is_fixed && shape.kind.decimals().is_none() {
        Editor::Fixed
    } else {
        editor(shape, opened, setting)
    };
    let (day, catalogue) = (setting.day, catalogue.clone());
    let check = move |key: &RowKey, text: &str| {
        let dated = (shape.kind == Kind::Day).then(|| typed_day::read_any(text, day));
        let typed = match dated {
            Some(Err(message)) => return Checked::wrong("E-DATE", message),
            Some(Ok(day)) => json!(day),
            None => json!(text),
        };
        match read_field(shape, Some(&typed), Some(day), &catalogue) {
            Ok(value) => {
                let warning = usual.get(&key.subject).and_then(|usual| odd(shape, &value, usual));
                Checked { text: Ok(cell_text(shape, &value)), warning }
            }
            Err(problem) => Checked::wrong(problem.code, problem.message),
        }
    };
    let label = col.label.unwrap_or(shape.label);
    let mut column =
        Column::new(shape.name, label, col.width_px, editor).checked(check).also(col.also);
    column.fixed = is_fixed;
    column.summed = shape.is_total();
    column.prefilled = col.is_prefilled;
    column.fresh = match (col.is_prefilled, shape.default()) {
        (true, Some(text)) => Fresh::Text(text),
        _ => col.fresh,
    };
    column.known = col.is_known.then(|| {
        let known = opened.known.get(shape.name).into_iter().flatten();
        known.map(Choice::words).collect()
    });
    column.follower = col.follower;
    column.pending = col.pending;
    column.opens = module_of(setting.face, shape.name).is_some();
    column
}

/// The day from which a row holds.
fn date_column(col: &Col, today: Day) -> Column {
    let check = move |_: &RowKey, text: &str| match typed_day::read_any(text, today) {
        Ok(day) => Checked::fine(day.to_string()),
        Err(message) => Checked::wrong("E-DATE", message),
    };
    let label = col.label.unwrap_or("Date");
    let mut column =
        Column::new(column::DATE, label, col.width_px, Editor::Text { max: 20 }).checked(check);
    column.fresh = col.fresh;
    column.first = Some(today.to_string());
    column
}

fn editor(shape: &Shape, opened: &DayRows, setting: &Setting) -> Editor {
    match shape.kind {
        Kind::Tons | Kind::Hours | Kind::Percent | Kind::Count => Editor::Number {
            unit: shape.kind.unit(),
            decimals: u8::try_from(shape.kind.decimals().unwrap_or(0)).unwrap_or(0),
        },
        Kind::Flag => {
            Editor::Choice(vec![Choice::words_for("true", "yes"), Choice::words_for("false", "no")])
        }
        Kind::Choice(choices, _) => Editor::Choice(
            choices.iter().map(|choice| Choice::new(choice.code, choice.label)).collect(),
        ),
        Kind::Code(list) => Editor::Choice(picks(list, shape, opened, setting)),
        Kind::Text => Editor::Text {
            max: shape
                .rules
                .iter()
                .find_map(|rule| if let Rule::Longest(most) = rule { Some(*most) } else { None })
                .unwrap_or(LONGEST),
        },
        Kind::Day => Editor::Text { max: 20 },
    }
}

/// What can be picked on the day, and what is out of use but stands in a row.
fn picks(list: List, shape: &Shape, opened: &DayRows, setting: &Setting) -> Vec<Choice> {
    let stands = |id: &str| {
        opened
            .rows
            .iter()
            .any(|row| *setting.face.value(&row.values, shape.name) == Value::Text(id.to_owned()))
    };
    // A list also speaks of days to come, on which something new is in use.
    let is_list = matches!(setting.manner.layout, Layout::List);
    let is_to_come = |item: &Item| is_list && item.active_from > setting.day;
    let items = setting.catalogue.items(list).iter();
    items
        .filter(|item| item.is_active_on(setting.day) || is_to_come(item) || stands(&item.id))
        .map(|item| Choice {
            code: item.id.clone(),
            label: item.name.clone(),
            short: item.code.clone(),
        })
        .collect()
}

/// What is usual, by the code that rows are known by.
fn usual_by_subject(opened: &DayRows, setting: &Setting) -> BTreeMap<String, Usual> {
    let Some(Kind::Code(list)) = setting.face.shapes.first().map(|shape| shape.kind) else {
        return BTreeMap::new();
    };
    let items = setting.catalogue.items(list).iter();
    items.filter_map(|item| Some((item.code.clone(), *opened.usual.get(&item.id)?))).collect()
}

fn odd(shape: &Shape, value: &Value, usual: &Usual) -> Option<String> {
    let Value::Int(raw) = value else { return None };
    let shown = |raw| amount(raw, shape.kind.decimals().unwrap_or(0), shape.kind.unit());
    usual.is_outlier(*raw).then(|| {
        format!(
            "{} is more than {OUTLIER_FACTOR} times the usual {}. Check it.",
            shown(*raw),
            shown(usual.median)
        )
    })
}
