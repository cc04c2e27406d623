//! Inputs made from a schema of the document: right as far as it says, with chance in them.

use serde_json::{Map, Value as Json, json};

use super::break_it::{Dice, WORDS};

/// Deeper than any real input.
const DEEPEST: usize = 6;

/// An input of a schema.
pub fn of(dice: &mut Dice, document: &Json, schema: &Json, depth: usize) -> Json {
    let schema = match schema["$ref"].as_str() {
        Some(place) => document.pointer(place.trim_start_matches('#')).unwrap(),
        None => schema,
    };
    for key in ["anyOf", "oneOf"] {
        if let Some(all) = schema[key].as_array() {
            let one = &all[dice.below(all.len())];
            return of(dice, document, one, depth + 1);
        }
    }
    if let Some(one) = schema.get("const") {
        return one.clone();
    }
    if let Some(all) = schema["enum"].as_array() {
        return all[dice.below(all.len())].clone();
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Json::String(kind) => vec![kind],
        Json::Array(kinds) => kinds.iter().filter_map(Json::as_str).collect(),
        _ => vec!["string"],
    };
    match *dice.one(&kinds.iter().collect::<Vec<_>>()) {
        "object" => object(dice, document, schema, depth),
        "array" if depth < DEEPEST => {
            let n_items = dice.below(3);
            (0..n_items).map(|_| of(dice, document, &schema["items"], depth + 1)).collect()
        }
        "array" => json!([]),
        "integer" => json!([0, 1, 2, 7, 99, -1, i64::MAX, i64::MIN][dice.below(8)]),
        "number" => json!([0.0, 1.5, 128.45, 7.125, 24.0, -1.0, 999_999.999, 1e18][dice.below(8)]),
        "boolean" => json!(dice.below(2) == 0),
        "null" => Json::Null,
        _ => text(dice, schema["format"].as_str()),
    }
}

fn object(dice: &mut Dice, document: &Json, schema: &Json, depth: usize) -> Json {
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    let mut made = Map::new();
    for (name, of_field) in schema["properties"].as_object().into_iter().flatten() {
        let is_there = match required.contains(&name.as_str()) {
            true => dice.below(16) > 0,
            false => depth < DEEPEST && dice.below(3) > 0,
        };
        if is_there {
            let value =
                known(dice, name).unwrap_or_else(|| of(dice, document, of_field, depth + 1));
            made.insert(name.clone(), value);
        }
    }
    if schema["properties"].is_null() {
        made.insert(dice.one(WORDS).to_owned(), json!(dice.one(WORDS)));
    }
    Json::Object(made)
}

/// What mostly gets past the question whether it exists.
fn known(dice: &mut Dice, name: &str) -> Option<Json> {
    let known = match name {
        "siteId" => "calasla290000000000000000",
        "materialId" => dice.one(&["MAT001", "MAT002", "MAT014"]),
        "equipmentId" => "EQ001",
        "roleId" => "ROLE_LABORER",
        "date" => dice.one(&["2026-11-20", "2026-11-21", "2026-11-22"]),
        _ => return None,
    };
    (dice.below(8) > 0).then(|| json!(known))
}

fn text(dice: &mut Dice, format: Option<&str>) -> Json {
    let usual: &[&str] = match format {
        Some("date") => &["2026-11-20", "2026-11-22", "2026-02-29", "1970-01-01"],
        Some("date-time") => &["2026-11-22T06:00:00Z", "2026-11-22T06:00:00.5+03:00"],
        _ => &["as weighed", "omar", "dispatch", "MORNING", "c00000000000000000000abcd"],
    };
    if dice.below(3) == 0 { json!(dice.one(WORDS)) } else { json!(dice.one(usual)) }
}
