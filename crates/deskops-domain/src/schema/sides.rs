//! Collects the inputs and outputs of commands, and what they name.

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value as Json, json};

use super::Described;
use crate::api::Command;

/// Collects what is sent and what is answered: the same type may look different there, because
/// an answer holds what may be left out of an input.
pub struct Sides {
    sent: SchemaGenerator,
    told: SchemaGenerator,
}

impl Default for Sides {
    fn default() -> Self {
        let settings = |place: &str| {
            let mut settings = SchemaSettings::draft2020_12();
            settings.definitions_path = place.to_owned().into();
            settings.meta_schema = None;
            settings
        };
        Self {
            sent: settings("/components/schemas").for_deserialize().into_generator(),
            told: settings("/components/schemas").for_serialize().into_generator(),
        }
    }
}

/// What the names of inputs begin with, and those of outputs.
const PREFIXES: [&str; 2] = ["Sent.", "Told."];

impl Sides {
    /// The input and the output of a command.
    pub fn of<C: Command>(&mut self) -> [Json; 2] {
        let sent = C::json_schema(&mut self.sent).to_value();
        [named(sent, PREFIXES[0]), self.told::<C::Output>()]
    }

    /// Something that is answered.
    pub fn told<T: Described>(&mut self) -> Json {
        named(self.told.subschema_for::<T>().to_value(), PREFIXES[1])
    }

    /// Everything that they name.
    #[must_use]
    pub fn definitions(mut self) -> Map<String, Json> {
        let mut all = Map::new();
        let both = [self.sent.take_definitions(false), self.told.take_definitions(false)];
        for (prefix, definitions) in PREFIXES.into_iter().zip(both) {
            for (name, schema) in definitions {
                all.insert(format!("{prefix}{name}"), named(schema, prefix));
            }
        }
        all
    }
}

/// A schema whose references have this before their names, in the words of OpenAPI: few of its readers
/// know `prefixItems`, and none a format `uint32`.
fn named(mut schema: Json, prefix: &str) -> Json {
    match &mut schema {
        Json::Object(fields) => {
            if let Some(parts) = fields.remove("prefixItems") {
                fields.insert("items".to_owned(), json!({ "anyOf": parts }));
            }
            let is_unsigned =
                |format: &Json| format.as_str().is_some_and(|it| it.starts_with("uint"));
            if fields.get("format").is_some_and(is_unsigned) {
                fields.remove("format");
            }
            for (name, value) in fields.iter_mut() {
                *value = match value.take() {
                    Json::String(place) if name == "$ref" => {
                        let (path, name) = place.rsplit_once('/').unwrap_or(("", &place));
                        json!(format!("{path}/{prefix}{name}"))
                    }
                    other => named(other, prefix),
                };
            }
        }
        Json::Array(all) => {
            all.iter_mut().for_each(|each| *each = named(each.take(), prefix));
        }
        _ => {}
    }
    schema
}
