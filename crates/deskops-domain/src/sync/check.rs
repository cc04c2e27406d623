//! Whether a change is right in itself, whatever the record: what the form may say, field by field.
//!
//! The door has checked all of it on the laptop; head office believes no laptop.

use serde_json::{Map, Value as Json};

use crate::change::{Change, ChangeKind, SCHEMA};
use crate::day::Day;
use crate::draft::check_rules;
use crate::field::{Kind, Shape, Value};
use crate::habit::GLOBAL;
use crate::id::Id;
use crate::problem::{Problem, Problems, clip};
use crate::record::from_canonical;
use crate::sync::entity::{Entity, of_another_kind};
use crate::sync::outcome::{Stop, Why};

/// The kind of record that a change is of.
///
/// # Errors
/// Why it cannot be taken: held where a later version may, rejected where it is wrong.
pub fn form(change: &Change) -> Result<&'static Entity, Stop> {
    if change.schema > SCHEMA {
        return Err(Stop::held(Why::Newer));
    }
    let entity = Entity::find(&change.entity).ok_or_else(|| Stop::held(Why::UnknownEntity))?;
    let is_global = change.feed == GLOBAL;
    let is_site = change.feed.strip_prefix("site:").is_some_and(is_name);
    if entity.habit.is_global != is_global || !(is_global || is_site) {
        return Err(Stop::rejected(Why::Elsewhere));
    }
    let origin = &change.origin;
    let ids = [&change.op, &origin.dev, &origin.inc];
    let is_formed = ids.iter().all(|id| Id::parse(id.as_str()).is_some())
        && change.resolves.iter().all(|id| Id::parse(id.as_str()).is_some())
        && is_name(change.rec.as_str())
        && origin.seq > 0
        && change.base.seq >= 0
        && Day::parse(&change.date).is_some_and(|day| day.to_string() == change.date);
    let says = match change.kind {
        ChangeKind::Put => !change.set.is_empty() && change.resolves.is_empty(),
        ChangeKind::Void => {
            change.set.values().all(|set| set.from.as_ref().is_some_and(|from| *from == set.to))
        }
        ChangeKind::Restore => true,
        ChangeKind::Resolve => !change.resolves.is_empty(),
    };
    if !is_formed || !says {
        return Err(Stop::rejected(Why::Form));
    }
    if !is_of_key(change, entity) {
        return Err(Stop::rejected(Why::Key));
    }
    let mut problems = Problems::default();
    for (group, set) in &change.set {
        check_group(entity, group, &set.to, &mut problems);
    }
    if problems.is_empty() { Ok(entity) } else { Err(Stop::wrong(problems)) }
}

/// A word that may stand in an address: letters, digits, `_` and `-`.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 64
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

/// Whether the id is that of the key, and the key that of the place. A change of a record that is
/// there does not repeat the key.
fn is_of_key(change: &Change, entity: &Entity) -> bool {
    let Some(key) = &change.key else { return true };
    let site = change.feed.strip_prefix("site:").unwrap_or(GLOBAL);
    let said = |name: &str| key.get(name).and_then(Json::as_str);
    let keys = entity.shapes.iter().filter(|shape| shape.is_key());
    entity.has_key
        && said("entity") == Some(&*change.entity)
        && said("site_id") == Some(site)
        && said("date") == Some(&*change.date)
        && key.len() == 3 + keys.clone().count()
        && keys.clone().all(|shape| key.get(shape.column).is_some_and(|json| is_right(shape, json)))
        && Id::natural(&Json::Object(key.clone())) == change.rec
}

fn is_right(shape: &Shape, json: &Json) -> bool {
    read(shape, json).is_ok()
}

/// Every column is one of the group's, of its kind and within its limits.
fn check_group(entity: &Entity, group: &str, to: &Map<String, Json>, problems: &mut Problems) {
    for (column, json) in to {
        match entity.group(group).find(|shape| shape.column == column) {
            None => problems.add(Problem::new(
                &clip(column),
                "E-FIELD",
                format!("`{}` has no field `{}`.", clip(group), clip(column)),
            )),
            Some(shape) => {
                if let Err(problem) = read(shape, json) {
                    problems.add(problem);
                }
            }
        }
    }
    if to.is_empty() {
        problems.add(Problem::new(&clip(group), "E-FIELD", "A group says no field."));
    }
}

fn read(shape: &Shape, json: &Json) -> Result<Value, Problem> {
    let value = from_canonical(shape.kind, json)
        .filter(|value| *value != Value::Empty || shape.is_optional)
        .ok_or_else(|| of_another_kind(shape))?;
    check_rules(shape, &value)?;
    let is_known = match (shape.kind, &value) {
        (Kind::Choice(choices, _), Value::Text(code)) => choices.iter().any(|c| c.code == code),
        (Kind::Day, Value::Text(day)) => Day::parse(day).is_some(),
        (Kind::Flag, Value::Int(flag)) => (0..=1).contains(flag),
        (Kind::Count, Value::Int(count)) => u32::try_from(*count).is_ok(),
        _ => true,
    };
    if is_known { Ok(value) } else { Err(of_another_kind(shape)) }
}
