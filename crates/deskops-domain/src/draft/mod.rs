//! From what somebody typed, pasted or sent to a whole record, or to all that is wrong with it.
//!
//! The one reader of outside input: the page checks a cell with it, the door checks a record.

mod cell;

pub(crate) use cell::check_rules;
pub use cell::read_field;

use serde_json::{Map, Value as Json};

use crate::catalogue::{Catalogue, Site};
use crate::day::{Day, FIRST_DAY};
use crate::entry::{Entry, Moment, PLACE};
use crate::field::{Shape, Value};
use crate::habit::{GLOBAL, Habit};
use crate::problem::{Problem, Problems, clip};
use crate::record::Record;
use cell::{required, text};

/// An input by the names of the wire; numbers may be numbers or texts.
pub type Draft = Map<String, Json>;

/// What a reader of drafts must know of the world.
pub trait Surroundings {
    /// What can be picked.
    fn catalogue(&self) -> &Catalogue;
    /// The business day that it is at a site.
    fn today(&self, site: &Site) -> Option<Day>;
    /// The civil date at a site of an ISO date-time with an offset.
    fn local_day(&self, site: &Site, date_time: &str) -> Option<Day>;
}

/// A draft that has become a record: where and when it belongs, and what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed<R> {
    /// Its site.
    pub site: String,
    /// Its business day.
    pub date: Day,
    /// What is recorded.
    pub body: R,
}

/// Reads a whole draft.
///
/// # Errors
/// Every problem of every field at once, so that a clerk need not guess how many are left.
pub fn read<R: Record>(draft: &Draft, world: &impl Surroundings) -> Result<Placed<R>, Problems> {
    let mut problems = Problems::default();
    refuse_strangers::<R>(draft, &mut problems);
    let (site, date) = read_place::<R>(draft, world, &mut problems);
    let read = |shape: &Shape| read_field(shape, draft.get(shape.name), date, world.catalogue());
    let values: Vec<_> = R::shapes().map(|shape| keep(&mut problems, read(shape))).collect();
    let body = body_of::<R>(values, &mut problems);
    let place = site.zip(date);
    problems.or(place.zip(body).map(|((site, date), body)| Placed { site, date, body }))
}

/// Where and when a draft belongs. What belongs to no site need not say when it begins.
fn read_place<R: Record>(
    draft: &Draft,
    world: &impl Surroundings,
    problems: &mut Problems,
) -> (Option<String>, Option<Day>) {
    let habit = R::HABIT;
    let site = if habit.is_global {
        None
    } else {
        keep(problems, read_site(draft.get("siteId"), world.catalogue()))
    };
    let is_empty = draft.get("date").is_none_or(|json| json.is_null() || json == "");
    if habit.is_global && is_empty {
        return (Some(GLOBAL.to_owned()), Some(FIRST_DAY));
    }
    let date =
        read_day(draft.get("date"), site, world, habit).and_then(|found| keep(problems, found));
    let name = if habit.is_global { Some(GLOBAL) } else { site.map(|site| site.id.as_str()) };
    (name.map(str::to_owned), date)
}

/// Reads the fields of a saved record that were typed anew. What was not touched is not judged
/// again: a material that has since gone out of use, or a clock set back, must not keep a clerk
/// from correcting a figure.
///
/// # Errors
/// Every problem of every touched field; that its place or key would change.
pub fn amend<R: Record>(
    draft: &Draft,
    there: &Entry<R>,
    world: &impl Surroundings,
) -> Result<R, Problems> {
    let mut problems = Problems::default();
    let mut others = draft.clone();
    let id = others.remove("id");
    if id.is_some_and(|given| given != there.id.as_str()) {
        problems.add(fixed("id", "Id"));
    }
    check_place(&mut others, there, world, &mut problems);
    refuse_strangers::<R>(&others, &mut problems);
    let values: Vec<_> = R::FIELDS
        .iter()
        .map(|field| {
            let (shape, stands) = (&field.shape, (field.get)(&there.body));
            let Some(given) = draft.get(shape.name) else { return Some(stands) };
            let value = keep(
                &mut problems,
                read_field(shape, Some(given), Some(there.date), world.catalogue()),
            )?;
            if shape.is_key() && value != stands {
                problems.add(fixed(shape.name, shape.label));
            }
            Some(value)
        })
        .collect();
    let body = body_of::<R>(values, &mut problems);
    problems.or(body)
}

