//! From what somebody typed, pasted or sent to a whole record, or to all that is wrong with it.
//!
//! The one reader of outside input: the page checks a cell with it, the door checks a record.

use serde_json::{Map, Value as Json};

use crate::catalogue::{Catalogue, Site};
use crate::choice::Choice;
use crate::day::{Day, FIRST_DAY};
use crate::entry::{Entry, Moment, PLACE};
use crate::field::{Kind, Rule, Shape, Value};
use crate::problem::{Problem, Problems, clip};
use crate::record::Record;
use crate::text::{NotANumber, format_fixed, parse_fixed};

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
    let site = keep(&mut problems, read_site(draft.get("siteId"), world.catalogue()));
    let date =
        read_day(draft.get("date"), site, world).and_then(|found| keep(&mut problems, found));
    let read = |shape: &Shape| read_field(shape, draft.get(shape.name), date, world.catalogue());
    let values: Vec<_> = R::shapes().map(|shape| keep(&mut problems, read(shape))).collect();
    let body = whole::<R>(values, &mut problems);
    let place = site.zip(date).map(|(site, date)| (site.id.clone(), date));
    problems.or(place.zip(body).map(|((site, date), body)| Placed { site, date, body }))
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
    let place = [
        ("id", there.id.to_string()),
        ("siteId", there.site.clone()),
        ("date", there.date.to_string()),
    ];
    let mut others = draft.clone();
    for (name, stands) in place {
        if others.remove(name).is_some_and(|given| given != Json::String(stands)) {
            problems.add(fixed(
                name,
                if name == "date" {
                    "Date"
                } else if name == "id" {
                    "Id"
                } else {
                    "Site"
                },
            ));
        }
    }
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
    let body = whole::<R>(values, &mut problems);
    problems.or(body)
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

/// The record of these values, once every field by itself is right; checked for contradictions.
fn whole<R: Record>(values: Vec<Option<Value>>, problems: &mut Problems) -> Option<R> {
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
) -> Option<Result<Day, Problem>> {
    let is_moment =
        json.and_then(Json::as_str).is_some_and(|text| Moment::parse(text.trim()).is_some());
    (site.is_some() || !is_moment).then(|| read_date(json, site, world))
}

fn read_date(
    json: Option<&Json>,
    site: Option<&Site>,
    world: &impl Surroundings,
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
        Some(today) if day > today => {
            Err(bad(format!("{day} is in the future; the site's day is {today}.")).max(today))
        }
        _ => Ok(day),
    }
}

/// Reads one field: what a grid asks when a cell is left.
///
/// # Errors
/// What is wrong, naming the field, the value and the limit.
pub fn read_field(
    shape: &Shape,
    json: Option<&Json>,
    date: Option<Day>,
    catalogue: &Catalogue,
) -> Result<Value, Problem> {
    if shape.is_computed() {
        return computed(shape, json);
    }
    let given = json.filter(|json| !is_empty(json));
    let value = match (given, shape.default()) {
        (Some(json), _) => read_kind(shape, json, date, catalogue)?,
        (None, Some(default)) => {
            read_kind(shape, &Json::String(default.to_owned()), date, catalogue)?
        }
        (None, None) if shape.is_optional => return Ok(Value::Empty),
        (None, None) => return Err(required(shape.name, shape.label)),
    };
    check_rules(shape, &value)?;
    Ok(value)
}

