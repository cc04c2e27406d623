//! A field as JSON: its kind and its limits.

use serde_json::{Value as Json, json};

use crate::catalogue::List;
use crate::field::{Kind, Rule, Shape, number};

/// A field as it is sent or answered.
#[must_use]
pub fn field(shape: &Shape, is_answer: bool) -> Json {
    let is_empty_allowed = shape.is_optional || (!is_answer && shape.default().is_some());
    let (kind, mut schema) = match shape.kind {
        Kind::Tons | Kind::Hours | Kind::Percent => ("number", json!({})),
        Kind::Count => ("integer", json!({})),
        Kind::Flag => ("boolean", json!({})),
        Kind::Text => ("string", json!({})),
        Kind::Day => ("string", json!({ "format": "date" })),
        Kind::Choice(choices, _) => {
            let mut codes: Vec<Json> = choices.iter().map(|choice| json!(choice.code)).collect();
            if is_empty_allowed {
                codes.push(Json::Null);
            }
            ("string", json!({ "enum": codes }))
        }
        Kind::Code(_) => ("string", json!({ "minLength": 1 })),
    };
    schema["type"] = if is_empty_allowed { json!([kind, "null"]) } else { json!(kind) };
    let decimals = shape.kind.decimals().unwrap_or(0);
    // What is computed, or was taken from elsewhere, may lie outside of what people may type.
    for rule in shape.rules {
        match rule {
            Rule::Above(least) => schema["exclusiveMinimum"] = number(*least, decimals),
            Rule::AtLeast(least) => schema["minimum"] = number(*least, decimals),
            Rule::AtMost(most) => schema["maximum"] = number(*most, decimals),
            Rule::Longest(most) => schema["maxLength"] = json!(most),
            Rule::Default(_) if !is_answer => schema["default"] = example(shape, true),
            _ => {}
        }
    }
    let mut description = shape.help.trim().to_owned();
    if decimals > 0 {
        description.push_str(&format!(" {decimals} decimals."));
    }
    if shape.is_key() {
        description.push_str(" With site and date it makes the record unique, and never changes.");
    }
    schema["description"] = json!(description);
    schema
}

/// A value that a field may have.
#[must_use]
pub fn example(shape: &Shape, default: bool) -> Json {
    if default && let Some(value) = shape.default() {
        return match shape.kind {
            Kind::Flag => json!(value == "true"),
            Kind::Tons | Kind::Hours | Kind::Percent | Kind::Count => {
                value.parse::<i64>().map_or(Json::Null, |value| json!(value))
            }
            _ => json!(value),
        };
    }
    match shape.kind {
        Kind::Tons => json!(128.45),
        Kind::Hours => json!(7.5),
        Kind::Percent => json!(25),
        Kind::Count => json!(2),
        Kind::Flag => json!(false),
        Kind::Text => json!("as weighed"),
        Kind::Day => json!("2026-11-22"),
        Kind::Choice(choices, _) => choices.first().map_or(Json::Null, |choice| json!(choice.code)),
        Kind::Code(List::Materials) => json!("MAT002"),
        Kind::Code(List::Equipment) => json!("EQ001"),
        Kind::Code(List::CrewRoles) => json!("ROLE_LABORER"),
    }
}
