//! What a typed row asks the core for, given what is stored. Pure, because nothing may be lost here.

use deskops_domain::catalogue::Catalogue;
use deskops_domain::day::Day;
use deskops_domain::draft::{Draft, read_field};
use deskops_domain::entry::{Entry, body_json};
use deskops_domain::field::Shape;
use deskops_domain::id::Id;
use deskops_domain::problem::Problem;
use deskops_domain::record::Record;
use serde_json::{Value as Json, json};

/// A row as it stands on the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Typed<R> {
    /// Nothing is entered, or what was entered is deleted.
    Nothing,
    /// It is not a record yet: what was typed, by field.
    Wrong(Draft),
    /// A whole record.
    Right(R),
}

/// One thing to ask the core for.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A new record, or a deleted one back with new values.
    Create(Draft),
    /// Some fields of a record anew.
    Edit {
        /// The record.
        id: Id,
        /// The version that was seen.
        rev: u32,
        /// The fields.
        draft: Draft,
    },
    /// A record deleted and entered again with another key, in one.
    Replace {
        /// The record.
        id: Id,
        /// The version that was seen.
        rev: u32,
        /// The record as it should be.
        draft: Draft,
    },
    /// A record deleted.
    Void {
        /// The record.
        id: Id,
        /// The version that was seen.
        rev: u32,
    },
    /// A row that is not right kept as it is.
    Keep(Draft),
    /// The kept row forgotten.
    Forget,
}

/// What is stored of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored<R> {
    /// Its record, deleted or not.
    pub entry: Option<Entry<R>>,
    /// Whether a draft of it is kept.
    pub has_draft: bool,
}

impl<R> Default for Stored<R> {
    fn default() -> Self {
        Self { entry: None, has_draft: false }
    }
}

impl<R> Stored<R> {
    /// The record, where there is one that counts.
    #[must_use]
    pub fn live(&self) -> Option<&Entry<R>> {
        self.entry.as_ref().filter(|entry| entry.stamp.voided.is_none())
    }
}

/// Reads a row's cells as a record of a day, as the door will read it.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_row<R: Record>(
    cells: &Draft,
    day: Day,
    catalogue: &Catalogue,
) -> Result<R, Vec<Problem>> {
    let mut problems = Vec::new();
    let read =
        |shape: &'static Shape| read_field(shape, cells.get(shape.name), Some(day), catalogue);
    let values: Vec<_> = R::shapes()
        .filter_map(|shape| read(shape).map_err(|problem| problems.push(problem)).ok())
        .collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let body = R::from_values(values).ok_or_else(Vec::new)?;
    let mut found = deskops_domain::problem::Problems::default();
    body.rules(&mut found);
    if found.is_empty() { Ok(body) } else { Err(found.0) }
}

/// The one step that makes the store say what the row says; none where it does. One command a row,
/// so that nothing is ever half done; a kept draft is forgotten by the step that saves the row.
#[must_use]
pub fn plan<R: Record>(typed: &Typed<R>, stored: &Stored<R>, site: &str, day: Day) -> Option<Step> {
    let step = match (typed, stored.live()) {
        (Typed::Wrong(cells), _) => Some(Step::Keep(cells.clone())),
        (Typed::Nothing, None) => None,
        (Typed::Nothing, Some(entry)) => {
            Some(Step::Void { id: entry.id.clone(), rev: entry.stamp.rev })
        }
        (Typed::Right(body), None) => Some(Step::Create(create(body, site, day))),
        (Typed::Right(body), Some(entry)) if is_same_key(body, &entry.body) => edit(body, entry),
        (Typed::Right(body), Some(entry)) => {
            let draft = create(body, site, day);
            Some(Step::Replace { id: entry.id.clone(), rev: entry.stamp.rev, draft })
        }
    };
    step.or(stored.has_draft.then_some(Step::Forget))
}

fn create<R: Record>(body: &R, site: &str, day: Day) -> Draft {
    let mut draft: Draft = body_json(body)
        .into_iter()
        .filter(|(name, value)| !value.is_null() && !is_computed::<R>(name))
        .collect();
    draft.insert("siteId".into(), json!(site));
    draft.insert("date".into(), json!(day));
    draft
}

fn is_computed<R: Record>(name: &str) -> bool {
    R::shapes().any(|shape| shape.name == name && shape.is_computed())
}

fn is_same_key<R: Record>(one: &R, other: &R) -> bool {
    let keys = R::FIELDS.iter().filter(|field| field.shape.is_key());
    keys.into_iter().all(|field| (field.get)(one) == (field.get)(other))
}

fn edit<R: Record>(body: &R, entry: &Entry<R>) -> Option<Step> {
    let changed = R::FIELDS.iter().filter(|field| {
        !field.shape.is_computed() && (field.get)(body) != (field.get)(&entry.body)
    });
    let draft: Draft = changed
        .map(|field| (field.shape.name.to_owned(), field.shape.kind.to_json(&(field.get)(body))))
        .collect();
    (!draft.is_empty()).then(|| Step::Edit { id: entry.id.clone(), rev: entry.stamp.rev, draft })
}

/// A typed text as a draft holds it: nothing where nothing was typed.
#[must_use]
pub fn typed_json(text: &str) -> Json {
    if text.trim().is_empty() { Json::Null } else { json!(text) }
}
