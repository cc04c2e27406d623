//! What a typed row asks the core for, given what is stored. Pure, because nothing may be lost here.

use deskops_domain::catalogue::Catalogue;
use deskops_domain::day::Day;
use deskops_domain::draft::{Draft, read_field};
use deskops_domain::field::{Kind, Shape, Value};
use deskops_domain::problem::Problem;
use deskops_domain::text::format_fixed;
use serde_json::{Value as Json, json};

use crate::face::{Ask, Face, Row};

/// A row as it stands on the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Typed {
    /// Nothing is entered, or what was entered is deleted.
    Nothing,
    /// It is not a record yet: what was typed, by field.
    Wrong(Draft),
    /// A whole record: its day, and its values in field order.
    Right(Day, Vec<Value>),
}

/// One thing to ask the core for.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A change of the record.
    Ask(Ask),
    /// A row that is not right kept as it is.
    Keep(Draft),
    /// The kept row forgotten.
    Forget,
}

/// What is stored of a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stored {
    /// Its record, deleted or not.
    pub entry: Option<Row>,
    /// Whether a draft of it is kept.
    pub has_draft: bool,
}

impl Stored {
    /// The record, where there is one that counts.
    #[must_use]
    pub fn live(&self) -> Option<&Row> {
        self.entry.as_ref().filter(|entry| entry.is_live())
    }
}

/// Reads a row's cells as a record of a day, as the door will read it: what is as it is stored is
/// not judged again, so that a material out of use keeps nobody from correcting a figure.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_row(
    face: &Face,
    cells: &Draft,
    stored: Option<&Row>,
    day: Day,
    catalogue: &Catalogue,
) -> Result<Vec<Value>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut values = Vec::with_capacity(face.shapes.len());
    for (at, shape) in face.shapes.iter().enumerate() {
        let given = cells.get(shape.name);
        let stands = stored.and_then(|row| row.values.get(at)).filter(|stands| {
            !shape.is_computed() && given == Some(&typed_json(&cell_text(shape, stands)))
        });
        match stands.cloned().map_or_else(|| read_field(shape, given, Some(day), catalogue), Ok) {
            Ok(value) => values.push(value),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let found = (face.check)(values.clone());
    if found.is_empty() { Ok(values) } else { Err(found) }
}

/// The one step that makes the store say what the row says; none where it does. One command a row,
/// so that nothing is ever half done; a kept draft is forgotten by the step that saves the row.
#[must_use]
pub fn plan(face: &Face, typed: &Typed, stored: &Stored, site: &str) -> Option<Step> {
    let step = match (typed, stored.live()) {
        (Typed::Wrong(cells), _) => return Some(Step::Keep(cells.clone())),
        (Typed::Nothing, None) => None,
        (Typed::Nothing, Some(entry)) if face.is_computed() => emptied(face, entry),
        (Typed::Nothing, Some(entry)) => Some(Ask::Void(entry.id.clone(), entry.stamp.rev)),
        (Typed::Right(day, values), None) => Some(Ask::Create(whole(face, values, site, *day))),
        (Typed::Right(day, values), Some(entry)) if is_same_key(face, *day, values, entry) => {
            edit(face, values, entry, site)
        }
        (Typed::Right(day, values), Some(entry)) => {
            let draft = whole(face, values, site, *day);
            Some(Ask::Replace(entry.id.clone(), entry.stamp.rev, draft))
        }
    };
    step.map(Step::Ask).or(stored.has_draft.then_some(Step::Forget))
}

/// Whether the store says what the row says.
#[must_use]
pub fn is_done(face: &Face, typed: &Typed, stored: &Stored) -> bool {
    match (typed, stored.live()) {
        (Typed::Right(day, values), Some(entry)) => {
            is_same_key(face, *day, values, entry) && edit(face, values, entry, "").is_none()
        }
        _ => false,
    }
}

fn whole(face: &Face, values: &[Value], site: &str, day: Day) -> Draft {
    let given = face.shapes.iter().zip(values);
    let mut draft: Draft = given
        .filter(|(shape, value)| **value != Value::Empty && !shape.is_computed())
        .map(|(shape, value)| (shape.name.to_owned(), shape.kind.to_json(value)))
        .collect();
    draft.insert("siteId".into(), json!(site));
    draft.insert("date".into(), json!(day));
    draft
}

fn is_same_key(face: &Face, day: Day, values: &[Value], entry: &Row) -> bool {
    let same =
        |shape: &Shape| face.value(values, shape.name) == face.value(&entry.values, shape.name);
    day == entry.day && face.keys().all(same)
}

/// What is new of a record. What DeskOps alone has worked out so far is entered for the first time.
fn edit(face: &Face, values: &[Value], entry: &Row, site: &str) -> Option<Ask> {
    let both = face.shapes.iter().zip(values.iter().zip(&entry.values));
    let draft: Draft = both
        .filter(|(shape, (now, before))| !shape.is_computed() && now != before)
        .map(|(shape, (now, _))| (shape.name.to_owned(), shape.kind.to_json(now)))
        .collect();
    (!draft.is_empty()).then(|| match entry.stamp.rev {
        0 => Ask::Create(whole(face, values, site, entry.day)),
        rev => Ask::Edit(entry.id.clone(), rev, draft),
    })
}

/// What people said in a computed record is taken back; what is computed stays.
fn emptied(face: &Face, entry: &Row) -> Option<Ask> {
    let stands = face.shapes.iter().zip(&entry.values);
    let draft: Draft = stands
        .filter(|(shape, value)| {
            !shape.is_computed()
                && !shape.is_key()
                && **value != Value::Empty
                && shape.default() != Some(cell_text(shape, value).as_str())
        })
        .map(|(shape, _)| (shape.name.to_owned(), Json::Null))
        .collect();
    (!draft.is_empty()).then(|| Ask::Edit(entry.id.clone(), entry.stamp.rev, draft))
}

/// A value as a cell holds it that is typed: an id, a code, a figure that is not grouped.
#[must_use]
pub fn cell_text(shape: &Shape, value: &Value) -> String {
    match (shape.kind, value) {
        (_, Value::Empty) => String::new(),
        (Kind::Flag, Value::Int(flag)) => {
            // What is not so, as nothing else was said, needs no word in every row.
            match (*flag, shape.default()) {
                (0, Some("false")) => String::new(),
                (flag, _) => if flag == 0 { "false" } else { "true" }.to_owned(),
            }
        }
        (kind, Value::Int(raw)) => format_fixed(*raw, kind.decimals().unwrap_or(0)),
        (_, Value::Text(text)) => text.clone(),
    }
}

/// A typed text as a draft holds it: nothing where nothing was typed.
#[must_use]
pub fn typed_json(text: &str) -> Json {
    if text.trim().is_empty() { Json::Null } else { json!(text) }
}