fn is_empty(json: &Json) -> bool {
    match json {
        Json::Null => true,
        Json::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// Computed fields start at nothing; the ledger fills them in.
fn computed(shape: &Shape, json: Option<&Json>) -> Result<Value, Problem> {
    match json {
        None | Some(Json::Null) => Ok(Value::Int(0)),
        Some(_) => Err(Problem::new(
            shape.name,
            "E-COMPUTED",
            format!("{} is computed by DeskOps; leave it out.", shape.label),
        )),
    }
}

fn required(name: &str, label: &str) -> Problem {
    Problem::new(name, "E-REQUIRED", format!("{label} is missing."))
}

fn read_kind(
    shape: &Shape,
    json: &Json,
    date: Option<Day>,
    catalogue: &Catalogue,
) -> Result<Value, Problem> {
    match shape.kind {
        Kind::Tons | Kind::Hours | Kind::Count => read_number(shape, json).map(Value::Int),
        Kind::Flag => read_flag(shape, json),
        Kind::Text => {
            Ok(text(shape.name, shape.label, "E-TEXT", Some(json))?
                .map_or(Value::Empty, Value::Text))
        }
        Kind::Choice(choices, problem) => read_choice(shape, choices, problem, json),
        Kind::Code(list) => {
            let id = text(shape.name, shape.label, list.problem(), Some(json))?.unwrap_or_default();
            let refuse =
                |message: String| Err(Problem::new(shape.name, list.problem(), message).value(&id));
            match (catalogue.find(list, &id), date) {
                (None, _) => refuse(format!("There is no {} `{}`.", list.noun(), clip(&id))),
                (Some(item), Some(day)) if !item.is_active_on(day) => {
                    let since = item.inactive_from.map(|day| day.to_string()).unwrap_or_default();
                    refuse(format!(
                        "{} `{}` is not in use since {since}.",
                        capital(list.noun()),
                        item.name
                    ))
                }
                _ => Ok(Value::Text(id)),
            }
        }
    }
}

fn capital(noun: &str) -> String {
    let mut letters = noun.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn read_number(shape: &Shape, json: &Json) -> Result<i64, Problem> {
    let decimals = shape.kind.decimals().unwrap_or(0);
    let written = match json {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        other => return Err(wrong_type(shape.name, shape.label, "E-NUM", "a number", other)),
    };
    let label = shape.label;
    parse_fixed(&written, decimals).map_err(|why| {
        let shown = clip(&written);
        match why {
            NotANumber::TooManyDecimals => {
                let most = if decimals == 0 {
                    "takes whole numbers".to_owned()
                } else {
                    format!("takes {decimals} decimals")
                };
                Problem::new(shape.name, "E-NUM", format!("{label} {most}; `{shown}` has more."))
                    .max(format!("{decimals} decimals"))
            }
            NotANumber::TooLarge => limits(
                shape,
                Problem::new(shape.name, "E-NUM", format!("{label} `{shown}` is far too large.")),
            ),
            NotANumber::Empty | NotANumber::Malformed => limits(
                shape,
                Problem::new(shape.name, "E-NUM", format!("{label}: `{shown}` is not a number.")),
            ),
        }
        .value(&written)
    })
}

fn read_flag(shape: &Shape, json: &Json) -> Result<Value, Problem> {
    match json {
        Json::Bool(flag) => Ok(Value::Int(i64::from(*flag))),
        Json::String(text) if text == "true" || text == "yes" => Ok(Value::Int(1)),
        Json::String(text) if text == "false" || text == "no" => Ok(Value::Int(0)),
        other => Err(wrong_type(shape.name, shape.label, "E-TYPE", "true or false", other)),
    }
}

fn read_choice(
    shape: &Shape,
    choices: &[Choice],
    problem: &str,
    json: &Json,
) -> Result<Value, Problem> {
    let code = text(shape.name, shape.label, problem, Some(json))?.unwrap_or_default();
    let found = choices.iter().find(|c| c.code == code || c.label.eq_ignore_ascii_case(&code));
    found.map(|c| Value::Text(c.code.to_owned())).ok_or_else(|| {
        let codes: Vec<_> = choices.iter().map(|c| c.code).collect();
        let message =
            format!("{} `{}` is not one of {}.", shape.label, clip(&code), codes.join(", "));
        Problem::new(shape.name, problem, message).value(&code)
    })
}

/// A text without spaces around it; `None` when nothing is left.
fn text(
    name: &str,
    label: &str,
    code: &str,
    json: Option<&Json>,
) -> Result<Option<String>, Problem> {
    let given = match json {
        None | Some(Json::Null) => return Ok(None),
        Some(Json::String(given)) => given.trim().replace("\r\n", "\n"),
        Some(other) => return Err(wrong_type(name, label, code, "text", other)),
    };
    if let Some(control) = given.chars().find(|c| c.is_control() && *c != '\n') {
        let message = format!(
            "{label} holds the control character U+{:04X}; type it again without it.",
            control as u32
        );
        return Err(Problem::new(name, code, message).value(&given));
    }
    Ok((!given.is_empty()).then_some(given))
}

fn wrong_type(name: &str, label: &str, code: &str, wanted: &str, json: &Json) -> Problem {
    Problem::new(name, code, format!("{label} must be {wanted}.")).value(&json.to_string())
}

fn check_rules(shape: &Shape, value: &Value) -> Result<(), Problem> {
    let bad = |code: &str, message: String| limits(shape, Problem::new(shape.name, code, message));
    match value {
        Value::Int(raw) => {
            let decimals = shape.kind.decimals().unwrap_or(0);
            let shown = |raw: i64| format_fixed(raw, decimals);
            let broken = shape.rules.iter().find_map(|rule| match rule {
                Rule::Above(least) if raw <= least => {
                    Some(format!("must be more than {}", shown(*least)))
                }
                Rule::AtLeast(least) if raw < least => {
                    Some(format!("must be at least {}", shown(*least)))
                }
                Rule::AtMost(most) if raw > most => {
                    Some(format!("must be at most {}", shown(*most)))
                }
                _ => None,
            });
            let message =
                broken.map(|limit| format!("{} {limit}; it is {}.", shape.label, shown(*raw)));
            message.map_or(Ok(()), |message| Err(bad("E-NUM", message).value(&shown(*raw))))
        }
        Value::Text(text) => {
            let longest = shape
                .rules
                .iter()
                .find_map(|rule| if let Rule::Longest(most) = rule { Some(*most) } else { None });
            let n_chars = text.chars().count();
            match longest {
                Some(most) if n_chars > most => Err(bad(
                    "E-TEXT",
                    format!("{} takes {most} characters; this has {n_chars}.", shape.label),
                )
                .value(text)
                .max(most)),
                _ => Ok(()),
            }
        }
        Value::Empty => Ok(()),
    }
}

/// Adds the limits of a number field to a problem.
fn limits(shape: &Shape, mut problem: Problem) -> Problem {
    let Some(decimals) = shape.kind.decimals() else { return problem };
    for rule in shape.rules {
        problem = match rule {
            Rule::Above(least) => problem.min(format!("> {}", format_fixed(*least, decimals))),
            Rule::AtLeast(least) => problem.min(format_fixed(*least, decimals)),
            Rule::AtMost(most) => problem.max(format_fixed(*most, decimals)),
            _ => problem,
        };
    }
    problem
}
