//! One field of a draft: kinds and limits. What a grid asks when a cell is left, and the door for
//! every field of a record.

use serde_json::Value as Json;

use crate::catalogue::Catalogue;
use crate::choice::Choice;
use crate::day::Day;
use crate::field::{Kind, Rule, Shape, Value};
use crate::problem::{Problem, clip};
use crate::text::{NotANumber, format_fixed, parse_fixed};

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

pub(super) fn required(name: &str, label: &str) -> Problem {
    Problem::new(name, "E-REQUIRED", format!("{label} is missing."))
}

fn read_kind(
    shape: &Shape,
    json: &Json,
    date: Option<Day>,
    catalogue: &Catalogue,
) -> Result<Value, Problem> {
    match shape.kind {
        Kind::Tons | Kind::Hours | Kind::Percent | Kind::Count => {
            read_number(shape, json).map(Value::Int)
        }
        Kind::Flag => read_flag(shape, json),
        Kind::Text => {
            Ok(text(shape.name, shape.label, "E-TEXT", Some(json))?
                .map_or(Value::Empty, Value::Text))
        }
        Kind::Day => read_date(shape, json),
        Kind::Choice(choices, problem) => read_choice(shape, choices, problem, json),
        Kind::Code(list) => {
            let id = text(shape.name, shape.label, list.problem(), Some(json))?.unwrap_or_default();
            let refuse =
                |message: String| Err(Problem::new(shape.name, list.problem(), message).value(&id));
            match (catalogue.find(list, &id), date) {
                (None, _) => refuse(format!("There is no {} `{}`.", list.noun(), clip(&id))),
                (Some(item), Some(day)) if !item.is_active_on(day) => {
                    let what = format!("{} `{}`", capital(list.noun()), item.name);
                    refuse(match item.inactive_from.filter(|from| day >= *from) {
                        Some(from) => format!("{what} is not in use since {from}."),
                        None => format!("{what} is in use from {} on.", item.active_from),
                    })
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

fn read_date(shape: &Shape, json: &Json) -> Result<Value, Problem> {
    let written = text(shape.name, shape.label, "E-DATE", Some(json))?.unwrap_or_default();
    let found = Day::parse(&written).map(|day| Value::Text(day.to_string()));
    found.ok_or_else(|| {
        let message = format!(
            "`{}` is not a date of the calendar. Write it like 2026-11-22.",
            clip(&written)
        );
        Problem::new(shape.name, "E-DATE", message).value(&written)
    })
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
pub(super) fn text(
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

/// Holds a value against the limits of its field.
pub(crate) fn check_rules(shape: &Shape, value: &Value) -> Result<(), Problem> {
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
