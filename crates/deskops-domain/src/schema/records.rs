//! Records and drafts as JSON, from the field tables; and the few texts that have a form.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, json};

use super::fields::field;
use crate::api::metrics::Number;
use crate::day::Day;
use crate::entry::{Entry, Moment, Stamp};
use crate::record::Record;

/// The fields of a record, as they are answered.
#[must_use]
pub fn body<R: Record>() -> Schema {
    let mut properties = Map::new();
    properties.extend(R::shapes().map(|shape| (shape.name.to_owned(), field(shape, true))));
    let required: Vec<&String> = properties.keys().collect();
    json_schema!({ "type": "object", "required": required, "properties": properties })
}

impl<R: Record> JsonSchema for Entry<R> {
    fn schema_name() -> Cow<'static, str> {
        format!("EntryOf{}", R::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut entry = body::<R>().to_value();
        let stamp = Stamp::json_schema(generator).to_value();
        let place = json!({
            "id": { "type": "string", "description": "Its id." },
            "siteId": { "type": "string", "description": "Its site, which never changes." },
            "date": generator.subschema_for::<Day>(),
        });
        for more in [&stamp["properties"], &place] {
            for (name, schema) in more.as_object().into_iter().flatten() {
                entry["properties"][name] = schema.clone();
            }
        }
        let names: Vec<&String> =
            entry["properties"].as_object().map(|all| all.keys().collect()).unwrap_or_default();
        entry["required"] = json!(names);
        entry["description"] = json!(R::DOC.trim());
        Schema::try_from(entry).unwrap_or_default()
    }
}

/// What may be typed of a record: any of its fields, by their names.
pub struct DraftOf<R>(PhantomData<R>);

impl<R: Record> JsonSchema for DraftOf<R> {
    fn schema_name() -> Cow<'static, str> {
        format!("DraftOf{}", R::schema_name()).into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut properties = Map::new();
        properties.insert(
            "siteId".into(),
            json!({ "type": "string", "maxLength": 64, "description": "The site." }),
        );
        properties.insert(
            "date".into(),
            json!({ "type": "string", "description": "The site's day: `2026-11-22`, or an ISO date-time with its offset." }),
        );
        let typed = R::shapes().filter(|shape| !shape.is_computed());
        properties.extend(typed.map(|shape| (shape.name.to_owned(), field(shape, false))));
        json_schema!({
            "type": "object",
            "description": format!("{} Numbers may be sent as texts.", R::DOC.trim()),
            "properties": properties,
            "additionalProperties": false,
        })
    }
}

/// Texts of one form.
macro_rules! texts {
    ($($type:ty, $name:literal, $format:literal;)+) => {
        $(impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": $format })
            }
        })+
    };
}
texts! {
    Day, "Day", "date";
    Moment, "Moment", "date-time";
}

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
    }
}