/// Site and date are those of the record, however the date is written.
fn check_place<R: Record>(
    draft: &mut Draft,
    there: &Entry<R>,
    world: &impl Surroundings,
    problems: &mut Problems,
) {
    match draft.remove("siteId") {
        Some(Json::Null) => problems.add(required("siteId", "Site")),
        Some(given) if given != there.site.as_str() => problems.add(fixed("siteId", "Site")),
        _ => {}
    }
    let day = |text: &str| {
        let site = world.catalogue().site(&there.site);
        Day::parse(text).or_else(|| world.local_day(site?, text))
    };
    match draft.remove("date") {
        Some(Json::Null) => problems.add(required("date", "Date")),
        Some(given) if given.as_str().and_then(day) != Some(there.date) => {
            problems.add(fixed("date", "Date"));
        }
        _ => {}
    }
}

/// Place and key of a record never change: it is deleted and entered again.
fn fixed(name: &str, label: &str) -> Problem {
    let message = format!(
        "{label} of a saved record cannot be changed. Delete the record and enter it again."
    );
    Problem::new(name, "E-KEY", message)
}

fn refuse_strangers<R: Record>(draft: &Draft, problems: &mut Problems) {
    for name in draft.keys() {
        if !PLACE.contains(&name.as_str()) && R::shapes().all(|shape| shape.name != name) {
            let message = format!("{} has no field `{}`.", R::TITLE, clip(name));
            problems.add(Problem::new(&clip(name), "E-FIELD", message));
        }
    }
}

/// A draft that says something of every field that is typed: nothing where it left one out.
#[must_use]
pub fn whole<R: Record>(mut draft: Draft) -> Draft {
    let typed = R::shapes().filter(|shape| !shape.is_computed()).map(|shape| shape.name);
    let place: &[&str] = if R::HABIT.is_global { &[] } else { &PLACE };
    for name in place.iter().copied().chain(typed) {
        draft.entry(name).or_insert(Json::Null);
    }
    draft
}

/// The record of these values, once every field by itself is right; checked for contradictions.
fn body_of<R: Record>(values: Vec<Option<Value>>, problems: &mut Problems) -> Option<R> {
    let values: Option<Vec<_>> = values.into_iter().collect();
    let body = values.and_then(R::from_values)?;
    body.rules(problems);
    Some(body)
}

fn keep<T>(problems: &mut Problems, found: Result<T, Problem>) -> Option<T> {
    found.map_err(|problem| problems.add(problem)).ok()
}

fn read_site<'a>(json: Option<&Json>, catalogue: &'a Catalogue) -> Result<&'a Site, Problem> {
    let id =
        text("siteId", "Site", "E-SITE-ID", json)?.ok_or_else(|| required("siteId", "Site"))?;
    let site = catalogue.site(&id);
    site.ok_or_else(|| {
        Problem::new("siteId", "E-SITE-ID", format!("There is no site `{}`.", clip(&id))).value(&id)
    })
}

/// The day of a draft. Nothing is said of a date-time at a site that is not known: which day it
/// is there cannot be told, and the site is the problem.
fn read_day(
    json: Option<&Json>,
    site: Option<&Site>,
    world: &impl Surroundings,
    habit: Habit,
) -> Option<Result<Day, Problem>> {
    let is_moment =
        json.and_then(Json::as_str).is_some_and(|text| Moment::parse(text.trim()).is_some());
    (site.is_some() || !is_moment).then(|| read_date(json, site, world, habit))
}

fn read_date(
    json: Option<&Json>,
    site: Option<&Site>,
    world: &impl Surroundings,
    habit: Habit,
) -> Result<Day, Problem> {
    let written = text("date", "Date", "E-DATE", json)?.ok_or_else(|| required("date", "Date"))?;
    let day = Day::parse(&written).or_else(|| world.local_day(site?, &written));
    let Some(day) = day else {
        let message = format!(
            "`{}` is not a date of the calendar. Write it like 2026-11-22.",
            clip(&written)
        );
        return Err(Problem::new("date", "E-DATE", message).value(&written));
    };
    let bad = |message: String| Problem::new("date", "E-DATE", message).value(&written);
    if day < FIRST_DAY {
        return Err(bad(format!(
            "{day} is before {FIRST_DAY}, the first day that records are kept for."
        ))
        .min(FIRST_DAY));
    }
    match site.and_then(|site| world.today(site)) {
        Some(today) if day > today && !habit.is_dated_from => {
            Err(bad(format!("{day} is in the future; the site's day is {today}.")).max(today))
        }
        _ => Ok(day),
    }
}
